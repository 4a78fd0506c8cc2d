/** Omaha exactly: every board once, in whatever parts, and who wins on it against every choice of cards. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EquityGame } from "../../../rpc/equity.ts";
import { formatCards, type Card } from "../../../src/compute/cards/Card.ts";
import { startMerge } from "../../../src/compute/equity/Merge.ts";
import { runChunk } from "../../../src/compute/equity/runChunk.ts";
import { countRunouts, runoutsBetween } from "../../../src/compute/equity/runouts.ts";
import { evaluator } from "../../../src/compute/evaluator/Evaluator.ts";
import { lowOf, NO_LOW } from "../../../src/compute/evaluator/low.ts";
import { choices } from "../evaluator/reference.ts";
import { kernel } from "../kernel/testKernel.ts";
import { answer, plan } from "./asking.ts";

const DECK = Array.from({ length: 52 }, (_, card) => card);

it("run-outs are all there, each once, in whatever parts they are taken", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0, 3, 4, 5),
      fc.integer({ min: 5, max: 14 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
      (known, size, cuts) => {
        const [board, deck] = [DECK.slice(0, known), DECK.slice(20, 20 + size)];
        const all = countRunouts(board, deck);
        const borders = [
          0,
          ...cuts.map((cut) => Math.floor(cut * all)).toSorted((a, b) => a - b),
          all,
        ];
        const found = borders.slice(1).flatMap((to, i) => {
          const part = [...runoutsBetween(board, deck, [borders[i]!, to])];
          expect(part).toHaveLength(to - borders[i]!);
          return Array.from(runoutsBetween(board, deck, [borders[i]!, to]), (cards) =>
            [...cards].toSorted((a, b) => a - b).join(" "),
          );
        });
        const expected = choices(deck, 5 - known).map((rest) =>
          [...board, ...rest].toSorted((a, b) => a - b).join(" "),
        );
        expect(found.toSorted()).toEqual(expected.toSorted());
      },
    ),
    { numRuns: 60 },
  );
});

type Shares = ReadonlyArray<{
  readonly equity: number;
  readonly win: number;
  readonly tie: number;
}>;

/** Every board of what is left, every two with every three. */
const bruteForce = (
  hands: ReadonlyArray<ReadonlyArray<Card>>,
  deck: ReadonlyArray<Card>,
  isHiLo: boolean,
): Shares => {
  const shares = hands.map(() => ({ equity: 0, win: 0, tie: 0 }));
  const boards = choices(deck, 5);
  for (const board of boards) {
    const threes = choices(board, 3);
    const fives = hands.map((hand) =>
      choices(hand, 2).flatMap((two) => threes.map((three) => [...two, ...three])),
    );
    const highs = fives.map((some) => Math.max(...some.map((five) => evaluator().rank(five))));
    const lows = fives.map((some) => Math.min(...some.map(lowOf)));
    const bestLow = isHiLo ? Math.min(...lows) : NO_LOW;
    const split = (values: ReadonlyArray<number>, best: number, pot: number) => {
      const sharers = values.filter((value) => value === best).length;
      values.forEach((value, player) => {
        if (value !== best) return;
        shares[player]!.equity += pot / sharers / boards.length;
        shares[player]![sharers === 1 ? "win" : "tie"] += pot / boards.length;
      });
    };
    split(highs, Math.max(...highs), bestLow === NO_LOW ? 1 : 1 / 2);
    if (bestLow !== NO_LOW) split(lows, bestLow, 1 / 2);
  }
  return shares;
};

const gameOf = (holeCards: number, isHiLo: boolean): EquityGame =>
  `omaha${holeCards === 5 ? "5" : ""}${isHiLo ? "_hilo" : ""}` as EquityGame;

describe("Omaha before the flop", () => {
  it("is that of brute force, with so many dead cards that brute force ends", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(DECK, { minLength: 52, maxLength: 52 }),
        fc.constantFrom(4, 5),
        fc.integer({ min: 2, max: 4 }),
        fc.boolean(),
        (cards, holeCards, players, isHiLo) => {
          const hands = Array.from({ length: players }, (_, player) =>
            cards.slice(player * holeCards, (player + 1) * holeCards),
          );
          const deck = cards.slice(-7);
          const dead = cards.slice(players * holeCards, -7);
          const found = answer({
            game: gameOf(holeCards, isHiLo),
            players: hands.map(formatCards),
            dead: formatCards(dead),
          });
          expect(found).toMatchObject({ method: "exact", samples: 21, converged: true });
          bruteForce(hands, deck, isHiLo).forEach(({ equity, tie, win }, player) => {
            const ours = found.players[player]!;
            expect(ours.equity).toBeCloseTo(equity, 12);
            expect(ours.win).toBeCloseTo(win, 12);
            expect(ours.tie).toBeCloseTo(tie, 12);
            expect([ours.stdError, ours.low, ours.high]).toEqual([0, ours.equity, ours.equity]);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it("of two is every board that there is, and the same hand in other suits is even", () => {
    const players = ["AhAdKhKd", "AsAcKsKc"];
    const whole = plan({ game: "omaha", players });
    expect(whole).toMatchObject({ method: "exact", cost: "heavy" });
    expect(whole.chunks).toBeGreaterThan(10);
    const merge = startMerge(whole);
    merge.add(runChunk(kernel, whole, 0));
    // Of the first boards alone nothing follows: they are in order, not drawn.
    for (const { high, low } of merge.answer()!.players) expect([low, high]).toEqual([0, 1]);
    while (!merge.done) merge.add(runChunk(kernel, whole, merge.added));
    const found = merge.answer()!;
    expect(found.samples).toBe(1_086_008);
    for (const { equity, high, low } of found.players)
      expect([low, high]).toEqual([equity, equity]);
    expect(found.players.map(({ equity }) => equity)).toEqual([0.5, 0.5]);
  });

  it("has chunks that are the same whoever makes the plan", () => {
    const asked = { game: "omaha5_hilo", players: ["AhAdKhKd2c", "JsTs9h8h7c"] } as const;
    const [ours, theirs] = [plan(asked), plan(asked)];
    expect(runChunk(kernel, ours, 7)).toEqual(runChunk(kernel, theirs, 7));
    expect(runChunk(kernel, ours, 7)).not.toEqual(runChunk(kernel, ours, 8));
  });
});
