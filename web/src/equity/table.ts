/** What is asked: a game, hands or ranges, board, dead cards, as they were written; and the address that says so. Pure. */
import type { EquityGame } from "../../../rpc/equity.ts";
import { DECK_SIZE } from "../../../src/compute/cards/Card.ts";
import { HOLE_CARDS } from "../../../src/compute/cards/holeCards.ts";
import { MAX_PLAYERS, MIN_PLAYERS } from "../../../src/compute/equity/Table.ts";
import { readCards } from "./cardsText.ts";
import { readPlayer } from "./player.ts";

export const BOARD_CARDS = 5;
/** In the order in which they are offered. */
export const GAMES = [
  "holdem",
  "omaha",
  "omaha_hilo",
  "omaha5",
  "omaha5_hilo",
] as const satisfies readonly EquityGame[];

/** The other games have known hands only. */
export const hasRanges = (game: EquityGame): boolean => game === "holdem";
/** The pot is halved between the best and the lowest hand. */
export const isHiLo = (game: EquityGame): boolean =>
  game === "omaha_hilo" || game === "omaha5_hilo";

/** What is left in the deck when the fewest players have their hands and a board. */
export const maxDeadCards = (game: EquityGame): number =>
  DECK_SIZE - MIN_PLAYERS * HOLE_CARDS[game] - BOARD_CARDS;

/** Texts, right or wrong: `faults.ts` says what is wrong with them. */
export interface EquityTable {
  readonly game: EquityGame;
  readonly players: readonly string[];
  readonly board: string;
  readonly dead: string;
}

/** A place where cards are: the board, among the dead ones, or with a player, counted from 0. */
export type Place = "board" | "dead" | number;

/** Where each game begins: two hands worth comparing. */
const EXAMPLES: Readonly<Record<EquityGame, readonly string[]>> = {
  holdem: ["AhKd", "QQ"],
  omaha: ["AhAdKhKd", "JsTs9h8h"],
  omaha_hilo: ["AhAd2h3d", "KsQsJcTc"],
  omaha5: ["AhAdKhKdQs", "JsTs9h8h7d"],
  omaha5_hilo: ["AhAd2h3d4s", "KsQsJcTc9d"],
};
export const startOf = (game: EquityGame): EquityTable => ({
  game,
  players: EXAMPLES[game],
  board: "",
  dead: "",
});

/** A player that nothing is known of: any two cards, or in a game without ranges cards that are still to be given. */
const unknownPlayer = (game: EquityGame): string => (hasRanges(game) ? "random" : "");

/**
 * The same table in another game. What was written stays, also where it is too much or too little there, so that going back
 * loses nothing; only the example with which a game begins gives way to the other's.
 */
export const withGame = (table: EquityTable, game: EquityGame): EquityTable =>
  queryOf(table) === queryOf(startOf(table.game)) ? startOf(game) : { ...table, game };

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
  canAdd(table) ? { ...table, players: [...table.players, unknownPlayer(table.game)] } : table;

export const removePlayer = (table: EquityTable, at: number): EquityTable =>
  canRemove(table)
    ? { ...table, players: table.players.filter((_, place) => place !== at) }
    : table;

/** The cards that are at a place for certain; a range has none. */
export function cardsAt(table: EquityTable, place: Place): readonly string[] {
  if (typeof place === "number") return readPlayer(textAt(table, place), table.game).cards;
  return readCards(table[place]).cards;
}

/** Cards that are for certain somewhere else than at this place. */
export const takenElsewhere = (table: EquityTable, place: Place): ReadonlySet<string> =>
  new Set(
    (["board", "dead", ...table.players.keys()] as const)
      .filter((other) => other !== place)
      .flatMap((other) => cardsAt(table, other)),
  );

/** `?p=AhKd&p=QQ%2B&board=2h3h4h`; with `game=omaha` before the boards of other games than hold'em. */
export function queryOf({ board, dead, game, players }: EquityTable): string {
  const query = new URLSearchParams(players.map((text) => ["p", text]));
  if (game !== "holdem") query.set("game", game);
  if (board !== "") query.set("board", board);
  if (dead !== "") query.set("dead", dead);
  return `?${query.toString()}`;
}

/** What an address asks: without players as the game begins, with one against a player that nothing is known of. */
export function tableIn(query: URLSearchParams): EquityTable {
  const named = query.getAll("p").slice(0, MAX_PLAYERS);
  const game = GAMES.find((game) => game === query.get("game")) ?? "holdem";
  const players = named.length === 0 ? EXAMPLES[game] : named;
  return {
    game,
    players: players.length < MIN_PLAYERS ? [...players, unknownPlayer(game)] : players,
    board: query.get("board") ?? "",
    dead: query.get("dead") ?? "",
  };
}
