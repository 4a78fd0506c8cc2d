/** What a lobby remembers: the race in progress, and what it owes. Past races are the journal's and the projections'. */
import { HashMap, HashSet, Option, Schema } from "effect";
import { Account, BetId, branded, HoldId, PlayerId, RaceId } from "../../rpc/id.ts";
import { LobbySettings, type Market, Market as MarketSchema, Phase } from "../../rpc/lobby.ts";
import { minor, Minor } from "../../rpc/money.ts";
import { house, racePool } from "../ledger.ts";
import {
  Bet,
  type BetAccepted,
  type BetCancelled,
  type LobbyEvent,
  PowerCast,
  RaceFinished,
  RaceOpened,
  RaceStarted,
} from "./events.ts";
import { MARKETS } from "./race/market.ts";

export const Cast = PowerCast.pipe(Schema.omit("_tag", "endsAt"));
export type Cast = typeof Cast.Type;

/** A hold that the lobby has to end in a player's wallet. */
const Debt = Schema.Union(
  Schema.TaggedStruct("Settle", {
    playerId: PlayerId,
    raceId: RaceId,
    account: Account,
    payoutMinor: Minor,
  }),
  Schema.TaggedStruct("Release", { playerId: PlayerId, raceId: RaceId, feeMinor: Minor }),
);
export type Debt = typeof Debt.Type;

const Race = Schema.Struct({
  raceId: RaceId,
  number: Schema.Int,
  serverSeed: Schema.String,
  commitment: Schema.String,
  field: RaceOpened.fields.field,
  scratched: Schema.Array(Schema.Int),
  openedAt: Schema.Int,
  bets: Schema.HashMap({ key: BetId, value: Bet }),
  cancelled: Schema.HashSet(BetId),
  /** Stakes by `playerId|market`. */
  staked: Schema.HashMap({ key: Schema.String, value: Schema.Int }),
  /** Stakes by market. */
  pools: Schema.Record({ key: MarketSchema, value: Minor }),
  /** Win stakes by lane. */
  winStakes: Schema.Array(Schema.Int),
  started: Schema.NullOr(RaceStarted),
  casts: Schema.Array(Cast),
  finished: Schema.NullOr(RaceFinished.pipe(Schema.omit("results"))),
});
export type Race = typeof Race.Type;

export const LobbyState = Schema.Struct({
  created: Schema.NullOr(
    Schema.Struct({ name: Schema.String, settings: LobbySettings, at: Schema.Int }),
  ),
  running: Schema.Boolean,
  phase: Phase,
  /** Null while it depends on no clock: settling, or stopped. */
  phaseEndsAt: Schema.NullOr(Schema.Int),
  /** Rises by one with each frame that reports a change. */
  stateVersion: Schema.Int,
  race: Schema.NullOr(Race),
  /** Ids that are refused, with the race they were meant for: the present one or one to come. */
  voided: Schema.HashMap({ key: HoldId, value: RaceId }),
  debts: Schema.HashMap({ key: HoldId, value: Debt }),
});
export type LobbyState = typeof LobbyState.Type;

export const initial: LobbyState = {
  created: null,
  running: false,
  phase: "lobby",
  phaseEndsAt: null,
  stateVersion: 0,
  race: null,
  voided: HashMap.empty(),
  debts: HashMap.empty(),
};

export const stakedBy = (race: Race, playerId: string, market: Market): number =>
  Option.getOrElse(HashMap.get(race.staked, `${playerId}|${market}`), () => 0);

export const betOf = (race: Race, betId: BetId): Bet | undefined =>
  Option.getOrUndefined(HashMap.get(race.bets, betId));

const noStakes = Object.fromEntries(MARKETS.map((market) => [market, minor(0)])) as Race["pools"];

/** Where an event leads. An event of a race without a race is impossible and dies. */
export const evolve = (state: LobbyState, event: LobbyEvent): LobbyState => {
  switch (event._tag) {
    case "LobbyCreated": {
      const { at, name, settings } = event;
      return {
        ...state,
        created: { name, settings, at },
        running: true,
        phase: "lobby",
        phaseEndsAt: at,
      };
    }
    case "LobbyStopped":
      // Who watches the results was told when they end: they do not any more.
      return state.phase === "lobby" && state.race !== null
        ? shown(state, { running: false, phaseEndsAt: null })
        : {
            ...state,
            running: false,
            phaseEndsAt: state.phase === "lobby" ? null : state.phaseEndsAt,
          };
    case "RaceOpened":
      return shown(state, {
        phase: "betting",
        phaseEndsAt: event.bettingEndsAt,
        // A bet in a past race is refused for its race: its id need not be remembered.
        voided: HashMap.filter(state.voided, (raceId) => raceId !== state.race?.raceId),
        race: {
          raceId: event.raceId,
          number: event.number,
          serverSeed: event.serverSeed,
          commitment: event.commitment,
          field: event.field,
          scratched: [],
          openedAt: event.at,
          bets: HashMap.empty(),
          cancelled: HashSet.empty(),
          staked: HashMap.empty(),
          pools: noStakes,
          winStakes: event.field.map(() => 0),
          started: null,
          casts: [],
          finished: null,
        },
      });
    case "HoldVoided":
      return { ...state, voided: HashMap.set(state.voided, event.holdId, event.raceId) };
    case "DebtsPaid":
      return { ...state, debts: HashMap.removeMany(state.debts, event.holdIds) };
    default: {
      if (state.race === null) throw new Error(`${event._tag} without a race`);
      return evolveRace(state, state.race, event);
    }
  }
};

type RaceEvent = Exclude<
  LobbyEvent,
  { readonly _tag: "LobbyCreated" | "LobbyStopped" | "RaceOpened" | "HoldVoided" | "DebtsPaid" }
>;

const evolveRace = (state: LobbyState, race: Race, event: RaceEvent): LobbyState => {
  switch (event._tag) {
    case "RunnerScratched":
      return shown(state, { race: { ...race, scratched: [...race.scratched, event.runner] } });
    case "BetAccepted":
      return { ...state, race: withBet(race, event) };
    case "BetCancelled":
      return withoutBet(state, race, event);
    case "RaceStarted":
      return shown(state, {
        phase: "racing",
        phaseEndsAt: event.endsAt,
        race: { ...race, started: event },
      });
    case "PowerCast": {
      const { _tag, endsAt, ...cast } = event;
      return shown(state, { phaseEndsAt: endsAt, race: { ...race, casts: [...race.casts, cast] } });
    }
    case "RaceFinished": {
      const { results, ...finished } = event;
      return shown(state, {
        phase: "settling",
        phaseEndsAt: null,
        race: { ...race, finished },
        debts: HashMap.union(state.debts, owed(race, results)),
      });
    }
    case "RacePaid": {
      // Two frames: the race is settled, and the lobby waits for the next.
      const next = shown(state, { phase: "lobby", phaseEndsAt: event.resultsEndAt });
      return { ...next, stateVersion: next.stateVersion + 1 };
    }
  }
};

const shown = (state: LobbyState, change: Partial<LobbyState>): LobbyState => ({
  ...state,
  ...change,
  stateVersion: state.stateVersion + 1,
});

const withStake = (race: Race, bet: Bet, sign: 1 | -1): Race => {
  const change = sign * bet.stakeMinor;
  const key = `${bet.playerId}|${bet.market}`;
  const lane =
    bet.market === "win"
      ? race.field.findIndex((runner) => runner.number === bet.selection[0])
      : -1;
  return {
    ...race,
    staked: HashMap.set(race.staked, key, stakedBy(race, bet.playerId, bet.market) + change),
    pools: { ...race.pools, [bet.market]: minor(race.pools[bet.market] + change) },
    winStakes:
      lane < 0
        ? race.winStakes
        : race.winStakes.map((stake, i) => (i === lane ? stake + change : stake)),
  };
};

const withBet = (race: Race, { _tag, betId, ...bet }: typeof BetAccepted.Type): Race => ({
  ...withStake(race, bet, 1),
  bets: HashMap.set(race.bets, betId, bet),
});

const withoutBet = (
  state: LobbyState,
  race: Race,
  { bet, betId, feeMinor }: typeof BetCancelled.Type,
): LobbyState => {
  const { playerId } = bet;
  return {
    ...state,
    race: {
      ...withStake(race, bet, -1),
      bets: HashMap.remove(race.bets, betId),
      cancelled: HashSet.add(race.cancelled, betId),
    },
    debts: HashMap.set(state.debts, branded<HoldId>(betId), {
      _tag: "Release",
      playerId,
      raceId: race.raceId,
      feeMinor,
    }),
  };
};

/** What a finished race owes: each bet's hold and each cast's has to end. */
const owed = (
  race: Race,
  results: (typeof RaceFinished.Type)["results"],
): HashMap.HashMap<HoldId, Debt> => {
  const { raceId } = race;
  return HashMap.mutate(HashMap.empty<HoldId, Debt>(), (debts) => {
    for (const { betId, payoutMinor } of results) {
      const playerId = betOf(race, betId)?.playerId;
      if (playerId === undefined)
        throw new Error(`bet ${betId} has a result and was never accepted`);
      const account = racePool(raceId);
      HashMap.set(debts, branded<HoldId>(betId), {
        _tag: "Settle",
        playerId,
        raceId,
        account,
        payoutMinor,
      });
    }
    for (const { castId, playerId } of race.casts) {
      const spent: Debt = {
        _tag: "Settle",
        playerId,
        raceId,
        account: house.powers,
        payoutMinor: minor(0),
      };
      HashMap.set(debts, branded<HoldId>(castId), spent);
    }
  });
};
