/** A reservation that runs out, with the real server: who was too slow is told, and the numbers are the others'. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openHouse } from "./support/House.ts";
import type { House } from "./support/House.ts";
import { RaffleConsole } from "./support/RaffleConsole.ts";
import { RaffleDesk } from "./support/RaffleDesk.ts";

/** Nothing has to be done before it is over; long enough for the page to show that it will be. */
const SELECTION_SECONDS = 6;
/** When it is over by the server's clock, and a busy machine has heard of it. */
const IS_OVER = { timeout: SELECTION_SECONDS * 1_000 + 15_000 };

let house: House;
let desk: RaffleDesk;

beforeAll(async () => {
  house = await openHouse({
    bettingSeconds: 600,
    racingSeconds: 5,
    resultsSeconds: 5,
    env: { SELECTION_SECONDS: String(SELECTION_SECONDS) },
  });
  desk = await RaffleDesk.open(house.url);
});
afterAll(() => house.close());

const seated = async (at: string, name: string) =>
  RaffleConsole.open(house.browser, house.url, at, { buyer: await desk.join(name) });

test("who lets the time run out is told, and the numbers are free for the others at once", async () => {
  await desk.create({ id: "slow", numbers: 60 });
  const [slow, other] = await Promise.all([
    seated("/raffles/slow", "Ada"),
    seated("/raffles/slow", "Ben"),
  ]);
  await Promise.all([slow.numbers(), other.numbers()]);
  await slow.tap(20);
  await slow.tap(21);
  // What passes is waited for before it begins.
  await Promise.all([
    slow.page.locator(".ring[data-urgency=now]").waitFor(),
    slow.page.locator("[data-trouble=expired]").waitFor(IS_OVER),
    slow.page.locator(".toast", { hasText: "Time ran out" }).waitFor(IS_OVER),
    slow.reserve(),
  ]);
  await other.counted("free", "60");
  await slow.page.getByRole("button", { name: "Pick them again" }).click();
  await expect.poll(() => slow.chosen()).toEqual([20, 21]);
  for (const { console } of [slow, other]) {
    expect(console.complaints).toEqual([]);
    await console.close();
  }
});
