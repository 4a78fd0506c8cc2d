/** The table against a server that can be told what to do: what two see of each other, what a reload keeps, in both languages. */
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import type { ServerFrame } from "../../../rpc/frames.ts";
import { launchBrowser } from "../support/Browser.ts";
import { ConsolePage } from "../support/ConsolePage.ts";
import { startFakeServer } from "../support/FakeServer.ts";
import type { FakeServer } from "../support/FakeServer.ts";
import { expectAccessible } from "../support/accessible.ts";
import { hear } from "../support/hear.ts";
import { isHeld } from "./isHeld.ts";

const WIDTHS = [390, 1_440] as const;

let browser: Browser;
let fake: FakeServer;
let pages: ConsolePage[];
/** By the page that was opened last. */
let heard: readonly ServerFrame[];

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  pages = [];
  fake = await startFakeServer({ root: inject("consoleDir") });
});

afterEach(async () => {
  for (const page of pages) await page.close();
  await fake.stop();
});

const open = async (name: string, options: BrowserContextOptions = {}): Promise<ConsolePage> => {
  const console = await ConsolePage.open(browser, fake.url, options);
  pages.push(console);
  heard = hear(console.page);
  await console.join(name);
  return console;
};

test("two players bet on one race, and each sees the other's power and whose it is", async () => {
  const [ada, bob] = await Promise.all([open("Ada"), open("Bob")]);
  await ada.placeBet("win", [6], "5");
  await bob.placeBet("win", [7], "5");
  await Promise.all([ada.bet("win", "accepted"), bob.bet("win", "accepted")]);
  fake.freezeRace();
  fake.advance();
  await Promise.all([ada.phase("racing"), bob.phase("racing")]);
  await expect.poll(() => isHeld(heard)).toBe(true);
  await ada.castPower("pwr_oil_01", 7);
  await bob.castPower("pwr_stero_turbo", 6);
  const atWork = (of: ConsolePage) => of.page.getByRole("list", { name: "Powers at work" });
  await Promise.all([
    atWork(ada).getByText("yours").waitFor(),
    atWork(ada).locator("[data-mine=false]", { hasText: "Turbo Steroids" }).waitFor(),
    atWork(bob).locator("[data-mine=false]", { hasText: "Oil Slick" }).waitFor(),
  ]);
  await ada.page.locator("[data-standing]").waitFor();
  fake.releaseRace();
  await Promise.all([ada.phase("lobby"), bob.phase("lobby")]);
  // One of them backed the winner, or neither; never both.
  const first = fake.lobby().order?.[0]?.[0];
  await ada.bet("win", first === 6 ? "won" : "lost");
  await bob.bet("win", first === 7 ? "won" : "lost");
  for (const { complaints } of pages) expect(complaints).toEqual([]);
});

test("a bet on its way when the page is reloaded is placed once, and its outcome announced", async () => {
  const ada = await open("Ada");
  fake.cutConnections({ refusing: "sockets" });
  await ada.placeBet("exacta", [3, 1], "4");
  await ada.page.getByText("The bet is kept").waitFor();
  expect(fake.commands).toHaveLength(0);
  await ada.page.reload();
  await ada.page.getByText("The table does not answer yet").waitFor();
  fake.acceptConnections();
  await ada.live();
  await ada.page.getByText("Exacta 3, 1 for 4.00 is on.").waitFor();
  await ada.bet("exacta", "accepted");
  await ada.held("4.00");
  expect(new Set(fake.commands.map((command) => command.idempotency_key)).size).toBe(1);
});

test("an answer lost by a reload: the bet was placed, stays one, and is shown", async () => {
  const ada = await open("Ada");
  fake.loseNextAnswer();
  await ada.placeBet("win", [2], "3");
  await expect.poll(() => fake.commands.length).toBe(1);
  await ada.page.reload();
  await ada.live();
  await ada.bet("win", "accepted");
  await ada.held("3.00");
  expect(new Set(fake.commands.map((command) => command.idempotency_key)).size).toBe(1);
  await expect.poll(() => ada.page.locator("[data-bet=win]").count()).toBe(1);
});

test("digits pick, Enter places, and the last bet can be repeated", async () => {
  const { page, ...ada } = await open("Ada");
  await page.locator("input[name=market][value=trifecta]").check({ force: true });
  await page.locator("#main").focus();
  await page.keyboard.type("482");
  await page.locator('[data-runner="8"][aria-pressed=true]').waitFor();
  await page.keyboard.press("8");
  await page.keyboard.type("7");
  await page.keyboard.press("Enter");
  await page.locator("[data-bet=trifecta][data-status=accepted]").waitFor();
  expect(fake.commands).toMatchObject([{ market: "trifecta", selection: [4, 2, 7], stake: 500 }]);
  // A digit in the field of the stake is a digit.
  await page.locator("#stake").fill("");
  await page.locator("#stake").pressSequentially("12");
  await expect.poll(() => page.locator("[data-runner][aria-pressed=true]").count()).toBe(0);
  await page.getByRole("button", { name: "Repeat last bet" }).click();
  await expect.poll(() => page.locator("#stake").inputValue()).toBe("5.00");
  await page.getByRole("button", { name: "More", exact: true }).first().click();
  await page.getByRole("button", { name: "Place bet, 6.00" }).first().click();
  await expect.poll(() => fake.commands.length).toBe(2);
  expect(fake.commands[1]).toMatchObject({ selection: [4, 2, 7], stake: 600 });
  expect(ada.complaints).toEqual([]);
});

test("the coach goes along with the first bet, and once dismissed stays away", async () => {
  const { page } = await open("Ada");
  const step = page.locator(".coach [aria-current=step]");
  await step.getByText("Pick a runner").waitFor();
  await page.keyboard.press("3");
  await step.getByText("Place a bet").waitFor();
  await page.keyboard.press("Enter");
  await step.getByText("Watch, and check it was fair").waitFor();
  await page.getByRole("button", { name: "Got it" }).click();
  await page.reload();
  await page.locator(".phase").waitFor();
  await expect.poll(() => page.locator(".coach").count()).toBe(0);
});

test("a close finish has its picture, and the result its arithmetic, in Spanish too", async () => {
  const options = { locale: "es-ES" };
  const [ada, eva] = await Promise.all([open("Ada"), open("Eva", options)]);
  for (const console of [ada, eva]) {
    await console.placeBet("win", [6], "5");
    await console.bet("win", "accepted");
    await console.placeBet("show", [4], "1");
    await console.bet("show", "accepted");
  }
  await eva.page.getByRole("heading", { name: "Hagan sus apuestas" }).waitFor();
  await eva.placeBet("win", [2], "0,5");
  await expect.poll(() => eva.refusal("stake_below_min")).toContain("El importe mínimo es 1,00.");
  const before = (await ada.balance()).total;
  fake.freezeRace();
  fake.advance();
  await eva.page.getByRole("heading", { name: "¡Ya corren!" }).waitFor();
  fake.releaseRace();
  await Promise.all([ada.phase("lobby"), eva.phase("lobby")]);
  const names = fake.lobby().order?.flatMap((group) => group) ?? [];
  const winner = fake.lobby().runners[(names[0] ?? 1) - 1]?.name ?? "";
  await ada.page.getByRole("img", { name: new RegExp(`Photo finish\\. 1st ${winner}`) }).waitFor();
  await eva.page
    .getByRole("img", { name: new RegExp(`Foto de llegada\\. 1\\.º ${winner}`) })
    .waitFor();
  await ada.held("0.00");
  // The figures follow each other: the balance, and what changed it.
  await expect
    .poll(async () => (await ada.balance()).total - before - (await ada.balanceChange()))
    .toBe(0);
  await eva.page.getByText("Cambio de tu saldo").waitFor();
  await eva.page.locator("[data-steps=win] summary").click();
  await eva.page.getByText("Lo tuyo: 5,00 × 4,20 = 21,00").waitFor();
  await ada.page.getByRole("link", { name: "All my bets" }).click();
  const totals = ada.page.locator(".bets-totals");
  await totals.getByText("+15.00").waitFor();
  await ada.page.getByRole("button", { name: "Lost", exact: true }).click();
  await expect.poll(() => ada.page.locator(".bets-race [data-bet]").count()).toBe(1);
  for (const { complaints } of pages) expect(complaints).toEqual([]);
});

test(
  "every phase is accessible on phone and desktop, by day and night",
  { timeout: 120_000 },
  async () => {
    const rooms = await Promise.all(
      WIDTHS.map((width) =>
        open("Grace", { viewport: { width, height: 844 }, reducedMotion: "reduce" }),
      ),
    );
    const look = async (phase: string) => {
      for (const { page } of rooms) {
        for (const colorScheme of ["dark", "light"] as const) {
          // From the top, where nothing lies half under a bar that stays in view.
          await page.evaluate("scrollTo({ top: 0, behavior: 'instant' })");
          await page.emulateMedia({ colorScheme });
          await expectAccessible(page, `${phase}, ${page.viewportSize()?.width}, ${colorScheme}`);
        }
      }
    };
    for (const room of rooms) {
      await room.placeBet("win", [6], "5");
      await room.bet("win", "accepted");
      await room.placeBet("exacta", [6, 7], "0.5");
      await room.refusal("stake_below_min");
    }
    await look("betting");
    fake.freezeRace();
    fake.advance();
    await Promise.all(rooms.map((room) => room.phase("racing")));
    await look("racing");
    fake.releaseRace();
    await Promise.all(rooms.map((room) => room.phase("lobby")));
    for (const { page } of rooms) {
      await page.locator("[data-steps=win] summary").click();
      await page.getByText("Yours: 5.00 × 4.20 = 21.00").waitFor();
    }
    await look("results");
  },
);
