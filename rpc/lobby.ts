/**
 * A lobby runs races, one after another, by the server's clock alone: `lobby → betting → racing → settling → lobby`.
 * It owns the race in progress: its field, pools, bets and powers, and what it still owes to whom.
 */
import { HttpApiSchema } from "@effect/platform";
import { RpcGroup } from "@effect/rpc";
import { Schema } from "effect";
import { command, contract, query } from "./contract.ts";
import { NotYours } from "./failure.ts";
import { ReconcileHold } from "./holdOwner.ts";
import { BetId, CastId, LobbyId, PlayerId, RaceId } from "./id.ts";
import { decimal, Minor, PositiveMinor } from "./money.ts";

export const Phase = Schema.Literal("lobby", "betting", "racing", "settling");
export type Phase = typeof Phase.Type;

export const Market = Schema.Literal("win", "place", "show", "exacta", "quinella", "trifecta");
export type Market = typeof Market.Type;

/** A runner's number on the card, 1 to 8. */
export const RunnerNumber = Schema.Int.pipe(Schema.between(1, 8));

/** Each ability 0 to 1000. */
export const Form = Schema.Struct({
  speed: Schema.Int,
  stamina: Schema.Int,
  start: Schema.Int,
  consistency: Schema.Int,
});

export const RunnerView = Schema.Struct({
  number: RunnerNumber,
  name: Schema.String,
  form: Form,
  scratched: Schema.Boolean,
});
export type RunnerView = typeof RunnerView.Type;

/** Durations in milliseconds, money in minor units, rates in thousandths. Fixed for a lobby when it is created. */
export const LobbySettings = Schema.Struct({
  bettingMs: Schema.Int.pipe(Schema.between(1000, 3_600_000)),
  racingMs: Schema.Int.pipe(Schema.between(2000, 60_000)),
  resultsMs: Schema.Int.pipe(Schema.between(500, 3_600_000)),
  minBetMinor: PositiveMinor,
  maxBetMinor: PositiveMinor,
  takeoutPerMille: Schema.Int.pipe(Schema.between(0, 500)),
  cancelFeePerMille: Schema.Int.pipe(Schema.between(0, 1000)),
  maxPowerSpendMinor: Minor,
  /** Frames a second while racing. */
  syncHz: Schema.Int.pipe(Schema.between(1, 60)),
});
export type LobbySettings = typeof LobbySettings.Type;

/** What a lobby shows of itself. Times are epoch milliseconds; odds are decimal hundredths (250 is 2.50). */
export const LobbyView = Schema.Struct({
  lobbyId: LobbyId,
  name: Schema.String,
  phase: Phase,
  phaseEndsAt: Schema.NullOr(Schema.Int),
  stateVersion: Schema.Int,
  raceId: RaceId,
  commitment: Schema.String,
  runners: Schema.Array(RunnerView),
  /** Win odds by runner number, hundredths. */
  odds: Schema.Record({ key: Schema.String, value: Schema.Int }),
  /** Money in each market's pool, minor units. */
  pools: Schema.Record({ key: Schema.String, value: Minor }),
  /** Finish order so far known: groups, since dead heats share a place. Null until the race is over. */
  order: Schema.NullOr(Schema.Array(Schema.Array(RunnerNumber))),
  running: Schema.Boolean,
  /** None before it is created, and in views that an older release has given. */
  settings: Schema.optional(LobbySettings),
});
export type LobbyView = typeof LobbyView.Type;

export class LobbyNotFound extends Schema.TaggedError<LobbyNotFound>()(
  "LobbyNotFound",
  { lobbyId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no such lobby. GET /lobbies lists them.";
  }
}

export class LobbyExists extends Schema.TaggedError<LobbyExists>()(
  "LobbyExists",
  { lobbyId: Schema.String },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "A lobby with this id exists already.";
  }
}

export class BettingClosed extends Schema.TaggedError<BettingClosed>()(
  "BettingClosed",
  { phase: Phase, raceId: RaceId },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return `Betting on this race is closed (the lobby is in phase ${this.phase}). Bet on the next race.`;
  }
}

export class InvalidSelection extends Schema.TaggedError<InvalidSelection>()(
  "InvalidSelection",
  { reason: Schema.String },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return this.reason;
  }
}

export class StakeBelowMin extends Schema.TaggedError<StakeBelowMin>()(
  "StakeBelowMin",
  { minStakeMinor: Minor },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `The least stake is ${decimal(this.minStakeMinor)}.`;
  }
}

export class StakeAboveMax extends Schema.TaggedError<StakeAboveMax>()(
  "StakeAboveMax",
  { maxStakeMinor: Minor },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `The greatest stake is ${decimal(this.maxStakeMinor)}.`;
  }
}

/** The player's stakes in this market of this race would exceed the limit. */
export class PlayerLimit extends Schema.TaggedError<PlayerLimit>()(
  "PlayerLimit",
  { limitMinor: Minor, stakedMinor: Minor },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `You have staked ${decimal(this.stakedMinor)} of at most ${decimal(this.limitMinor)} in this market of this race.`;
  }
}

export class BetNotFound extends Schema.TaggedError<BetNotFound>()(
  "BetNotFound",
  { betId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no such bet in the race in progress.";
  }
}

export class BetCancelledAlready extends Schema.TaggedError<BetCancelledAlready>()(
  "BetCancelledAlready",
  { betId: BetId },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "This bet has been cancelled before.";
  }
}

export class NotRacing extends Schema.TaggedError<NotRacing>()(
  "NotRacing",
  { phase: Phase },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return `Powers can be cast while the race is on; the lobby is in phase ${this.phase}.`;
  }
}

/** The race that a cast was meant for is over, and another is running. */
export class RaceChanged extends Schema.TaggedError<RaceChanged>()(
  "RaceChanged",
  { raceId: RaceId },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return `Another race (${this.raceId}) is running now. Cast again if you mean that one.`;
  }
}

export class UnknownPower extends Schema.TaggedError<UnknownPower>()(
  "UnknownPower",
  { power: Schema.String },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return "There is no such power.";
  }
}

export class Cooldown extends Schema.TaggedError<Cooldown>()(
  "Cooldown",
  { readyInMs: Schema.Int },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return `This power is ready again in ${this.readyInMs} ms.`;
  }
}

export class PowerCapReached extends Schema.TaggedError<PowerCapReached>()(
  "PowerCapReached",
  { capMinor: Minor, spentMinor: Minor },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `You have spent ${decimal(this.spentMinor)} of at most ${decimal(this.capMinor)} on powers in this race.`;
  }
}

/** Another cast came in between, so this one has another price now. */
export class PowerPriceChanged extends Schema.TaggedError<PowerPriceChanged>()(
  "PowerPriceChanged",
  { costMinor: Minor },
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return `The power costs ${decimal(this.costMinor)} now. Cast again.`;
  }
}

export const BetAccepted = Schema.Struct({
  betId: BetId,
  raceId: RaceId,
  market: Market,
  selection: Schema.Array(RunnerNumber),
  stakeMinor: Minor,
});
export type BetAccepted = typeof BetAccepted.Type;

export const PowerAccepted = Schema.Struct({
  castId: CastId,
  raceId: RaceId,
  power: Schema.String,
  target: RunnerNumber,
  costMinor: Minor,
  /** Tick of the race (20 a second) at which it takes effect, and for how many. */
  tick: Schema.Int,
  durationTicks: Schema.Int,
});
export type PowerAccepted = typeof PowerAccepted.Type;

/** What a bet says. */
const BetTerms = {
  playerId: PlayerId,
  market: Market,
  selection: Schema.Array(RunnerNumber),
  stakeMinor: PositiveMinor,
};

const BetRefusal = Schema.Union(
  LobbyNotFound,
  BettingClosed,
  InvalidSelection,
  StakeBelowMin,
  StakeAboveMax,
  PlayerLimit,
);

export class LobbyRpcs extends RpcGroup.make(
  command("Create", {
    payload: { name: Schema.NonEmptyString.pipe(Schema.maxLength(80)), settings: LobbySettings },
    success: LobbyView,
    error: LobbyExists,
  }),
  /** No further race begins; the one in progress is run and paid. */
  command("Stop", { payload: {}, success: LobbyView, error: LobbyNotFound }),
  /** Takes a runner out before the race. Bets on it are refunded at settlement. */
  command("Scratch", {
    payload: { runner: RunnerNumber },
    success: LobbyView,
    error: Schema.Union(LobbyNotFound, BettingClosed, InvalidSelection),
  }),
  /** Accepts a bet whose stake is held in the player's wallet under the bet's id. */
  command("AcceptBet", {
    payload: { betId: BetId, ...BetTerms, raceId: RaceId },
    success: BetAccepted,
    error: BetRefusal,
  }),
  /** The hold is released, less the fee, by the lobby itself; asking the wallet with `release:<betId>` awaits it. */
  command("CancelBet", {
    payload: { betId: BetId, playerId: PlayerId },
    success: Schema.Struct({
      betId: BetId,
      stakeMinor: Minor,
      refundMinor: Minor,
      feeMinor: Minor,
    }),
    error: Schema.Union(LobbyNotFound, BetNotFound, NotYours, BetCancelledAlready, BettingClosed),
  }),
  /**
   * What a power costs this player now, and in which race. A command, so that a cast that is asked for again is priced
   * as it was the first time.
   */
  command("QuotePower", {
    payload: { playerId: PlayerId, power: Schema.String },
    success: Schema.Struct({ raceId: RaceId, costMinor: Minor }),
    error: Schema.Union(LobbyNotFound, NotRacing, UnknownPower),
  }),
  /** Casts a power whose cost is held in the player's wallet under the cast's id. */
  command("CastPower", {
    payload: {
      castId: CastId,
      playerId: PlayerId,
      raceId: RaceId,
      power: Schema.String,
      target: RunnerNumber,
      costMinor: PositiveMinor,
    },
    success: PowerAccepted,
    error: Schema.Union(
      LobbyNotFound,
      NotRacing,
      UnknownPower,
      InvalidSelection,
      Cooldown,
      PowerCapReached,
      PowerPriceChanged,
    ),
  }),
  /** The `ref` of a lobby's hold is the race's id. */
  ReconcileHold,
  /** Whether a bet on the race in progress (or on `raceId`) would be accepted now: `AcceptBet`'s verdict, nothing placed. */
  query("CheckBet", {
    payload: { ...BetTerms, raceId: Schema.optional(RaceId) },
    success: Schema.Struct({ raceId: RaceId }),
    error: BetRefusal,
  }),
  /** The race in progress: what a bet that names none is on. */
  query("GetRace", {
    payload: {},
    success: Schema.Struct({ raceId: RaceId }),
    error: LobbyNotFound,
  }),
  /** What only the house looks at. Times are epoch milliseconds. */
  query("GetSurvey", {
    payload: {},
    success: Schema.Struct({
      lobby: LobbyView,
      settings: LobbySettings,
      createdAt: Schema.Int,
      racesRun: Schema.Int,
      /** Of the newest race: bets that stand, and their stakes in all markets. */
      bets: Schema.Int,
      stakedMinor: Minor,
    }),
    error: LobbyNotFound,
  }),
  query("GetLobby", { payload: {}, success: LobbyView, error: LobbyNotFound }),
) {}

export const Lobby = contract("lobby", LobbyRpcs);
