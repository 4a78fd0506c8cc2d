/** What is asked: hands or ranges, board, dead cards; and the address that says so. Pure. */
import { MAX_PLAYERS, MIN_PLAYERS } from "../../../rpc/equity.ts";
import { formatCard, parseCards } from "../../../src/compute/cards/Card.ts";
import { cardsOf } from "../../../src/compute/range/Combination.ts";
import { parseRange } from "../../../src/compute/range/Range.ts";

export const BOARD_CARDS = 5;
/** Streets that a board can be at. */
const BOARD_LENGTHS: readonly number[] = [0, 3, 4, 5];

export interface EquityTable {
  /** As they were written, right or wrong. */
  readonly players: readonly string[];
  readonly board: readonly string[];
  readonly dead: readonly string[];
}

/** What is wrong with a table; `at` counts players from 0. */
export type Fault =
  | { readonly kind: "empty"; readonly at: number }
  | { readonly kind: "range"; readonly at: number; readonly reason: string }
  | { readonly kind: "board" };

export const START: EquityTable = { players: ["AhKd", "QQ"], board: [], dead: [] };

export const canAdd = ({ players }: EquityTable): boolean => players.length < MAX_PLAYERS;
export const canRemove = ({ players }: EquityTable): boolean => players.length > MIN_PLAYERS;

export const withPlayer = (table: EquityTable, at: number, text: string): EquityTable => ({
  ...table,
  players: table.players.map((before, place) => (place === at ? text : before)),
});

export const addPlayer = (table: EquityTable): EquityTable =>
  canAdd(table) ? { ...table, players: [...table.players, "random"] } : table;

export const removePlayer = (table: EquityTable, at: number): EquityTable =>
  canRemove(table)
    ? { ...table, players: table.players.filter((_, place) => place !== at) }
    : table;

/** The two cards that a player holds, where it is one hand and no range. */
export function holding(text: string): readonly string[] {
  const parsed = parseRange(text);
  if (!parsed.ok) return [];
  const held = [...parsed.range.weights.entries()].filter(([, weight]) => weight > 0);
  const [only] = held;
  return held.length === 1 && only !== undefined ? cardsOf(only[0]).map(formatCard) : [];
}

/** Cards that nobody else can have any more: the board's, dead ones, and those of players with one hand. */
export const takenCards = ({ board, dead, players }: EquityTable): ReadonlySet<string> =>
  new Set([...board, ...dead, ...players.flatMap(holding)]);

/** The first thing to be put right before there can be an answer. Cards that are there twice the engine finds. */
export function faultOf({ board, players }: EquityTable): Fault | null {
  for (const [at, text] of players.entries()) {
    if (text.trim() === "") return { kind: "empty", at };
    const parsed = parseRange(text);
    if (!parsed.ok) return { kind: "range", at, reason: parsed.reason };
  }
  return BOARD_LENGTHS.includes(board.length) ? null : { kind: "board" };
}

/** `?p=AhKd&p=QQ%2B&board=2h3h4h` */
export function queryOf({ board, dead, players }: EquityTable): string {
  const query = new URLSearchParams(players.map((text) => ["p", text]));
  if (board.length > 0) query.set("board", board.join(""));
  if (dead.length > 0) query.set("dead", dead.join(""));
  return `?${query.toString()}`;
}

/** What an address asks; what it leaves out or says wrong is as at the start. */
export function tableIn(query: URLSearchParams): EquityTable {
  const players = query.getAll("p").slice(0, MAX_PLAYERS);
  const board = cardsIn(query.get("board")).slice(0, BOARD_CARDS);
  return {
    players: players.length < MIN_PLAYERS ? START.players : players,
    board,
    dead: cardsIn(query.get("dead")).filter((card) => !board.includes(card)),
  };
}

function cardsIn(text: string | null): readonly string[] {
  const read = parseCards(text ?? "");
  return read.ok ? read.value.map(formatCard) : [];
}
