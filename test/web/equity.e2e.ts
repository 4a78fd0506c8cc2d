/** The equity calculator in the browser, which needs nothing of a server but its files. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import type { Browser, Page } from "playwright-core";
import { freePort } from "../support/server.ts";
import { overflowOfMainPx } from "./charts/overflow.ts";
import { launchBrowser } from "./support/Browser.ts";
import { startFakeServer } from "./support/FakeServer.ts";
import type { FakeServer } from "./support/FakeServer.ts";
import { expectAccessible } from "./support/accessible.ts";

const STEP_TIMEOUT_MS = 8_000;
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
  expect(await shares()).toEqual(["42.84%", "57.16%"]);
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
  expect(await shares()).toEqual(["0.00%", "100.00%"]);
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
  expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe(
    "Range of player 2",
  );

  await page.waitForURL((url) => url.hash.includes("KJs"));
  expect(query().getAll("p")).toEqual(["AhKd", "TT+,KJs+@50"]);
  await page.reload();
  expect(await shares()).toEqual(shown);
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
  expect(await overflowOfMainPx(page)).toBe(0);
  await expectAccessible(page, "grid, phone, dark");
});
