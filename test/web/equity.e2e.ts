/** The equity calculator in the browser, which needs nothing of a server but its files. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { loadEquity } from "../../src/compute/library.ts";
import type { Question } from "../../src/compute/library.ts";
import { readKernelWasm } from "../../src/compute/kernel/wasmFile.ts";
import { freePort } from "../support/server.ts";
import { overflowOfMainPx } from "./charts/overflow.ts";
import { launchBrowser } from "./support/Browser.ts";
import { startFakeServer } from "./support/FakeServer.ts";
import type { FakeServer } from "./support/FakeServer.ts";
import { expectAccessible } from "./support/accessible.ts";

const STEP_TIMEOUT_MS = 12_000;
/** So high that no target lies half under the bars above and below, which would count as too small. */
const PHONE = { width: 390, height: 2400 };
const DESKTOP = { width: 1440, height: 900 };

let browser: Browser;
let server: FakeServer;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  server = await startFakeServer({ root: inject("consoleDir"), port: await freePort() });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

beforeEach(async () => {
  const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: "reduce" });
  context.setDefaultTimeout(STEP_TIMEOUT_MS);
  page = await context.newPage();
  complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
});

afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.context().close();
});

const open = async (query: string) => {
  await page.goto(`${server.url}/#/equity${query}`);
  await page.getByRole("heading", { level: 1, name: "Equity" }).waitFor();
};
const verdict = (kind: string) => page.locator(`.equity-verdict[data-kind=${kind}]`).waitFor();
/** The shares as they are shown, when they are known. */
const shares = async () => {
  await verdict("known");
  return page.locator(".equity-player-share strong").allInnerTexts();
};
const playerText = (number: number) => page.getByRole("textbox", { name: `Player ${number}` });
const note = (number: number) => page.locator(`#equity-player-${number}-note`);
const query = () => new URLSearchParams(page.url().split("?")[1] ?? "");

test("known hands are computed exactly; a board is picked by mouse, by keyboard and as text", async () => {
  await open("?p=AhKd&p=QcQs");
  await expect.poll(() => shares()).toEqual(["42.84%", "57.16%"]);
  await page.getByText("Exact", { exact: true }).waitFor();

  await page.getByRole("button", { name: "Queen of hearts", exact: true }).click();
  await verdict("faulty");
  await expect
    .poll(() => page.locator(".equity-player-share strong").allInnerTexts())
    .toEqual(["–", "–"]);
  await page.getByText("these are 1").or(page.getByText("this is 1")).waitFor();
  // One to the right and one up: from the queen of hearts to the jack of spades, then the ten.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  // The ace of hearts is with player 1: it cannot be picked.
  const ace = page.getByRole("button", { name: "Ace of hearts, taken" });
  await expect.poll(() => ace.getAttribute("aria-disabled")).toBe("true");
  const field = page.getByRole("textbox", { name: "Or type them" });
  await expect.poll(() => field.inputValue()).toBe("QhJsTs");
  // A straight against three queens, which a pair on the board would make a full house.
  const [straight = ""] = await shares();
  expect(Number.parseFloat(straight)).toBeGreaterThan(60);

  await field.fill("QhJsTs 2c 2d");
  await expect.poll(() => shares()).toEqual(["0.00%", "100.00%"]);
  await field.fill("QhJsTsAh");
  await verdict("faulty");
  await note(1).getByText("Ace of hearts is on the board.").waitFor();
});

test("a range is painted with the mouse and the keyboard, and its address can be shared", async () => {
  await open("?p=AhKd&p=22");
  await page.getByRole("button", { name: "Range of player 2" }).click();
  const grid = page.getByRole("grid", { name: "Starting hands" });
  const cell = (name: string) => grid.getByRole("gridcell", { name: `${name},` });
  const centre = async (name: string) => {
    const { height, width, x, y } = (await cell(name).boundingBox()) ?? expect.fail(name);
    return [x + width / 2, y + height / 2] as const;
  };
  // In one quick stroke along the diagonal: the browser tells of its ends alone.
  await page.mouse.move(...(await centre("AA")));
  await page.mouse.down();
  await page.mouse.move(...(await centre("TT")));
  await page.mouse.up();
  await expect.poll(() => playerText(2).inputValue()).toBe("TT+,22");
  // What is painted is wiped out; then half of KQs by keyboard, and on to KJs.
  await cell("22").click();
  await page.getByText("50%", { exact: true }).click();
  await cell("KQs").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(() => playerText(2).inputValue()).toBe("TT+,KJs+@50");
  await note(2).getByText("34 combinations · 2.6% of all").waitFor();
  const shown = await shares();
  await page.keyboard.press("Escape");
  await expect
    .poll(() => page.evaluate("document.activeElement.getAttribute('aria-label')"))
    .toBe("Range of player 2");

  await page.waitForURL((url) => url.hash.includes("KJs"));
  expect(query().getAll("p")).toEqual(["AhKd", "TT+,KJs+@50"]);
  await page.reload();
  await expect.poll(() => shares()).toEqual(shown);
});

test("a simulation is shown as it settles, with nine players; a wrong text leaves no figures", async () => {
  const nine = ["AhKh", "QsQc", ...Array.from({ length: 7 }, () => "random")];
  await open(`?${new URLSearchParams(nine.map((text) => ["p", text])).toString()}`);
  await page.locator(".equity-convergence polyline").nth(8).waitFor();
  await expect.poll(() => page.locator(".equity-player-parts", { hasText: "±" }).count()).toBe(9);
  const shown = await page.locator(".equity-player-share strong").allInnerTexts();
  const total = shown.reduce((sum, share) => sum + Number.parseFloat(share), 0);
  expect(total).toBeCloseTo(100, 0);
  await expect
    .poll(() =>
      page.getByRole("button", { name: "Add a player (at most 9)" }).getAttribute("aria-disabled"),
    )
    .toBe("true");

  await playerText(2).fill("QQs");
  await verdict("faulty");
  await note(2).getByText("“QQs” (character 1): a pair is neither suited nor offsuit.").waitFor();
  await expect.poll(() => page.locator(".equity-convergence").count()).toBe(0);
  expect(new Set(await page.locator(".equity-player-share strong").allInnerTexts())).toEqual(
    new Set(["–"]),
  );
  // There are far too many hands to go through; and then it is said what to do.
  await playerText(2).fill("random");
  await page.getByText("Exact only", { exact: true }).click();
  await verdict("refused");
  await page.getByText("There are too many hands to go through them all").first().waitFor();
  await page.getByRole("button", { name: "Remove player 9" }).click();
  await expect.poll(() => page.locator(".equity-player").count()).toBe(8);
});

test("without a mouse a range is painted, with half its weight, and the way back is one key", async () => {
  await open("?p=AhKd&p=22");
  const focused = () => page.evaluate("document.activeElement?.getAttribute('aria-label')");
  await playerText(2).focus();
  // Past the cards to the range.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect.poll(focused).toBe("Range of player 2");
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("AA, 0.0%");
  // AA and what is under it; then along the last row to 22, which is painted already and so wiped out.
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await expect.poll(() => playerText(2).inputValue()).toBe("AA,22,AKo");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect.poll(() => playerText(2).inputValue()).toBe("KK+,22,AKo");
  for (let row = 1; row < 12; row++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await expect.poll(focused).toBe("22, 100.0%");
  await page.keyboard.press("Space");
  await expect.poll(() => playerText(2).inputValue()).toBe("KK+,AKo");
  await page.keyboard.press("Home");
  await expect.poll(focused).toBe("A2o, 0.0%");

  // The grid is one stop: before it the weights, behind it the ranges to begin with.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  await expect.poll(focused).toBe("A2o, 0.0%");
  await page.keyboard.press("Space");
  await expect.poll(() => playerText(2).inputValue()).toBe("KK+,AKo,A2o@50");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => playerText(2).inputValue()).toBe("QQ+,AK");
  await page.keyboard.press("Escape");
  await expect.poll(focused).toBe("Range of player 2");
});

test("Omaha is chosen, its hands are typed and picked by keyboard, and a link says the game", async () => {
  const engine = await loadEquity(await readKernelWasm());
  const expected = async (question: Question) =>
    (await engine.equity(question)).players.map(({ equity }) => `${(100 * equity).toFixed(2)}%`);
  const game = page.getByRole("combobox", { name: "Game" });
  const board = "Qs7d2c";

  await open(`?p=AhKd&p=QQ%2B&board=${board}`);
  await shares();
  await game.selectOption("omaha");
  await verdict("faulty");
  // What was written stays: it is only too little, or nothing that this game has.
  await note(1).getByText("2 more cards.").waitFor();
  await note(2).getByText("Ranges are for hold’em. Give this player cards.").waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Range of player 2" }).count()).toBe(0);
  await expect.poll(() => page.getByText("Simulate", { exact: true }).count()).toBe(0);
  await playerText(1).fill("ah kd qh 10h 9h");
  await note(1).getByText("A hand of this game has 4 cards; these are 5.").waitFor();
  await playerText(1).fill("ah kd qh 10h");

  // Four cards of the first row, from the ace of spades on, past the queen that lies on the board.
  await page.getByRole("button", { name: "Cards of player 2" }).focus();
  await page.keyboard.press("Enter");
  for (let card = 0; card < 5; card++) {
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
  }
  await expect.poll(() => playerText(2).inputValue()).toBe("AsKsJsTs");
  await page.getByText("4 of 4").waitFor();
  // It is full: the nine stays where it is.
  await page.keyboard.press("Space");
  await expect.poll(() => playerText(2).inputValue()).toBe("AsKsJsTs");
  const players = ["AhKdQhTh", "AsKsJsTs"];
  await expect.poll(() => shares()).toEqual(await expected({ game: "omaha", players, board }));
  await page.getByText("Exact", { exact: true }).waitFor();

  // High and low: each half of the pot is won by itself.
  await game.selectOption("omaha_hilo");
  await page
    .getByText(/^Wins .* of the halves$/)
    .first()
    .waitFor();
  await expect.poll(() => shares()).toEqual(await expected({ game: "omaha_hilo", players, board }));
  await page.waitForURL((url) => url.hash.includes("game=omaha_hilo"));
  expect(query().get("p")).toBe("ah kd qh 10h");
  const shown = await shares();
  await page.reload();
  await expect.poll(() => shares()).toEqual(shown);
  await expect.poll(() => game.inputValue()).toBe("omaha_hilo");

  // Who comes is to be given cards, and the deck is there for it.
  await page.getByRole("button", { name: "Add a player (at most 9)" }).click();
  await page.getByRole("heading", { name: "Cards of player 3" }).waitFor();
  await note(3).getByText("Give this player cards").waitFor();
  await page.getByRole("button", { name: "Remove player 3" }).click();
  await verdict("known");
  await game.selectOption("holdem");
  await note(2).getByText("A hand of this game has 2 cards; these are 4.").waitFor();
});

test("each game of Omaha begins with hands of its own, exactly computed before the flop", async () => {
  await open("");
  await shares();
  await page.getByRole("combobox", { name: "Game" }).selectOption("omaha5_hilo");
  await expect.poll(() => playerText(1).inputValue()).toBe("AhAd2h3d4s");
  // 850,668 boards: how far it has come is told.
  await page.getByText("of the exact answer so far").first().waitFor();
  await expect
    .poll(() => page.locator(".equity-verdict").getAttribute("data-kind"), { timeout: 60_000 })
    .toBe("known");
  await page.getByText("850,668 deals").first().waitFor();
  await page.getByRole("button", { name: "Start over" }).click();
  await expect.poll(() => playerText(2).inputValue()).toBe("KsQsJcTc9d");
  await expect.poll(() => page.locator(".equity-player-held [data-card]").count()).toBe(10);

  await page.setViewportSize(PHONE);
  await expect.poll(() => overflowOfMainPx(page)).toBe(0);
  await expectAccessible(page, "Omaha 5 hi/lo, phone, light");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize(DESKTOP);
  await page.getByRole("combobox", { name: "Language" }).selectOption("es");
  await page.getByRole("combobox", { name: "Juego" }).waitFor();
  await expect.poll(() => overflowOfMainPx(page)).toBe(0);
  await expectAccessible(page, "Omaha 5 hi/lo, desktop, dark, Spanish");
});

test("it can be used by everyone, on a phone and a desktop, in both themes and languages", async () => {
  await open("?p=AhKd&p=QQ%2B,KJs%4050&board=2h7d8c&dead=As");
  await shares();
  await playerText(1).fill("AhA");
  await note(1).getByText("“AhA” (character 1) is not understood.").waitFor();
  await expectAccessible(page, "deck with a fault, desktop, light");

  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByRole("combobox", { name: "Language" }).selectOption("es");
  await note(1).getByText("No se entiende «AhA» (carácter 1).").waitFor();
  await page.getByRole("button", { name: "Rango del jugador 2" }).click();
  await page.getByRole("grid", { name: "Manos iniciales" }).waitFor();
  await expect.poll(() => overflowOfMainPx(page)).toBe(0);
  await expectAccessible(page, "grid, phone, dark");
});
