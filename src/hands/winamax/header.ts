/**
 * The first line of a hand:
 *
 *     Winamax Poker - <kind> - HandId: #<table>-<n>-<time> - <game> <limit> (<stakes>) - 2015/09/17 20:17:40 UTC
 *
 * The kind may hold a tournament's name, where anything can stand; what follows ` - HandId: #` cannot. So the line is read
 * from there to both sides.
 */
import type { Hand, HandGame, HandLimit } from "../../../rpc/hand.ts";
import { type BuyIn, parseBuyIn } from "./buyIn.ts";
import { GAME_BY_TITLE, LIMIT_BY_TITLE } from "./games.ts";
import { LineCursor, NONE } from "./LineCursor.ts";
import { isPrintable, MAX_WORDS_LENGTH, shorten } from "./text.ts";

/** What every hand and every tournament summary begins with. */
export const TITLE = "Winamax Poker - ";
export const HAND_ID = " - HandId: #";
const TOURNAMENT = 'Tournament "';
const BUY_IN = '" buyIn: ';
const LEVEL = " level:";

/** Sites' names of their fast-fold pools. */
const FAST_FOLD_BRANDS = ["Go Fast", "HOLD-UP", "ESCAPE"] as const;

/** Parts of a hand's number are up to 19 digits: beyond what a number holds. */
const MAX_ID_DIGITS = 20;

/** In hundredths, whatever the currency. */
export type Stakes = Hand["stakes"];

export interface HandHeader {
  readonly id: string;
  readonly playedAt: number;
  readonly game: HandGame;
  readonly limit: HandLimit;
  readonly stakes: Stakes;
  readonly fastFold: Hand["fastFold"];
  readonly tournament: TournamentTitle | null;
}

export interface TournamentTitle {
  readonly name: string;
  readonly buyIn: BuyIn;
  readonly level: number | null;
}

/** The header, or what is wrong with it. */
export function parseHeader(line: string): HandHeader | string {
  const mark = line.lastIndexOf(HAND_ID);
  if (!line.startsWith(TITLE) || mark < TITLE.length) return "the header has no hand id";
  const parts = line.slice(mark + HAND_ID.length).split(" - ");
  const [id, rules, date] = parts;
  if (id === undefined || rules === undefined || date === undefined || parts.length !== 3) {
    return "the header is not complete";
  }
  if (!isHandId(id)) return "the hand id is not three numbers";
  const playedAt = parseTime(date);
  if (playedAt === undefined) return `no such time: ${shorten(date)}`;
  const game = parseRules(rules);
  if (typeof game === "string") return game;
  if (!isPrintable(line)) return "the header is not text";
  const kind = parseKind(line.slice(TITLE.length, mark));
  if (typeof kind === "string") return kind;
  return { id, playedAt, ...game, ...kind };
}

/** The hand's number, if the line has one, for a report on a header that is otherwise unreadable. */
export function handIdIn(line: string): string | null {
  const mark = line.lastIndexOf(HAND_ID);
  if (mark === -1) return null;
  const from = mark + HAND_ID.length;
  const end = line.indexOf(" ", from);
  const id = line.slice(from, end === -1 ? line.length : end);
  return isHandId(id) ? id : null;
}

function isHandId(text: string): boolean {
  const parts = text.split("-");
  return (
    parts.length === 3 && parts.every((part) => part.length <= MAX_ID_DIGITS && isDigits(part))
  );
}

export function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return text.length > 0;
}

/** `2015/09/17 20:17:40 UTC` in epoch milliseconds; `undefined` for a time that no calendar has. */
export function parseTime(text: string): number | undefined {
  const cursor = new LineCursor();
  cursor.reset(text);
  const year = cursor.integer();
  const month = cursor.take("/") ? cursor.integer() : NONE;
  const day = cursor.take("/") ? cursor.integer() : NONE;
  const hour = cursor.take(" ") ? cursor.integer() : NONE;
  const minute = cursor.take(":") ? cursor.integer() : NONE;
  const second = cursor.take(":") ? cursor.integer() : NONE;
  if (second === NONE || !cursor.take(" UTC") || !cursor.ended) return undefined;
  if (year < 2000 || year > 2999 || hour > 23 || minute > 59 || second > 59) return undefined;
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  // The 31st of April would have become the 1st of May.
  return new Date(time).getUTCDate() === day && month >= 1 && month <= 12 ? time : undefined;
}

/** `Holdem no limit (0.02€/0.05€)`. */
function parseRules(
  text: string,
): { readonly game: HandGame; readonly limit: HandLimit; readonly stakes: Stakes } | string {
  const open = text.lastIndexOf(" (");
  const limitAt = text.lastIndexOf(" ", text.lastIndexOf(" ", open - 1) - 1);
  if (open < 0 || limitAt < 0) return "the header does not say which game";
  const game = GAME_BY_TITLE.get(text.slice(0, limitAt));
  if (game === undefined) return `unknown game: ${shorten(text.slice(0, limitAt))}`;
  const limit = LIMIT_BY_TITLE.get(text.slice(limitAt + 1, open));
  if (limit === undefined) return `unknown limit: ${shorten(text.slice(limitAt + 1, open))}`;
  const stakes = parseStakes(text, open + 2);
  return stakes === undefined ? "unreadable stakes" : { game, limit, stakes };
}

/** `sb/bb)` or `ante/sb/bb)`. */
function parseStakes(text: string, at: number): Stakes | undefined {
  const cursor = new LineCursor();
  cursor.reset(text, at);
  const first = cursor.amount();
  const second = cursor.take("/") ? cursor.amount() : NONE;
  const third = cursor.take("/") ? cursor.amount() : undefined;
  if (first === NONE || second === NONE || third === NONE) return undefined;
  if (!cursor.take(")") || !cursor.ended) return undefined;
  return third === undefined
    ? { ante: 0, smallBlind: first, bigBlind: second }
    : { ante: first, smallBlind: second, bigBlind: third };
}

function parseKind(
  kind: string,
): { readonly fastFold: Hand["fastFold"]; readonly tournament: TournamentTitle | null } | string {
  if (kind.length > MAX_WORDS_LENGTH) return `a name of more than ${MAX_WORDS_LENGTH} characters`;
  if (kind === "CashGame") return { fastFold: null, tournament: null };
  if (kind.startsWith(TOURNAMENT)) {
    const tournament = parseTournament(kind);
    return typeof tournament === "string" ? tournament : { fastFold: null, tournament };
  }
  const brand = FAST_FOLD_BRANDS.find((name) => kind.startsWith(`${name} "`));
  if (brand === undefined || !kind.endsWith('"') || kind.length < `${brand} "x"`.length) {
    return `unknown kind of game: ${shorten(kind)}`;
  }
  return { fastFold: { brand, pool: kind.slice(brand.length + 2, -1) }, tournament: null };
}

function parseTournament(kind: string): TournamentTitle | string {
  const price = kind.lastIndexOf(BUY_IN);
  if (price < TOURNAMENT.length) return "the tournament has no buy-in";
  const levelAt = kind.indexOf(LEVEL, price + BUY_IN.length);
  const buyInText = kind.slice(price + BUY_IN.length, levelAt === -1 ? kind.length : levelAt);
  const buyIn = parseBuyIn(buyInText);
  if (buyIn === undefined) return `unreadable buy-in: ${shorten(buyInText)}`;
  const level = levelAt === -1 ? "" : kind.slice(levelAt + LEVEL.length).trim();
  const digits = level.startsWith("-") ? level.slice(1) : level;
  if (level !== "" && !isDigits(digits)) return `unreadable level: ${shorten(level)}`;
  return {
    name: kind.slice(TOURNAMENT.length, price),
    buyIn,
    level: level === "" ? null : Number(level),
  };
}
