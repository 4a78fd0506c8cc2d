/**
 * What follows a player's name on a line: posts, actions, cards shown, money collected. Names can hold any of these words,
 * so a name is never searched for in a line: it is taken off the front, by someone who knows who sits at the table, and
 * this decides whether the rest makes sense.
 */
import type { ActionKind } from "../../../rpc/hand.ts";
import { type LineCursor, NONE } from "./LineCursor.ts";
import { MAX_WORDS_LENGTH } from "./text.ts";

/** An action as written, in hundredths. What it put into the pot is found out when the whole hand is known. */
export interface WrittenAction {
  readonly type: "action";
  /** Of the player, in the list of those seated. */
  readonly seat: number;
  readonly kind: ActionKind;
  /** Of a raise: its total on the street. Of others: what was written; 0 where nothing was. */
  readonly amount: number;
  readonly allIn: boolean;
  readonly discarded: number | null;
}

export interface WrittenShow {
  readonly type: "show";
  readonly seat: number;
  readonly cards: ReadonlyArray<string>;
  readonly half: PotHalf;
  readonly words: string | null;
}

export interface WrittenCollect {
  readonly type: "collect";
  readonly seat: number;
  readonly amount: number;
  readonly pot: string;
}

export type PlayerLine = WrittenAction | WrittenShow | WrittenCollect;

/** Hi/lo games divide a pot. */
export type PotHalf = "hi" | "lo" | null;

/** `undefined` where the rest of the line is not something that a player does. The cursor stands behind the name. */
export function readPlayerLine(cursor: LineCursor, seat: number): PlayerLine | undefined {
  // The second letter of the verb tells most of them apart; the whole verb is compared then.
  switch (cursor.text.charCodeAt(cursor.at + 1)) {
    case 98: // b
      if (cursor.take(" bets ")) return withAmount(cursor, seat, "bet");
      return cursor.take(" brings in ") || cursor.take(" bring-in ")
        ? withAmount(cursor, seat, "bring_in")
        : undefined;
    case 99: // c
      if (cursor.take(" checks")) return bare(cursor, seat, "check");
      if (cursor.take(" calls ")) return withAmount(cursor, seat, "call");
      return cursor.take(" collected ") ? collect(cursor, seat) : undefined;
    case 100: // d
      return cursor.take(" discard") ? discard(cursor, seat) : deny(cursor, seat);
    case 102: // f
      return cursor.take(" folds") ? bare(cursor, seat, "fold") : undefined;
    case 112: // p
      return cursor.take(" posts ") ? post(cursor, seat) : undefined;
    case 114: // r
      return cursor.take(" raises ") ? raise(cursor, seat) : undefined;
    case 115: // s
      if (cursor.take(" shows ")) return show(cursor, seat);
      return cursor.take(" stands pat") ? standPat(cursor, seat) : undefined;
    default:
      return undefined;
  }
}

function action(
  seat: number,
  kind: ActionKind,
  amount: number,
  allIn: boolean,
  discarded: number | null = null,
): WrittenAction {
  return { type: "action", seat, kind, amount, allIn, discarded };
}

function bare(cursor: LineCursor, seat: number, kind: ActionKind): WrittenAction | undefined {
  return cursor.ended ? action(seat, kind, 0, false) : undefined;
}

function withAmount(cursor: LineCursor, seat: number, kind: ActionKind): WrittenAction | undefined {
  const amount = cursor.amount();
  if (amount === NONE || cursor.rounded) return undefined;
  const allIn = cursor.take(" and is all-in");
  return cursor.ended ? action(seat, kind, amount, allIn) : undefined;
}

/** `raises X to Y`. `X` is wrong after short all-ins and can be negative; `Y` is what counts. */
function raise(cursor: LineCursor, seat: number): WrittenAction | undefined {
  cursor.take("-");
  if (cursor.amount() === NONE || !cursor.take(" to ")) return undefined;
  return withAmount(cursor, seat, "raise");
}

function post(cursor: LineCursor, seat: number): WrittenAction | undefined {
  if (cursor.take("ante ")) return withAmount(cursor, seat, "ante");
  const small = cursor.take("small blind ");
  if (!small && !cursor.take("big blind ")) return undefined;
  const amount = cursor.amount();
  if (amount === NONE || cursor.rounded) return undefined;
  const late = cursor.take(" out of position");
  const allIn = cursor.take(" and is all-in");
  if (!cursor.ended) return undefined;
  if (late) return action(seat, small ? "late_small_blind" : "late_big_blind", amount, allIn);
  return action(seat, small ? "small_blind" : "big_blind", amount, allIn);
}

/** `denies big blind`, and as it was in 2010: `deny BB 0€`. */
function deny(cursor: LineCursor, seat: number): WrittenAction | undefined {
  if (cursor.take(" denies small blind") || cursor.take(" denies big blind")) {
    return bare(cursor, seat, "deny_blind");
  }
  if (!cursor.take(" deny SB") && !cursor.take(" deny BB")) return undefined;
  if (cursor.take(" ") && cursor.amount() !== 0) return undefined;
  return bare(cursor, seat, "deny_blind");
}

/** ` 2 cards`, after `discard` or `discards`; some say which. */
function discard(cursor: LineCursor, seat: number): WrittenAction | undefined {
  cursor.take("s");
  const count = cursor.take(" ") ? cursor.integer() : NONE;
  if (count === NONE || count > 5 || !cursor.take(" card")) return undefined;
  cursor.take("s");
  if (cursor.take(" ") && cursor.cards() === undefined) return undefined;
  return cursor.ended ? action(seat, "discard", 0, false, count) : undefined;
}

function standPat(cursor: LineCursor, seat: number): WrittenAction | undefined {
  if (cursor.take(" ") && cursor.cards() === undefined) return undefined;
  return bare(cursor, seat, "stand_pat");
}

function show(cursor: LineCursor, seat: number): WrittenShow | undefined {
  const cards = cursor.cards();
  if (cards === undefined) return undefined;
  if (cursor.ended) return { type: "show", seat, cards, half: null, words: null };
  const text = cursor.text.trimEnd();
  if (!cursor.take(" (") || !text.endsWith(")")) return undefined;
  const half = takeHalf(cursor, " : ");
  const words = text.slice(cursor.at, -1);
  return words.length > MAX_WORDS_LENGTH ? undefined : { type: "show", seat, cards, half, words };
}

/** `HI`, `LO` and what follows them. */
export function takeHalf(cursor: LineCursor, after: string): PotHalf {
  if (cursor.take(`HI${after}`)) return "hi";
  return cursor.take(`LO${after}`) ? "lo" : null;
}

/** `0.47€ from pot`, `from main pot`, `from side pot 2`, `from pot (HI)`, `from pot(LO)`. */
function collect(cursor: LineCursor, seat: number): WrittenCollect | undefined {
  const amount = cursor.amount();
  if (amount === NONE || cursor.rounded || !cursor.take(" from ")) return undefined;
  let pot = "pot";
  if (cursor.take("main pot")) {
    pot = "main";
  } else if (cursor.take("side pot ")) {
    const number = cursor.integer();
    if (number === NONE) return undefined;
    pot = `side ${number}`;
  } else if (!cursor.take("pot")) {
    return undefined;
  }
  if (cursor.take("(") || cursor.take(" (")) {
    const half = takeHalf(cursor, ")");
    if (half === null) return undefined;
    pot += half === "hi" ? " hi" : " lo";
  }
  return cursor.ended ? { type: "collect", seat, amount, pot } : undefined;
}
