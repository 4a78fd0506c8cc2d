/**
 * What goes over `/ws`, as JSON text frames. Times are ISO-8601, money integer minor units, odds decimal strings.
 *
 * Frames of a lobby that report a state change bear a `state_version` one higher than the last; `STATE_SYNC` and
 * `HEARTBEAT` bear the current one. A client that sees a gap sends `RESUME` with the last version it has.
 */
import { Schema } from "effect";
import { BoardText, DeadText } from "./cards.ts";
import { EquityGame, EquityMode, EquityQuestion } from "./equity.ts";
import { HandSummaryBody } from "./handBody.ts";
import { IdText } from "./id.ts";
import { Form, Market, Phase } from "./lobby.ts";
import { DrawBody, NumberStatus, RaffleBody } from "./raffleBody.ts";
import { NumberId, ReservationBody } from "./reservationBody.ts";

const Stake = Schema.Int.pipe(Schema.positive());
const Selection = Schema.Array(Schema.Int).pipe(Schema.minItems(1), Schema.maxItems(3));
/** 1 to 128 visible ASCII characters, made by the client. */
export const IdempotencyKey = Schema.String.pipe(Schema.pattern(/^[!-~]{1,128}$/));

/** Body of `POST /bets` for a race; `lobby_id` defaults to the token's, `race_id` to the race in progress. */
export const PlaceBetBody = Schema.Struct({
  lobby_id: Schema.optional(IdText),
  race_id: Schema.optional(IdText),
  market: Market,
  selection: Selection,
  stake: Stake,
});
export type PlaceBetBody = typeof PlaceBetBody.Type;

/** Body of `POST /powers/cast`; `target` is a runner's number. With `race_id` it is cast in that race or not at all. */
export const CastPowerBody = Schema.Struct({
  lobby_id: Schema.optional(IdText),
  race_id: Schema.optional(IdText),
  power: Schema.String,
  target: Schema.Int,
});
export type CastPowerBody = typeof CastPowerBody.Type;

/** `id` is the client's own, repeated in the answer so that it can be matched. */
const Request = { id: Schema.optional(Schema.String) };
const MoneyRequest = { ...Request, idempotency_key: IdempotencyKey };

export const ClientFrame = Schema.Union(
  Schema.Struct({ type: Schema.Literal("GET_STATE_SNAPSHOT"), ...Request }),
  Schema.Struct({ type: Schema.Literal("SUBSCRIBE"), topic: Schema.String, ...Request }),
  Schema.Struct({ type: Schema.Literal("UNSUBSCRIBE"), topic: Schema.String, ...Request }),
  Schema.Struct({
    type: Schema.Literal("RESUME"),
    topic: Schema.String,
    after_version: Schema.Int,
    ...Request,
  }),
  Schema.Struct({ type: Schema.Literal("PLACE_BET"), ...MoneyRequest, ...PlaceBetBody.fields }),
  Schema.Struct({ type: Schema.Literal("CANCEL_BET"), ...MoneyRequest, bet_id: Schema.String }),
  Schema.Struct({ type: Schema.Literal("CAST_POWER"), ...MoneyRequest, ...CastPowerBody.fields }),
  /** The answer is `NUMBERS_RESERVED`. */
  Schema.Struct({
    type: Schema.Literal("RESERVE_NUMBERS"),
    ...MoneyRequest,
    raffle_id: IdText,
    number_ids: Schema.Array(NumberId).pipe(Schema.minItems(1), Schema.maxItems(10)),
  }),
  /** Progress and the answer come as `EQUITY_PROGRESS` and `EQUITY_RESULT` with this `id`; a new one ends nobody else's. */
  Schema.Struct({
    type: Schema.Literal("CALCULATE_EQUITY"),
    id: Schema.String,
    game: Schema.optional(EquityGame),
    players: EquityQuestion.fields.players,
    board: Schema.optional(BoardText),
    dead: Schema.optional(DeadText),
    mode: Schema.optional(EquityMode),
    target_std_error: Schema.optional(EquityQuestion.fields.targetStdError),
    max_samples: Schema.optional(EquityQuestion.fields.maxSamples),
    seed: Schema.optional(EquityQuestion.fields.seed),
  }),
  /** The calculation with this `id` is answered `ERROR` with the code `cancelled`. */
  Schema.Struct({ type: Schema.Literal("CANCEL_EQUITY"), id: Schema.String }),
  Schema.Struct({ type: Schema.Literal("PING"), ...Request }),
);
export type ClientFrame = typeof ClientFrame.Type;

/** A wallet's money: `balance_available = balance_total - balance_locked`. */
export const WalletBalances = Schema.Struct({
  balance_total: Schema.Int,
  balance_locked: Schema.Int,
  balance_available: Schema.Int,
});
export type WalletBalances = typeof WalletBalances.Type;

export const BetPlacedBody = Schema.Struct({
  bet_id: Schema.String,
  status: Schema.Literal("accepted"),
  race_id: Schema.String,
  market: Market,
  selection: Schema.Array(Schema.Int),
  stake: Schema.Int,
  wallet: WalletBalances,
});
export type BetPlacedBody = typeof BetPlacedBody.Type;

export const BetCancelledBody = Schema.Struct({
  bet_id: Schema.String,
  status: Schema.Literal("cancelled"),
  refund: Schema.Int,
  fee: Schema.Int,
  wallet: WalletBalances,
});
export type BetCancelledBody = typeof BetCancelledBody.Type;

export const PowerCastBody = Schema.Struct({
  cast_id: Schema.String,
  race_id: Schema.String,
  power: Schema.String,
  target: Schema.Int,
  cost: Schema.Int,
  /** Tick (20 a second) at which it takes effect, and for how many. */
  tick: Schema.Int,
  duration_ticks: Schema.Int,
  wallet: WalletBalances,
});
export type PowerCastBody = typeof PowerCastBody.Type;

export const RunnerBody = Schema.Struct({
  number: Schema.Int,
  name: Schema.String,
  form: Form,
  scratched: Schema.Boolean,
});
export type RunnerBody = typeof RunnerBody.Type;

/** How a lobby is set up, for as long as it exists: milliseconds, minor units, thousandths. */
export const LobbySettingsBody = Schema.Struct({
  betting_ms: Schema.Int,
  racing_ms: Schema.Int,
  results_ms: Schema.Int,
  min_bet: Schema.Int,
  max_bet: Schema.Int,
  takeout_per_mille: Schema.Int,
  cancel_fee_per_mille: Schema.Int,
  max_power_spend: Schema.Int,
  /** Frames a second while racing. */
  sync_hz: Schema.Int,
});
export type LobbySettingsBody = typeof LobbySettingsBody.Type;

export const LobbyBody = Schema.Struct({
  lobby_id: Schema.String,
  name: Schema.String,
  phase: Phase,
  phase_ends_at: Schema.NullOr(Schema.String),
  state_version: Schema.Int,
  race_id: Schema.String,
  commitment: Schema.String,
  runners: Schema.Array(RunnerBody),
  /** Win odds by runner number: `{"1": "3.20", …}`. */
  odds: Schema.Record({ key: Schema.String, value: Schema.String }),
  /** Money in each market's pool. */
  pools: Schema.Record({ key: Schema.String, value: Schema.Int }),
  /** Finish order: groups, since dead heats share a place; null until known. */
  order: Schema.NullOr(Schema.Array(Schema.Array(Schema.Int))),
  settings: Schema.optional(LobbySettingsBody),
});
export type LobbyBody = typeof LobbyBody.Type;

/** Of one player; shares 0 to 1, `low` and `high` the 95 % interval of `equity`. */
export const PlayerEquityBody = Schema.Struct({
  hand: Schema.String,
  equity: Schema.Number,
  win: Schema.Number,
  tie: Schema.Number,
  lose: Schema.Number,
  std_error: Schema.Number,
  low: Schema.Number,
  high: Schema.Number,
});
export type PlayerEquityBody = typeof PlayerEquityBody.Type;

/** How an equity was come by. */
export const Computed = {
  method: Schema.Literal("exact", "monte_carlo"),
  samples: Schema.Number,
  /** Monte Carlo came to the target; always true when exact. */
  converged: Schema.Boolean,
  elapsed_ms: Schema.Number,
};

/** Numbers that are in another state now; `player_id` and `reservation_id` of whom they belong to, or belonged. */
export const NumberChange = Schema.Struct({
  status: NumberStatus,
  numbers: Schema.Array(Schema.Int),
  reservation_id: Schema.String,
  player_id: Schema.String,
  /** Its time was up; with it the reservation is over. */
  expired: Schema.optional(Schema.Literal(true)),
});
export type NumberChange = typeof NumberChange.Type;

const OfRaffle = { raffle_id: Schema.String, state_version: Schema.Int };
const OfLobby = { lobby_id: Schema.String, state_version: Schema.Int };
const frame = <const Type extends string, Fields extends Schema.Struct.Fields>(
  type: Type,
  fields: Fields,
) => Schema.Struct({ type: Schema.Literal(type), ...fields });

export const ServerFrame = Schema.Union(
  frame("CONNECTION_ACK", { client_id: Schema.String, server_time: Schema.String }),
  frame("HEARTBEAT", { server_time: Schema.String }),
  frame("PONG", { ...Request, server_time: Schema.String }),
  /** A refusal bears the fields of its problem (`rpc/http`), such as `available`; these two clients act on. */
  frame("ERROR", {
    ...Request,
    code: Schema.String,
    detail: Schema.String,
    /** Of `number_taken` and `unknown_number`. */
    numbers: Schema.optional(Schema.Array(Schema.Int)),
    /** Of `reservation_exists`: the one there is. */
    reservation_id: Schema.optional(Schema.String),
  }),
  frame("SUBSCRIBED", { ...Request, topic: Schema.String }),
  frame("UNSUBSCRIBED", { ...Request, topic: Schema.String }),
  frame("STATE_SNAPSHOT", { ...Request, ...LobbyBody.fields, server_time: Schema.String }),
  /**
   * Sampled, not a change. While racing: `tick` and how far each runner has come. While betting: odds and pools, when they
   * have changed, and every two seconds though they have not: whoever hears nothing for longer has lost the connection.
   */
  frame("STATE_SYNC", {
    ...OfLobby,
    phase: Phase,
    race_id: Schema.String,
    server_time: Schema.String,
    tick: Schema.optional(Schema.Int),
    /** Millimetres by runner, in the order of `runners`. */
    positions: Schema.optional(Schema.Array(Schema.Int)),
    track_mm: Schema.optional(Schema.Int),
    odds: Schema.optional(Schema.Record({ key: Schema.String, value: Schema.String })),
    pools: Schema.optional(Schema.Record({ key: Schema.String, value: Schema.Int })),
  }),
  frame("RACE_STATE_CHANGED", {
    ...OfLobby,
    phase: Phase,
    race_id: Schema.String,
    phase_ends_at: Schema.NullOr(Schema.String),
    commitment: Schema.optional(Schema.String),
    runners: Schema.optional(LobbyBody.fields.runners),
  }),
  frame("RUNNER_SCRATCHED", { ...OfLobby, race_id: Schema.String, runner: Schema.Int }),
  /** To everyone in the lobby; the caster's own answer is `POWER_CAST` with `id` and `wallet`. */
  frame("POWER_CAST", {
    ...Request,
    lobby_id: Schema.optional(Schema.String),
    state_version: Schema.optional(Schema.Int),
    player_id: Schema.optional(Schema.String),
    cast_id: Schema.String,
    race_id: Schema.String,
    power: Schema.String,
    target: Schema.Int,
    cost: Schema.Int,
    tick: Schema.Int,
    duration_ticks: Schema.Int,
    wallet: Schema.optional(WalletBalances),
  }),
  frame("RACE_SETTLED", {
    ...OfLobby,
    race_id: Schema.String,
    order: Schema.Array(Schema.Array(Schema.Int)),
    /** Dividend in hundredths of the stake by winning selection and market: `{"win": {"3": 420}}`. */
    dividends: Schema.Record({
      key: Schema.String,
      value: Schema.Record({ key: Schema.String, value: Schema.Int }),
    }),
    server_seed: Schema.String,
  }),
  /** A raffle with all of its numbers: bitmaps as in `NumbersBody`. */
  frame("RAFFLE_SNAPSHOT", {
    ...Request,
    ...OfRaffle,
    raffle: RaffleBody,
    reserved: Schema.String,
    sold: Schema.String,
    server_time: Schema.String,
  }),
  /** Some numbers are in another state; one frame for all that changed together. */
  frame("NUMBERS_CHANGED", {
    ...OfRaffle,
    changes: Schema.Array(NumberChange),
    sold_count: Schema.Int,
    reserved_count: Schema.Int,
  }),
  /** Something else about the raffle: published, suspended, edited, closed, cancelled. */
  frame("RAFFLE_CHANGED", { ...OfRaffle, raffle: RaffleBody }),
  frame("RAFFLE_DRAWN", { ...OfRaffle, raffle: RaffleBody, draw: DrawBody }),
  /** The answer to `RESERVE_NUMBERS`. */
  frame("NUMBERS_RESERVED", { ...Request, reservation: ReservationBody }),
  /** Hands that have just been stored: `hands` the newest of them, oldest first, `count` all that came together. */
  frame("HANDS_IMPORTED", {
    state_version: Schema.Int,
    count: Schema.Int,
    hands: Schema.Array(HandSummaryBody),
  }),
  /** The topic's present: the newest hands first. */
  frame("HANDS_SNAPSHOT", {
    ...Request,
    state_version: Schema.Int,
    hands: Schema.Array(HandSummaryBody),
    server_time: Schema.String,
  }),
  /** At most ten a second. `done` of `of` chunks; of Monte Carlo, `of` is a bound. */
  frame("EQUITY_PROGRESS", {
    id: Schema.String,
    players: Schema.Array(PlayerEquityBody),
    ...Computed,
    done: Schema.Int,
    of: Schema.Int,
  }),
  frame("EQUITY_RESULT", {
    id: Schema.String,
    players: Schema.Array(PlayerEquityBody),
    ...Computed,
  }),
  frame("BET_PLACED", { ...Request, ...BetPlacedBody.fields }),
  frame("BET_CANCELLED", { ...Request, ...BetCancelledBody.fields }),
  /** `version` rises with each change of the wallet. */
  frame("WALLET_UPDATED", {
    player_id: Schema.String,
    version: Schema.Int,
    ...WalletBalances.fields,
    /** The player can spend nothing. Left out by servers of releases that froze no wallets. */
    frozen: Schema.optional(Schema.Boolean),
  }),
);
export type ServerFrame = typeof ServerFrame.Type;
