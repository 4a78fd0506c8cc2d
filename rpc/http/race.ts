import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { Unavailable } from "../failure.ts";
import { RunnerBody } from "../frames.ts";
import { RaceId } from "../id.ts";
import { Form, Market, RunnerNumber } from "../lobby.ts";
import { RaceNotFound } from "./failure.ts";
import { problem } from "./problem.ts";

/** Minor units, 0 or more. */
const Amount = Schema.Int.pipe(Schema.between(0, Number.MAX_SAFE_INTEGER));
/** Numbers of all starters, best first; a dead heat is one group. */
export const OrderBody = Schema.Array(Schema.Array(RunnerNumber));

export const RaceStatus = Schema.Literal("betting", "racing", "settling", "settled");
export type RaceStatus = typeof RaceStatus.Type;

/** How one market's pool was divided: `stakes = payouts + refunds + takeout + breakage`. */
export const PoolBody = Schema.Struct({
  market: Market,
  stakes: Amount,
  payouts: Amount,
  refunds: Amount,
  takeout: Amount,
  breakage: Amount,
  /** Why all stakes went back; null when they did not. */
  refund_reason: Schema.NullOr(Schema.Literal("no_winning_ticket", "too_few_starters")),
  /** Return for 100 staked, by winning selection. */
  dividends: Schema.Record({ key: Schema.String, value: Amount }),
});
export type PoolBody = typeof PoolBody.Type;

export const RaceBody = Schema.Struct({
  race_id: Schema.String,
  lobby_id: Schema.String,
  status: RaceStatus,
  opened_at: Schema.String,
  started_at: Schema.NullOr(Schema.String),
  commitment: Schema.String,
  runners: Schema.Array(RunnerBody),
  /** Money in each market's pool; a market without bets is left out. */
  pools: Schema.Record({ key: Schema.String, value: Amount }),
  /** These four once the race is over. */
  order: Schema.optional(OrderBody),
  photo_finish: Schema.optional(Schema.Boolean),
  payouts: Schema.optional(Schema.Array(PoolBody)),
  server_seed: Schema.optional(Schema.String),
  /** Once all is paid. */
  settled_at: Schema.optional(Schema.String),
});
export type RaceBody = typeof RaceBody.Type;

/** All that the race was made from, and what everyone saw of it. */
export const ReplayBody = Schema.Struct({
  race_id: Schema.String,
  /** The final seed. */
  seed: Schema.String,
  ticks_per_second: Schema.Int,
  max_ticks: Schema.Int,
  track_mm: Schema.Int,
  runners: Schema.Array(RunnerBody),
  powers: Schema.Array(
    Schema.Struct({
      cast_id: Schema.String,
      player_id: Schema.String,
      power: Schema.String,
      target: RunnerNumber,
      cost: Amount,
      /** When it was cast, when it took effect, and for how many ticks. */
      cast_tick: Schema.Int,
      tick: Schema.Int,
      duration_ticks: Schema.Int,
    }),
  ),
  order: OrderBody,
  /** In the order of `runners`; null for who did not start or was not home when time was up. */
  finish_ticks: Schema.Array(Schema.NullOr(Schema.Int)),
  photo_finish: Schema.Boolean,
  /** Millimetres run, tick by tick, in the order of `runners`. */
  frames: Schema.Array(Schema.Array(Schema.Int)),
});
export type ReplayBody = typeof ReplayBody.Type;

/** What anyone needs to recompute the race: `docs/verify-race.ts` does. */
export const VerifyBody = Schema.Struct({
  race_id: Schema.String,
  commitment: Schema.String,
  server_seed: Schema.String,
  bets_digest: Schema.String,
  final_seed: Schema.String,
  field: Schema.Array(Schema.Struct({ number: RunnerNumber, name: Schema.String, form: Form })),
  scratched: Schema.Array(RunnerNumber),
  max_ticks: Schema.Int,
  takeout_per_mille: Schema.Int,
  /** Accepted and not cancelled, in the order of their ids. */
  bets: Schema.Array(
    Schema.Struct({
      bet_id: Schema.String,
      player_id: Schema.String,
      market: Market,
      selection: Schema.Array(RunnerNumber),
      stake: Amount,
    }),
  ),
  /** In the order in which they were accepted; `tick` is when it was cast. */
  powers: Schema.Array(
    Schema.Struct({ power: Schema.String, target: RunnerNumber, tick: Schema.NonNegativeInt }),
  ),
  order: OrderBody,
  payouts: Schema.Array(Schema.Struct({ bet_id: Schema.String, payout: Amount })),
});
export type VerifyBody = typeof VerifyBody.Type;

const RacePath = Schema.Struct({ race_id: RaceId });

export class RaceApi extends HttpApiGroup.make("races")
  .add(
    HttpApiEndpoint.get("get", "/races/:race_id")
      .setPath(RacePath)
      .addSuccess(RaceBody)
      .addError(problem(RaceNotFound))
      .addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.get("replay", "/races/:race_id/replay")
      .setPath(RacePath)
      .addSuccess(ReplayBody)
      .addError(problem(RaceNotFound))
      .addError(problem(Unavailable))
      .annotate(
        OpenApi.Description,
        "Every input of a race that is over, and its frames. Replaying the inputs gives the same result, bit for bit.",
      ),
  )
  .add(
    HttpApiEndpoint.get("verify", "/races/:race_id/verify")
      .setPath(RacePath)
      .addSuccess(VerifyBody)
      .addError(problem(RaceNotFound))
      .addError(problem(Unavailable))
      .annotate(
        OpenApi.Description,
        "What a third party needs to recompute the result of a race that is over.",
      ),
  ) {}
