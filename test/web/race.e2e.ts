/** A whole race through the console on the real server: the page, the gateway, the actors and PostgreSQL. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConsolePage } from "./support/ConsolePage.ts";
import type { BetStatus, Market } from "./support/ConsolePage.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";

const BETTING_SECONDS = 16;
const RACING_SECONDS = 5;
const RESULTS_SECONDS = 8;
/** Longer than a whole race, so that the next betting phase is met from any moment. */
const ROUND_MS = (BETTING_SECONDS + RACING_SECONDS + RESULTS_SECONDS + 10) * 1_000;
const NEEDED_SECONDS = 11;
const GRANT_MINOR = 100_000;

const BETS: readonly {
  readonly market: Market;
  readonly runners: readonly number[];
  readonly stakeMinor: number;
}[] = [
  { market: "win", runners: [1], stakeMinor: 500 },
  { market: "place", runners: [2], stakeMinor: 400 },
  { market: "show", runners: [3], stakeMinor: 300 },
  { market: "exacta", runners: [1, 2], stakeMinor: 200 },
  { market: "quinella", runners: [5, 4], stakeMinor: 250 },
  { market: "trifecta", runners: [6, 7, 8], stakeMinor: 100 },
];

/** With Ada's these are all eight: one of the two has the winner, the other has not. */
const ADAS_WINS = [2, 3, 4];
const BOBS_WINS = [5, 6, 7, 8];

let house: House;

beforeAll(async () => {
  house = await openHouse({
    bettingSeconds: BETTING_SECONDS,
    racingSeconds: RACING_SECONDS,
    resultsSeconds: RESULTS_SECONDS,
  });
});

afterAll(() => house.close());

interface BetRow {
  readonly market: Market;
  readonly stake: number;
  readonly status: BetStatus;
  readonly payout: number | null;
}

/** The player's bets of a race as the server has them, read with the token that the page keeps. */
async function betsOf(console: ConsolePage, raceId: string): Promise<readonly BetRow[]> {
  const kept = await console.page.evaluate<string>('localStorage.getItem("croupier.session")');
  const { token } = JSON.parse(kept) as { token: string };
  const answer = await fetch(`${house.url}/bets?race_id=${raceId}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await answer.json()) as { bets: readonly BetRow[] }).bets;
}

/** What the race did to the player's balance, by the server's rows. */
const netOf = (rows: readonly BetRow[]): number =>
  rows.reduce((sum, { stake, payout }) => sum + (payout ?? 0) - stake, 0);

test(
  "two play one race, one wins and one loses: each sees the other's power, and the results add up to both balances",
  { timeout: 2 * ROUND_MS },
  async () => {
    const [ada, bob] = await Promise.all(
      ["Ada Lovelace", "Bob"].map(async (name) => {
        const console = await ConsolePage.open(house.browser, house.url);
        await console.join(name);
        return console;
      }),
    );
    if (ada === undefined || bob === undefined) throw new Error("There are two players.");
    expect((await ada.balance()).total).toBe(GRANT_MINOR);

    // With time for all bets: in this betting phase if most of it is left, else in the next.
    const left = await ada.page.locator(".phase[data-phase=betting] [role=timer]").allInnerTexts();
    if (Number(/0:(\d\d)/.exec(left[0] ?? "")?.[1] ?? 0) < NEEDED_SECONDS) {
      await ada.phase("lobby", ROUND_MS);
      await Promise.all([ada.phase("betting", ROUND_MS), bob.phase("betting", ROUND_MS)]);
    }
    const betAll = async (console: ConsolePage, bets: typeof BETS) => {
      for (const { market, runners, stakeMinor } of bets) {
        await console.placeBet(market, runners, (stakeMinor / 100).toFixed(2));
        await console.placed(market, runners);
      }
    };
    const wins = (runners: readonly number[]) =>
      runners.map((runner) => ({ market: "win" as const, runners: [runner], stakeMinor: 300 }));
    await Promise.all([betAll(ada, [...BETS, ...wins(ADAS_WINS)]), betAll(bob, wins(BOBS_WINS))]);
    const staked = BETS.reduce((sum, { stakeMinor }) => sum + stakeMinor, 0) + 3 * 300;
    await ada.held((staked / 100).toFixed(2));

    await Promise.all([ada.phase("racing", ROUND_MS), bob.phase("racing", ROUND_MS)]);
    // A power acts for a moment only, so they look out for it before it is cast.
    const seen = (console: ConsolePage, power: string) =>
      console.page.locator("[data-mine=false]", { hasText: power }).waitFor();
    await Promise.all([
      seen(ada, "Oil Slick"),
      seen(bob, "Turbo Steroids"),
      ada.castPower("pwr_stero_turbo", 1),
      bob.castPower("pwr_oil_01", 2),
    ]);

    await ada.page.getByRole("heading", { name: "Result" }).waitFor({ timeout: ROUND_MS });
    await Promise.all([ada.held("0.00"), bob.held("0.00")]);
    const href = await ada.page
      .getByRole("link", { name: "Check this race yourself" })
      .getAttribute("href");
    const raceId = decodeURIComponent(href?.split("/")[2] ?? "");
    const [adas, bobs] = await Promise.all([betsOf(ada, raceId), betsOf(bob, raceId)]);
    expect(adas.map(({ market }) => market).toSorted()).toEqual(
      [...BETS.map(({ market }) => market), "win", "win", "win"].toSorted(),
    );
    const won = (rows: readonly BetRow[]) =>
      rows.filter(({ market, status }) => market === "win" && status === "won").length;
    // A dead heat for first may make both of them winners, once in some five hundred races.
    expect(won(adas) + won(bobs)).toBeGreaterThanOrEqual(1);
    const players = [
      { console: ada, rows: adas, powerMinor: 18_000 },
      { console: bob, rows: bobs, powerMinor: 3_000 },
    ];
    for (const { console, rows, powerMinor } of players) {
      for (const { market, status } of rows) await console.bet(market, status);
      const change = netOf(rows) - powerMinor;
      const total = GRANT_MINOR + change;
      await console.page.locator(`[data-balance-change="${change}"]`).waitFor();
      expect(await console.balance()).toEqual({ available: total, held: 0, total });
      await console.page.locator("[data-steps=win] summary").click();
      const steps = console.page.locator("[data-steps=win]");
      await steps.getByText("Staked on the winning tickets").waitFor();
      const payouts = rows
        .filter(({ market, payout }) => market === "win" && (payout ?? 0) > 0)
        .map(({ payout }) => ((payout ?? 0) / 100).toFixed(2));
      for (const payout of payouts) await steps.getByText(`= ${payout}`).first().waitFor();
      expect(console.complaints).toEqual([]);
      await console.close();
    }
  },
);

/** One round is watched by all of them at once. */
const SCREENS = [
  { device: "phone", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
  { device: "phone", viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { device: "desktop", viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  { device: "desktop", viewport: { width: 1440, height: 900 }, colorScheme: "light" },
] as const;

test(
  "on phone and desktop, dark and light, every phase fits the screen",
  { timeout: 2 * ROUND_MS },
  async () => {
    // Kept for who wants to look: SCREENSHOTS names a folder.
    const shots = process.env["SCREENSHOTS"] ?? join(house.folder, "screenshots");
    await mkdir(shots, { recursive: true });
    const watch = async ({ device, viewport, colorScheme }: (typeof SCREENS)[number]) => {
      const console = await ConsolePage.open(house.browser, house.url, { viewport, colorScheme });
      const look = async (name: string) => {
        expect(await console.overflowPx(), `${device} ${colorScheme} ${name}`).toBe(0);
        await console.page.screenshot({
          path: join(shots, `${device}-${colorScheme}-${name}.png`),
        });
      };
      await look("join");
      await console.join("Grace Hopper");
      await console.phase("betting", ROUND_MS);
      await look("betting");
      await console.phase("racing", ROUND_MS);
      await console.page.locator(".positions [data-leads=true]").waitFor({ state: "attached" });
      await look("racing");
      await console.page.getByRole("heading", { name: "Result" }).waitFor({ timeout: ROUND_MS });
      await look("results");
      expect(console.complaints).toEqual([]);
      await console.close();
    };
    await Promise.all(SCREENS.map(watch));
  },
);
