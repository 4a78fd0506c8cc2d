/** Deals that have weights: right on average, whatever the ranges leave each other, against all deals one by one. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Card } from "../../../src/compute/cards/Card.ts";
import { cardSet } from "../../../src/compute/cards/CardSet.ts";
import { chanceOfRoom } from "../../../src/compute/equity/chanceOfRoom.ts";
import { makeWeights } from "../../../src/compute/equity/choices.ts";
import { startMerge } from "../../../src/compute/equity/Merge.ts";
import { runChunk } from "../../../src/compute/equity/runChunk.ts";
import { Hands } from "../../../src/compute/equity/Spot.ts";
import { evaluator } from "../../../src/compute/evaluator/Evaluator.ts";
import { cardsOf, combinationOf } from "../../../src/compute/range/Combination.ts";
import { kernel } from "../kernel/testKernel.ts";
import { answer, plan, type Asked } from "./asking.ts";

const FAR = 5.5;
/** Cards 0 to 9 are deuces, treys and two fours: ranges of them leave each other little. */
const CROWD = 10;
const DRAWS = 20_000;
const DECK = 52;

const handsIn = fc
  .uniqueArray(
    fc.tuple(
      fc.uniqueArray(fc.integer({ min: 0, max: CROWD - 1 }), { minLength: 2, maxLength: 2 }),
      fc.integer({ min: 1, max: 9 }),
    ),
    { minLength: 1, maxLength: 8, selector: ([[a, b]]) => combinationOf(a!, b!) },
  )
  .map(
    (hands) =>
      new Hands({
        combinations: hands.map(([[a, b]]) => combinationOf(a!, b!)),
        steps: hands.map(([, weight]) => weight),
      }),
  );

/** For each set of winners, how probable it is that independent draws leave room and end so. */
const chancesByWinners = (
  ranges: ReadonlyArray<Hands>,
  known: ReadonlyArray<readonly [Card, Card]>,
  board: ReadonlyArray<Card>,
): Float64Array => {
  const chances = new Float64Array(1 << (known.length + ranges.length));
  const deal = (hands: ReadonlyArray<readonly [Card, Card]>, used: Set<Card>, chance: number) => {
    const range = ranges[hands.length - known.length];
    if (range !== undefined) {
      const total = range.units.reduce((sum, weight) => sum + weight, 0);
      range.combinations.forEach((combination, place) => {
        const cards = cardsOf(combination);
        if (cards.some((card) => used.has(card))) return;
        deal(
          [...hands, cards],
          new Set([...used, ...cards]),
          (chance * range.units[place]!) / total,
        );
      });
      return;
    }
    const rivers = Array.from({ length: DECK }, (_, card) => card).filter(
      (card) => !used.has(card),
    );
    for (const river of rivers) {
      const [a, b, c, d] = board;
      const ranks = hands.map(([x, y]) => evaluator().rank7(x, y, a!, b!, c!, d!, river));
      const best = Math.max(...ranks);
      const winners = ranks.reduce((set, rank, i) => (rank === best ? set | (1 << i) : set), 0);
      chances[winners]! += chance / rivers.length;
    }
  };
  deal(known, new Set([...board, ...known.flat()]), 1);
  return chances;
};

describe("a weighted deal", () => {
  it("counts what it ought to on average, for every set of winners", () => {
    fc.assert(
      fc.property(
        fc.array(handsIn, { minLength: 1, maxLength: 4 }),
        fc.uniqueArray(fc.integer({ min: CROWD, max: DECK - 1 }), { minLength: 6, maxLength: 6 }),
        fc.nat(),
        (unsorted, [one, other, ...board], seed) => {
          const known = [[one!, other!]] as const;
          const ranges = unsorted.toSorted((a, b) => a.combinations.length - b.combinations.length);
          const { sums, squares, deals } = kernel.dealWeighted({
            known,
            ranges: ranges.map(makeWeights),
            anyTwo: 0,
            board,
            dead: cardSet([]),
            deals: DRAWS,
            draws: DRAWS,
            seed,
            chunk: 3,
          });
          expect(deals).toBeLessThanOrEqual(DRAWS);
          const chances = chancesByWinners(ranges, known, board);
          let all = 0;
          chances.forEach((chance, winners) => {
            all += chance;
            const mean = sums[winners]! / DRAWS;
            // Neither where it is never drawn nor where it always is does the sample tell how far it may be off.
            const spread = Math.max(squares[winners]! / DRAWS - mean ** 2, chance / DRAWS);
            expect(Math.abs(mean - chance)).toBeLessThan(FAR * Math.sqrt(spread / DRAWS) + 1e-9);
          });
          if (all === 0) expect(deals).toBe(0);
        },
      ),
      { numRuns: 150, seed: 20 },
    );
  });
});

/** Ranges for which hands drawn independently nearly always have a card in common. */
const TIGHT = "TT+,AQ+";
const NINE_TIGHT: Asked = { players: Array.from({ length: 9 }, () => TIGHT) };

const isWeighted = (asked: Asked): boolean => "squares" in runChunk(kernel, plan(asked), 0);

it("deals have weights where ranges leave each other little, and nowhere else", () => {
  const many = (players: number, range: string) => Array.from({ length: players }, () => range);
  for (const players of [many(9, TIGHT), many(9, "99+,AJ+"), many(6, "QQ+,AK"), many(4, "AA,KK")])
    expect([players, isWeighted({ players, mode: "monte_carlo" })]).toEqual([players, true]);
  for (const players of [
    many(6, "random"),
    ["AhKd", ...many(5, "random")],
    ["QQ+", ...many(5, "random")],
    ["QQ+,AKs", "22+,A2s+", "random"],
    many(3, TIGHT),
    many(6, "22+,A2s+,KTs+,ATo+"),
    many(9, "22+,A2+,K9+,QT+,JTs"),
  ])
    expect([players, isWeighted({ players, mode: "monte_carlo" })]).toEqual([players, false]);
});

describe("nearly the same tight ranges", () => {
  it.each<[string, Asked]>([
    ["three", { players: ["AA", "AA,KK@2", "AKs,AA"], board: "2h7h9c" }],
    ["four", { players: ["AA", "AA,KK", "KK,AKs", "AKs@20,KK"], board: "2h7h9cTd" }],
    ["with any two", { players: ["AA", "random", "AA"], board: "2h7h9cTd" }],
    ["with a known hand", { players: ["AsAh", "KK+@10,AKs", "KK+", "KK,AKo"], board: "2h7h9cTd" }],
  ])("are near the exact answer: %s", (_, asked) => {
    const sampled = answer({ ...asked, mode: "monte_carlo", targetStdError: 0.0007 });
    expect(isWeighted({ ...asked, mode: "monte_carlo" })).toBe(true);
    const exact = answer({ ...asked, mode: "exact" });
    expect(sampled.converged).toBe(true);
    sampled.players.forEach(({ equity, stdError, tie, win }, player) => {
      const truth = exact.players[player]!;
      expect(stdError).toBeLessThanOrEqual(0.0007);
      expect(Math.abs(equity - truth.equity)).toBeLessThanOrEqual(FAR * stdError);
      expect(Math.abs(win - truth.win)).toBeLessThan(FAR * 2 * 0.0007);
      expect(Math.abs(tie - truth.tie)).toBeLessThan(FAR * 2 * 0.0007);
    });
  });

  it("have the truth in the interval as often as it says", () => {
    const asked: Asked = { players: ["AA", "AA,KK", "KK,AKs", "AKs@20,KK"], board: "2h7h9cTd" };
    // The other two win too seldom for so few deals to be near a normal distribution.
    const truth = answer({ ...asked, mode: "exact" })
      .players.slice(0, 2)
      .map(({ equity }) => equity);
    const RUNS = 300;
    const hits = truth.map(() => 0);
    for (let seed = 0; seed < RUNS; seed++) {
      const sampled = answer({ ...asked, mode: "monte_carlo", seed, maxSamples: 4000 });
      truth.forEach((equity, player) => {
        const { high, low } = sampled.players[player]!;
        if (low <= equity && equity <= high) hits[player]!++;
      });
    }
    // 95 % of 300 are 285, with a standard deviation of 3.8.
    for (const hit of hits) {
      expect(hit).toBeGreaterThan(268);
      expect(hit).toBeLessThan(299);
    }
  });

  it("of nine players come to the target", () => {
    const solved = answer({ ...NINE_TIGHT, targetStdError: 0.003 });
    expect(solved).toMatchObject({ method: "monte_carlo", converged: true });
    for (const { equity, stdError } of solved.players) {
      expect(stdError).toBeLessThanOrEqual(0.003);
      expect(Math.abs(equity - 1 / 9)).toBeLessThan(FAR * stdError);
    }
  });

  it("give the same for the same seed, in whatever order chunks are computed", () => {
    const asked = { ...NINE_TIGHT, maxSamples: 100_000, seed: 77 };
    const ours = plan(asked);
    const merge = startMerge(ours);
    const chunks = Array.from({ length: ours.chunks }, (_, chunk) => chunk);
    const tallies = new Map(
      chunks.toReversed().map((chunk) => [chunk, runChunk(kernel, ours, chunk)]),
    );
    while (!merge.done) merge.add(tallies.get(merge.added)!);
    expect(merge.added).toBe(ours.chunks);
    expect(merge.answer()).toEqual(answer(asked));
    expect(merge.answer()).not.toEqual(answer({ ...asked, seed: 78 }));
  });

  it("end with the last sample that was asked for", () => {
    const { converged, samples } = answer({
      ...NINE_TIGHT,
      targetStdError: 0.00005,
      maxSamples: 70_001,
    });
    expect([converged, samples]).toEqual([false, 70_001]);
  });
});

it("room is 1 for ranges without a common card, and less the more they share", () => {
  const rangeOf = (...hands: ReadonlyArray<readonly [Card, Card]>) =>
    new Hands({
      combinations: hands.map(([a, b]) => combinationOf(a, b)),
      steps: hands.map(() => 1),
    });
  expect(chanceOfRoom([rangeOf([0, 1]), rangeOf([2, 3])])).toBe(1);
  const half = rangeOf([0, 1], [4, 5]);
  expect(chanceOfRoom([half, rangeOf([2, 4], [6, 7])])).toBe(0.75);
  expect(chanceOfRoom([half, half, half])).toBeLessThan(1e-9);
  // Likelier is the hand that is in nobody's way.
  const seldom = new Hands({
    combinations: [combinationOf(0, 1), combinationOf(8, 9)],
    steps: [1, 3],
  });
  expect(chanceOfRoom([seldom, rangeOf([0, 2])])).toBe(0.75);
});
