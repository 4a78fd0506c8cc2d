/** The list of raffles and the grid, with the real server: very many numbers, and everyone can use them. */
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

test("a hundred thousand numbers are scrolled fluently, and a change paints its cell alone", async () => {
  await desk.create({ id: "many", numbers: 100_000 });
  const player = await seated("/raffles/many", "Ada", {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
  });
  const { page } = player;
  await player.numbers();
  const frameMs = await page.evaluate<number[]>(`new Promise((resolve) => {
    const grid = document.querySelector(".number-grid");
    const spans = [];
    let last = performance.now();
    const step = (now) => {
      spans.push(now - last);
      last = now;
      grid.scrollTop += 160;
      if (spans.length < 90) requestAnimationFrame(step);
      else resolve(spans.slice(5));
    };
    requestAnimationFrame(step);
  })`);
  const typicalMs = frameMs.toSorted((a, b) => a - b)[Math.floor(frameMs.length / 2)] ?? Infinity;
  process.stdout.write(
    `scrolling 100,000 numbers: ${(1000 / typicalMs).toFixed(0)} frames a second\n`,
  );
  expect(typicalMs).toBeLessThan(34);
  // Far down, and at once.
  await player.tap(99_998);
  expect(await player.chosen()).toEqual([99_998]);
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
  expect(await player.console.overflowPx()).toBe(0);
  await player.reserve();
  await player.bar("selection").waitFor();
  await expectAccessible(player.page, "selection");
  await player.page.goto(`${house.url}/#/raffles`);
  await player.page.locator("[data-raffle]").first().waitFor();
  await expectAccessible(player.page, "list");
  expect(await player.console.overflowPx()).toBe(0);
});
