/** All-in equity in hold'em by dealing every turn and river, in the plainest way there is. */
import { type Card, DECK_SIZE, parseCard } from "../../../src/compute/cards/Card.ts";
import { Evaluator } from "../../../src/compute/evaluator/Evaluator.ts";
import type { AllInEquity } from "../../../src/hands/stats/AllInEquity.ts";

const read = (cards: ReadonlyArray<string>): ReadonlyArray<Card> =>
  cards.map((text) => {
    const card = parseCard(text);
    if (card === undefined) throw new Error(`${text} is no card`);
    return card;
  });

const rivers = (deck: ReadonlyArray<Card>, missing: number): ReadonlyArray<ReadonlyArray<Card>> =>
  missing === 0
    ? [[]]
    : deck.flatMap((card, at) =>
        rivers(deck.slice(at + 1), missing - 1).map((rest) => [card, ...rest]),
      );

const FULL_BOARD = 5;

export const allBoards: AllInEquity = ({ board, dead, game, hands }) => {
  if (game !== "holdem") return undefined;
  const evaluator = new Evaluator();
  const players = hands.map(read);
  const known = new Set([...read(board), ...read(dead), ...players.flat()]);
  const deck = Array.from({ length: DECK_SIZE }, (_, card) => card).filter(
    (card) => !known.has(card),
  );
  const runs = rivers(deck, FULL_BOARD - board.length);
  const shares = players.map(() => 0);
  for (const run of runs) {
    const [a, b, c, d, e] = [...read(board), ...run];
    const ranks = players.map(([x, y]) => evaluator.rank7(a!, b!, c!, d!, e!, x!, y!));
    const best = Math.max(...ranks);
    const winners = ranks.filter((rank) => rank === best).length;
    ranks.forEach((rank, n) => (shares[n]! += rank === best ? 1 / winners : 0));
  }
  return shares.map((share) => share / runs.length);
};
