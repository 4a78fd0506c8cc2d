/**
 * Cards as people type them: `Ah Kd`, `ahkd`, `10h, 9h`. Read as far as they can be understood, so that a row of cards that is
 * still being typed, or has a slip at its end, shows those before it. Pure.
 */
import { cardParts } from "../cards/card.ts";

export interface ReadCards {
  /** In the order given; one that stands there twice is there twice. */
  readonly cards: readonly string[];
  /** What follows them and is no card; empty when all of it was understood. */
  readonly rest: string;
}

const CARD = /^[\s,;]*(10|[2-9tjqka])([shdc])/i;

export function readCards(text: string): ReadCards {
  const cards: string[] = [];
  let rest = text;
  for (let found = CARD.exec(rest); found !== null; found = CARD.exec(rest)) {
    const [all, rank = "", suit = ""] = found;
    const card = (rank === "10" ? "T" : rank.toUpperCase()) + suit.toLowerCase();
    if (cardParts(card) === undefined) break;
    cards.push(card);
    rest = rest.slice(all.length);
  }
  return { cards, rest: rest.replaceAll(/^[\s,;]+|[\s,;]+$/g, "") };
}

/** The first card that stands there a second time. */
export const repeated = (cards: readonly string[]): string | undefined =>
  cards.find((card, place) => cards.indexOf(card) < place);
