/** What is over, for who has no seat: the history, a race's page, and its replay. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReplayBody } from "../../rpc/http/race.ts";
import { LOBBY, runOneRace } from "./races/oneRace.ts";
import type { OneRace } from "./races/oneRace.ts";
import { ConsolePage } from "./support/ConsolePage.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { expectAccessible } from "./support/accessible.ts";

const TICKS_PER_SECOND = 20;

let house: House;
let race: OneRace;
let replay: ReplayBody;
/** A page that was opened on the race while bets were taken, and left open. */
let early: ConsolePage;
let endTick: number;

beforeAll(async () => {
  // Races enough in its own lobby, beside the one that is looked at.
  house = await openHouse({ bettingSeconds: 4, racingSeconds: 3, resultsSeconds: 2 });
  early = await open(`${house.url}/#/races`);
  await early.page.getByRole("heading", { level: 1, name: "Results" }).waitFor();
  race = await runOneRace(house.url, async (raceId) => {
    await early.page.goto(`${house.url}/#/races/${raceId}`);
    await early.page.getByText("Bets are being taken for this race.").waitFor();
  });
  const answer = await fetch(`${house.url}/races/${race.raceId}/replay`);
  replay = (await answer.json()) as ReplayBody;
  endTick = replay.frames.length - 1;
}, 90_000);

afterAll(() => house.close());

const open = (url: string, options: BrowserContextOptions = {}) =>
  ConsolePage.open(house.browser, url, options);

/** In place of the server a test will answer, so no service worker may. */
const openUnserved = () => open("about:blank", { serviceWorkers: "block" });

const winnerOf = ({ order, runners }: ReplayBody): string =>
  runners.find(({ number }) => number === order[0]?.[0])?.name ?? "";

const openRace = async (query = "", options: BrowserContextOptions = {}): Promise<ConsolePage> => {
  const url = `${house.url}/#/races/${race.raceId}${query}`;
  const console = await open(url, options);
  await console.page.locator("[data-recomputed]").waitFor();
  return console;
};

const tickOf = async (page: Page): Promise<number> =>
  Number(await page.locator("[data-tick]").getAttribute("data-tick"));

const atTick = (page: Page, tick: number) => page.locator(`[data-tick="${tick}"]`).waitFor();

/** By how many pixels the page's own part is wider than its place. */
const overflowPx = (page: Page) =>
  page.evaluate<number>(
    "(() => { const main = document.querySelector('main'); return main.scrollWidth - main.clientWidth; })()",
  );

test("a page opened while bets were taken turns into the result by itself", async () => {
  await early.page.locator("main[data-status=settled]").waitFor();
  await early.page.getByRole("heading", { level: 1, name: winnerOf(replay) }).waitFor();
  await early.page.getByRole("heading", { name: "Replay" }).waitFor();
  await early.page.getByText("Adrenaline Injection").first().waitFor();
  expect(early.complaints).toEqual([]);
  await early.close();
});

test("the history shows the race with its money, leads to it, and grows as races are settled", async () => {
  const console = await open(`${house.url}/#/races`);
  const { page } = console;
  const row = page.locator(`tr[data-race="${race.raceId}"]`);
  await row.waitFor();
  await row.getByRole("link", { name: winnerOf(replay), exact: true }).waitFor();
  // Eleven bets: 5.00, 3.00, 2.00 and eight times 2.50.
  await expect.poll(() => row.innerText()).toMatch(/\b11\b[^]*30\.00/);
  const lobby = page.getByLabel("Lobby", { exact: true });
  await lobby.selectOption({ label: LOBBY.name });
  await page.locator('tr[data-race^="demo-"]').first().waitFor({ state: "detached" });
  await row.waitFor();
  await lobby.selectOption({ label: "All lobbies" });
  await page.locator("tr[data-fresh=true]").waitFor();
  await expect
    .poll(() => page.locator("tr[data-race]").first().getAttribute("data-race"))
    .not.toBe(race.raceId);
  await row.getByRole("link", { name: winnerOf(replay), exact: true }).click();
  await page.getByRole("heading", { level: 1, name: winnerOf(replay) }).waitFor();
  expect(console.complaints).toEqual([]);
  await console.close();
});

test("older races come page by page", async () => {
  const rows = Array.from({ length: 30 }, (_, index) => ({
    race_id: `old-${index}`,
    lobby_id: "demo",
    opened_at: "2026-01-01T00:00:00.000Z",
    settled_at: "2026-01-01T00:01:00.000Z",
    order: index === 0 ? [[2, 5], [1]] : [[2], [5], [1]],
    winner: index === 0 ? "Iron Mirage & Solar Jackal" : "Iron Mirage",
    bets: 1,
    staked: 100,
    paid: 90,
  }));
  const console = await openUnserved();
  const { page } = console;
  await page.route("**/analytics/races?*", (route) => {
    const before = new URL(route.request().url()).searchParams.get("before");
    const json =
      before === "25"
        ? { races: rows.slice(25), next_before: null }
        : { races: rows.slice(0, 25), next_before: "25" };
    return route.fulfill({ json });
  });
  await page.goto(`${house.url}/#/races`);
  await page.locator("tr[data-race=old-24]").waitFor();
  await page.getByText("Dead heat").waitFor();
  await expect.poll(() => page.locator("tr[data-race]").count()).toBe(25);
  await page.getByRole("button", { name: "Older races" }).click();
  await page.locator("tr[data-race=old-29]").waitFor();
  await expect.poll(() => page.locator("tr[data-race]").count()).toBe(30);
  await expect.poll(() => page.getByRole("button", { name: "Older races" }).count()).toBe(0);
  await console.close();
});

describe("the replay", () => {
  let console: ConsolePage;
  let page: Page;

  beforeAll(async () => {
    console = await openRace("", { permissions: ["clipboard-read", "clipboard-write"] });
    page = console.page;
  });

  afterAll(async () => {
    expect(console.complaints).toEqual([]);
    await console.close();
  });

  test("is recomputed here, and every frame is the server's", async () => {
    await page.locator("[data-recomputed=equal]").waitFor();
    await page.getByText(`all ${replay.frames.length} frames`).waitFor();
  });

  test("goes by keys: ticks, seconds, start and end", async () => {
    await page.getByRole("slider", { name: "Moment" }).focus();
    await page.keyboard.press("ArrowRight");
    await atTick(page, 1);
    await page.keyboard.press("Shift+ArrowRight");
    await atTick(page, 1 + TICKS_PER_SECOND);
    await page.keyboard.press("ArrowLeft");
    await atTick(page, TICKS_PER_SECOND);
    await page.keyboard.press("End");
    await atTick(page, endTick);
    await page.keyboard.press("Home");
    await atTick(page, 0);
  });

  test("plays at any speed, stops at its end, and rests when paused", async () => {
    await page.getByRole("group", { name: /Space plays/ }).focus();
    await page.getByText("0.1×", { exact: true }).click();
    await page.keyboard.press("Home");
    await page.getByRole("button", { name: "Play" }).click();
    await expect.poll(() => tickOf(page)).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Play" }).waitFor();
    const rested = await tickOf(page);
    expect(rested).toBeLessThan(endTick);
    // Twenty frames of the screen later nothing has moved, and nobody has asked for a frame.
    const asked = await page.evaluate<number>(`new Promise((resolve) => {
      const native = window.requestAnimationFrame.bind(window);
      let asked = 0;
      window.requestAnimationFrame = (run) => { asked += 1; return native(run); };
      let left = 20;
      const wait = () => {
        left -= 1;
        if (left > 0) native(wait);
        else { window.requestAnimationFrame = native; resolve(asked); }
      };
      native(wait);
    })`);
    expect(asked).toBe(0);
    await atTick(page, rested);

    await page.getByText("8×", { exact: true }).click();
    await page.getByRole("group", { name: /Space plays/ }).focus();
    await page.keyboard.press("Space");
    await atTick(page, endTick);
    await page.getByRole("button", { name: "Play" }).waitFor();
    const rows = page.locator(".standings tbody tr");
    await expect.poll(() => rows.first().innerText()).toContain(winnerOf(replay));
  });

  test("draws between the ticks: at a tenth of the speed each frame is another picture", async () => {
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+ArrowRight");
    await page.getByText("0.1×", { exact: true }).click();
    await page.getByRole("button", { name: "Play" }).click();
    const pictures = await page.evaluate<number>(`new Promise((resolve) => {
      const canvas = document.querySelector(".replay-track");
      const seen = new Set();
      let left = 12;
      const look = () => {
        seen.add(canvas.toDataURL());
        left -= 1;
        if (left > 0) requestAnimationFrame(look); else resolve(seen.size);
      };
      requestAnimationFrame(look);
    })`);
    await page.getByRole("button", { name: "Pause" }).click();
    // At least as many as would be seen of three ticks, had it drawn whole ticks only; it draws nearly every one.
    expect(pictures).toBeGreaterThan(6);
  });

  test("jumps to a cast and to the finish, and steps from there", async () => {
    const [cast] = replay.powers;
    await page.getByRole("button", { name: /Show the cast of Adrenaline Injection/ }).click();
    await atTick(page, cast?.cast_tick ?? -1);
    await page.getByRole("button", { name: "A tick on" }).click();
    await atTick(page, (cast?.cast_tick ?? 0) + 1);
    await page.getByRole("button", { name: "Finish", exact: true }).click();
    const first = Math.min(...replay.finish_ticks.map((tick) => tick ?? Infinity));
    await expect.poll(async () => first - (await tickOf(page))).toBeLessThanOrEqual(1);
    await page.locator(".timeline-cast").first().click();
    await atTick(page, cast?.cast_tick ?? -1);
  });

  test("is scrubbed by dragging", async () => {
    await page.locator(".scrub-rail").scrollIntoViewIfNeeded();
    const rail = await page.locator(".scrub-rail").boundingBox();
    if (rail === null) throw new Error("no rail");
    const y = rail.y + rail.height / 2;
    await page.mouse.move(rail.x + 2, y);
    await page.mouse.down();
    await page.mouse.move(rail.x + rail.width / 2, y, { steps: 5 });
    await page.mouse.up();
    await expect
      .poll(async () => Math.abs((await tickOf(page)) - endTick / 2))
      .toBeLessThanOrEqual(1);
  });

  test("a link to the moment opens it there", async () => {
    const tick = await tickOf(page);
    await page.getByRole("button", { name: "Copy link to this moment" }).click();
    await page.getByText("Link copied").waitFor();
    const link = await page.evaluate<string>("navigator.clipboard.readText()");
    const other = await open(link);
    await atTick(other.page, tick);
    await other.close();
  });
});

test("a frame that was shown otherwise is named", async () => {
  const console = await openUnserved();
  await console.page.route(`**/races/${race.raceId}/replay`, (route) =>
    route.fulfill({
      json: {
        ...replay,
        frames: replay.frames.map((frame, tick) =>
          tick === 12 ? frame.map((mm, lane) => (lane === 2 ? mm + 500 : mm)) : frame,
        ),
      },
    }),
  );
  await console.page.goto(`${house.url}/#/races/${race.raceId}`);
  const notice = console.page.locator("[data-recomputed=differs]");
  await notice.waitFor();
  await expect.poll(() => notice.innerText()).toContain("tick 12: runner 3");
  await console.close();
});

test("a race that there is none of, and a server that does not answer", async () => {
  const console = await openUnserved();
  await console.page.goto(`${house.url}/#/races/nothing-1`);
  await console.page.getByText("There is no such race.").waitFor();
  await console.page.route("**/analytics/races?*", (route) => route.abort());
  await console.page.goto(`${house.url}/#/races`);
  await console.page.getByText("The results cannot be read now.").waitFor();
  await console.page.unroute("**/analytics/races?*");
  await console.page.getByRole("button", { name: "Try again" }).first().click();
  await console.page.locator("tr[data-race]").first().waitFor();
  await console.close();
});

const SCREENS = [
  { viewport: { width: 360, height: 740 }, colorScheme: "dark", locale: "es-ES" },
  { viewport: { width: 390, height: 844 }, colorScheme: "light", locale: "en-GB" },
  { viewport: { width: 1440, height: 900 }, colorScheme: "dark", locale: "en-GB" },
] as const;

test.each(SCREENS)(
  "fits and is accessible: $viewport.width px, $colorScheme, $locale",
  async (screen) => {
    const isSpanish = screen.locale === "es-ES";
    const console = await openRace("?t=1.5", screen);
    const { page } = console;
    await atTick(page, 30);
    await page.getByRole("heading", { name: isSpanish ? "Repetición" : "Replay" }).waitFor();
    const winner = winnerOf(replay);
    await page
      .getByRole("heading", { level: 1, name: isSpanish ? `Ganó ${winner}` : `${winner} won` })
      .waitFor();
    await expect.poll(() => overflowPx(page)).toBe(0);
    await expectAccessible(page, "race");
    await page.goto(`${house.url}/#/races`);
    await page.locator("tr[data-race]").first().waitFor();
    await page
      .getByRole("heading", { level: 1, name: isSpanish ? "Resultados" : "Results" })
      .waitFor();
    await expect.poll(() => overflowPx(page)).toBe(0);
    await expectAccessible(page, "races");
    expect(console.complaints).toEqual([]);
    await console.close();
  },
);
