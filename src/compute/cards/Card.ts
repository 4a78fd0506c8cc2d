/**
 * Playing cards as small integers. A card is `rank * 4 + suit`, 0 to 51: rank 0 is the deuce and 12 the ace, suits are
 * spades, hearts, diamonds, clubs. As text it is two letters, `Ah`, as everywhere in `rpc/cards.ts`.
 */

/** 0 to 51. */
export type Card = number;

export const DECK_SIZE = 52;
/** The letter of each rank and of each suit. */
export const RANKS = "23456789TJQKA";
export const SUITS = "shdc";

export const cardOf = (rank: number, suit: number): Card => rank * SUITS.length + suit;
export const rankOf = (card: Card): number => card >> 2;
export const suitOf = (card: Card): number => card & 3;

/** `undefined` for anything but a rank letter followed by a suit letter; both are case sensitive. */
export const parseCard = (text: string): Card | undefined => {
  if (text.length !== 2) return undefined;
  const rank = RANKS.indexOf(text[0]!);
  const suit = SUITS.indexOf(text[1]!);
  return rank < 0 || suit < 0 ? undefined : cardOf(rank, suit);
};

export const formatCard = (card: Card): string => `${RANKS[rankOf(card)]}${SUITS[suitOf(card)]}`;

export const formatCards = (cards: Iterable<Card>): string =>
  Array.from(cards, formatCard).join("");

/** What a text was read as, or why it could not be. */
export type Read<A> =
  | { readonly ok: true; readonly value: A }
  | { readonly ok: false; readonly reason: string };

/** Reads `AhKd` or `Ah Kd`, in the order given. Refuses what is no card, and a card that stands there twice. */
export const parseCards = (text: string): Read<ReadonlyArray<Card>> => {
  const letters = text.replaceAll(/\s+/g, "");
  const cards: Array<Card> = [];
  for (let at = 0; at < letters.length; at += 2) {
    const word = letters.slice(at, at + 2);
    const card = parseCard(word);
    if (card === undefined) return { ok: false, reason: `"${word}" is no card` };
    if (cards.includes(card)) return { ok: false, reason: `${word} is there twice` };
    cards.push(card);
  }
  return { ok: true, value: cards };
};
