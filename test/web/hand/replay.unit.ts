import { expect, test } from "vitest";
import { equitySpots, streetSpots } from "../../../web/src/hand/equitySpots.ts";
import { replayOf, stepIn } from "../../../web/src/hand/replay.ts";
import { act, allInHand } from "./allInHand.ts";

const steps = replayOf(allInHand);
const saw = (find: (step: (typeof steps)[number]) => boolean) => {
  const found = steps.find(find);
  if (found === undefined) throw new Error("There is no such step.");
  return found;
};

test("blinds are bets of the first round, which go to the pot when the flop is dealt", () => {
  const preflop = saw(({ event }) => event.kind === "street" && event.street.name === "preflop");
  expect(preflop.pot).toBe(0);
  expect(preflop.seats.map(({ bet }) => bet)).toEqual([0, 50, 100]);
  const flop = saw(({ event }) => event.kind === "street" && event.street.name === "flop");
  expect([...flop.gathered]).toEqual([
    ["Ann", 1_000],
    ["Bob", 400],
    ["Cleo", 1_000],
  ]);
  expect(flop.board).toEqual(["2c", "7d", "Jh"]);
});

test("who is all in for less has a main pot, and the others a side pot", () => {
  const flop = saw(({ event }) => event.kind === "street" && event.street.name === "flop");
  expect(flop.pots).toEqual([
    { amount: 1_200, players: ["Ann", "Bob", "Cleo"] },
    { amount: 1_200, players: ["Ann", "Cleo"] },
  ]);
});

test("what nobody called goes back to whom it belongs, before anyone is paid", () => {
  const gathered = saw(({ returned }) => returned !== null);
  expect(gathered.returned).toEqual({ player: "Ann", amount: 500 });
  const wins = steps.flatMap(({ event }) => (event.kind === "win" ? [event.won] : []));
  expect(wins).toEqual([
    { player: "Bob", amount: 1_200, pot: "main" },
    { player: "Ann", amount: 1_200, pot: "side 1" },
  ]);
});

test("cards that are shown later are known from the start, and open only when they are shown", () => {
  const first = saw(({ event }) => event.kind === "action" && event.action === act.raise);
  const bob = first.seats.find(({ player }) => player === "Bob");
  expect(bob).toMatchObject({ cards: ["Kd", "Kh"], open: [], held: 2 });
  expect(first.seats.find(({ player }) => player === "Ann")?.open).toEqual(["As", "Ac"]);
  expect(steps.at(-1)?.seats.find(({ player }) => player === "Bob")?.open).toEqual(["Kd", "Kh"]);
});

test("equity is of the players whose cards are known, and tells how many others were in", () => {
  const spots = equitySpots(allInHand, steps);
  const [preflop, flop] = streetSpots(spots);
  expect(preflop).toMatchObject({ street: "preflop", players: ["Ann", "Bob"], unknown: 1 });
  expect(flop).toMatchObject({ street: "flop", board: ["2c", "7d", "Jh"], unknown: 1 });
  // When Cleo has folded nothing is unknown any more.
  expect(spots.findLast((spot) => spot !== null)).toMatchObject({ unknown: 0 });
  expect(spots.at(-1)).toBeNull();
});

test("an address names a step; beyond the last it is the last", () => {
  expect(stepIn("12", 40)).toBe(12);
  expect(stepIn("120", 40)).toBe(39);
  for (const text of [null, "", "-1", "1.5", "first"]) expect(stepIn(text, 40)).toBeNull();
});
