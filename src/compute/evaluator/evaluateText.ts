/** What someone asks about one hand, in text, answered in text. */
import type { EquityGame } from "../../../rpc/equity.ts";
import { formatCard, formatCards, parseCards, type Card } from "../cards/Card.ts";
import { HOLE_CARDS } from "../cards/holeCards.ts";
import { describe } from "./describe.ts";
import { describeOmaha, describeOmahaLow } from "./Omaha.ts";
import type { Category } from "./score.ts";

/** Cards as in `rpc/cards.ts`. Hold'em: two with a board, or five to seven in all; Omaha: four or five and a board. */
export interface HandText {
  readonly game: EquityGame;
  readonly cards: string;
  readonly board: string;
}

export interface EvaluatedHand {
  readonly category: Category;
  /** 1 to 7,462, higher is better. */
  readonly rank: number;
  /** The five cards that count, the most telling first. */
  readonly best: ReadonlyArray<string>;
  readonly words: string;
  /** Of hi/lo games; `null` where no low qualifies, and in all other games. */
  readonly low: { readonly best: ReadonlyArray<string>; readonly words: string } | null;
}

/** `where` names the text that is wrong. */
export type Evaluated =
  | { readonly ok: true; readonly value: EvaluatedHand }
  | { readonly ok: false; readonly where: "cards" | "board"; readonly reason: string };

const MIN_HAND = 5;
const MAX_HAND = 7;
const MIN_BOARD = 3;
const MAX_BOARD = 5;

const refuse = (where: "cards" | "board", reason: string): Evaluated => ({
  ok: false,
  where,
  reason,
});

export const evaluateText = ({ game, cards, board }: HandText): Evaluated => {
  const hole = parseCards(cards);
  if (!hole.ok) return refuse("cards", hole.reason);
  const common = parseCards(board);
  if (!common.ok) return refuse("board", common.reason);
  const both = common.value.find((card) => hole.value.includes(card));
  if (both !== undefined) return refuse("board", `${formatCard(both)} is there twice`);
  return game === "holdem"
    ? holdem(hole.value, common.value)
    : omaha(game, hole.value, common.value);
};

const holdem = (hole: ReadonlyArray<Card>, board: ReadonlyArray<Card>): Evaluated => {
  const all = [...hole, ...board];
  if (all.length < MIN_HAND || all.length > MAX_HAND)
    return refuse("cards", `${all.length} cards in all; a hand is made of five, six or seven`);
  const { best, ...made } = describe(all);
  return { ok: true, value: { ...made, best: best.map(formatCard), low: null } };
};

const omaha = (
  game: EquityGame,
  hole: ReadonlyArray<Card>,
  board: ReadonlyArray<Card>,
): Evaluated => {
  if (hole.length !== HOLE_CARDS[game])
    return refuse("cards", `${formatCards(hole)}: this game has ${HOLE_CARDS[game]} hole cards`);
  if (board.length < MIN_BOARD || board.length > MAX_BOARD)
    return refuse("board", `it has ${board.length} cards; a hand needs three, four or five of it`);
  const { best, ...made } = describeOmaha(hole, board);
  const isHiLo = game === "omaha_hilo" || game === "omaha5_hilo";
  const low = isHiLo ? describeOmahaLow(hole, board) : null;
  return {
    ok: true,
    value: {
      ...made,
      best: best.map(formatCard),
      low: low === null ? null : { best: low.best.map(formatCard), words: low.words },
    },
  };
};
