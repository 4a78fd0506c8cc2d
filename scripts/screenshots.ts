/**
 * `npm run screenshots`: a picture of every page of the console, at phone and desktop width, in dark and light, and each
 * once in Spanish, of a house with players in it. Look at them before you show the console to a stranger.
 *
 *   npm run screenshots -- --out FOLDER    where to (default .data/screenshots)
 *   npm run screenshots -- --only verify   pages whose name begins so
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { Bot } from "../bench/bots/Bot.ts";
import { Tally } from "../bench/bots/Tally.ts";
import { TEMPERAMENTS } from "../bench/bots/Temperament.ts";
import { createCroupier } from "../sdk/src/index.ts";
import { openNodeSocket } from "../sdk/src/node.ts";
import { startServer } from "../test/support/server.ts";
import { launchBrowser } from "../test/web/support/Browser.ts";
import { buildConsole } from "../test/web/support/buildConsole.ts";
import type { Buyer } from "../test/web/support/RaffleDesk.ts";
import { sceneOf, setRaffleScene } from "./raffleScene.ts";

const BETTING_SECONDS = 15;
const RACING_SECONDS = 12;
const RESULTS_SECONDS = 10;
const ROUND_MS = (BETTING_SECONDS + RACING_SECONDS + RESULTS_SECONDS + 5) * 1_000;
const PLAYERS = 24;
/** Races in the history before the pictures are taken. */
const RACES = 3;
const PAGE_TIMEOUT_MS = 15_000;
const BOARD_CARDS = 5;
/** Pictures and charts are drawn when they have been laid out. */
const SETTLE_MS = 1_200;
/** The field is stretched out, the first powers are at work. */
const MID_RACE_MS = 6_000;

interface Screen {
  readonly name: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: "dark" | "light";
  readonly locale: "en-GB" | "es-ES";
}

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 900 };
const SCREENS: readonly Screen[] = [
  { name: "desktop-dark", viewport: DESKTOP, colorScheme: "dark", locale: "en-GB" },
  { name: "desktop-light", viewport: DESKTOP, colorScheme: "light", locale: "en-GB" },
  { name: "phone-dark", viewport: PHONE, colorScheme: "dark", locale: "en-GB" },
  { name: "phone-light", viewport: PHONE, colorScheme: "light", locale: "en-GB" },
  { name: "phone-es", viewport: PHONE, colorScheme: "light", locale: "es-ES" },
];

const { values } = parseArgs({
  options: {
    out: { type: "string", default: ".data/screenshots" },
    only: { type: "string", default: "" },
  },
});
const wanted = (name: string) => name.startsWith(values.only);

const folder = await mkdtemp(join(tmpdir(), "croupier-screenshots-"));
await buildConsole(join(folder, "web"));
const server = await startServer({
  env: {
    DATA_DIR: join(folder, "data"),
    WEB_DIR: join(folder, "web"),
    BETTING_SECONDS: String(BETTING_SECONDS),
    RACING_SECONDS: String(RACING_SECONDS),
    RESULTS_SECONDS: String(RESULTS_SECONDS),
  },
});
const { url } = server;
const browser = await launchBrowser();
const tally = new Tally();
const bots = Array.from({ length: PLAYERS }, (_, index) => {
  const temperament = TEMPERAMENTS[index % TEMPERAMENTS.length]!;
  return new Bot({ url, name: temperament.name, temperament, random: Math.random, tally });
});

/** Reads what anyone may. */
const croupier = createCroupier({ url, storage: null, openSocket: openNodeSocket });

async function untilRaces(count: number): Promise<readonly { race_id: string }[]> {
  const deadline = Date.now() + (count + 1) * ROUND_MS;
  while (Date.now() < deadline) {
    const answer = await croupier.get("/analytics/races");
    if (answer.ok && answer.body.races.length >= count) return answer.body.races;
    await new Promise((resolve) => {
      setTimeout(resolve, 1_000);
    });
  }
  throw new Error(`There were no ${count} races in time.`);
}

async function settled(page: Page): Promise<void> {
  await page.locator("main:not([aria-busy=true])").first().waitFor({ timeout: PAGE_TIMEOUT_MS });
  await page.waitForTimeout(SETTLE_MS);
}

async function shoot(page: Page, screen: Screen, name: string): Promise<void> {
  await page.screenshot({
    path: join(values.out, `${name}-${screen.name}.png`),
    fullPage: !name.startsWith("lobby"),
  });
}

async function takeSeat(context: BrowserContext, screen: Screen): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await settled(page);
  if (wanted("door")) await shoot(page, screen, "door");
  await page.locator("#display-name").fill("Ada");
  await page.locator("#display-name").press("Enter");
  await page.locator("[data-connection=online]").first().waitFor();
  return page;
}

/** The player who sits there, to the raffles: what is his stands in the pictures. */
async function playerOn(page: Page): Promise<Buyer> {
  const kept = await page.evaluate<string>(`localStorage.getItem("croupier.session")`);
  const { playerId, token } = JSON.parse(kept) as {
    readonly playerId: string;
    readonly token: string;
  };
  return { playerId, token, name: "Ada" };
}

async function signInAsAdmin(page: Page): Promise<void> {
  await page.goto(`${url}/#/admin/cluster`);
  await page.locator("input[type=password]").fill("admin");
  await page.locator("input[type=password]").press("Enter");
  await page.locator("input[type=password]").waitFor({ state: "detached" });
}

/** Freezes and opens a player's wallet, so that there are acts to be shown. Returns the player's id. */
async function actAsAdmin(page: Page): Promise<string> {
  const kept = await page.evaluate<string>(`localStorage.getItem("croupier.admin")`);
  const { token } = JSON.parse(kept) as { readonly token: string };
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const ask = async (path: string, reason: string): Promise<void> => {
    const body = JSON.stringify({ reason });
    await fetch(`${url}/admin/players/${playerId}/${path}`, { method: "POST", headers, body });
  };
  const found = await fetch(`${url}/admin/players?query=Ada&limit=1`, { headers });
  const { players } = (await found.json()) as {
    readonly players: readonly { readonly player_id: string }[];
  };
  const playerId = players[0]?.player_id ?? "";
  await ask("freeze", "Chargeback reported by the bank");
  await ask("unfreeze", "Settled with the player");
  return playerId;
}

/** One with a flop and a showdown, if there is any. */
async function aHandToShow(): Promise<string> {
  const recent = await croupier.get("/api/v1/hands/recent", { query: { limit: 100 } });
  if (!recent.ok) return "";
  const { hands } = recent.body;
  const fits = ({ board, game_type: game, players }: (typeof hands)[number]) =>
    game === "holdem" && board.length === BOARD_CARDS && players > 3;
  return (hands.find(fits) ?? hands[0])?.hand_id ?? "";
}

async function photograph(
  browser: Browser,
  screen: Screen,
  { raceId, place }: { readonly raceId: string; readonly place: number },
): Promise<void> {
  const context = await browser.newContext({
    viewport: screen.viewport,
    colorScheme: screen.colorScheme,
    locale: screen.locale,
    reducedMotion: "no-preference",
  });
  const page = await takeSeat(context, screen);
  const phase = (name: string) =>
    page.locator(`.phase[data-phase=${name}]`).waitFor({ timeout: ROUND_MS });
  if (wanted("lobby")) {
    await phase("betting");
    await page.locator('[data-runner="2"]').first().click();
    await page.locator("form#slip > button[type=submit]").click();
    await page.locator("[data-bet=win]").first().waitFor();
    await page.locator('[data-runner="5"]').first().click();
    await shoot(page, screen, "lobby-betting");
    await phase("racing");
    await page.waitForTimeout(MID_RACE_MS);
    await shoot(page, screen, "lobby-racing");
    await phase("lobby");
    await settled(page);
    await shoot(page, screen, "lobby-results");
  }
  const scene = sceneOf(String(place + 1));
  await setRaffleScene(url, await playerOn(page), scene);
  const runners = await croupier.get("/analytics/runners");
  const runner = runners.ok ? (runners.body.runners[0]?.name ?? "") : "";
  const handId = await aHandToShow();
  const pages: readonly (readonly [name: string, hash: string])[] = [
    ["home", "/"],
    ["races", "/races"],
    ["race", `/races/${raceId}`],
    ["verify", `/races/${raceId}/verify`],
    ["runners", "/runners"],
    ["runner", `/runners/${encodeURIComponent(runner)}`],
    ["raffles", "/raffles"],
    ["raffle", `/raffles/${scene.onSale}`],
    ["tickets", "/tickets"],
    ["draw-sale", `/raffles/${scene.onSale}/draw`],
    ["draw-drawn", `/raffles/${scene.drawn}/draw`],
    ["organiser", "/organiser"],
    ["hands", "/hands"],
    ["hand", `/hands/${encodeURIComponent(handId)}`],
    ["players", "/players"],
    ["player", "/players/Ada"],
    ["equity", "/equity?p=AhKd&p=QQ%2B%2CAKs&board=2h7d8c"],
    ["import", "/hands/import"],
    ["bets", "/bets"],
    ["wallet", "/wallet"],
    ["latency", "/latency"],
  ];
  for (const [name, hash] of pages) {
    if (!wanted(name)) continue;
    await page.goto(`${url}/#${hash}`);
    await settled(page);
    await shoot(page, screen, name);
  }
  if (wanted("admin")) {
    await signInAsAdmin(page);
    const player = await actAsAdmin(page);
    for (const [name, hash] of [
      ["admin-cluster", "/admin/cluster"],
      ["admin-entities", "/admin/entities"],
      ["admin-entity", "/admin/entities/lobby/demo"],
      ["admin-lobbies", "/admin/lobbies"],
      ["admin-players", "/admin/players"],
      ["admin-player", `/admin/players/${player}`],
      ["admin-acts", "/admin/acts"],
      ["admin-raffles", "/admin/raffles"],
      ["admin-raffle", `/admin/raffles/${scene.onSale}`],
      ["admin-payments", "/admin/payments"],
      ["admin-query", "/admin/query"],
    ] as const) {
      await page.goto(`${url}/#${hash}`);
      await settled(page);
      await shoot(page, screen, name);
    }
  }
  await context.close();
  console.log(`${screen.name}: done`);
}

try {
  await mkdir(values.out, { recursive: true });
  for (const bot of bots) bot.start();
  console.log(`${PLAYERS} players, ${RACES} races first …`);
  const races = await untilRaces(RACES);
  // One after the other: five pages that draw at once would be photographed half drawn.
  for (const [place, screen] of SCREENS.entries()) {
    await photograph(browser, screen, { raceId: races[0]!.race_id, place });
  }
  console.log(`pictures in ${values.out}`);
} finally {
  for (const bot of bots) bot.stop();
  croupier.close();
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
