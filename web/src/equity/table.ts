/** What is asked: hands or ranges, board, dead cards, as they were written; and the address that says so. Pure. */
import { MAX_PLAYERS, MIN_PLAYERS } from "../../../rpc/equity.ts";
import { readCards } from "./cardsText.ts";
import { readPlayer } from "./player.ts";

export const BOARD_CARDS = 5;
export const HOLE_CARDS = 2;
/** What is left in the deck when the fewest players have their hands and a board. */
export const MAX_DEAD_CARDS = 43;

/** Texts, right or wrong: `faults.ts` says what is wrong with them. */
export interface EquityTable {
  readonly players: readonly string[];
  readonly board: string;
  readonly dead: string;
}

/** A place where cards are: the board, among the dead ones, or with a player, counted from 0. */
export type Place = "board" | "dead" | number;

export const START: EquityTable = { players: ["AhKd", "QQ"], board: "", dead: "" };
/** Of who is not known yet. */
const ANY_TWO = "random";

export const canAdd = ({ players }: EquityTable): boolean => players.length < MAX_PLAYERS;
export const canRemove = ({ players }: EquityTable): boolean => players.length > MIN_PLAYERS;

/** The table with another text at a place. */
export const withText = (table: EquityTable, place: Place, text: string): EquityTable =>
  typeof place === "number"
    ? { ...table, players: table.players.map((before, at) => (at === place ? text : before)) }
    : { ...table, [place]: text };

export const textAt = (table: EquityTable, place: Place): string =>
  typeof place === "number" ? (table.players[place] ?? "") : table[place];

export const addPlayer = (table: EquityTable): EquityTable =>
  canAdd(table) ? { ...table, players: [...table.players, ANY_TWO] } : table;

export const removePlayer = (table: EquityTable, at: number): EquityTable =>
  canRemove(table)
    ? { ...table, players: table.players.filter((_, place) => place !== at) }
    : table;

/** The cards that are at a place for certain; a range has none. */
export function cardsAt(table: EquityTable, place: Place): readonly string[] {
  if (typeof place === "number") return readPlayer(textAt(table, place)).cards;
  return readCards(table[place]).cards;
}

/** Cards that are for certain somewhere else than at this place. */
export const takenElsewhere = (table: EquityTable, place: Place): ReadonlySet<string> =>
  new Set(
    (["board", "dead", ...table.players.keys()] as const)
      .filter((other) => other !== place)
      .flatMap((other) => cardsAt(table, other)),
  );

/** `?p=AhKd&p=QQ%2B&board=2h3h4h` */
export function queryOf({ board, dead, players }: EquityTable): string {
  const query = new URLSearchParams(players.map((text) => ["p", text]));
  if (board !== "") query.set("board", board);
  if (dead !== "") query.set("dead", dead);
  return `?${query.toString()}`;
}

/** What an address asks: without players as at the start, with one against a player that nothing is known of. */
export function tableIn(query: URLSearchParams): EquityTable {
  const named = query.getAll("p").slice(0, MAX_PLAYERS);
  const players = named.length === 0 ? START.players : named;
  return {
    players: players.length < MIN_PLAYERS ? [...players, ANY_TWO] : players,
    board: query.get("board") ?? "",
    dead: query.get("dead") ?? "",
  };
}
