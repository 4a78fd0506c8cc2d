/**
 * A hand in words, as Winamax writes them at a showdown: `Two pairs : Aces and 7`, `Straight flush Ace`. Ranks from two to
 * nine are digits, the others names, which have a plural. A royal flush has no words of its own, nor has the low hand of a
 * hi/lo game, which is called by its highest card.
 */
import { RANKS, rankOf, type Card } from "../cards/Card.ts";
import type { Category } from "./score.ts";

const NAMES: Readonly<Record<string, string>> = {
  T: "Ten",
  J: "Jack",
  Q: "Queen",
  K: "King",
  A: "Ace",
};

const name = (rank: number): string => NAMES[RANKS[rank]!] ?? RANKS[rank]!;
const plural = (rank: number): string =>
  rank < RANKS.indexOf("T") ? name(rank) : `${name(rank)}s`;

/** Words for five cards in the order of `describe`: what there is more of comes first. */
export const wordsFor = (category: Category, best: ReadonlyArray<Card>): string => {
  const first = rankOf(best[0]!);
  const second = (place: number) => rankOf(best[place]!);
  switch (category) {
    case "high_card":
      return `High card : ${name(first)}`;
    case "one_pair":
      return `One pair : ${plural(first)}`;
    case "two_pairs":
      return `Two pairs : ${plural(first)} and ${plural(second(2))}`;
    case "three_of_a_kind":
      return `Trips of ${plural(first)}`;
    case "straight":
      return `Straight ${name(first)} high`;
    case "flush":
      return `Flush ${name(first)} high`;
    case "full_house":
      return `Full of ${plural(first)} and ${plural(second(3))}`;
    case "four_of_a_kind":
      return `Quads of ${plural(first)}`;
    case "straight_flush":
      return `Straight flush ${name(first)}`;
  }
};
