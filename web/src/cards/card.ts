/** A playing card as text, `Ah`: what it is made of, and how it is told to who does not see it. Pure. */
export const RANKS = ["A", "K", "Q", "J", "T", "9", "8", "7", "6", "5", "4", "3", "2"] as const;
export type Rank = (typeof RANKS)[number];

export const SUITS = ["s", "h", "d", "c"] as const;
export type Suit = (typeof SUITS)[number];

export interface CardParts {
  readonly rank: Rank;
  readonly suit: Suit;
}

/** Undefined for what is no card. */
export function cardParts(card: string): CardParts | undefined {
  const rank = RANKS.find((rank) => rank === card[0]);
  const suit = SUITS.find((suit) => suit === card[1]);
  return rank === undefined || suit === undefined || card.length !== 2 ? undefined : { rank, suit };
}

/** `10` is what the corner of a card says. */
export const rankText = (rank: Rank): string => (rank === "T" ? "10" : rank);

export const SUIT_SIGNS: Readonly<Record<Suit, string>> = { s: "♠", h: "♥", d: "♦", c: "♣" };

/** `A♥ K♦`, for texts without pictures. */
export const cardsText = (cards: readonly string[]): string =>
  cards
    .map((card) => {
      const parts = cardParts(card);
      return parts === undefined ? card : rankText(parts.rank) + SUIT_SIGNS[parts.suit];
    })
    .join(" ");
