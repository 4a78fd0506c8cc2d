/** What has happened in a lobby. Events are kept for ever: a field may be added as optional, none changed. */
import { Schema } from "effect";
import { BetId, CastId, HoldId, PlayerId, RaceId } from "../../rpc/id.ts";
import { Form, LobbySettings, Market, RunnerNumber } from "../../rpc/lobby.ts";
import { Minor } from "../../rpc/money.ts";
import { POWER_IDS } from "./race/power.ts";

const Millis = Schema.Int;
const FieldRunner = Schema.Struct({ number: RunnerNumber, name: Schema.String, form: Form });
/** Groups of runners' numbers, best first; a dead heat is one group. */
const Order = Schema.Array(Schema.Array(RunnerNumber));

export const LobbyCreated = Schema.TaggedStruct("LobbyCreated", {
  name: Schema.String,
  settings: LobbySettings,
  at: Millis,
});
export const LobbyStopped = Schema.TaggedStruct("LobbyStopped", {});

export const RaceOpened = Schema.TaggedStruct("RaceOpened", {
  raceId: RaceId,
  number: Schema.Int,
  /** Secret until the race is over; `commitment` is its hash, published now. */
  serverSeed: Schema.String,
  commitment: Schema.String,
  field: Schema.Array(FieldRunner),
  at: Millis,
  bettingEndsAt: Millis,
});
export const RunnerScratched = Schema.TaggedStruct("RunnerScratched", { runner: RunnerNumber });
/** `at` is when it was accepted. */
export const Bet = Schema.Struct({
  playerId: PlayerId,
  market: Market,
  selection: Schema.Array(RunnerNumber),
  stakeMinor: Minor,
  at: Millis,
});
export type Bet = typeof Bet.Type;
export const BetAccepted = Schema.TaggedStruct("BetAccepted", { betId: BetId, ...Bet.fields });
export const BetCancelled = Schema.TaggedStruct("BetCancelled", {
  betId: BetId,
  bet: Bet,
  refundMinor: Minor,
  feeMinor: Minor,
  at: Millis,
});
/** A wallet asked about a hold that no bet or cast stands behind: the id is refused from now on. */
export const HoldVoided = Schema.TaggedStruct("HoldVoided", { holdId: HoldId, raceId: RaceId });

export const RaceStarted = Schema.TaggedStruct("RaceStarted", {
  at: Millis,
  endsAt: Millis,
  maxTicks: Schema.Int,
  betsDigest: Schema.String,
  finalSeed: Schema.String,
});
export const PowerCast = Schema.TaggedStruct("PowerCast", {
  castId: CastId,
  playerId: PlayerId,
  power: Schema.Literal(...POWER_IDS),
  target: RunnerNumber,
  costMinor: Minor,
  /** The tick at which it was cast; it takes effect after the power's telegraph. */
  tick: Schema.Int,
  at: Millis,
  /** When the race is over now. */
  endsAt: Millis,
});

export const BetResult = Schema.Struct({
  betId: BetId,
  outcome: Schema.Literal("won", "lost", "refunded"),
  payoutMinor: Minor,
});
export const PoolResult = Schema.Struct({
  market: Market,
  refundReason: Schema.NullOr(Schema.Literal("no_winning_ticket", "too_few_starters")),
  /** Return for 100 staked, by winning selection. */
  dividends: Schema.Array(Schema.Struct({ selection: Schema.String, per100Minor: Minor })),
  stakesMinor: Minor,
  payoutsMinor: Minor,
  refundsMinor: Minor,
  takeoutMinor: Minor,
  breakageMinor: Minor,
});
/** The race is over. All that is owed stands here; paying it is a process. */
export const RaceFinished = Schema.TaggedStruct("RaceFinished", {
  at: Millis,
  order: Order,
  finishTick: Schema.Int,
  photoFinish: Schema.Boolean,
  pools: Schema.Array(PoolResult),
  results: Schema.Array(BetResult),
});
export const DebtsPaid = Schema.TaggedStruct("DebtsPaid", { holdIds: Schema.Array(HoldId) });
export const RacePaid = Schema.TaggedStruct("RacePaid", {
  at: Millis,
  resultsEndAt: Schema.NullOr(Millis),
});

export const LobbyEvent = Schema.Union(
  LobbyCreated,
  LobbyStopped,
  RaceOpened,
  RunnerScratched,
  BetAccepted,
  BetCancelled,
  HoldVoided,
  RaceStarted,
  PowerCast,
  RaceFinished,
  DebtsPaid,
  RacePaid,
);
export type LobbyEvent = typeof LobbyEvent.Type;
