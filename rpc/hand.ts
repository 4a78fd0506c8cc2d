/**
 * One hand of poker as it was played, whatever site wrote it down. Amounts are integers in the minor unit of the hand's
 * currency: hundredths for `EUR` and `play`, whole chips for `chips` (tournaments). Names are as the site writes them,
 * blanks included. Times are epoch milliseconds.
 */
import { Schema } from "effect";
import { Card } from "./cards.ts";

/** Where hands are played. A name is one site's alone: a player is a site and a name. */
export const HandSite = Schema.String.pipe(Schema.pattern(/^[a-z0-9_]{1,32}$/));
export type HandSite = typeof HandSite.Type;

export const HandGame = Schema.Literal(
  "holdem",
  "omaha",
  "omaha_hilo",
  "omaha5",
  "omaha5_hilo",
  "stud",
  "stud_hilo",
  "razz",
  "draw_27_triple",
);
export type HandGame = typeof HandGame.Type;

export const HandLimit = Schema.Literal("no_limit", "pot_limit", "fixed_limit");
export type HandLimit = typeof HandLimit.Type;

export const HandFormat = Schema.Literal("cash", "fast_fold", "tournament");
export type HandFormat = typeof HandFormat.Type;

export const HandCurrency = Schema.Literal("EUR", "play", "chips");
export type HandCurrency = typeof HandCurrency.Type;

const Amount = Schema.Int;

export const ActionKind = Schema.Literal(
  "ante",
  "small_blind",
  "big_blind",
  /** Out of position: counts toward the bet on the street as a blind does. */
  "late_small_blind",
  "late_big_blind",
  "deny_blind",
  "bring_in",
  "fold",
  "check",
  "call",
  "bet",
  "raise",
  /** Draw games: how many were exchanged is `discarded`. */
  "discard",
  "stand_pat",
);
export type ActionKind = typeof ActionKind.Type;

export const HandAction = Schema.Struct({
  player: Schema.String,
  kind: ActionKind,
  /** What this action put into the pot; 0 for those that put in nothing. */
  put: Amount,
  /** Of a raise: the player's total on the street after it. */
  to: Schema.optional(Amount),
  allIn: Schema.optional(Schema.Literal(true)),
  discarded: Schema.optional(Schema.Int),
});
export type HandAction = typeof HandAction.Type;

export const StreetName = Schema.Literal(
  "blinds",
  "preflop",
  "flop",
  "turn",
  "river",
  "third",
  "fourth",
  "fifth",
  "sixth",
  "seventh",
  "first_bet",
  "first_draw",
  "second_bet",
  "second_draw",
  "third_bet",
  "third_draw",
  "fourth_bet",
);
export type StreetName = typeof StreetName.Type;

export const HandStreet = Schema.Struct({
  name: StreetName,
  /** Community cards that this street adds. */
  cards: Schema.Array(Card),
  /** Cards that it deals to players, as far as they are known: stud and draw. */
  dealt: Schema.Array(Schema.Struct({ player: Schema.String, cards: Schema.Array(Card) })),
  actions: Schema.Array(HandAction),
});
export type HandStreet = typeof HandStreet.Type;

export const HandSeat = Schema.Struct({
  seat: Schema.Int,
  player: Schema.String,
  stack: Amount,
  /** Cents: the price on this player's head in a knock-out tournament. */
  bounty: Schema.NullOr(Schema.Int),
});
export type HandSeat = typeof HandSeat.Type;

export const Shown = Schema.Struct({
  player: Schema.String,
  cards: Schema.Array(Card),
  /** The site's words for the hand: `Two pairs : Aces and 7`; null where it gives none. `low` is of hi/lo games. */
  high: Schema.NullOr(Schema.String),
  low: Schema.NullOr(Schema.String),
});
export type Shown = typeof Shown.Type;

export const Collected = Schema.Struct({
  player: Schema.String,
  amount: Amount,
  /** `pot`, `main`, `side 1`, …; in hi/lo games followed by ` hi` or ` lo`. */
  pot: Schema.String,
});
export type Collected = typeof Collected.Type;

/** What a player put in and got back; `net = won - put`. An uncalled bet is in both. */
export const HandResult = Schema.Struct({
  player: Schema.String,
  put: Amount,
  won: Amount,
  net: Amount,
});
export type HandResult = typeof HandResult.Type;

export const HandTournament = Schema.Struct({
  /** The site's number; null where the hand does not give it. */
  id: Schema.NullOr(Schema.String),
  name: Schema.String,
  /** Cents. `ticket`: paid with one, or free. */
  buyIn: Schema.Struct({
    prize: Schema.Int,
    bounty: Schema.Int,
    fee: Schema.Int,
    ticket: Schema.Boolean,
  }),
  level: Schema.NullOr(Schema.Int),
});

export const Hand = Schema.Struct({
  /** The site's id with the site before it: `winamax:7274811-122-1425929414`. */
  handId: Schema.String,
  site: HandSite,
  playedAt: Schema.Int,
  format: HandFormat,
  game: HandGame,
  limit: HandLimit,
  currency: HandCurrency,
  stakes: Schema.Struct({ ante: Amount, smallBlind: Amount, bigBlind: Amount }),
  /** Of fast-fold games: `Go Fast`, `HOLD-UP`, `ESCAPE`, and the pool's name. */
  fastFold: Schema.NullOr(Schema.Struct({ brand: Schema.String, pool: Schema.String })),
  tournament: Schema.NullOr(HandTournament),
  table: Schema.Struct({ name: Schema.String, maxSeats: Schema.Int }),
  button: Schema.NullOr(Schema.Int),
  seats: Schema.Array(HandSeat),
  /** Whose file it is, with the cards dealt first; null for an observer's. */
  hero: Schema.NullOr(Schema.String),
  heroCards: Schema.Array(Card),
  streets: Schema.Array(HandStreet),
  shown: Schema.Array(Shown),
  collected: Schema.Array(Collected),
  board: Schema.Array(Card),
  totalPot: Amount,
  /** What the house put in: a splashed pot. */
  houseMoney: Amount,
  rake: Amount,
  /** One for each who took part, in the order of the seats. */
  results: Schema.Array(HandResult),
});
export type Hand = typeof Hand.Type;

export const Position = Schema.Literal("BTN", "SB", "BB", "UTG", "MP", "CO");
export type Position = typeof Position.Type;

/** A hand in a list. */
export const HandSummary = Schema.Struct({
  /** Counts the hands in the order in which they were stored. */
  seq: Schema.Int,
  handId: Schema.String,
  playedAt: Schema.Int,
  format: HandFormat,
  game: HandGame,
  limit: HandLimit,
  currency: HandCurrency,
  /** As the site writes it: `0.02/0.05`, `200/400`. */
  stakes: Schema.String,
  table: Schema.String,
  players: Schema.Int,
  totalPot: Amount,
  rake: Amount,
  board: Schema.Array(Card),
  /** Null for an observer's hand. */
  hero: Schema.NullOr(
    Schema.Struct({
      player: Schema.String,
      cards: Schema.Array(Card),
      position: Schema.NullOr(Position),
      net: Amount,
    }),
  ),
});
export type HandSummary = typeof HandSummary.Type;
