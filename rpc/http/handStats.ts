/** Statistics of recorded players. Definitions: `docs/poker-statistics.md`. */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { Unavailable } from "../failure.ts";
import { HandCurrency, HandGame, HandSite, Position } from "../hand.ts";
import { Day } from "../handStats.ts";
import { CalendarDay, DealtIn, PlayerAmbiguous, PlayerName, Stake } from "./hand.ts";
import { problem } from "./problem.ts";
import { BeforeMark, BeforeNumber, PageLimit } from "./request.ts";

/** `share = made / opportunities`; null when there was no opportunity. */
export const RateBody = Schema.Struct({
  made: Schema.Int,
  opportunities: Schema.Int,
  share: Schema.NullOr(Schema.Number),
});
export type RateBody = typeof RateBody.Type;

/** Money of one currency: minor units, and big blinds per hundred hands. `ev`: each all-in counted at its equity. */
export const NetBody = Schema.Struct({
  currency: HandCurrency,
  hands: Schema.Int,
  net: Schema.Int,
  ev_net: Schema.Int,
  rake: Schema.Int,
  bb_per_100: Schema.NullOr(Schema.Number),
  ev_bb_per_100: Schema.NullOr(Schema.Number),
});
export type NetBody = typeof NetBody.Type;

const Lines = {
  hands: Schema.Int,
  vpip: RateBody,
  pfr: RateBody,
  three_bet: RateBody,
  four_bet: RateBody,
  fold_to_three_bet: RateBody,
  c_bet: RateBody,
  fold_to_c_bet: RateBody,
  steal: RateBody,
  fold_to_steal: RateBody,
  /** Bets and raises after the flop for each call; null without a call. */
  aggression: Schema.Struct({
    aggressive: Schema.Int,
    passive: Schema.Int,
    factor: Schema.NullOr(Schema.Number),
  }),
  /** Went to showdown, of the flops seen. */
  wtsd: RateBody,
  /** Won money at showdown. */
  won_at_showdown: RateBody,
  net: Schema.Array(NetBody),
};
export const StatLinesBody = Schema.Struct(Lines);
export type StatLinesBody = typeof StatLinesBody.Type;

/** `key`: `BTN`, `holdem`, `EUR 0.02/0.05`, `6`. */
const Part = Schema.Struct({ key: Schema.String, ...Lines });

/** How much is to be made of the numbers: below 50 hands, 300, 2,000, and above. */
export const Confidence = Schema.Literal("none", "low", "fair", "high");

export const PlayerStatsBody = Schema.Struct({
  site: HandSite,
  player: Schema.String,
  ...Lines,
  confidence: Confidence,
  first_at: Schema.NullOr(Schema.String),
  last_at: Schema.NullOr(Schema.String),
  by_position: Schema.Array(Part),
  by_game: Schema.Array(Part),
  by_stakes: Schema.Array(Part),
  by_players: Schema.Array(Part),
  /** Results by day, oldest first. */
  days: Schema.Array(
    Schema.Struct({
      day: Day,
      currency: HandCurrency,
      hands: Schema.Int,
      net: Schema.Int,
      ev_net: Schema.Int,
    }),
  ),
});
export type PlayerStatsBody = typeof PlayerStatsBody.Type;

export const PlayerRowBody = Schema.Struct({
  site: HandSite,
  player: Schema.String,
  hands: Schema.Int,
  last_at: Schema.String,
});
/** `next_before` asks for those with fewer hands, null at the end. Who plays meanwhile may pass from one page to one before. */
export const HandPlayersBody = Schema.Struct({
  players: Schema.Array(PlayerRowBody),
  next_before: Schema.NullOr(Schema.String),
});
export type HandPlayersBody = typeof HandPlayersBody.Type;

/** Hands of a player with less than half an hour between them, in one currency. */
export const SessionBody = Schema.Struct({
  from: Schema.String,
  to: Schema.String,
  currency: HandCurrency,
  minutes: Schema.Int,
  hands: Schema.Int,
  tables: Schema.Int,
  net: Schema.Int,
  ev_net: Schema.Int,
  rake: Schema.Int,
  bb_per_100: Schema.NullOr(Schema.Number),
  vpip: RateBody,
  pfr: RateBody,
  /** The best and the worst hand. */
  best_hand: Schema.Struct({ hand_id: Schema.String, net: Schema.Int }),
  worst_hand: Schema.Struct({ hand_id: Schema.String, net: Schema.Int }),
});
export type SessionBody = typeof SessionBody.Type;
export const SessionsBody = Schema.Struct({
  sessions: Schema.Array(SessionBody),
  next_before: Schema.NullOr(Schema.String),
});
export type SessionsBody = typeof SessionsBody.Type;

/** A tournament as its summary file tells it. Cents. */
export const TournamentBody = Schema.Struct({
  tournament_id: Schema.String,
  name: Schema.String,
  player: Schema.String,
  started_at: Schema.NullOr(Schema.String),
  buy_in: Schema.Int,
  place: Schema.NullOr(Schema.Int),
  registered: Schema.NullOr(Schema.Int),
  won: Schema.Int,
  /** Of an Expresso: prize pool by three buy-ins. */
  multiplier: Schema.NullOr(Schema.Number),
});
/** The newest first, those of unknown date last. `next_before` asks for the page after this one; null on the last. */
export const TournamentsBody = Schema.Struct({
  tournaments: Schema.Array(TournamentBody),
  next_before: Schema.NullOr(Schema.String),
});
export type TournamentsBody = typeof TournamentsBody.Type;

export class RecordedPlayerNotFound extends Schema.TaggedError<RecordedPlayerNotFound>()(
  "RecordedPlayerNotFound",
  { player: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "No recorded hand has a player of this name. Names are as the site writes them.";
  }
}

const PlayerPath = Schema.Struct({ name: PlayerName });
/** Needed where players of several sites have the name. */
const Site = Schema.optional(HandSite);

export class HandStatsApi extends HttpApiGroup.make("handStats")
  .add(
    HttpApiEndpoint.get("player", "/api/v1/stats/player/:name")
      .setPath(PlayerPath)
      .setUrlParams(
        Schema.Struct({
          site: Site,
          game: Schema.optional(HandGame),
          currency: Schema.optional(HandCurrency),
          stake: Schema.optional(Stake),
          position: Schema.optional(Position),
          players: Schema.optional(DealtIn),
          /** Days, UTC, both included. */
          from: Schema.optional(CalendarDay),
          to: Schema.optional(CalendarDay),
        }),
      )
      .addSuccess(PlayerStatsBody)
      .addError(problem(RecordedPlayerNotFound))
      .addError(problem(PlayerAmbiguous))
      .addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.get("players", "/api/v1/stats/players")
      .setUrlParams(
        Schema.Struct({
          /** What the name contains, in either case. */
          search: Schema.optional(Schema.String.pipe(Schema.maxLength(80))),
          before: BeforeMark,
          limit: PageLimit(50),
        }),
      )
      .addSuccess(HandPlayersBody)
      .addError(problem(Unavailable))
      .annotate(OpenApi.Description, "Players with recorded hands, those with the most first."),
  )
  .add(
    HttpApiEndpoint.get("sessions", "/api/v1/stats/player/:name/sessions")
      .setPath(PlayerPath)
      .setUrlParams(Schema.Struct({ site: Site, limit: PageLimit(20), before: BeforeNumber }))
      .addSuccess(SessionsBody)
      .addError(problem(PlayerAmbiguous))
      .addError(problem(Unavailable))
      .annotate(OpenApi.Description, "The newest first."),
  )
  .add(
    HttpApiEndpoint.get("tournaments", "/api/v1/stats/player/:name/tournaments")
      .setPath(PlayerPath)
      .setUrlParams(Schema.Struct({ site: Site, limit: PageLimit(50), before: BeforeMark }))
      .addSuccess(TournamentsBody)
      .addError(problem(PlayerAmbiguous))
      .addError(problem(Unavailable)),
  ) {}
