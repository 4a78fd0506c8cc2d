/** A notice that the server pushes, as the browser gets it: shown by the worker, page or no page. */
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

test("a push is shown by the worker as the server worded it, and one that is not understood all the same", async () => {
  const { page } = await ConsolePage.open(browser, server.url, { serviceWorkers: "allow" });
  const context = page.context();
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  /** A browser without a screen shows no notices: what the worker asks it to show. */
  const shown = (data: string) =>
    worker.evaluate<unknown>(
      `new Promise((resolve) => {
        registration.showNotification = async (...notice) => resolve(notice);
        dispatchEvent(new PushEvent("push", { data: ${JSON.stringify(data)} }));
      })`,
    );
  const told = { title: "Drawn", body: "A bicycle", url: "/#/raffles/r/draw", tag: "draw:r" };
  await expect(shown(JSON.stringify(told))).resolves.toEqual([
    "Drawn",
    {
      body: "A bicycle",
      tag: "draw:r",
      data: `${server.url}/#/raffles/r/draw`,
      icon: "/icons/192.png",
      renotify: true,
    },
  ]);
  await expect(shown("?")).resolves.toMatchObject(["Croupier", { data: `${server.url}/` }]);
  await context.close();
});
