/**
 * At which moments of a hand an equity can be computed, and of whom: of the players still in whose cards are known at the
 * end. Pure. Nobody at the table knew so much; that is said where it is shown.
 */
import type { HandBody } from "../../../sdk/src/index.ts";
import { hasBoard } from "./replay.ts";
import type { Step, StreetName } from "./replay.ts";

export interface EquitySpot {
  readonly street: StreetName;
  readonly game: HandBody["game_type"];
  /** In the order of the seats; `hands` are theirs. */
  readonly players: readonly string[];
  readonly hands: readonly (readonly string[])[];
  readonly board: readonly string[];
  /** Known cards of players who have folded: they cannot come. */
  readonly dead: readonly string[];
  /** Players still in whose cards nobody knows. */
  readonly unknown: number;
}

const FEWEST = 2;

/** One for each step; null where there is nothing to compute. Steps of one spot have the same object. */
export function equitySpots(
  hand: HandBody,
  steps: readonly Step[],
): readonly (EquitySpot | null)[] {
  const known = new Map<string, EquitySpot>();
  return steps.map((step) => {
    const spot = spotOf(hand, step);
    if (spot === null) return null;
    const key = JSON.stringify([spot.board, spot.players, spot.unknown]);
    const same = known.get(key);
    if (same !== undefined) return same;
    known.set(key, spot);
    return spot;
  });
}

function spotOf(hand: HandBody, { board, event, seats, street }: Step): EquitySpot | null {
  if (!hasBoard(hand.game_type) || event.kind === "win") return null;
  const dealt = seats.filter(({ held }) => held > 0);
  const isKnown = ({ cards, held }: (typeof seats)[number]) => cards.length === held;
  const live = dealt.filter(({ status }) => status === "in");
  const players = live.filter(isKnown);
  if (players.length < FEWEST) return null;
  return {
    street,
    game: hand.game_type,
    players: players.map(({ player }) => player),
    hands: players.map(({ cards }) => cards),
    board,
    dead: dealt.filter(({ status }) => status === "folded").flatMap(({ cards }) => cards),
    unknown: live.length - players.length,
  };
}

/** The spot with which each street begins. */
export function streetSpots(spots: readonly (EquitySpot | null)[]): readonly EquitySpot[] {
  const first = new Map<StreetName, EquitySpot>();
  for (const spot of spots) {
    if (spot !== null && !first.has(spot.street)) first.set(spot.street, spot);
  }
  return [...first.values()];
}
