/** History by runner and by race. Rates are shares (0 to 1); returns are for a unit staked. */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { Unavailable } from "../failure.ts";
import { IdText } from "../id.ts";
import { Form, RunnerNumber } from "../lobby.ts";
import { problem } from "./problem.ts";
import { OrderBody } from "./race.ts";
import { PageLimit } from "./request.ts";

export class RunnerNotFound extends Schema.TaggedError<RunnerNotFound>()(
  "RunnerNotFound",
  { name: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "No runner of this name has started yet.";
  }
}

export const RunnerTotalsBody = Schema.Struct({
  name: Schema.String,
  starts: Schema.Int,
  wins: Schema.Int,
  win_rate: Schema.Number,
  /** First or second. */
  place_rate: Schema.Number,
  average_odds: Schema.Number,
  /** What a unit on it in every race would have returned at the final odds. */
  return_per_unit: Schema.Number,
});
export type RunnerTotalsBody = typeof RunnerTotalsBody.Type;

export const RunnersBody = Schema.Struct({ runners: Schema.Array(RunnerTotalsBody) });
export type RunnersBody = typeof RunnersBody.Type;

/** One race of a runner. */
export const RunnerStartBody = Schema.Struct({
  race_id: Schema.String,
  lobby_id: Schema.String,
  /** When the race was over. */
  at: Schema.String,
  number: RunnerNumber,
  /** From 1; who shares a place has the same. */
  place: Schema.Int,
  won: Schema.Boolean,
  /** Final win odds, `"3.20"`; null when there were none. */
  odds: Schema.NullOr(Schema.String),
  /** From the start to the line, to the tick; null for who was not home when time was up, and of races before it was kept. */
  finish_ms: Schema.NullOr(Schema.Int),
  /** As it was in this race; null when the race's data do not tell. */
  form: Schema.NullOr(Form),
});
export type RunnerStartBody = typeof RunnerStartBody.Type;

/** Starts newest first. `next_before` asks for the page after this one; null on the last. */
export const RunnerHistoryBody = Schema.Struct({
  totals: RunnerTotalsBody,
  starts: Schema.Array(RunnerStartBody),
  next_before: Schema.NullOr(Schema.String),
});
export type RunnerHistoryBody = typeof RunnerHistoryBody.Type;

/** A settled race. */
export const RaceRowBody = Schema.Struct({
  race_id: Schema.String,
  lobby_id: Schema.String,
  opened_at: Schema.String,
  settled_at: Schema.String,
  order: OrderBody,
  /** By name; those of a dead heat joined by `&`. */
  winner: Schema.String,
  /** Not counting cancelled ones. Money in minor units. */
  bets: Schema.Int,
  staked: Schema.Int,
  paid: Schema.Int,
});
export type RaceRowBody = typeof RaceRowBody.Type;

/** Newest first. `next_before` asks for the page after this one; null on the last. */
export const RacesBody = Schema.Struct({
  races: Schema.Array(RaceRowBody),
  next_before: Schema.NullOr(Schema.String),
});
export type RacesBody = typeof RacesBody.Type;

/** Where a page ended: opaque, as `next_before` gave it. */
const Before = Schema.optional(Schema.String.pipe(Schema.maxLength(160)));

const RunnerPath = Schema.Struct({
  name: Schema.String.pipe(Schema.minLength(1), Schema.maxLength(80)),
});

export class AnalyticsApi extends HttpApiGroup.make("analytics")
  .add(
    HttpApiEndpoint.get("runners", "/analytics/runners")
      .addSuccess(RunnersBody)
      .addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.get("runner", "/analytics/runners/:name")
      .setPath(RunnerPath)
      .setUrlParams(Schema.Struct({ before: Before, limit: PageLimit(50) }))
      .addSuccess(RunnerHistoryBody)
      .addError(problem(RunnerNotFound))
      .addError(problem(Unavailable))
      .annotate(OpenApi.Description, "A runner's totals and its starts, newest first."),
  )
  .add(
    HttpApiEndpoint.get("races", "/analytics/races")
      .setUrlParams(
        Schema.Struct({
          before: Before,
          limit: PageLimit(50),
          lobby_id: Schema.optional(IdText),
        }),
      )
      .addSuccess(RacesBody)
      .addError(problem(Unavailable))
      .annotate(OpenApi.Description, "Settled races, newest first, of all lobbies or of one."),
  ) {}
