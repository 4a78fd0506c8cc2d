/** Recorded hands and their import. Amounts in the minor unit of the hand's currency (`rpc/hand.ts`). */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { Card } from "../cards.ts";
import { Unavailable } from "../failure.ts";
import {
  ActionKind,
  HandCurrency,
  HandFormat,
  HandGame,
  HandSite,
  Position,
  StreetName,
} from "../hand.ts";
import { HandSummaryBody } from "../handBody.ts";
import { Day } from "../handStats.ts";
import { problem } from "./problem.ts";
import { BeforeNumber, PageLimit } from "./request.ts";

export const HandsBody = Schema.Struct({
  hands: Schema.Array(HandSummaryBody),
  /** All that there are, or all of the player a moment ago, where nothing else is asked for; else null: nobody counts them. */
  total: Schema.NullOr(Schema.Int),
  /**
   * Asks for what is older, whatever has come since; null at the end. So many hands are looked through for an answer and no
   * more: where few fit, a page has fewer than `limit`, or none, and the next goes on from there.
   */
  next_before: Schema.NullOr(Schema.String),
});
export type HandsBody = typeof HandsBody.Type;

export const HandBody = Schema.Struct({
  ...HandSummaryBody.fields,
  site: Schema.String,
  blinds: Schema.Struct({ ante: Schema.Int, small_blind: Schema.Int, big_blind: Schema.Int }),
  fast_fold: Schema.NullOr(Schema.Struct({ brand: Schema.String, pool: Schema.String })),
  tournament: Schema.NullOr(
    Schema.Struct({
      id: Schema.NullOr(Schema.String),
      name: Schema.String,
      /** Cents. */
      buy_in: Schema.Struct({
        prize: Schema.Int,
        bounty: Schema.Int,
        fee: Schema.Int,
        ticket: Schema.Boolean,
      }),
      level: Schema.NullOr(Schema.Int),
    }),
  ),
  max_seats: Schema.Int,
  button: Schema.NullOr(Schema.Int),
  house_money: Schema.Int,
  seats: Schema.Array(
    Schema.Struct({
      seat: Schema.Int,
      player: Schema.String,
      stack: Schema.Int,
      bounty: Schema.NullOr(Schema.Int),
      position: Schema.NullOr(Position),
      /** Shown, or the hero's; empty when nobody knows. */
      cards: Schema.Array(Card),
      /** Null: sat out. */
      net: Schema.NullOr(Schema.Int),
    }),
  ),
  streets: Schema.Array(
    Schema.Struct({
      name: StreetName,
      cards: Schema.Array(Card),
      dealt: Schema.Array(Schema.Struct({ player: Schema.String, cards: Schema.Array(Card) })),
      actions: Schema.Array(
        Schema.Struct({
          player: Schema.String,
          action: ActionKind,
          amount: Schema.Int,
          to: Schema.NullOr(Schema.Int),
          all_in: Schema.Boolean,
          discarded: Schema.NullOr(Schema.Int),
        }),
      ),
      /** In the middle when the street is over. */
      pot: Schema.Int,
    }),
  ),
  showdown: Schema.Array(
    Schema.Struct({
      player: Schema.String,
      cards: Schema.Array(Card),
      high: Schema.NullOr(Schema.String),
      low: Schema.NullOr(Schema.String),
    }),
  ),
  collected: Schema.Array(
    Schema.Struct({ player: Schema.String, amount: Schema.Int, pot: Schema.String }),
  ),
  results: Schema.Array(
    Schema.Struct({
      player: Schema.String,
      put: Schema.Int,
      won: Schema.Int,
      net: Schema.Int,
    }),
  ),
});
export type HandBody = typeof HandBody.Type;

/** `line` counts from 1 in what was sent. */
export const RefusedHandBody = Schema.Struct({
  line: Schema.Int,
  hand_id: Schema.NullOr(Schema.String),
  reason: Schema.String,
});

export const ImportedBody = Schema.Struct({
  imported: Schema.Int,
  /** Known already: each hand counts once. */
  duplicates: Schema.Int,
  /** Tournament summaries that were stored. */
  summaries: Schema.Int,
  /** The first of those that could not be read. */
  failed: Schema.Array(RefusedHandBody),
  failed_count: Schema.Int,
});
export type ImportedBody = typeof ImportedBody.Type;

/** What has been played: what a list may be asked for. */
export const HandKindsBody = Schema.Struct({
  kinds: Schema.Array(
    Schema.Struct({
      game: HandGame,
      format: HandFormat,
      currency: HandCurrency,
      stake: Schema.String,
    }),
  ),
  /** False: there are more than these, the first by name. */
  complete: Schema.Boolean,
});
export type HandKindsBody = typeof HandKindsBody.Type;

export class HandNotFound extends Schema.TaggedError<HandNotFound>()(
  "HandNotFound",
  { handId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no such hand.";
  }
}

/** Players of several sites have this name: the question has to say which, as `site`. */
export class PlayerAmbiguous extends Schema.TaggedError<PlayerAmbiguous>()(
  "PlayerAmbiguous",
  { player: Schema.String, sites: Schema.Array(HandSite) },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `Players of ${this.sites.join(" and ")} have this name. Say which is meant: site=${this.sites[0]}`;
  }
}

/** Names are as the site writes them. */
export const PlayerName = Schema.String.pipe(Schema.minLength(1), Schema.maxLength(80));
const MAX_OFFSET = 10_000;
/** As long as stakes are written, and longer. */
const MAX_STAKE_LENGTH = 40;

/** `0.02/0.05` */
export const Stake = Schema.String.pipe(Schema.maxLength(MAX_STAKE_LENGTH));

/** Players dealt in. */
export const DealtIn = Schema.NumberFromString.pipe(Schema.int(), Schema.between(2, 10));

/** A day that there is: `2025-02-30` is none. */
export const CalendarDay = Day.pipe(
  Schema.filter((day) => {
    const time = Date.parse(`${day}T00:00:00Z`);
    return (
      (!Number.isNaN(time) && new Date(time).toISOString().startsWith(day)) ||
      "Expected a day of the calendar"
    );
  }),
);

/** An amount in minor units; sums beyond are nobody's. */
const PotFloor = Schema.NumberFromString.pipe(
  Schema.int(),
  Schema.between(0, Number.MAX_SAFE_INTEGER),
);

/** As many as trackers ask for at once. */
const MAX_RECENT_HANDS = 500;

/** What recent hands may be asked for; all of it together, none of it by itself needed. */
const RecentHands = Schema.Struct({
  limit: PageLimit(50, MAX_RECENT_HANDS),
  /** For a few pages; `before` goes as far as one likes. */
  offset: Schema.optionalWith(
    Schema.NumberFromString.pipe(Schema.int(), Schema.between(0, MAX_OFFSET)),
    { default: () => 0 },
  ),
  before: BeforeNumber,
  /** Hands that this player was in. */
  player: Schema.optional(PlayerName),
  /** The player's. Needed where players of several sites have the name. */
  site: Schema.optional(HandSite),
  game: Schema.optional(HandGame),
  format: Schema.optional(HandFormat),
  currency: Schema.optional(HandCurrency),
  stake: Schema.optional(Stake),
  players: Schema.optional(DealtIn),
  /** Days on which they were played, UTC, both included. */
  from: Schema.optional(CalendarDay),
  to: Schema.optional(CalendarDay),
  /** In the minor unit of the hand's own currency, as `total_pot` is. */
  min_pot: Schema.optional(PotFloor),
  /** These three of the player, or without one of the hero; a hand that nobody saw down to its end had no showdown. */
  position: Schema.optional(Position),
  result: Schema.optional(Schema.Literal("won", "lost")),
  showdown: Schema.optional(Schema.Literal("yes", "no")),
}).pipe(
  Schema.filter(({ from, player, site, to }) => {
    if (site !== undefined && player === undefined)
      return { path: ["site"], message: "is a player's: name the player too" };
    if (from !== undefined && to !== undefined && from > to)
      return { path: ["to"], message: "is before from" };
    return undefined;
  }),
);

export class HandApi extends HttpApiGroup.make("hands")
  .add(
    HttpApiEndpoint.get("recent", "/api/v1/hands/recent")
      .setUrlParams(RecentHands)
      .addSuccess(HandsBody)
      .addError(problem(PlayerAmbiguous))
      .addError(problem(Unavailable))
      .annotate(
        OpenApi.Description,
        "The newest hands first, in the order in which they came: all, or those that fit everything that is asked for. `position` and `result` are the player's, or without one the hero's; `showdown` is whether the player was in it, or without one whether there was one. A page may have fewer hands than `limit` and still not be the last: `next_before` says so.",
      ),
  )
  .add(
    HttpApiEndpoint.get("kinds", "/api/v1/hands/kinds")
      .addSuccess(HandKindsBody)
      .addError(problem(Unavailable))
      .annotate(OpenApi.Description, "The games, formats and stakes of which there are hands."),
  )
  .add(
    HttpApiEndpoint.get("hand", "/api/v1/hands/:hand_id")
      .setPath(Schema.Struct({ hand_id: Schema.String.pipe(Schema.maxLength(128)) }))
      .addSuccess(HandBody)
      .addError(problem(HandNotFound))
      .addError(problem(Unavailable)),
  ) {}
