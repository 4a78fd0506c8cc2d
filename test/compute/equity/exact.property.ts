import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCards, type Card } from "../../../src/compute/cards/Card.ts";
import { planOf } from "../../../src/compute/equity/plan.ts";
import { solve } from "../../../src/compute/equity/solve.ts";
import { cardsOf } from "../cards/arbitraryCards.ts";
import { kernel } from "../kernel/testKernel.ts";
import { answer, question } from "./asking.ts";
import { referenceEquity, type WeightedHand } from "./reference.ts";

interface Story {
  readonly ranges: ReadonlyArray<ReadonlyArray<WeightedHand>>;
  readonly board: ReadonlyArray<Card>;
  readonly dead: ReadonlyArray<Card>;
}

const textOf = (range: ReadonlyArray<WeightedHand>) =>
  range.map(({ cards, weight }) => `${formatCards(cards)}@${weight}`).join(",");

/** Ranges of so many hands, whose cards may meet each other, the board and the dead cards. */
const story = ({
  players,
  hands,
  boardCards,
  live,
  weights,
}: {
  readonly players: number;
  readonly hands: number;
  readonly boardCards: number;
  /** The deck has so many cards; all others are dead. */
  readonly live: number;
  readonly weights: fc.Arbitrary<number>;
}): fc.Arbitrary<Story> =>
  cardsOf(52).chain((deck) => {
    const alive = deck.slice(0, live);
    const hand = fc
      .tuple(
        fc.uniqueArray(fc.constantFrom(...deck.slice(0, live + 2)), {
          minLength: 2,
          maxLength: 2,
        }),
        weights,
      )
      .map(([[one, other], weight]) => ({ cards: [one!, other!] as const, weight }));
    const range = fc.uniqueArray(hand, {
      minLength: 1,
      maxLength: hands,
      selector: ({ cards }) => cards.toSorted((a, b) => a - b).join(),
    });
    return fc.record({
      ranges: fc.array(range, { minLength: players, maxLength: players }),
      board: fc.constant(alive.slice(live - boardCards)),
      dead: fc.constant(deck.slice(live)),
    });
  });

const always = fc.constant(100);
const percents = fc.integer({ min: 1, max: 100 });
const hundredthsOfPercents = fc.integer({ min: 1, max: 10_000 }).map((steps) => steps / 100);

const ask = ({ ranges, board, dead }: Story) =>
  question({
    players: ranges.map(textOf),
    board: formatCards(board),
    dead: formatCards(dead),
    mode: "exact",
  });

const DIGITS = 10;

const isAsByBruteForce = (told: Story) => {
  const reference = referenceEquity(told.ranges, told.board, told.dead);
  const planned = planOf(ask(told));
  if (!planned.ok) {
    expect(planned.refusal._tag).not.toBe("NotExact");
    expect(reference).toBeUndefined();
    return;
  }
  const solved = solve(kernel, planned.plan);
  if (reference === undefined || solved === undefined) {
    expect(solved).toBe(reference);
    return;
  }
  expect(solved.method).toBe("exact");
  expect(solved.samples).toBe(reference.samples);
  reference.players.forEach((known, player) => {
    const { equity, win, tie, lose, stdError } = solved.players[player]!;
    expect(equity).toBeCloseTo(known.equity, DIGITS);
    expect(win).toBeCloseTo(known.win, DIGITS);
    expect(tie).toBeCloseTo(known.tie, DIGITS);
    expect(lose).toBeCloseTo(1 - known.win - known.tie, DIGITS);
    expect(stdError).toBe(0);
  });
};

describe("an exact answer is that of brute force", () => {
  // Before the flop, most of the deck is dead, so that brute force has an end.
  it.each([
    ["two known hands before the flop", { players: 2, hands: 1, boardCards: 0, live: 16 }],
    ["two known hands on a flop", { players: 2, hands: 1, boardCards: 3, live: 50 }],
    ["three known hands before the flop", { players: 3, hands: 1, boardCards: 0, live: 17 }],
    ["five known hands before the flop", { players: 5, hands: 1, boardCards: 0, live: 20 }],
    ["nine known hands before the flop", { players: 9, hands: 1, boardCards: 0, live: 27 }],
    ["six known hands on a turn", { players: 6, hands: 1, boardCards: 4, live: 50 }],
    ["nine known hands on a river", { players: 9, hands: 1, boardCards: 5, live: 50 }],
  ])("%s", (_, shape) => {
    fc.assert(fc.property(story({ ...shape, weights: always }), isAsByBruteForce), {
      numRuns: 60,
    });
  });

  it.each([
    ["two ranges before the flop", { players: 2, hands: 6, boardCards: 0, live: 13 }],
    ["two ranges on a flop", { players: 2, hands: 10, boardCards: 3, live: 30 }],
    ["two ranges on a turn", { players: 2, hands: 40, boardCards: 4, live: 48 }],
    ["two ranges on a river", { players: 2, hands: 100, boardCards: 5, live: 52 }],
    ["three ranges before the flop", { players: 3, hands: 3, boardCards: 0, live: 14 }],
    ["three ranges on a flop", { players: 3, hands: 6, boardCards: 3, live: 18 }],
    ["three ranges on a turn", { players: 3, hands: 12, boardCards: 4, live: 25 }],
    ["three ranges on a river", { players: 3, hands: 25, boardCards: 5, live: 40 }],
    ["four ranges on a turn", { players: 4, hands: 5, boardCards: 4, live: 25 }],
  ])("%s, whatever their weights", (_, shape) => {
    const weights = fc.constantFrom(always, percents, hundredthsOfPercents).chain((some) => some);
    fc.assert(fc.property(story({ ...shape, weights }), isAsByBruteForce), { numRuns: 40 });
  });
});

describe("an exact answer", () => {
  const spot = story({ players: 3, hands: 20, boardCards: 4, live: 50, weights: percents });
  const possible = spot.filter((told) => planOf(ask(told)).ok);
  const told = (changed: Story) => {
    const planned = planOf(ask(changed));
    return planned.ok ? solve(kernel, planned.plan) : undefined;
  };

  it("is permuted with the players", () => {
    fc.assert(
      fc.property(possible, (one) => {
        const players = told(one)?.players;
        const turned = told({ ...one, ranges: one.ranges.toReversed() })?.players;
        players?.forEach(({ equity }, player) =>
          expect(turned![2 - player]!.equity).toBeCloseTo(equity, DIGITS),
        );
        expect(turned === undefined).toBe(players === undefined);
      }),
      { numRuns: 50 },
    );
  });

  it("does not care which suit is which", () => {
    const suits = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(possible, suits, (one, suits) => {
        const renamed = (card: Card) => (card & ~3) | suits[card & 3]!;
        const other = told({
          ranges: one.ranges.map((range) =>
            range.map(({ cards: [a, b], weight }) => ({
              cards: [renamed(a), renamed(b)] as const,
              weight,
            })),
          ),
          board: one.board.map(renamed),
          dead: one.dead.map(renamed),
        });
        expect(other).toEqual(told(one));
      }),
      { numRuns: 50 },
    );
  });

  it("does not care for the scale of a range's weights", () => {
    const halves = fc.integer({ min: 1, max: 50 }).map((half) => 2 * half);
    const even = story({ players: 3, hands: 20, boardCards: 4, live: 50, weights: halves });
    fc.assert(
      fc.property(even, (one) => {
        const ranges = one.ranges.map((range, player) =>
          player === 1 ? range.map(({ cards, weight }) => ({ cards, weight: weight / 2 })) : range,
        );
        expect(told({ ...one, ranges })).toEqual(told(one));
      }),
      { numRuns: 50 },
    );
  });
});

describe("known figures", () => {
  const COMMON = { samples: 1_712_304, converged: true, method: "exact" };

  it.each([
    ["AhKd", "QsQc", 730_541, 975_909, 5854],
    ["AsAh", "KsKh", 1_410_336, 292_660, 9308],
    ["AsAh", "KcKd", 1_388_072, 317_694, 6538],
    ["AsKs", "QsJs", 1_124_180, 577_797, 10_327],
    ["2c2d", "AhKh", 849_322, 852_207, 10_775],
    ["AhKd", "AsKc", 37_210, 37_210, 1_637_884],
  ])("%s against %s", (one, other, wins, losses, ties) => {
    const total = COMMON.samples;
    const solved = answer({ players: [one, other] });
    expect(solved).toMatchObject(COMMON);
    expect(solved.players[0]!.win * total).toBeCloseTo(wins, 4);
    expect(solved.players[1]!.win * total).toBeCloseTo(losses, 4);
    expect(solved.players[0]!.tie * total).toBeCloseTo(ties, 4);
  });

  it("any two cards against any two before the flop", () => {
    const [firstWins, secondWins, shared] = kernel.matchups(
      [new Float64Array(1326).fill(1), new Float64Array(1326).fill(1)],
      Array.from({ length: 91 }, (_, one) =>
        Array.from({ length: one + 1 }, (_, other) => [one, other] as const),
      ).flat(),
      0n,
    );
    expect(firstWins).toBe(1_334_125_369_292);
    expect(secondWins).toBe(firstWins);
    expect(shared).toBe(113_130_263_816);
  });

  it.each([
    ["random", "random", 612_783_660, 32_976_120, 1_258_543_440],
    ["TT+,AQ+", "22+,A2s+,KTs+", 3_385_559, 104_853, 6_306_300],
  ])("%s against %s on a flop", (one, other, wins, ties, all) => {
    const solved = answer({ players: [one, other], board: "2hTh9c" });
    expect(solved.samples).toBe(all);
    expect(Math.round(solved.players[0]!.win * all)).toBe(wins);
    expect(Math.round(solved.players[0]!.tie * all)).toBe(ties);
  });

  it("three times any two cards on a flop", () => {
    const solved = answer({ players: ["random", "random", "random"], board: "2hTh9c" });
    expect(solved.samples).toBe(1_136_464_726_320);
    for (const { equity } of solved.players) expect(equity).toBeCloseTo(1 / 3, 12);
  });
});
