import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import type { ServerFrame } from "../../rpc/frames.ts";
import { isHeld } from "./room/isHeld.ts";
import { launchBrowser } from "./support/Browser.ts";
import { ConsolePage } from "./support/ConsolePage.ts";
import { startFakeServer } from "./support/FakeServer.ts";
import type { FakeServer } from "./support/FakeServer.ts";
import { hear } from "./support/hear.ts";

/** Script that a first visit loads, gzipped. */
const MAX_SCRIPT_BYTES = 200_000;
const WIDTHS = [360, 390, 768, 1024, 1440, 1920] as const;

let browser: Browser;
let fake: FakeServer;
let console: ConsolePage;
let heard: readonly ServerFrame[];

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  fake = await startFakeServer({ root: inject("consoleDir") });
  console = await ConsolePage.open(browser, fake.url);
  heard = hear(console.page);
});

afterEach(async () => {
  await console.close();
  await fake.stop();
});

test("a whole race: a bet in each market, a power, the result and the money", async () => {
  const { page } = console;
  await console.join("Ada");
  await expect
    .poll(() => console.balance())
    .toEqual({ available: 100_000, held: 0, total: 100_000 });

  await console.placeBet("win", [2], "5.00");
  await console.bet("win", "accepted");
  await console.placeBet("place", [1], "2,50");
  await console.bet("place", "accepted");
  await console.placeBet("show", [3], "1");
  await console.bet("show", "accepted");
  await console.placeBet("exacta", [2, 3], "1.00");
  await console.bet("exacta", "accepted");
  await console.placeBet("quinella", [3, 2], "1.00");
  await console.bet("quinella", "accepted");
  await console.placeBet("trifecta", [2, 3, 8], "1.00");
  await console.bet("trifecta", "accepted");
  await console.held("11.50");
  await expect
    .poll(() => console.balance())
    .toEqual({ available: 98_850, held: 1_150, total: 100_000 });
  expect(fake.commands.map((command) => "selection" in command && command.selection)).toEqual([
    [2],
    [1],
    [3],
    [2, 3],
    [3, 2],
    [2, 3, 8],
  ]);

  fake.freezeRace();
  fake.advance();
  await console.phase("racing");
  await page.locator("canvas").waitFor();
  await expect.poll(() => isHeld(heard)).toBe(true);
  await console.castPower("pwr_oil_01", 5);
  await page.getByRole("list", { name: "Powers at work" }).getByText("Oil Slick").waitFor();

  fake.releaseRace();
  await console.phase("lobby");
  const order = fake.lobby().order?.flat() ?? [];
  const names = order.map((number) => fake.lobby().runners[number - 1]?.name ?? "");
  const finishers = page.getByRole("list", { name: "Finishing order" });
  await expect
    .poll(async () => {
      const text = await finishers.innerText();
      const seen = names.filter((name) => text.includes(name));
      return seen.toSorted((a, b) => text.indexOf(a) - text.indexOf(b));
    })
    .toEqual(names);
  await console.held("0.00");

  // The fake's dividends: whoever is first pays 4.20, and so on; see its settlement.
  const [first, second, third] = order;
  const returns =
    (first === 2 ? 2_100 : 0) +
    (first === 1 ? 450 : second === 1 ? 575 : 0) +
    (first === 3 ? 130 : second === 3 ? 150 : third === 3 ? 210 : 0) +
    (first === 2 && second === 3 ? 2_140 : 0) +
    ([first, second].includes(2) && [first, second].includes(3) ? 1_160 : 0) +
    (first === 2 && second === 3 && third === 8 ? 9_850 : 0);
  const total = 100_000 - 1_150 - 3_000 + returns;
  await expect.poll(() => console.balance()).toEqual({ available: total, held: 0, total });
  await console.bet("win", first === 2 ? "won" : "lost");
  await expect
    .poll(() => page.getByRole("link", { name: "Check this race yourself" }).getAttribute("href"))
    .toBe("#/races/race-1/verify");
  expect(console.complaints).toEqual([]);
});

test("a refusal says why and leaves the slip as it was", async () => {
  await console.join("Ada");
  await console.placeBet("win", [2], "0.50");
  await expect.poll(() => console.refusal("stake_below_min")).toContain("The least stake is 1.00.");
  await console.page.getByLabel("Stake", { exact: true }).fill("5000");
  await console.page.locator("form#slip > button[type=submit]").click();
  await expect
    .poll(() => console.refusal("insufficient_funds"))
    .toContain("more than your available balance");
  await expect
    .poll(() => console.page.locator('[data-runner="2"]').getAttribute("aria-pressed"))
    .toBe("true");
  await expect
    .poll(() => console.balance())
    .toEqual({ available: 100_000, held: 0, total: 100_000 });
});

test("a bet can be cancelled while betting is open, and shows what came back", async () => {
  await console.join("Ada");
  await console.placeBet("win", [2], "10.00");
  await console.page.getByRole("button", { name: /^Cancel Win 2/ }).click();
  const dialog = console.page.getByRole("dialog", { name: "Cancel this bet?" });
  await dialog.getByText("0.50", { exact: true }).waitFor();
  await dialog.getByText("9.50", { exact: true }).waitFor();
  await dialog.getByRole("button", { name: "Keep the bet" }).click();
  await console.bet("win", "accepted");
  await console.page.getByRole("button", { name: /^Cancel Win 2/ }).click();
  await dialog.getByRole("button", { name: "Cancel the bet" }).click();
  await console.bet("win", "cancelled");
  await console.page.getByText("9.50 back").waitFor();
  await console.held("0.00");
  await expect.poll(() => console.balance()).toEqual({ available: 99_950, held: 0, total: 99_950 });
});

test("an answer lost with the connection: the same key is sent again and the bet is placed once", async () => {
  await console.join("Ada");
  fake.loseNextAnswer();
  await console.placeBet("win", [2], "5.00");
  await expect.poll(() => fake.commands.length).toBe(1);
  fake.cutConnections({ refusing: true });
  await console.page.getByText("The connection is interrupted").waitFor();
  fake.scratch(4);
  // Before it can be let in: as soon as it can, the page comes back by itself, and the button is gone.
  await console.page.getByRole("button", { name: "Try now" }).click();
  fake.acceptConnections();
  await console.live();
  await console.bet("win", "accepted");
  await console.held("5.00");
  const keys = fake.commands.map((command) => command.idempotency_key);
  expect(keys.length).toBeGreaterThanOrEqual(2);
  expect(new Set(keys).size).toBe(1);
  // What was missed meanwhile was asked for by version.
  expect(fake.requests.some((frame) => frame.type === "RESUME")).toBe(true);
  await console.page.locator('[data-runner="4"]', { hasText: "scratched" }).waitFor();
});

test("a connection cut in the middle of the race comes back into the race", async () => {
  await console.join("Ada");
  await console.placeBet("show", [1], "5.00");
  await console.bet("show", "accepted");
  fake.freezeRace();
  fake.advance();
  await console.phase("racing");
  fake.cutConnections({ refusing: false });
  fake.releaseRace();
  await console.phase("lobby");
  await console.page.getByRole("heading", { name: "Result" }).waitFor();
  await console.held("0.00");
});

test("who comes after the settlement sees the dividends and the photo finish too", async () => {
  await console.join("Ada");
  fake.advance();
  await console.phase("lobby");
  await console.page.reload();
  await console.live();
  await console.page
    .getByRole("row", { name: /Trifecta/ })
    .getByText("98.50")
    .waitFor();
  await console.page.getByText("Photo finish").waitFor();
});

test("a reload keeps the seat and the bets; leaving gives them up", async () => {
  const { page } = console;
  await console.join("Ada");
  await console.placeBet("quinella", [6, 2], "3.00");
  await console.bet("quinella", "accepted");
  await page.reload();
  await console.live();
  await console.bet("quinella", "accepted");
  await console.held("3.00");
  await page.locator(".account-button").click();
  await page.getByRole("menuitem", { name: "Leave" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await page.getByRole("button", { name: "Take a seat" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Take a seat" }).waitFor();
});

test("a seat that the server no longer knows leads back to the door, with a word why", async () => {
  await console.join("Ada");
  const { port } = new URL(fake.url);
  await fake.stop();
  fake = await startFakeServer({ root: inject("consoleDir"), port: Number(port) });
  await console.page.getByText("Your seat has expired").waitFor();
});

test("the whole of betting can be done from the keyboard", async () => {
  const { page } = console;
  await page.locator("#display-name:focus").waitFor();
  await page.keyboard.type("Ada");
  await page.keyboard.press("Enter");
  await console.live();
  await page.locator('[data-runner="3"]').focus();
  await page.keyboard.press("Space");
  await page.locator("input[name=market][value=win]").focus();
  await page.keyboard.press("ArrowRight");
  await page.getByLabel("Stake", { exact: true }).focus();
  await page.keyboard.press("Enter");
  await console.bet("place", "accepted");
  expect(fake.commands).toMatchObject([{ market: "place", selection: [3], stake: 500 }]);
});

test("at no width anything scrolls sideways in any phase", async () => {
  const { page } = console;
  const expectNoOverflow = async (where: string) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      await expect
        .poll(() => console.overflowPx(), { message: `${where}, ${width} pixels` })
        .toBe(0);
    }
  };
  await expectNoOverflow("the door");
  await console.join("A name as long as it may");
  await console.placeBet("trifecta", [5, 1, 2], "100.00");
  await console.bet("trifecta", "accepted");
  await console.placeBet("win", [7], "0.01");
  await console.refusal("stake_below_min");
  await expectNoOverflow("betting");
  fake.freezeRace();
  fake.advance();
  await console.phase("racing");
  await expectNoOverflow("racing");
  fake.releaseRace();
  await console.phase("lobby");
  await page.locator("[data-steps=trifecta] summary").click();
  await expectNoOverflow("results");
});

test("dark and light follow the system until the player chooses, also after a reload", async () => {
  const { page } = console;
  const background = () =>
    page.evaluate<string>("getComputedStyle(document.documentElement).backgroundColor");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(background).toBe("rgb(13, 19, 17)");
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(background).toBe("rgb(244, 242, 234)");
  await page.getByRole("button", { name: "Switch to dark colours" }).click();
  await page.reload();
  await page.getByRole("button", { name: "Switch to light colours" }).waitFor();
  await expect.poll(background).toBe("rgb(13, 19, 17)");
});

test("the script of a first visit is small, the table included", async () => {
  await console.join("Ada");
  const loaded = await console.page.evaluate<readonly string[]>(
    "performance.getEntriesByType('resource').map(({ name }) => name)",
  );
  const scripts = loaded.flatMap((name) => /\/assets\/[^/]+\.js$/.exec(name) ?? []);
  const sizes = await Promise.all(
    scripts.map(async (path) => gzipSync(await readFile(join(inject("consoleDir"), path))).length),
  );
  expect(scripts.length).toBeGreaterThan(0);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_SCRIPT_BYTES);
});
