/**
 * What has to be put right at a table before there can be an answer, each fault at its place. The engine would refuse all of
 * this too, but one after the other and in its own words. What only it can find (hands that leave each other nothing when
 * all are taken together) it still refuses. Pure.
 */
import type { EquityGame } from "../../../rpc/equity.ts";
import { formatCard } from "../../../src/compute/cards/Card.ts";
import { HOLE_CARDS } from "../../../src/compute/cards/holeCards.ts";
import { cardsOf } from "../../../src/compute/range/Combination.ts";
import { readCards, repeated } from "./cardsText.ts";
import { readPlayer } from "./player.ts";
import type { Slip } from "./player.ts";
import { BOARD_CARDS, cardsAt, takenElsewhere } from "./table.ts";
import type { EquityTable, Place } from "./table.ts";

export type Fault = { readonly place: Place } & (
  | { readonly kind: "empty"; readonly game: EquityGame }
  | { readonly kind: "weightless" | "noRange" }
  | { readonly kind: "half"; readonly missing: number }
  /** More cards than a hand of the game has. */
  | { readonly kind: "many"; readonly cards: number; readonly most: number }
  | ({ readonly kind: "wrong" } & Slip)
  /** Not a card, where only cards can be. */
  | { readonly kind: "noCard"; readonly word: string }
  /** A card that is at `other` too; where that is the same place, it stands there twice. */
  | { readonly kind: "twice"; readonly card: string; readonly other: Place }
  /** Every hand of the range has a card that is somewhere else. */
  | { readonly kind: "blocked" }
  | { readonly kind: "length"; readonly cards: number }
);

/** Streets that a board can be at. */
const BOARD_LENGTHS: readonly number[] = [0, 3, 4, BOARD_CARDS];

/** At most one for each place. */
export function faultsOf(table: EquityTable): readonly Fault[] {
  const places: readonly Place[] = ["board", "dead", ...table.players.keys()];
  return places.flatMap((place, at) => {
    const fault =
      typeof place === "number"
        ? playerFault(table, place)
        : cardsFault(place, readCards(table[place]));
    return fault ?? twiceFault(table, place, places.slice(0, at)) ?? [];
  });
}

function playerFault(table: EquityTable, place: number): Fault | null {
  const read = readPlayer(table.players[place] ?? "", table.game);
  switch (read.kind) {
    case "empty":
      return { place, kind: "empty", game: table.game };
    case "weightless":
    case "noRange":
      return { place, kind: read.kind };
    case "half":
      return { place, kind: "half", missing: read.missing };
    case "many":
      return { place, kind: "many", cards: read.cards.length, most: HOLE_CARDS[table.game] };
    case "noCard":
      return { place, kind: "noCard", word: read.word };
    case "twice":
      return { place, kind: "twice", card: read.card, other: place };
    case "wrong": {
      const { character, why, word } = read;
      return { place, kind: "wrong", character, why, word };
    }
    case "range":
      return isBlocked(read.weights, takenElsewhere(table, place))
        ? { place, kind: "blocked" }
        : null;
    case "hand":
      return null;
  }
}

function cardsFault(
  place: "board" | "dead",
  { cards, rest }: ReturnType<typeof readCards>,
): Fault | null {
  if (rest !== "") return { place, kind: "noCard", word: rest };
  const card = repeated(cards);
  if (card !== undefined) return { place, kind: "twice", card, other: place };
  if (place === "board" && !BOARD_LENGTHS.includes(cards.length))
    return { place, kind: "length", cards: cards.length };
  return null;
}

/** A card of this place that one of the places before it has too. */
function twiceFault(table: EquityTable, place: Place, before: readonly Place[]): Fault | null {
  const own = cardsAt(table, place);
  for (const other of before) {
    const card = cardsAt(table, other).find((card) => own.includes(card));
    if (card !== undefined) return { place, kind: "twice", card, other };
  }
  return null;
}

const isBlocked = (weights: Float32Array, taken: ReadonlySet<string>): boolean =>
  taken.size > 0 &&
  weights.every(
    (weight, combination) =>
      weight === 0 || cardsOf(combination).some((card) => taken.has(formatCard(card))),
  );

/** Nothing is wrong yet: somebody is in the middle of it. */
export const isUnfinished = ({ kind }: Fault): boolean =>
  kind === "empty" || kind === "half" || kind === "length" || kind === "noRange";
