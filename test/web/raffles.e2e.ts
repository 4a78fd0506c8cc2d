/** The list of raffles and the grid, with the real server: very many numbers, and everyone can use them. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { expectAccessible } from "./support/accessible.ts";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { RaffleConsole } from "./support/RaffleConsole.ts";
import { RaffleDesk } from "./support/RaffleDesk.ts";

let house: House;
let desk: RaffleDesk;

beforeAll(async () => {
  house = await openHouse({ bettingSeconds: 600, racingSeconds: 5, resultsSeconds: 5 });
  desk = await RaffleDesk.open(house.url);
});
afterAll(() => house.close());

type Options = Parameters<typeof RaffleConsole.open>[3];

const open = async (at: string, options: Options = {}) => {
  const opened = await RaffleConsole.open(house.browser, house.url, at, options);
  onTestFinished(async () => {
    expect(opened.console.complaints).toEqual([]);
    await opened.close();
  });
  return opened;
};
const seated = async (at: string, name: string, options: Options = {}) =>
  open(at, { ...options, buyer: await desk.join(name) });

/** Of a screen with sixty of them a second. */
const FRAME_MS = 1000 / 60;
const SCROLLED_FRAMES = 90;

/**
 * Scrolls the grid for so many frames. What a frame costs the page is counted in CPU time, for on a machine that does
 * other things as well the time between two frames is theirs.
 */
async function scrolled(
  page: Page,
): Promise<{ readonly cpuMs: number; readonly screenMs: number }> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Performance.enable", { timeDomain: "threadTicks" });
  const busyMs = async () => {
    const { metrics } = await devTools.send("Performance.getMetrics");
    const seconds = metrics.find(({ name }) => name === "TaskDuration")?.value;
    if (seconds === undefined) throw new Error("The browser does not tell how long it was busy.");
    return seconds * 1000;
  };
  const before = await busyMs();
  const gaps = await page.evaluate<number[]>(`new Promise((resolve) => {
    const grid = document.querySelector(".number-grid");
    const gaps = [];
    let last = performance.now();
    const step = (now) => {
      gaps.push(now - last);
      last = now;
      grid.scrollTop += 160;
      if (gaps.length < ${SCROLLED_FRAMES}) requestAnimationFrame(step);
      else resolve(gaps);
    };
    requestAnimationFrame(step);
  })`);
  const cpuMs = ((await busyMs()) - before) / SCROLLED_FRAMES;
  await devTools.detach();
  return { cpuMs, screenMs: gaps.toSorted((a, b) => a - b)[SCROLLED_FRAMES / 2] ?? 0 };
}

test("a hundred thousand numbers are scrolled fluently, and a change paints its cell alone", async () => {
  await desk.create({ id: "many", numbers: 100_000 });
  const player = await seated("/raffles/many", "Ada", {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
  });
  const { page } = player;
  await player.numbers();
  const { cpuMs, screenMs } = await scrolled(page);
  process.stdout.write(
    `scrolling 100,000 numbers: ${cpuMs.toFixed(1)} ms of the page's CPU a frame, ${screenMs.toFixed(1)} ms on this screen\n`,
  );
  expect(cpuMs).toBeLessThan(FRAME_MS);
  // Far down, and at once.
  await player.tap(99_998);
  await expect.poll(() => player.chosen()).toEqual([99_998]);
  await page.evaluate(`
    globalThis.painted = [];
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
      painted.push(text);
      return fillText.call(this, text, ...at);
    };
  `);
  await desk.reserve(await desk.join("Ben"), "many", [99_995, 5]);
  await player.counted("reserved", "2");
  const painted = () => page.evaluate<string[]>("[...new Set(painted)]");
  await expect.poll(painted).toEqual(["99995"]);
});

test("the list shows what is on sale, how it fills, and what one has in it", async () => {
  await desk.create({ id: "listed", title: "The listed one", numbers: 20, drawInMs: 60_000 });
  await desk.create({ id: "drawn", title: "The drawn one", numbers: 10 });
  const buyer = await desk.join("Ada");
  await desk.buy(buyer, "drawn", [4]);
  await desk.act("drawn", "draw");
  const player = await open("/raffles", { buyer });
  const card = player.page.locator("[data-raffle=listed]");
  await card.getByText("0% sold").waitFor();
  await desk.buy(await desk.join("Ben"), "listed", [1, 2, 3, 4, 5]);
  await card.getByText("25% sold").waitFor();
  await player.page.locator("input[value=drawn]").check({ force: true });
  await player.page.locator("[data-raffle=drawn]").getByText("4", { exact: true }).waitFor();
  await player.page.locator("input[value=mine]").check({ force: true });
  await player.page.getByText("You have 1 number").waitFor();
  await card.waitFor({ state: "detached" });
});

test("who comes back without network finds the raffle as it was left, and then as it is", async () => {
  await desk.create({ id: "kept", title: "The kept one", numbers: 40 });
  await desk.buy(await desk.join("Ben"), "kept", [1, 2]);
  const player = await RaffleConsole.open(house.browser, house.url, "/raffles/kept");
  onTestFinished(() => player.close());
  await player.counted("sold", "2");
  await player.page.route("**/api/v1/raffles/**", (route) => route.abort());
  await player.page.reload();
  await player.page.getByText("Without connection").waitFor();
  await player.counted("sold", "2");
  await desk.buy(await desk.join("Cleo"), "kept", [3]);
  await player.page.unroute("**/api/v1/raffles/**");
  await player.counted("sold", "3");
  await player.page.getByText("Without connection").waitFor({ state: "detached" });
});

test.each([
  ["dark", { width: 1440, height: 900 }],
  ["light", { width: 360, height: 740 }],
] as const)("anyone can use it: %s, %j", async (colorScheme, viewport) => {
  const id = `look-${colorScheme}`;
  await desk.create({ id, numbers: 300, minSoldPercent: 20 });
  await desk.buy(await desk.join("Ben"), id, [1, 2]);
  const player = await seated(`/raffles/${id}`, "Ada", {
    colorScheme,
    viewport,
    reducedMotion: "reduce",
  });
  await player.numbers();
  await player.tap(1);
  await player.page.locator("[data-remark=sold]").waitFor();
  await player.tap(5);
  // From the top, where nothing lies half under a bar that stays in view.
  await player.page.evaluate("scrollTo({ top: 0, behavior: 'instant' })");
  await expectAccessible(player.page, "picking");
  await expect.poll(() => player.console.overflowPx()).toBe(0);
  await player.reserve();
  await player.bar("selection").waitFor();
  await expectAccessible(player.page, "selection");
  await player.page.goto(`${house.url}/#/raffles`);
  await player.page.locator("[data-raffle]").first().waitFor();
  await expectAccessible(player.page, "list");
  await expect.poll(() => player.console.overflowPx()).toBe(0);
});
