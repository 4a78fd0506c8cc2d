/** The latency page on the real server: bets by WebSocket and by REST, measured, within their budget. */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawn } from "./charts/Drawing.ts";
import { overflowOfMainPx } from "./charts/overflow.ts";
import { ConsolePage } from "./support/ConsolePage.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { expectAccessible } from "./support/accessible.ts";

const STAKE_MINOR = 100;
const BURST = 20;

/** Some seconds each; on a machine that builds and tests other things beside, many times that. */
const PATIENCE_MS = 60_000;

let house: House;
let shots: string;

beforeAll(async () => {
  // One betting phase that lasts for all tests.
  house = await openHouse({ bettingSeconds: 300, racingSeconds: 2, resultsSeconds: 2 });
  shots = process.env["SCREENSHOTS"] ?? join(house.folder, "screenshots");
  await mkdir(shots, { recursive: true });
});

afterAll(() => house.close());

async function seated(name: string, options: BrowserContextOptions = {}) {
  const console = await ConsolePage.open(house.browser, house.url, { locale: "en-US", ...options });
  await console.join(name);
  await console.page.goto(`${house.url}/#/latency`);
  await console.page.locator(".simulator").waitFor();
  const { page } = console;
  const simulator = page.locator(".simulator");
  return {
    console,
    page,
    simulator,
    /** A figure of the lane, as it stands there. */
    figure: (row: string, lane: "websocket" | "rest" | "ping") =>
      page.locator(`[data-row=${row}] [data-lane=${lane}]`),
    choose: (name: "transport" | "pace", value: string) =>
      simulator
        .locator("label", { has: page.locator(`input[name=${name}][value=${value}]`) })
        .click(),
    fill: (name: string, value: string) => simulator.locator(`input[name=${name}]`).fill(value),
    start: () => simulator.locator("button[type=submit]").click(),
    status: (status: string) =>
      page.locator(`.simulator-progress[data-status=${status}]`).waitFor(),
    progress: (what: string) => page.locator(`[data-progress=${what}]`).innerText(),
  };
}

test(
  "a burst over each way: as many are counted, and exactly their stakes are held",
  { timeout: PATIENCE_MS },
  async () => {
    const { console, page, figure, choose, fill, start, status, progress } = await seated("Ada");
    const before = await console.balance();
    await page.getByText("Nothing measured yet.").waitFor();

    await start();
    await status("ended");
    await figure("count", "websocket").getByText(String(BURST), { exact: true }).waitFor();
    await expect.poll(() => progress("accepted")).toBe(String(BURST));

    await choose("transport", "rest");
    await start();
    await figure("count", "rest").getByText(String(BURST), { exact: true }).waitFor();
    await status("ended");
    await expect.poll(() => figure("count", "websocket").innerText()).toBe(String(BURST));
    for (const lane of ["websocket", "rest"] as const) {
      for (const row of ["p50", "p90", "p99", "max"]) {
        await expect
          .poll(() => figure(row, lane).innerText(), { message: `${row} ${lane}` })
          .toMatch(/^[\d.]+ m?s$/);
      }
    }
    await figure("count", "ping").getByText(/[1-9]/).waitFor();
    await figure("cost", "websocket")
      .getByText(/\d m?s$/)
      .waitFor();

    const staked = 2 * BURST * STAKE_MINOR;
    await console.held((staked / 100).toFixed(2));
    await expect
      .poll(() => console.balance())
      .toEqual({
        total: before.total,
        held: before.held + staked,
        available: before.available - staked,
      });

    // The histogram has them all, drawn and as a table.
    const chart = page.locator("figure.chart").first();
    await expect
      .poll(async () => (await drawn(chart.locator("canvas"))).colours)
      .toBeGreaterThan(3);
    await page.getByRole("button", { name: "Distribution: show as a table" }).click();
    const sums = async () => {
      const counts = await chart.locator("tbody td").allInnerTexts();
      return [0, 1].map((column) =>
        counts.reduce((total, text, i) => total + (i % 2 === column ? Number(text) : 0), 0),
      );
    };
    await expect.poll(sums).toEqual([BURST, BURST]);
    await page.getByRole("button", { name: "Distribution: show as a table" }).click();

    // Both runs stand beside each other, and everything can be taken along.
    await expect.poll(() => page.locator("[data-run]").count()).toBe(2);
    const save = async (name: string) => {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name }).click();
      return readFile(await (await download).path(), "utf8");
    };
    const csv = await save("Save as CSV");
    expect(csv.trimEnd().split("\r\n")).toHaveLength(1 + 2 * BURST);
    const json = JSON.parse(await save("Save as JSON")) as {
      lanes: Record<string, { count: number }>;
      runs: unknown[];
    };
    expect(json.lanes["rest"]?.count).toBe(BURST);
    expect(json.runs).toHaveLength(2);

    // What is left of a budget below the plan's is not spent.
    await fill("budget", "5.50");
    await start();
    await page.getByText("The budget is spent.").first().waitFor();
    await expect.poll(() => progress("accepted")).toBe("5");
    await expect.poll(() => progress("committed")).toContain("5.00 of 5.50");
    await page.screenshot({ path: join(shots, "latency-desktop-light.png"), fullPage: true });
    expect(console.complaints).toEqual([]);
    await console.close();
  },
);

test(
  "a steady rate goes on until it is stopped, or the page is hidden; a bet by hand is measured",
  { timeout: PATIENCE_MS },
  async () => {
    const { console, page, figure, choose, fill, start, status, simulator } = await seated("Grace");
    await simulator.getByRole("button", { name: "Place one bet" }).click();
    await figure("count", "websocket").getByText("1", { exact: true }).waitFor();
    await status("ended");
    await expect.poll(() => page.locator("[data-run]").count()).toBe(0);

    await choose("pace", "rate");
    await choose("transport", "both");
    await fill("per_second", "40");
    await fill("budget", "400.00");
    await start();
    await page.locator("[data-progress=accepted]", { hasText: /^(?:[2-9]|1\d)\d/ }).waitFor();
    await simulator.getByRole("button", { name: "Stop" }).click();
    await status("ended");
    await page.getByText("Stopped by you.").first().waitFor();

    await start();
    await status("running");
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await page.getByText("The page was hidden.").first().waitFor();
    expect(console.complaints).toEqual([]);
    await console.close();
  },
);

test("a plan that cannot be carried out is refused before a bet is made", async () => {
  const { console, page, fill, start, choose } = await seated("Lin");
  await fill("budget", "100000");
  await start();
  await page.getByRole("alert").getByText("more than the 1,000.00").waitFor();
  await fill("budget", "10");
  await fill("count", "501");
  await start();
  await page.getByRole("alert").getByText("from 1 to 500").waitFor();
  await choose("pace", "rate");
  await fill("per_second", "0");
  await start();
  await page.getByRole("alert").getByText("from 1 to 50").waitFor();
  await console.held("0.00");
  await console.close();
});

test(
  "phone and desktop, light and dark, in Spanish: it fits, and nothing stands in anyone's way",
  { timeout: PATIENCE_MS },
  async () => {
    const { console, page, figure, start } = await seated("Iris");
    await start();
    await figure("count", "websocket").getByText(String(BURST), { exact: true }).waitFor();
    await page.locator("canvas").nth(2).waitFor();
    await expectAccessible(page, "latency, desktop, light");
    await page.evaluate(() => localStorage.setItem("croupier.language", "es"));
    await page.setViewportSize({ width: 360, height: 800 });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Latencia" }).waitFor();
    await page.getByRole("button", { name: "Empezar" }).click();
    await figure("count", "websocket").getByText(String(BURST), { exact: true }).waitFor();
    await page.locator("canvas").nth(2).waitFor();
    await expect.poll(() => overflowOfMainPx(page)).toBe(0);
    await expectAccessible(page, "latency, phone, dark, Spanish");
    await page.screenshot({ path: join(shots, "latency-phone-dark-es.png"), fullPage: true });
    expect(console.complaints).toEqual([]);
    await console.close();
  },
);
