/** A notice that the server pushes, as the browser gets it: shown by the worker, page or no page. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../support/Browser.ts";
import { buildConsole } from "../support/buildConsole.ts";
import { ConsolePage } from "../support/ConsolePage.ts";
import { startFakeServer } from "../support/FakeServer.ts";
import type { FakeServer } from "../support/FakeServer.ts";

const PORT = 18_464;

let root: string;
let browser: Browser;
let server: FakeServer;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "croupier-notices-"));
  await buildConsole(root);
  server = await startFakeServer({ root, port: PORT });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

test("a push is shown with its words, a later one of the same tag in its place", async () => {
  const { page } = await ConsolePage.open(browser, server.url, { permissions: ["notifications"] });
  const devtools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      const active = versions.find(({ status }) => status === "activated");
      if (active !== undefined) resolve(active.registrationId);
    });
  });
  await devtools.send("ServiceWorker.enable");
  const registrationId = await registered;
  const push = (notice: object) =>
    devtools.send("ServiceWorker.deliverPushMessage", {
      origin: `${server.url}/`,
      registrationId,
      data: JSON.stringify(notice),
    });
  /** What is shown, once a notice of this title is. */
  const shown = (title: string) =>
    page.evaluate<unknown>(
      `(async () => {
        const registration = await navigator.serviceWorker.ready;
        for (;;) {
          const all = await registration.getNotifications();
          if (all.some(({ title }) => title === ${JSON.stringify(title)}))
            return all.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
          await new Promise(requestAnimationFrame);
        }
      })()`,
    );
  const told = { title: "Drawn", body: "A bicycle", url: "/#/raffles/r/draw", tag: "draw:r" };
  await push(told);
  const { url, ...words } = told;
  expect(await shown("Drawn")).toEqual([{ ...words, data: server.url + url }]);
  await push({ ...told, title: "You have won!" });
  expect(await shown("You have won!")).toEqual([
    { ...words, title: "You have won!", data: server.url + url },
  ]);
  await page.context().close();
});
