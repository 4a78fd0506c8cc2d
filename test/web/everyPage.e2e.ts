/**
 * Every page of the console, in Spanish, on a phone and on a desk, by day and by night: what other tests look at in English and
 * in passing. No page is wider than the screen, still busy, without its one heading, inaccessible, or complained of by the
 * browser; and what has to be pressed on a phone is large enough for a finger.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ConsolePage } from "./support/ConsolePage.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { RaffleDesk } from "./support/RaffleDesk.ts";
import { expectAccessible } from "./support/accessible.ts";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };
const LEAST_TARGET_PX = 43.5;
const PATIENCE_MS = 30_000;

/** Each page is looked at four times; long enough for that on a machine that does ten things more. */
const LOOK_TIMEOUT_MS = 60_000;
const SETUP_TIMEOUT_MS = 120_000;

/** What there is of a player with nothing yet. */
const NEWCOMER = ["/bets", "/tickets", "/organiser"];
/** `:race` and the like stand for one that there is. */
const PLAYER = [
  "/",
  "/races",
  "/races/:race",
  "/races/:race/verify",
  "/races/none",
  "/runners",
  "/runners/:runner",
  "/runners/nobody",
  "/raffles",
  "/raffles/fete",
  "/raffles/none",
  "/raffles/fete/draw",
  "/raffles/gala/draw",
  "/tickets",
  "/organiser",
  "/checkout/:reservation",
  "/checkout/none",
  "/hands",
  "/hands/:hand",
  "/hands/none",
  "/players",
  "/players/:handPlayer",
  "/players/nobody",
  "/equity?p=AhKd&p=QQ%2B&board=2h7d8c",
  "/hands/import",
  "/wallet",
  "/latency",
  "/nowhere",
];
const ADMINISTRATOR = [
  "/admin/cluster",
  "/admin/lobbies",
  "/admin/raffles",
  "/admin/raffles/demo",
  "/admin/payments",
  "/admin/players",
  "/admin/players/admin",
  "/admin/unclaimed",
  "/admin/acts",
  "/admin/query",
  "/admin/entities",
  "/admin/entities/lobby/demo",
];

let house: House;
let console: ConsolePage;

beforeAll(async () => {
  house = await openHouse({ bettingSeconds: 5, racingSeconds: 3, resultsSeconds: 600 });
}, SETUP_TIMEOUT_MS);
afterAll(() => house.close());

async function open(): Promise<void> {
  console = await ConsolePage.open(house.browser, house.url, {
    viewport: PHONE,
    locale: "es-ES",
    colorScheme: "dark",
    hasTouch: true,
    reducedMotion: "reduce",
  });
  console.page.setDefaultTimeout(PATIENCE_MS);
}

const read = async <Body>(path: string): Promise<Body> =>
  (await (await fetch(house.url + path)).json()) as Body;

/** Buttons and fields below the least size. Marks on a drawing, cards of a deck and links in a text are smaller. */
const SMALL = `[...document.querySelectorAll("main :is(.button, select.input, input.input)")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .map((element) => ({ element, box: element.getBoundingClientRect() }))
  .filter(({ box }) => box.width > 1 && box.height < ${LEAST_TARGET_PX})
  .map(({ element, box }) => element.outerHTML.slice(0, 90) + " " + Math.round(box.height))`;

async function look(hash: string): Promise<void> {
  const { page } = console;
  await page.goto(`${house.url}/#${hash}`);
  await page.locator("main:not([aria-busy=true])").first().waitFor();
  await expect.poll(() => page.locator("main [aria-busy=true]").count()).toBe(0);
  await expect.poll(() => page.locator("h1").count(), { message: "headings" }).toBe(1);
  for (const [screen, size] of [
    ["phone", PHONE],
    ["desk", DESK],
  ] as const) {
    await page.setViewportSize(size);
    await expect.poll(() => console.overflowPx(), { message: `overflow, ${screen}` }).toBe(0);
    await expectAccessible(page, `${screen}, dark`);
    await page.emulateMedia({ colorScheme: "light" });
    await expectAccessible(page, `${screen}, light`, { only: "colours" });
    await page.emulateMedia({ colorScheme: "dark" });
  }
  await page.setViewportSize(PHONE);
  await expect
    .poll(() => page.evaluate<readonly string[]>(SMALL), { message: "too small for a finger" })
    .toEqual([]);
  // But that something which is not there was not found.
  expect(console.complaints.filter((text) => !/status of 40[04]/.test(text))).toEqual([]);
}

async function sessionOf(
  page: Page,
): Promise<{ readonly playerId: string; readonly token: string }> {
  return JSON.parse(await page.evaluate<string>(`localStorage.getItem("croupier.session")`)) as {
    readonly playerId: string;
    readonly token: string;
  };
}

describe("before anyone has come in", () => {
  beforeAll(open);
  afterAll(() => console.close());

  test("/", { timeout: LOOK_TIMEOUT_MS }, () => look("/"));
});

describe("a player with nothing yet", () => {
  beforeAll(async () => {
    await open();
    await console.join("Ada");
  });
  afterAll(() => console.close());

  test.each(NEWCOMER)("%s", { timeout: LOOK_TIMEOUT_MS }, look);
});

describe("a player, also where there is nothing", () => {
  const there: Record<string, string> = {};

  beforeAll(async () => {
    await open();
    await console.join("Ben");
    const desk = await RaffleDesk.open(house.url);
    const ben = { ...(await sessionOf(console.page)), name: "Ben" };
    await desk.create({ id: "fete", organiserId: ben.playerId });
    await desk.create({ id: "gala", numbers: 20 });
    await desk.buy(ben, "gala", [1, 2, 3]);
    await desk.act("gala", "draw");
    const { id } = await desk.reserve(ben, "fete", [4, 5]);
    await desk.checkOut(ben, id);
    const race = await vi.waitUntil(
      async () => {
        const { races } = await read<{
          readonly races: readonly { readonly race_id: string }[];
        }>("/analytics/races");
        return races[0]?.race_id;
      },
      { timeout: PATIENCE_MS },
    );
    const { runners } = await read<{ readonly runners: readonly { readonly name: string }[] }>(
      "/analytics/runners",
    );
    const { hands } = await read<{ readonly hands: readonly { readonly hand_id: string }[] }>(
      "/api/v1/hands/recent?limit=1",
    );
    const { players } = await read<{ readonly players: readonly { readonly player: string }[] }>(
      "/api/v1/stats/players?limit=1",
    );
    Object.assign(there, {
      race,
      runner: runners[0]?.name ?? "",
      reservation: id,
      hand: hands[0]?.hand_id ?? "",
      handPlayer: players[0]?.player ?? "",
    });
    // An empty one would lead to another page.
    expect(Object.values(there)).not.toContain("");
  }, SETUP_TIMEOUT_MS);
  afterAll(() => console.close());

  test.each(PLAYER)("%s", { timeout: LOOK_TIMEOUT_MS }, (path) =>
    look(path.replace(/:(\w+)/, (_, name: string) => encodeURIComponent(there[name] ?? ""))),
  );
});

describe("an administrator", () => {
  beforeAll(open);
  afterAll(() => console.close());

  test("the door", { timeout: LOOK_TIMEOUT_MS }, async () => {
    await look("/admin/cluster");
    const password = console.page.locator("input[type=password]");
    await password.fill("admin");
    await password.press("Enter");
    await password.waitFor({ state: "detached" });
  });
  test.each(ADMINISTRATOR)("%s", { timeout: LOOK_TIMEOUT_MS }, look);
});
