/** Numbers that several players want, with the real server: two at once, one after the other, one who has no seat yet. */
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
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

test("two fight for the same numbers: one gets them, the other is told which and has others at a tap", async () => {
  await desk.create({ id: "fight", numbers: 100 });
  const players = await Promise.all([
    seated("/raffles/fight", "Ada"),
    seated("/raffles/fight", "Ben"),
  ]);
  const wanted = [
    [7, 8, 9],
    [8, 9, 10],
  ];
  for (const [index, player] of players.entries()) {
    await player.numbers();
    for (const number of wanted[index] ?? []) await player.tap(number);
    await expect.poll(() => player.chosen()).toEqual(wanted[index]);
  }
  await Promise.all(players.map((player) => player.reserve()));
  const outcomes = await Promise.all(
    players.map((player) =>
      Promise.race([
        player
          .bar("selection")
          .waitFor()
          .then(() => "won"),
        player.page
          .locator("[data-trouble=taken]")
          .waitFor()
          .then(() => "lost"),
      ]),
    ),
  );
  expect(outcomes.toSorted()).toEqual(["lost", "won"]);
  const [winner, loser] = outcomes[0] === "won" ? players : players.toReversed();
  if (winner === undefined || loser === undefined) throw new Error("There are two.");
  await expect
    .poll(() => loser.page.locator("[data-trouble=taken]").innerText())
    .toContain("08, 09");
  await loser.page.locator("[data-act=replace]").click();
  await Promise.race([
    loser.bar("selection").waitFor(),
    // Had the news come before the click, the picks are only replaced.
    loser.page.locator("[data-act=reserve]:not([disabled])").click(),
  ]);
  await loser.bar("selection").waitFor();
  await expect.poll(() => loser.chosen()).toHaveLength(3);
  const [first, second] = [await winner.chosen(), await loser.chosen()];
  expect(first.filter((number) => second.includes(number))).toEqual([]);
  await winner.counted("reserved", "3");
});

test("a tap takes a number into the reservation and out of it again, and the others see it at once", async () => {
  await desk.create({ id: "kept", numbers: 60 });
  const [slow, other] = await Promise.all([
    seated("/raffles/kept", "Ada"),
    seated("/raffles/kept", "Ben"),
  ]);
  await Promise.all([slow.numbers(), other.numbers()]);
  await slow.tap(20);
  await slow.tap(21);
  await slow.reserve();
  await slow.bar("selection").waitFor();
  await slow.counted("kept for you", "2");
  await other.counted("reserved", "2");
  await other.tap(20);
  await other.page.locator("[data-remark=reserved]").waitFor();
  await slow.tap(22);
  await slow.counted("kept for you", "3");
  await other.counted("reserved", "3");
  await slow.tap(22);
  await other.counted("reserved", "2");
});

test("numbers are picked without a seat, and reserved for who then takes one", async () => {
  await desk.create({ id: "door", numbers: 50 });
  const player = await open("/raffles/door", { reducedMotion: "reduce" });
  await player.numbers();
  await player.tap(3);
  await player.sweep(3, 1);
  await expect.poll(() => player.chosen()).toEqual([]);
  await player.sweep(1, 3);
  await expect.poll(() => player.chosen()).toEqual([1, 2, 3]);
  await player.page.getByRole("button", { name: "Clear" }).click();
  await player.tap(3);
  await player.page.locator("[data-act=random]").click();
  await expect.poll(() => player.chosen()).toHaveLength(4);
  const picks = await player.chosen();
  expect(picks).toContain(3);
  await player.page.reload();
  await player.numbers();
  await expect.poll(() => player.chosen()).toEqual(picks);
  await player.reserve();
  await player.page.locator("#display-name").fill("Cleo");
  await player.page.locator("#display-name").press("Enter");
  await player.bar("selection").waitFor();
  await expect.poll(() => player.chosen()).toEqual(picks);
});
