/** Exact: known hands of Omaha on every board that can come. Heads-up before the flop that is a million. */
import type { EquityGame, EquityQuestion } from "../../../rpc/equity.ts";
import { formatCard, type Card } from "../cards/Card.ts";
import { cardsOutside, cardSet } from "../cards/CardSet.ts";
import { HOLE_CARDS } from "../cards/holeCards.ts";
import { chunksFor, partOf, type Approach } from "./Approach.ts";
import { OmahaShowdown } from "./omaha.ts";
import { invalid } from "./Refused.ts";
import { countRunouts, runoutsBetween } from "./runouts.ts";
import { readCards, readTable } from "./Table.ts";
import { Sums } from "./Tally.ts";

export type OmahaGame = Exclude<EquityGame, "holdem">;

/** To add up a board's threes; then each choice of two hole cards with each of these. */
const BOARD_US = 0.4;
const PAIR_US = 0.04;
/** Where half the pot goes to the best low. */
const HILO = 1.4;

/** Throws a `Refused`. */
export const omahaHands = (question: EquityQuestion, game: OmahaGame): Approach => {
  const holeCards = HOLE_CARDS[game];
  const { board, dead } = readTable(question, holeCards);
  const hands = question.players.map((text, player) => readHand(text, player, holeCards));
  const used = [...board, ...dead];
  hands.forEach((cards, player) => {
    const taken = cards.find((card) => used.includes(card));
    if (taken !== undefined)
      invalid(
        `players.${player}`,
        `${formatCard(taken)} is on the board, dead or another player's`,
      );
    used.push(...cards);
  });
  const deck = cardsOutside(cardSet(used));
  const boards = countRunouts(board, deck);
  const isHiLo = game.endsWith("hilo");
  const pairs = (holeCards * (holeCards - 1)) / 2;
  const costUs = boards * (BOARD_US + PAIR_US * pairs * hands.length) * (isHiLo ? HILO : 1);
  const chunks = chunksFor(costUs, boards);
  return {
    costUs,
    chunks,
    run: (_, chunk) => {
      const part = partOf(boards, chunk, chunks);
      const showdown = new OmahaShowdown(hands, isHiLo);
      const sums = new Sums(hands.length);
      for (const runout of runoutsBetween(board, deck, part)) showdown.add(runout, sums);
      return sums.tally(part[1] - part[0]);
    },
  };
};

const readHand = (text: string, player: number, holeCards: number): ReadonlyArray<Card> => {
  const cards = readCards(`players.${player}`, text);
  if (cards.length !== holeCards)
    invalid(`players.${player}`, `a hand of this game has ${holeCards} cards, not ${cards.length}`);
  return cards;
};
