/** What a player has, read from its text: a hand, a range, or something that is not finished or not right. Pure. */
import type { EquityGame } from "../../../rpc/equity.ts";
import { formatCard } from "../../../src/compute/cards/Card.ts";
import { HOLE_CARDS } from "../../../src/compute/cards/holeCards.ts";
import { cardsOf } from "../../../src/compute/range/Combination.ts";
import { parseRange } from "../../../src/compute/range/Range.ts";
import { readCards, repeated } from "./cardsText.ts";

export type ReadPlayer =
  | { readonly kind: "empty"; readonly cards: readonly [] }
  /** Its first cards. */
  | { readonly kind: "half"; readonly cards: readonly string[]; readonly missing: number }
  | { readonly kind: "hand"; readonly cards: readonly string[] }
  /** More cards than the game's hands have. */
  | { readonly kind: "many"; readonly cards: readonly string[] }
  /** A card is there twice. */
  | { readonly kind: "twice"; readonly cards: readonly string[]; readonly card: string }
  | { readonly kind: "range"; readonly cards: readonly []; readonly weights: Float32Array }
  /** Written well, but every hand in it has the weight 0; or in a game that has no ranges. */
  | { readonly kind: "weightless" | "noRange"; readonly cards: readonly [] }
  | { readonly kind: "noCard"; readonly cards: readonly string[]; readonly word: string }
  | ({ readonly kind: "wrong"; readonly cards: readonly [] } & Slip);

/** Where a text goes wrong. */
export interface Slip {
  /** The item, shortened. */
  readonly word: string;
  /** Its first character, counted from 1. */
  readonly character: number;
  readonly why: SlipKind;
}

/** The engine says it in English; what people come across has words of its own in each language. */
const SLIPS = {
  "a pair is neither suited nor offsuit.": "pair",
  "both ends are suited, or both offsuit, or neither.": "ends",
  "both ends are pairs, or neither.": "ends",
  "both ends have the same first card, or the same gap between their cards.": "gap",
  "a weight is a number of percent, as in 76s@50.": "weight",
  "a weight is at most 100 percent.": "weight",
  "which hands are the best so many percent is a matter of opinion: name them.": "percentage",
} as const;

export type SlipKind = (typeof SLIPS)[keyof typeof SLIPS] | "other";

const slipKindOf = (reason: string): SlipKind =>
  Object.entries(SLIPS).find(([sentence]) => reason.endsWith(sentence))?.[1] ?? "other";

/** So much of an item is shown. */
const MAX_WORD = 16;
const ITEM = /[^,;\s]+/g;
/** Put behind a range, it makes a range of nothing one of something. */
const ANY_HAND = "AA";

export function readPlayer(text: string, game: EquityGame): ReadPlayer {
  if (text.trim() === "") return { kind: "empty", cards: [] };
  return game === "holdem" ? readRange(text) : readHand(text, HOLE_CARDS[game]);
}

function readRange(text: string): ReadPlayer {
  const parsed = parseRange(text);
  if (parsed.ok) {
    const { weights } = parsed.range;
    const only = onlyOne(weights);
    return only === undefined
      ? { kind: "range", cards: [], weights }
      : { kind: "hand", cards: cardsOf(only).map(formatCard) };
  }
  if (readCards(text).rest === "") return readHand(text, HOLE_CARDS.holdem);
  if (parseRange(`${text},${ANY_HAND}`).ok) return { kind: "weightless", cards: [] };
  return { kind: "wrong", cards: [], ...slipAt(text, parsed.at), why: slipKindOf(parsed.reason) };
}

/** Of a game whose hands have so many cards. */
function readHand(text: string, size: number): ReadPlayer {
  const { cards, rest } = readCards(text);
  const card = repeated(cards);
  if (rest !== "")
    return parseRange(text).ok
      ? { kind: "noRange", cards: [] }
      : { kind: "noCard", cards, word: shortened(rest) };
  if (card !== undefined) return { kind: "twice", cards, card };
  if (cards.length < size) return { kind: "half", cards, missing: size - cards.length };
  return { kind: cards.length > size ? "many" : "hand", cards };
}

/** The combination of a range that has but one. */
function onlyOne(weights: Float32Array): number | undefined {
  const first = weights.findIndex((weight) => weight > 0);
  return weights.findLastIndex((weight) => weight > 0) === first ? first : undefined;
}

/** `at` is where the reading stopped: in the item that is wrong, or just behind it. */
function slipAt(text: string, at: number): Omit<Slip, "why"> {
  const items = [...text.matchAll(ITEM)];
  const wrong = items.find(({ 0: word, index }) => at <= index + word.length) ?? items.at(-1);
  const word = wrong?.[0] ?? text;
  return { word: shortened(word), character: (wrong?.index ?? 0) + 1 };
}

const shortened = (word: string): string =>
  word.length > MAX_WORD ? `${word.slice(0, MAX_WORD)}…` : word;
