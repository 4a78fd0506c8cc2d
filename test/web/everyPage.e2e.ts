/**
 * Every page of the console, as a player on a phone in Spanish sees it at night, and as an administrator does by day: what
 * other tests look at in English and on large screens. No page is wider than the screen, still busy, without its one heading,
 * inaccessible, or complained of by the browser; and what has to be pressed is large enough for a finger.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConsolePage } from "./support/ConsolePage.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { RaffleDesk } from "./support/RaffleDesk.ts";
import { expectAccessible } from "./support/accessible.ts";

const PHONE = { width: 390, height: 844 };
const LEAST_TARGET_PX = 43.5;
const PATIENCE_MS = 30_000;

let house: House;

beforeAll(async () => {
  house = await openHouse({ bettingSeconds: 5, racingSeconds: 3, resultsSeconds: 600 });
});
afterAll(() => house.close());

async function open(colorScheme: "dark" | "light"): Promise<ConsolePage> {
  const console = await ConsolePage.open(house.browser, house.url, {
    viewport: PHONE,
    locale: "es-ES",
    colorScheme,
    hasTouch: true,
    reducedMotion: "reduce",
  });
  console.page.setDefaultTimeout(PATIENCE_MS);
  return console;
}

const read = async <Body>(path: string): Promise<Body> =>
  (await (await fetch(house.url + path)).json()) as Body;

/** Buttons and fields below the least size. Marks on a drawing, cards of a deck and links in a text are smaller. */
const SMALL = `[...document.querySelectorAll("main :is(.button, select.input, input.input)")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .map((element) => ({ element, box: element.getBoundingClientRect() }))
  .filter(({ box }) => box.width > 1 && box.height < ${LEAST_TARGET_PX})
  .map(({ element, box }) => element.outerHTML.slice(0, 90) + " " + Math.round(box.height))`;

async function look(console: ConsolePage, hash: string): Promise<void> {
  const { page } = console;
  await page.goto(`${house.url}/#${hash}`);
  await page.locator("main:not([aria-busy=true])").first().waitFor();
  await expect.poll(() => page.locator("main [aria-busy=true]").count(), { message: hash }).toBe(0);
  await expect.poll(() => page.locator("h1").count(), { message: `headings of ${hash}` }).toBe(1);
  expect(await console.overflowPx(), `overflow of ${hash}`).toBe(0);
  expect(await page.evaluate<readonly string[]>(SMALL), `small in ${hash}`).toEqual([]);
  await expectAccessible(page, hash);
}

/** The complaints, but that something which is not there was not found. */
const faults = ({ complaints }: ConsolePage) =>
  complaints.filter((text) => !/status of 40[04]/.test(text));

async function sessionOf(
  page: Page,
): Promise<{ readonly playerId: string; readonly token: string }> {
  return JSON.parse(await page.evaluate<string>(`localStorage.getItem("croupier.session")`)) as {
    readonly playerId: string;
    readonly token: string;
  };
}

test(
  "a player’s pages, also empty ones and those of what there is not",
  { timeout: 240_000 },
  async () => {
    const console = await open("dark");
    await look(console, "/");
    await console.join("Ada");
    const desk = await RaffleDesk.open(house.url);
    const ada = { ...(await sessionOf(console.page)), name: "Ada" };
    for (const hash of ["/bets", "/tickets", "/organiser"]) await look(console, hash);
    await desk.create({ id: "fete", organiserId: ada.playerId });
    await desk.create({ id: "gala", numbers: 20 });
    await desk.buy(ada, "gala", [1, 2, 3]);
    await desk.act("gala", "draw");
    const { id } = await desk.reserve(ada, "fete", [4, 5]);
    await desk.checkOut(ada, id);
    const raceIds = async () =>
      (
        await read<{ readonly races: readonly { readonly race_id: string }[] }>("/analytics/races")
      ).races.map(({ race_id: raceId }) => raceId);
    await expect.poll(raceIds, { timeout: PATIENCE_MS }).not.toEqual([]);
    const [race = ""] = await raceIds();
    const { runners } = await read<{ readonly runners: readonly { readonly name: string }[] }>(
      "/analytics/runners",
    );
    const { hands } = await read<{ readonly hands: readonly { readonly hand_id: string }[] }>(
      "/api/v1/hands/recent?limit=1",
    );
    const { players } = await read<{ readonly players: readonly { readonly player: string }[] }>(
      "/api/v1/stats/players?limit=1",
    );
    for (const hash of [
      "/",
      "/races",
      `/races/${race}`,
      `/races/${race}/verify`,
      "/races/none",
      "/runners",
      `/runners/${encodeURIComponent(runners[0]?.name ?? "")}`,
      "/runners/nobody",
      "/raffles",
      "/raffles/fete",
      "/raffles/none",
      "/raffles/fete/draw",
      "/raffles/gala/draw",
      "/tickets",
      "/organiser",
      `/checkout/${encodeURIComponent(id)}`,
      "/checkout/none",
      "/hands",
      `/hands/${encodeURIComponent(hands[0]?.hand_id ?? "none")}`,
      "/hands/none",
      "/players",
      `/players/${encodeURIComponent(players[0]?.player ?? "nobody")}`,
      "/players/nobody",
      "/equity?p=AhKd&p=QQ%2B&board=2h7d8c",
      "/hands/import",
      "/wallet",
      "/latency",
      "/nowhere",
    ]) {
      await look(console, hash);
    }
    expect(faults(console)).toEqual([]);
    await console.close();
  },
);

test("an administrator’s pages", { timeout: 240_000 }, async () => {
  const console = await open("light");
  const { page } = console;
  await look(console, "/admin/cluster");
  await page.locator("input[type=password]").fill("admin");
  await page.locator("input[type=password]").press("Enter");
  await page.locator("input[type=password]").waitFor({ state: "detached" });
  for (const hash of [
    "/admin/cluster",
    "/admin/lobbies",
    "/admin/raffles",
    "/admin/raffles/demo",
    "/admin/payments",
    "/admin/players",
    "/admin/players/admin",
    "/admin/acts",
    "/admin/query",
    "/admin/entities",
    "/admin/entities/lobby/demo",
  ]) {
    await look(console, hash);
  }
  expect(faults(console)).toEqual([]);
  await console.close();
});
