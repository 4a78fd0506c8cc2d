/**
 * Two hundred updates a second: the page shows the newest of them sixty times a second at most. What is counted is what
 * React commits and what the screen is asked for; how many frames this machine manages is printed, not promised.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launchBrowser } from "../support/Browser.ts";
import { startFakeServer } from "../support/FakeServer.ts";
import type { FakeServer } from "../support/FakeServer.ts";
import { ConsolePage } from "../support/ConsolePage.ts";

const PER_SECOND = 200;
const STORM_MS = 3_000;
/** The page's own clocks (a countdown, a connection's age) commit apart from the storm, a few times a second. */
const OWN_COMMITS = 8 * (STORM_MS / 1_000);

/** React tells whoever poses as its tools of every commit, in the production build too. */
const COUNT_COMMITS = `
  window.commits = 0;
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    isDisabled: false, supportsFiber: true, renderers: new Map(),
    inject: () => 1, checkDCE: () => {}, onCommitFiberUnmount: () => {}, onPostCommitFiberRoot: () => {},
    onCommitFiberRoot: () => { window.commits += 1; },
  };
`;

/** Counts frames and the time between them, and frames received, until \`stopCounting\`. */
const COUNT_FRAMES = `
  (() => {
    const gaps = [];
    let last = performance.now();
    let frame = requestAnimationFrame(function next(now) {
      gaps.push(now - last);
      last = now;
      frame = requestAnimationFrame(next);
    });
    const commitsBefore = window.commits;
    window.stopCounting = () => {
      cancelAnimationFrame(frame);
      return { gaps, commits: window.commits - commitsBefore };
    };
  })()
`;

let browser: Browser;
let fake: FakeServer;

beforeAll(async () => {
  browser = await launchBrowser();
  fake = await startFakeServer({ root: inject("consoleDir") });
});

afterAll(async () => {
  await browser.close();
  await fake.stop();
});

test("200 updates a second are at most one commit a frame, and the last one is what is shown", async () => {
  const ada = await ConsolePage.open(browser, fake.url);
  const { page } = ada;
  page.setDefaultTimeout(15_000);
  await page.addInitScript(COUNT_COMMITS);
  await page.reload();
  await ada.join("Ada");
  await ada.placeBet("win", [6], "5");
  await ada.bet("win", "accepted");
  await page.keyboard.press("3");
  await page.evaluate(COUNT_FRAMES);
  const sent = await fake.storm({ perSecond: PER_SECOND, ms: STORM_MS });
  const shown = fake.lobby().pools["trifecta"] ?? 0;
  await page
    .getByText((shown / 100).toLocaleString("en", { minimumFractionDigits: 2 }))
    .first()
    .waitFor();
  const { gaps, commits } = await page.evaluate<{
    readonly gaps: readonly number[];
    readonly commits: number;
  }>("window.stopCounting()");
  const sorted = gaps.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  console.info(
    `${sent} updates: ${gaps.length} frames, ${commits} commits; ` +
      `between frames ${at(0.5)} ms at the median, ${at(0.99)} ms at the 99th percentile`,
  );
  expect(sent).toBeGreaterThan(PER_SECOND * (STORM_MS / 1_000) * 0.9);
  expect(commits).toBeGreaterThan(0);
  expect(commits).toBeLessThanOrEqual(gaps.length + OWN_COMMITS);
  expect(commits).toBeLessThan(sent / 2);
  await ada.close();
});
