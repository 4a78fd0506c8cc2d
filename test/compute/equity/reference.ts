/**
 * Equity by brute force: every choice of hands, every board, every showdown one by one. Its only shortcut is the evaluator,
 * which has tests of its own.
 */
import type { PlayerEquity } from "../../../rpc/equity.ts";
import type { Card } from "../../../src/compute/cards/Card.ts";
import { evaluator } from "../../../src/compute/evaluator/Evaluator.ts";

export interface WeightedHand {
  readonly cards: readonly [Card, Card];
  readonly weight: number;
}

type Known = Pick<PlayerEquity, "equity" | "win" | "tie">;

export interface ReferenceAnswer {
  readonly players: ReadonlyArray<Known>;
  readonly samples: number;
}

/** `undefined` when no deal is possible. */
export const referenceEquity = (
  ranges: ReadonlyArray<ReadonlyArray<WeightedHand>>,
  board: ReadonlyArray<Card>,
  dead: ReadonlyArray<Card>,
): ReferenceAnswer | undefined => {
  const sums = ranges.map(() => ({ equity: 0, win: 0, tie: 0 }));
  let total = 0;
  let samples = 0;

  const showdown = (
    hands: ReadonlyArray<readonly [Card, Card]>,
    [a, b, c, d, e]: ReadonlyArray<Card>,
    weight: number,
  ) => {
    const ranks = hands.map(([x, y]) => evaluator().rank7(x, y, a!, b!, c!, d!, e!));
    const best = Math.max(...ranks);
    const winners = ranks.filter((rank) => rank === best).length;
    ranks.forEach((rank, player) => {
      if (rank !== best) return;
      const sum = sums[player]!;
      sum.equity += weight / winners;
      if (winners === 1) sum.win += weight;
      else sum.tie += weight;
    });
    total += weight;
    samples++;
  };

  const dealBoard = (
    hands: ReadonlyArray<readonly [Card, Card]>,
    cards: ReadonlyArray<Card>,
    from: number,
    used: ReadonlySet<Card>,
    weight: number,
  ): void => {
    if (cards.length === 5) return showdown(hands, cards, weight);
    for (let card = from; card < 52; card++)
      if (!used.has(card)) dealBoard(hands, [...cards, card], card + 1, used, weight);
  };

  const dealHands = (
    hands: ReadonlyArray<readonly [Card, Card]>,
    used: ReadonlySet<Card>,
    weight: number,
  ): void => {
    const range = ranges[hands.length];
    if (range === undefined) return dealBoard(hands, board, 0, used, weight);
    for (const { cards, weight: own } of range)
      if (!used.has(cards[0]) && !used.has(cards[1]))
        dealHands([...hands, cards], new Set([...used, ...cards]), weight * own);
  };

  dealHands([], new Set([...board, ...dead]), 1);
  if (samples === 0) return undefined;
  return {
    players: sums.map(({ equity, tie, win }) => ({
      equity: equity / total,
      win: win / total,
      tie: tie / total,
    })),
    samples,
  };
};
