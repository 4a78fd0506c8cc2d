/** A whole race through the console on the real server: the page, the gateway, the actors and PostgreSQL. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer } from "../support/server.ts";
import type { Server } from "../support/server.ts";
import { launchBrowser } from "./support/Browser.ts";
import { ConsolePage } from "./support/ConsolePage.ts";
import type { BetStatus, Market } from "./support/ConsolePage.ts";

const BETTING_SECONDS = 12;
const RACING_SECONDS = 5;
const RESULTS_SECONDS = 6;
/** Longer than a whole race, so that the next betting phase is met from any moment. */
const ROUND_MS = (BETTING_SECONDS + RACING_SECONDS + RESULTS_SECONDS + 10) * 1_000;
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

let folder: string;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-race-"));
  server = await startServer({
    env: {
      DATA_DIR: join(folder, "data"),
      BETTING_SECONDS: String(BETTING_SECONDS),
      RACING_SECONDS: String(RACING_SECONDS),
      RESULTS_SECONDS: String(RESULTS_SECONDS),
    },
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

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
  const answer = await fetch(`${server.url}/bets?race_id=${raceId}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await answer.json()) as { bets: readonly BetRow[] }).bets;
}

test(
  "a bet in each market and a power: the race is run, and the balance is what the results say",
  { timeout: 2 * ROUND_MS },
  async () => {
    const console = await ConsolePage.open(browser, server.url);
    await console.join("Ada Lovelace");
    expect((await console.balance()).total).toBe(GRANT_MINOR);

    // From the beginning of a betting phase, so that there is time for all bets.
    await console.phase("lobby", ROUND_MS);
    await console.phase("betting", ROUND_MS);
    for (const { market, runners, stakeMinor } of BETS) {
      await console.placeBet(market, runners, (stakeMinor / 100).toFixed(2));
      await console.bet(market, "accepted");
    }
    const staked = BETS.reduce((sum, { stakeMinor }) => sum + stakeMinor, 0);
    await console.held((staked / 100).toFixed(2));

    await console.phase("racing", ROUND_MS);
    await console.castPower("pwr_boost_01", 1);
    await console.page.getByRole("list", { name: "Powers at work" }).waitFor();

    await console.page.getByRole("heading", { name: "Result" }).waitFor({ timeout: ROUND_MS });
    await console.held("0.00");
    const href = await console.page
      .getByRole("link", { name: "Check this race yourself" })
      .getAttribute("href");
    const raceId = href?.split("/")[2] ?? "";
    expect((await fetch(`${server.url}${href}`)).status).toBe(200);

    const rows = await betsOf(console, raceId);
    expect(rows.map(({ market }) => market).toSorted()).toEqual(
      BETS.map(({ market }) => market).toSorted(),
    );
    for (const { market, status } of rows) await console.bet(market, status);
    const returned = rows.reduce((sum, { payout }) => sum + (payout ?? 0), 0);
    const powerCost = 2_000;
    const total = GRANT_MINOR - staked - powerCost + returned;
    expect(await console.balance()).toEqual({ available: total, held: 0, total });
    expect(console.complaints).toEqual([]);
    await console.close();
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
    const shots = process.env["SCREENSHOTS"] ?? join(folder, "screenshots");
    await mkdir(shots, { recursive: true });
    const watch = async ({ device, viewport, colorScheme }: (typeof SCREENS)[number]) => {
      const console = await ConsolePage.open(browser, server.url, { viewport, colorScheme });
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
      await console.page.getByText("leads", { exact: true }).waitFor({ state: "attached" });
      await look("racing");
      await console.page.getByRole("heading", { name: "Result" }).waitFor({ timeout: ROUND_MS });
      await look("results");
      expect(console.complaints).toEqual([]);
      await console.close();
    };
    await Promise.all(SCREENS.map(watch));
  },
);
