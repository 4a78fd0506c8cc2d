/** Pages are loaded when they are asked for, and the room a little before, so that nobody sees it come. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launchBrowser } from "../support/Browser.ts";
import { ConsolePage } from "../support/ConsolePage.ts";
import { startFakeServer } from "../support/FakeServer.ts";
import type { FakeServer } from "../support/FakeServer.ts";

let browser: Browser;
let server: FakeServer;

beforeAll(async () => {
  server = await startFakeServer({ root: inject("consoleDir") });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Without the worker, which fetches the whole console behind the page's back. */
const open = (path: string) =>
  ConsolePage.open(browser, `${server.url}${path}`, { serviceWorkers: "block" });
const ROOM = /\/RoomPage-[^/]+\.js$/;
const roomIsLoaded = ({ page }: ConsolePage) =>
  page.evaluate<boolean>(
    `performance.getEntriesByType("resource").some(({ name }) => ${ROOM}.test(name))`,
  );

test("who comes for a raffle, at the door or with a seat, does not load the room", async () => {
  const console = await open("/#/raffles");
  const { page } = console;
  await page.locator("main h1").waitFor();
  await page.keyboard.press("Tab");
  await page.waitForLoadState("networkidle");
  await expect.poll(() => roomIsLoaded(console)).toBe(false);
  await console.close();
});

test("the room is loaded while a newcomer types, and stands there at once on entering", async () => {
  const console = await open("/");
  const { page } = console;
  await page.locator("#display-name").waitFor();
  await page.waitForLoadState("networkidle");
  await expect.poll(() => roomIsLoaded(console)).toBe(false);
  const asked = page.waitForRequest((request) => ROOM.test(new URL(request.url()).pathname));
  await page.locator("#display-name").fill("Ada");
  const room = (await asked).url();
  // Nobody types as fast as this test.
  await page.evaluate(
    `import("${room}").then(() => Promise.all(
      [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.sheet ??
        new Promise((resolve) => link.addEventListener("load", resolve, { once: true })))))`,
  );
  // Whatever stands in for a page whose code is on its way.
  await page.evaluate(
    `window.waits = 0; new MutationObserver(() => {
      if (document.querySelector("main.unreachable") !== null) window.waits += 1;
    }).observe(document.body, { childList: true, subtree: true })`,
  );
  await page.locator("#display-name").press("Enter");
  await console.live();
  await expect.poll(() => page.evaluate("window.waits")).toBe(0);
  await console.close();
});
