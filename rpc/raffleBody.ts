/** A raffle and its draw as the wire has them, in answers and in frames. Times are ISO-8601, money in minor units. */
import { Schema } from "effect";
import { BeaconChain, Prize, RaffleStatus } from "./raffle.ts";

export const BeaconChainBody = Schema.Struct({
  scheme: BeaconChain.fields.scheme,
  chain_hash: Schema.String,
  public_key: Schema.String,
  genesis_at: Schema.String,
  period_ms: Schema.Int,
});
export type BeaconChainBody = typeof BeaconChainBody.Type;

export const RaffleBody = Schema.Struct({
  id: Schema.String,
  title: Schema.String,
  description: Schema.String,
  status: RaffleStatus,
  ticket_price: Schema.Int,
  /** The numbers are 0 to one less than this. */
  total_numbers: Schema.Int,
  sold_count: Schema.Int,
  reserved_count: Schema.Int,
  available_count: Schema.Int,
  draw_at: Schema.String,
  prizes: Schema.Array(Prize),
  organiser_id: Schema.NullOr(Schema.String),
  min_sold_percent: Schema.Int,
  fee_per_mille: Schema.Int,
  selection_seconds: Schema.Number,
  checkout_seconds: Schema.Number,
  max_numbers_per_reservation: Schema.Int,
  commitment: Schema.NullOr(Schema.String),
  beacon: Schema.NullOr(BeaconChainBody),
  state_version: Schema.Int,
  created_at: Schema.String,
  published_at: Schema.NullOr(Schema.String),
  closed_at: Schema.NullOr(Schema.String),
  ended_at: Schema.NullOr(Schema.String),
  reason: Schema.NullOr(Schema.String),
});
export type RaffleBody = typeof RaffleBody.Type;

export const NumberStatus = Schema.Literal("available", "reserved", "sold");
export type NumberStatus = typeof NumberStatus.Type;

export const WinnerBody = Schema.Struct({
  /** Its place among the prizes, from 1. */
  prize: Schema.Int,
  prize_name: Schema.String,
  number: Schema.Int,
  reservation_id: Schema.String,
  player_id: Schema.String,
});
export type WinnerBody = typeof WinnerBody.Type;

export const BeaconRoundBody = Schema.Struct({
  round: Schema.Int,
  randomness: Schema.String,
  signature: Schema.String,
});

/** What is not known yet is null. */
export const DrawBody = Schema.Struct({
  raffle_id: Schema.String,
  status: RaffleStatus,
  prizes: Schema.Array(Prize),
  commitment: Schema.NullOr(Schema.String),
  server_seed: Schema.NullOr(Schema.String),
  closed_at: Schema.NullOr(Schema.String),
  ticket_count: Schema.NullOr(Schema.Int),
  tickets_digest: Schema.NullOr(Schema.String),
  beacon: Schema.NullOr(BeaconChainBody),
  awaited_round: Schema.NullOr(Schema.Int),
  round: Schema.NullOr(BeaconRoundBody),
  drawn_at: Schema.NullOr(Schema.String),
  winners: Schema.Array(WinnerBody),
});
export type DrawBody = typeof DrawBody.Type;
