/** The pages of runners, at the door, on the real server, after races with bets. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunnerHistoryBody, RunnersBody } from "../../rpc/http/analytics.ts";
import type { LobbyBody } from "../../rpc/frames.ts";
import { until } from "../crash/deadline.ts";
import { drawn } from "./charts/Drawing.ts";
import { overflowOfMainPx } from "./charts/overflow.ts";
import { LobbyDesk } from "./races/LobbyDesk.ts";
import { ConsolePage } from "./support/ConsolePage.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { expectAccessible } from "./support/accessible.ts";

const RACES = 2;
/** Betting lasts long enough for eight bets, the results for saying that there shall be no more races. */
const SPRINTS = {
  id: "sprints",
  name: "Sprints",
  bettingMs: 4_000,
  racingMs: 2_000,
  resultsMs: 3_000,
} as const;
/** Each race is another stake on everyone, so that odds move. */
const STAKES_MINOR = [500, 300, 200, 400, 150, 250, 350, 100];

/** Some seconds each; on a machine that builds and tests other things beside, many times that. */
const PATIENCE_MS = 60_000;

let house: House;
let shots: string;

async function read<Body>(path: string, init?: RequestInit): Promise<Body> {
  const answer = await fetch(`${house.url}${path}`, init);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Body;
}

const totals = () => read<RunnersBody>("/analytics/runners");
const lobby = () => read<LobbyBody>(`/lobbies/${SPRINTS.id}`);

/** Bets on every runner of so many races of a lobby of its own; then none runs any more, so that the figures stand. */
async function playRaces(count: number): Promise<void> {
  const desk = await LobbyDesk.open(house.url);
  await desk.begin(SPRINTS);
  const { token } = await read<{ token: string }>("/auth/join", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ display_name: "Ada", lobby_id: SPRINTS.id }),
  });
  const bettedOn = new Set<string>();
  for (let race = 0; race < count; race += 1) {
    const { race_id: raceId } = await until(
      "betting",
      lobby,
      ({ phase, race_id: raceId }) => phase === "betting" && !bettedOn.has(raceId),
    );
    bettedOn.add(raceId);
    await Promise.all(
      STAKES_MINOR.map((_, i) =>
        read("/bets", {
          method: "POST",
          headers: {
            "content-type": "application/json",
            authorization: `Bearer ${token}`,
            "x-idempotency-key": `${raceId}-${i}`,
          },
          body: JSON.stringify({
            race_id: raceId,
            market: "win",
            selection: [i + 1],
            stake: STAKES_MINOR[(i + race * 3) % STAKES_MINOR.length],
          }),
        }),
      ),
    );
    await until("the race's result", totals, ({ runners }) => (runners[0]?.starts ?? 0) > race);
  }
  await desk.stop(SPRINTS.id);
}

const open = (url: string, options: BrowserContextOptions = {}) =>
  ConsolePage.open(house.browser, url, { locale: "en-US", ...options });

beforeAll(async () => {
  house = await openHouse({ bettingSeconds: 600, racingSeconds: 5, resultsSeconds: 5 });
  // Kept for who wants to look: SCREENSHOTS names a folder.
  shots = process.env["SCREENSHOTS"] ?? join(house.folder, "screenshots");
  await mkdir(shots, { recursive: true });
  await playRaces(RACES);
}, 90_000);

afterAll(() => house.close());

test("before any race there is nobody to show, and a server that is away can be asked again", async () => {
  const console = await open("about:blank");
  let answers: "none" | "away" | "real" = "none";
  await console.page.route("**/analytics/runners", (route) => {
    if (answers === "none") return route.fulfill({ json: { runners: [] } });
    return answers === "away" ? route.abort() : route.continue();
  });
  await console.page.goto(`${house.url}/#/runners`);
  await console.page.getByText("No race has been settled yet").waitFor();
  expect(console.complaints).toEqual([]);

  answers = "away";
  await console.page.reload();
  await console.page.getByRole("alert").waitFor();
  answers = "real";
  await console.page.getByRole("button", { name: "Try again" }).click();
  await console.page.locator("[data-runner-name]").first().waitFor();
  await console.close();
});

test("all runners: sorted by any column, found by name, with the server's figures", async () => {
  const console = await open(`${house.url}/#/runners`);
  const { page } = console;
  const rows = page.locator("[data-runner-name]");
  await rows.nth(7).waitFor();
  const names = () =>
    rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-runner-name")));

  await page.getByRole("button", { name: "Average odds" }).click();
  await page.locator("th[aria-sort=descending]", { hasText: "Average odds" }).waitFor();
  const { runners } = await totals();
  const byOdds = runners.toSorted(
    (a, b) => b.average_odds - a.average_odds || a.name.localeCompare(b.name),
  );
  await expect.poll(names).toEqual(byOdds.map(({ name }) => name));

  await page.getByLabel("Find a runner").fill("ion");
  await page.getByText("1 runner", { exact: true }).waitFor();
  await expect.poll(names).toEqual(["Velvet Ion"]);
  await page.getByLabel("Find a runner").fill("nobody");
  await page.getByText("No runner is called “nobody”.").waitFor();
  await page.getByLabel("Find a runner").fill("");
  await page.screenshot({ path: join(shots, "runners-desktop-light.png"), fullPage: true });
  expect(console.complaints).toEqual([]);
  await console.close();
});

test(
  "a runner: charts are drawn, their tables say what the server says, another runner stands beside",
  { timeout: PATIENCE_MS },
  async () => {
    const console = await open(`${house.url}/#/runners`);
    const { page } = console;
    await page.getByRole("link", { name: "Velvet Ion" }).click();
    await page.getByRole("heading", { level: 1, name: "Velvet Ion" }).waitFor();
    await page.locator("[data-form=speed] meter").first().waitFor({ state: "attached" });

    const place = page.locator("[data-chart=place]");
    await expect
      .poll(async () => (await drawn(place.locator("canvas"))).colours)
      .toBeGreaterThan(3);
    for (const chart of ["return", "odds", "finish", "form"]) {
      const canvas = page.locator(`[data-chart=${chart}] canvas`);
      await expect
        .poll(async () => (await drawn(canvas)).painted, { message: chart })
        .toBeGreaterThan(500);
    }

    // By keyboard the values are read one after the other.
    const slider = place.getByRole("slider");
    await slider.focus();
    await page.keyboard.press("Home");
    const value = () => slider.getAttribute("aria-valuetext");
    await expect.poll(value).toMatch(/Velvet Ion: [1-8]$/);
    const first = await value();
    await page.keyboard.press("ArrowRight");
    await expect.poll(value).not.toBe(first);

    await page.getByRole("button", { name: "Place: show as a table" }).click();
    const { starts } = await read<RunnerHistoryBody>("/analytics/runners/Velvet%20Ion");
    expect(starts.length).toBeGreaterThanOrEqual(RACES);
    await expect
      .poll(() => place.locator("tbody td").allInnerTexts())
      .toEqual(starts.toReversed().map(({ place }) => String(place)));

    const link = page.locator("[data-race] a").first();
    await expect.poll(() => link.getAttribute("href")).toMatch(/^#\/races\/.+/);

    await page.getByLabel("Compare with").selectOption("Solar Jackal");
    await page.getByRole("columnheader", { name: "Solar Jackal" }).first().waitFor();
    await page.locator("[data-chart=odds] .chart-legend", { hasText: "Solar Jackal" }).waitFor();
    await page.screenshot({ path: join(shots, "runner-desktop-light.png"), fullPage: true });
    expect(console.complaints).toEqual([]);
    await console.close();
  },
);

test("a name that nobody bears says so", async () => {
  const console = await open(`${house.url}/#/runners/Nobody`);
  await console.page.getByText("No runner of this name has started yet.").waitFor();
  await console.close();
});

test(
  "phone and desktop, light and dark, in Spanish: it fits, and nothing stands in anyone's way",
  { timeout: PATIENCE_MS },
  async () => {
    const phone = await open(`${house.url}/#/runners`, {
      viewport: { width: 360, height: 800 },
      colorScheme: "dark",
      locale: "es-ES",
    });
    await phone.page.getByRole("heading", { level: 1, name: "Corredores" }).waitFor();
    await phone.page.locator("[data-runner-name]").nth(7).waitFor();
    await expect.poll(() => overflowOfMainPx(phone.page)).toBe(0);
    await expectAccessible(phone.page, "runners, phone, dark");
    await phone.page.screenshot({ path: join(shots, "runners-phone-dark-es.png"), fullPage: true });
    await phone.page.getByRole("link", { name: "Velvet Ion" }).click();
    await phone.page.locator("[data-chart=form] canvas").waitFor();
    await phone.page.getByText("Retorno de una unidad").waitFor();
    await expect.poll(() => overflowOfMainPx(phone.page)).toBe(0);
    await expectAccessible(phone.page, "runner, phone, dark");
    await phone.page.screenshot({ path: join(shots, "runner-phone-dark-es.png"), fullPage: true });

    // The colours follow the theme without the page being loaded anew.
    const canvas = phone.page.locator("[data-chart=place] canvas");
    const dark = await canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
    await phone.page.emulateMedia({ colorScheme: "light" });
    await phone.page.waitForFunction(
      ([before]) =>
        document.querySelector<HTMLCanvasElement>("[data-chart=place] canvas")?.toDataURL() !==
        before,
      [dark],
    );
    await expectAccessible(phone.page, "runner, phone, light");
    expect(phone.complaints).toEqual([]);
    await phone.close();

    const desktop = await open(`${house.url}/#/runners/Velvet%20Ion`, {
      colorScheme: "dark",
    });
    await desktop.page.locator("[data-chart=form] canvas").waitFor();
    await expectAccessible(desktop.page, "runner, desktop, dark");
    await desktop.page.screenshot({ path: join(shots, "runner-desktop-dark.png"), fullPage: true });
    await desktop.close();
  },
);

test("charts cost nothing until one is looked at", async () => {
  const console = await open("about:blank");
  const scripts: string[] = [];
  console.page.on("response", (response) => {
    if (response.url().endsWith(".js")) scripts.push(response.url());
  });
  const isPlot = (url: string) => /\/Plot-[^/]*\.js$/.test(url);
  await console.page.goto(house.url);
  await console.page.getByRole("heading").first().waitFor();
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter(isPlot)).toEqual([]);
  await console.page.goto(`${house.url}/#/runners/Velvet%20Ion`);
  await console.page.locator("canvas").first().waitFor();
  await expect.poll(() => scripts.filter(isPlot).length).toBe(1);
  await console.close();
});
