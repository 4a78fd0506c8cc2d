/** The console without network, with the real server and the real service worker. */
import { createHash } from "node:crypto";
import { cp, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { ConsolePage } from "./support/ConsolePage.ts";
import { expectAccessible } from "./support/accessible.ts";
import { startFakeServer } from "./support/FakeServer.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";

/** Several loads of the page, on a machine that builds and tests other things beside. */
const TAKE_OVER_TIMEOUT_MS = 90_000;

let house: House;
let console: ConsolePage;

beforeAll(async () => {
  house = await openHouse({ bettingSeconds: 600, racingSeconds: 5, resultsSeconds: 5 });
});
afterAll(() => house.close());
afterEach(() => console.close());

/** With the worker in charge, as on every visit after the first moments of the first. */
const open = async (url = house.url) => {
  console = await ConsolePage.open(house.browser, url, { serviceWorkers: "allow" });
  const { page } = console;
  await page.evaluate(
    `navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null ||
      new Promise((resolve) =>
        navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true })))`,
  );
  return page;
};
const kept = () =>
  console.page.evaluate<string[]>(
    `caches.keys()
      .then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
      .then((all) => all.flat().map(({ url }) => new URL(url).pathname))`,
  );

test("the console opens without network, shows the tables as last known, and comes back by itself", async () => {
  const page = await open();
  await console.join("Ada");
  await page.goto(`${house.url}/#/`);
  await page.locator("[data-lobby=demo]").waitFor();
  await page.context().setOffline(true);
  await page.reload();
  await page.locator("[data-old]").waitFor();
  await page.getByText("This is how the tables stood on").waitFor();
  await page.locator("[data-lobby=demo]").waitFor();
  // What may have changed meanwhile does not go on as if it were known.
  await expect.poll(() => page.getByRole("timer").count()).toBe(0);
  await page.locator("[data-banner=lost]").waitFor();
  await page.getByRole("button", { name: "Try now" }).waitFor();
  await expectAccessible(page, "lobbies without network");
  await page.context().setOffline(false);
  await page.locator("[data-old]").waitFor({ state: "detached" });
  await page.getByRole("timer").first().waitFor();
  await page.locator("[data-connection=online]").waitFor();
});

test("without network the statement is shown as last known, and every page opens", async () => {
  const page = await open();
  await console.join("Ada");
  await page.goto(`${house.url}/#/wallet`);
  await page.locator("[data-line]").first().waitFor();
  await page.context().setOffline(true);
  await page.reload();
  await page.locator("[data-old]").waitFor();
  await page.locator("[data-purpose=grant]").waitFor();
  await expectAccessible(page, "wallet without network");
  // Its code was never used before: all of the console is kept.
  await page.locator(".rail").getByRole("link", { name: "Runners" }).click();
  await page.locator("main h1").waitFor();
});

test("who has no seat is told too, and can sit down when the network is back", async () => {
  const page = await open();
  await page.locator(".door-runners li").first().waitFor();
  await page.context().setOffline(true);
  await page.reload();
  await page.locator("[data-banner=offline]").waitFor();
  await page.getByRole("heading", { name: "As it was" }).waitFor();
  await page.getByLabel("Your name at the table").fill("Ada");
  await page.keyboard.press("Enter");
  await page.locator("[role=alert][data-code=offline]").waitFor();
  await page.context().setOffline(false);
  await page.getByRole("heading", { name: "Live now" }).waitFor();
  await page.locator("[data-banner=offline]").waitFor({ state: "detached" });
  await console.join("Ada");
});

test("the worker keeps the console's files, and nothing of money or of who plays", async () => {
  const page = await open();
  await console.join("Ada");
  await console.placeBet("win", [2], "5.00");
  await console.bet("win", "accepted");
  await page.goto(`${house.url}/#/wallet`);
  await page.locator("[data-line]").first().waitFor();
  const paths = await kept();
  expect(paths).toContain("/index.html");
  const files = (await readdir(join(inject("consoleDir"), "assets"))).map(
    (name) => `/assets/${name}`,
  );
  expect(paths).toEqual(expect.arrayContaining(files.filter((name) => !name.endsWith(".map"))));
  expect(paths.filter((path) => /^\/(auth|bets|wallet|lobbies|powers|admin)/.test(path))).toEqual(
    [],
  );
  // An answer about money comes from the server or not at all.
  await page.context().setOffline(true);
  const answer = await page.evaluate<string>(
    "fetch('/wallet/me').then(() => 'answered', () => 'no answer')",
  );
  expect(answer).toBe("no answer");
});

test(
  "a newer console is offered, and until it is taken the page is wholly the old one",
  { timeout: TAKE_OVER_TIMEOUT_MS },
  async () => {
    const root = join(house.folder, "released");
    await cp(inject("consoleDir"), root, { recursive: true });
    const server = await startFakeServer({ root });
    try {
      const page = await open(server.url);
      const version = () => page.locator("meta[name=description]").getAttribute("content");
      const old = await version();
      await release(root);
      await page.evaluate(
        "navigator.serviceWorker.getRegistration().then((found) => found.update())",
      );
      await page.locator("[data-banner=update]").waitFor();
      await page.reload();
      await page.locator("[data-banner=update]").waitFor();
      await expect.poll(() => version()).toBe(old);
      await taken(page, version);
      await page.getByRole("button", { name: "Take a seat" }).waitFor();
      await expect.poll(() => page.locator("[data-banner=update]").count()).toBe(0);
    } finally {
      await server.stop();
    }
  },
);

test(
  "a newer console that does not take over when it is told is told again, page by page",
  { timeout: TAKE_OVER_TIMEOUT_MS },
  async () => {
    const root = join(house.folder, "deaf");
    await cp(inject("consoleDir"), root, { recursive: true });
    const server = await startFakeServer({ root });
    try {
      const page = await open(server.url);
      const version = () => page.locator("meta[name=description]").getAttribute("content");
      await release(root);
      // As Chromium does it now and then: what the page says to the worker comes to nothing, once.
      await page.addInitScript(`(() => {
      const say = ServiceWorker.prototype.postMessage;
      ServiceWorker.prototype.postMessage = function (...words) {
        const heard = Number(sessionStorage.getItem("unheard") ?? 0);
        sessionStorage.setItem("unheard", String(heard + 1));
        if (heard >= 1) say.apply(this, words);
      };
    })()`);
      await page.reload();
      await page.evaluate(
        "navigator.serviceWorker.getRegistration().then((found) => found.update())",
      );
      await taken(page, version);
      await page.getByRole("button", { name: "Take a seat" }).waitFor();
      await expect.poll(() => page.evaluate("sessionStorage.getItem('croupier.takes')")).toBe(null);
    } finally {
      await server.stop();
    }
  },
);

/** Takes the newer console; a browser that will not change over in five loads of the page offers it again. */
async function taken(page: Page, version: () => Promise<string | null>): Promise<void> {
  const offer = page.getByRole("button", { name: "Load it" });
  await offer.click();
  await expect
    .poll(
      async () => {
        const isAgain = !(await isTaking(page)) && (await offer.isVisible());
        if (isAgain) await offer.click();
        return version();
      },
      { timeout: 60_000 },
    )
    .toBe("A newer release.");
}

const isTaking = (page: Page) =>
  page.evaluate<boolean>("sessionStorage.getItem('croupier.takes') !== null");

/** Puts another build into the folder: another page, and a worker that knows its digest. */
async function release(root: string): Promise<void> {
  const digest = (text: string) => createHash("sha384").update(text).digest("base64");
  const page = await readFile(join(root, "index.html"), "utf8");
  const worker = await readFile(join(root, "sw.js"), "utf8");
  const next = page.replace(/content="Croupier: [^"]*"/, 'content="A newer release."');
  expect(worker).toContain(digest(page));
  await writeFile(join(root, "index.html"), next);
  await writeFile(join(root, "sw.js"), worker.replaceAll(digest(page), digest(next)));
}
