/** Hands that the generator writes, replayed: no chip is lost at any step, and the end is what the hand says. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { generateHand } from "../../../src/hands/generator/HandGenerator.ts";
import { positionsOf } from "../../../src/hands/stats/positions.ts";
import { handBody } from "../../../src/hands/store/handBody.ts";
import { summaryOf } from "../../../src/hands/store/summary.ts";
import { chipsOn, replayOf, streetStarts } from "../../../web/src/hand/replay.ts";

const RUNS = 100;

/** A hand as the server tells it. */
const hands = fc.record({ seed: fc.nat(), index: fc.nat({ max: 500 }) }).map(({ index, seed }) => {
  const { hand } = generateHand(seed, index);
  return handBody(summaryOf({ hand, players: [] }, 1), hand, positionsOf(hand));
});

const each = (check: (hand: ReturnType<typeof handBody>) => void) =>
  fc.assert(fc.property(hands, check), { numRuns: RUNS });

test("at every step stacks, bets, pot and rake are what was brought to the table", () => {
  each((hand) => {
    const brought = hand.seats.reduce((sum, { stack }) => sum + stack, hand.house_money);
    for (const step of replayOf(hand)) {
      expect(chipsOn(step)).toBe(brought);
      expect(step.pot).toBeGreaterThanOrEqual(0);
      for (const { bet, player, stack } of step.seats) {
        expect(stack, player).toBeGreaterThanOrEqual(0);
        expect(bet, player).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

test("it ends with an empty pot, the rake taken, and everyone's result in the stacks", () => {
  each((hand) => {
    const last = replayOf(hand).at(-1);
    expect(last?.pot).toBe(0);
    expect(last?.rake).toBe(hand.rake);
    for (const { net, player } of hand.results) {
      const before = hand.seats.find((seat) => seat.player === player)?.stack ?? 0;
      const after = last?.seats.find((seat) => seat.player === player)?.stack ?? 0;
      expect(after - before, player).toBe(net);
    }
  });
});

test("the pots are the pot, and nobody who has folded can win one", () => {
  each((hand) => {
    for (const { pot, pots, seats } of replayOf(hand)) {
      if (pots.length === 0) continue;
      expect(pots.reduce((sum, { amount }) => sum + amount, 0)).toBe(pot);
      const live = seats.filter(({ status }) => status === "in").map(({ player }) => player);
      for (const { players } of pots) expect(live).toEqual(expect.arrayContaining([...players]));
    }
  });
});

test("no card is seen twice at once, and nobody shows more than he holds", () => {
  each((hand) => {
    const isDraw = hand.game_type === "draw_27_triple";
    for (const { board, seats } of replayOf(hand)) {
      for (const { cards, held, open } of seats) {
        expect(cards.length).toBeLessThanOrEqual(held);
        expect(open.length).toBeLessThanOrEqual(held);
        expect(cards).toEqual(expect.arrayContaining([...open]));
      }
      // In a draw game the discards may be dealt again.
      const seen = [...board, ...(isDraw ? [] : seats.flatMap(({ cards }) => cards))];
      expect(new Set(seen).size).toBe(seen.length);
    }
  });
});

test("streets come in their order, each once, and the board grows to what the hand says", () => {
  each((hand) => {
    const steps = replayOf(hand);
    const starts = streetStarts(steps);
    const played = hand.streets.map(({ name }) => name).filter((name) => name !== "blinds");
    expect(starts.map(({ street }) => street).filter((street) => street !== "showdown")).toEqual(
      played,
    );
    expect(steps.at(-1)?.board).toEqual(hand.board);
    expect(starts.map(({ index }) => index)).toEqual(
      starts.map(({ index }) => index).toSorted((a, b) => a - b),
    );
  });
});
