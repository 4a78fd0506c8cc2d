/** What a lobby decides: pure, with time in `meta` and chance inside the command. */
import { HashMap, HashSet } from "effect";
import { NotYours } from "../../rpc/failure.ts";
import { type BetId, branded, type CastId, type HoldId, type RaceId } from "../../rpc/id.ts";
import {
  BetCancelledAlready,
  BetNotFound,
  BettingClosed,
  Cooldown,
  InvalidSelection,
  type Lobby,
  LobbyExists,
  LobbyNotFound,
  type LobbySettings,
  type Market,
  NotRacing,
  PlayerLimit,
  PowerCapReached,
  PowerPriceChanged,
  StakeAboveMax,
  StakeBelowMin,
  UnknownPower,
} from "../../rpc/lobby.ts";
import { minor } from "../../rpc/money.ts";
import { accept, answer, type Decider, reject } from "../../src/actor/Decider.ts";
import type { LobbyEvent, RaceOpened } from "./events.ts";
import { betsDigest, commitment, finalSeed } from "./race/fairness.ts";
import { SELECTION_COUNT, type SelectionProblem, validateSelection } from "./race/market.ts";
import { MAX_POOL_MINOR } from "./race/pool.ts";
import { isPowerId, powerCost, POWERS } from "./race/power.ts";
import { settleRace } from "./race/replay.ts";
import { evolveForm, startingField } from "./race/runner.ts";
import { activeTicks, MS_PER_TICK, simulate, telegraphTicks } from "./race/simulation.ts";
import { betOf, evolve, initial, type LobbyState, type Race, stakedBy } from "./state.ts";
import { runOf, viewOf } from "./view.ts";

/** The steps that a lobby takes by itself. `seed` and `formSeed` are fresh random hex. */
export type LobbyInternal =
  | { readonly _tag: "Advance"; readonly seed: string; readonly formSeed: string }
  | { readonly _tag: "ConfirmPaid"; readonly holdIds: ReadonlyArray<HoldId> };

const PROBLEMS: Readonly<
  Record<SelectionProblem, (market: keyof typeof SELECTION_COUNT) => string>
> = {
  wrong_count: (market) => `A ${market} bet names ${SELECTION_COUNT[market]} runner(s).`,
  unknown_runner: () => "A selected runner is not in this race.",
  scratched_runner: () => "A selected runner has been scratched.",
  duplicate_runner: () => "A runner can be named only once.",
};

const event = <Tag extends LobbyEvent["_tag"]>(
  _tag: Tag,
  fields: Omit<Extract<LobbyEvent, { readonly _tag: Tag }>, "_tag">,
) => ({ _tag, ...fields }) as Extract<LobbyEvent, { readonly _tag: Tag }>;

/** The race that takes bets at this moment. The clock closes it, not the alarm: a late alarm lets nobody in. */
const openRace = (state: LobbyState, at: number): Race | undefined =>
  state.race !== null &&
  state.phase === "betting" &&
  state.phaseEndsAt !== null &&
  at < state.phaseEndsAt
    ? state.race
    : undefined;

const closed = (state: LobbyState, raceId: RaceId) =>
  reject(new BettingClosed({ phase: state.phase, raceId }));

const runningRace = (state: LobbyState, at: number): Race | undefined =>
  state.race !== null &&
  state.phase === "racing" &&
  state.phaseEndsAt !== null &&
  at < state.phaseEndsAt
    ? state.race
    : undefined;

const costOf = (race: Race, playerId: string, power: keyof typeof POWERS): number =>
  powerCost(POWERS[power], race.casts.filter((cast) => cast.playerId === playerId).length);

interface BetTerms {
  readonly entityId: string;
  readonly market: Market;
  readonly playerId: string;
  readonly raceId: RaceId;
  readonly selection: ReadonlyArray<number>;
  readonly stakeMinor: number;
}

/** Why a bet on these terms is not accepted now; undefined when it is. */
const refusalOf = (state: LobbyState, terms: BetTerms, at: number) => {
  const { entityId, market, playerId, raceId, selection, stakeMinor } = terms;
  if (state.created === null) return new LobbyNotFound({ lobbyId: entityId });
  const race = openRace(state, at);
  if (race === undefined || race.raceId !== raceId) {
    return new BettingClosed({ phase: state.phase, raceId });
  }
  const problem = validateSelection(market, selection, race.field, race.scratched);
  if (problem !== null) return new InvalidSelection({ reason: PROBLEMS[problem](market) });
  const { maxBetMinor, minBetMinor } = state.created.settings;
  if (stakeMinor < minBetMinor) return new StakeBelowMin({ minStakeMinor: minBetMinor });
  // A race whose pool cannot be reckoned with would never be paid.
  const roomMinor = MAX_POOL_MINOR - race.pools[market];
  if (stakeMinor > Math.min(maxBetMinor, roomMinor))
    return new StakeAboveMax({ maxStakeMinor: minor(Math.min(maxBetMinor, roomMinor)) });
  const staked = stakedBy(race, playerId, market);
  return staked + stakeMinor > maxBetMinor
    ? new PlayerLimit({ limitMinor: maxBetMinor, stakedMinor: minor(staked) })
    : undefined;
};

export const decider: Decider<typeof Lobby, LobbyState, LobbyEvent, LobbyInternal> = {
  initial: () => initial,
  evolve,
  decide: {
    Create: (state, { entityId, name, settings }, { at }) =>
      state.created === null
        ? accept([event("LobbyCreated", { name, settings, at })], (after: LobbyState) =>
            viewOf(after, entityId),
          )
        : reject(new LobbyExists({ lobbyId: entityId })),

    Stop: (state, { entityId }) =>
      state.created === null
        ? reject(new LobbyNotFound({ lobbyId: entityId }))
        : accept(state.running ? [event("LobbyStopped", {})] : [], (after: LobbyState) =>
            viewOf(after, entityId),
          ),

    Scratch: (state, { entityId, runner }, { at }) => {
      if (state.created === null) return reject(new LobbyNotFound({ lobbyId: entityId }));
      const race = openRace(state, at);
      if (race === undefined) return closed(state, state.race?.raceId ?? noRace(entityId));
      const problem = validateSelection("win", [runner], race.field, race.scratched);
      if (problem !== null)
        return reject(new InvalidSelection({ reason: PROBLEMS[problem]("win") }));
      return accept([event("RunnerScratched", { runner })], (after: LobbyState) =>
        viewOf(after, entityId),
      );
    },

    AcceptBet: (
      state,
      { betId, entityId, market, playerId, raceId, selection, stakeMinor },
      { at },
    ) => {
      // A bet whose hold was given up may still be on its way here: its id is spent.
      if (isVoided(state, betId)) return closed(state, raceId);
      const { race } = state;
      if (
        race !== null &&
        (betOf(race, betId) !== undefined || HashSet.has(race.cancelled, betId))
      ) {
        return reject(new InvalidSelection({ reason: "There is a bet with this id already." }));
      }
      const refusal = refusalOf(
        state,
        { entityId, market, playerId, raceId, selection, stakeMinor },
        at,
      );
      if (refusal !== undefined) return reject(refusal);
      const accepted = { betId, raceId, market, selection, stakeMinor };
      return accept(
        [event("BetAccepted", { betId, playerId, market, selection, stakeMinor, at })],
        () => accepted,
      );
    },

    CancelBet: (state, { betId, entityId, playerId }, { at }) => {
      if (state.created === null) return reject(new LobbyNotFound({ lobbyId: entityId }));
      const { race } = state;
      if (race === null) return reject(new BetNotFound({ betId }));
      if (HashSet.has(race.cancelled, betId)) return reject(new BetCancelledAlready({ betId }));
      const bet = betOf(race, betId);
      if (bet === undefined) return reject(new BetNotFound({ betId }));
      if (bet.playerId !== playerId) return reject(new NotYours());
      if (openRace(state, at) === undefined) return closed(state, race.raceId);
      const { stakeMinor } = bet;
      const feeMinor = minor(
        Math.ceil((stakeMinor * state.created.settings.cancelFeePerMille) / 1000),
      );
      const refundMinor = minor(stakeMinor - feeMinor);
      return accept([event("BetCancelled", { betId, bet, refundMinor, feeMinor, at })], () => ({
        betId,
        stakeMinor,
        refundMinor,
        feeMinor,
      }));
    },

    QuotePower: (state, { entityId, playerId, power }, { at }) => {
      if (state.created === null) return reject(new LobbyNotFound({ lobbyId: entityId }));
      if (!isPowerId(power)) return reject(new UnknownPower({ power }));
      const race = runningRace(state, at);
      if (race === undefined) return reject(new NotRacing({ phase: state.phase }));
      const quote = { raceId: race.raceId, costMinor: minor(costOf(race, playerId, power)) };
      return accept([], () => quote);
    },

    CastPower: (
      state,
      { castId, costMinor, entityId, playerId, power, raceId, target },
      { at },
    ) => {
      if (state.created === null) return reject(new LobbyNotFound({ lobbyId: entityId }));
      const race = runningRace(state, at);
      if (
        race === undefined ||
        race.started === null ||
        race.raceId !== raceId ||
        isVoided(state, castId)
      ) {
        return reject(new NotRacing({ phase: state.phase }));
      }
      if (race.casts.some((cast) => cast.castId === castId)) {
        return reject(new InvalidSelection({ reason: "There is a cast with this id already." }));
      }
      if (!isPowerId(power)) return reject(new UnknownPower({ power }));
      const problem = validateSelection("win", [target], race.field, race.scratched);
      if (problem !== null)
        return reject(new InvalidSelection({ reason: PROBLEMS[problem]("win") }));
      const mine = race.casts.filter((cast) => cast.playerId === playerId);
      const last = mine.findLast((cast) => cast.power === power);
      const readyAt = last === undefined ? at : last.at + POWERS[power].cooldownMs;
      if (at < readyAt) return reject(new Cooldown({ readyInMs: readyAt - at }));
      const cost = costOf(race, playerId, power);
      if (cost !== costMinor) return reject(new PowerPriceChanged({ costMinor: minor(cost) }));
      const spentMinor = minor(mine.reduce((sum, cast) => sum + cast.costMinor, 0));
      const capMinor = state.created.settings.maxPowerSpendMinor;
      if (spentMinor + cost > capMinor)
        return reject(new PowerCapReached({ capMinor, spentMinor }));

      const tick = Math.max(0, Math.floor((at - race.started.at) / MS_PER_TICK));
      const cast = { castId, playerId, power, target, costMinor, tick, at };
      const { finishTick } = simulate({
        seed: race.started.finalSeed,
        field: race.field,
        scratched: race.scratched,
        maxTicks: race.started.maxTicks,
        powers: [...race.casts, cast],
      });
      const durationTicks = activeTicks(POWERS[power], race.started.maxTicks);
      const endsAt = Math.max(race.started.at + finishTick * MS_PER_TICK, at);
      return accept([event("PowerCast", { ...cast, endsAt })], () => ({
        castId,
        raceId,
        power,
        target,
        costMinor,
        tick: tick + telegraphTicks(POWERS[power]),
        durationTicks,
      }));
    },

    ReconcileHold: (state, { entityId, holdId, ref }) => {
      const { race } = state;
      const raceId = branded<RaceId>(ref);
      const stands =
        HashMap.has(state.debts, holdId) ||
        (race !== null && race.finished === null && isBackedBy(race, holdId));
      // No late bet can enter a race that is over; into one under way or still to come it could.
      const mayCome =
        raceId === race?.raceId
          ? race.finished === null
          : raceNumber(entityId, raceId) > (race?.number ?? 0);
      const voids = !stands && mayCome && !isVoided(state, holdId);
      return accept(voids ? [event("HoldVoided", { holdId, raceId })] : [], () => ({ stands }));
    },
  },

  decideInternal: (state, command, { at, entityId }) => {
    switch (command._tag) {
      case "Advance": {
        if (state.created === null || state.phaseEndsAt === null || at < state.phaseEndsAt)
          return [];
        const { settings } = state.created;
        switch (state.phase) {
          case "lobby":
            return [open(state.race, entityId, settings, command, at)];
          case "betting":
            return state.race === null ? [] : [start(state.race, settings, at)];
          case "racing":
            return state.race === null ? [] : finish(state, state.race, settings, at);
          case "settling":
            return [];
        }
        break;
      }
      case "ConfirmPaid": {
        const holdIds = command.holdIds.filter((holdId) => HashMap.has(state.debts, holdId));
        if (holdIds.length === 0) return [];
        const paid = event("DebtsPaid", { holdIds });
        const isAll = holdIds.length === HashMap.size(state.debts);
        return isAll && state.phase === "settling" ? [paid, racePaid(state, at)] : [paid];
      }
    }
  },

  answer: {
    CheckBet: (state, query, { at }) => {
      const raceId = query.raceId ?? state.race?.raceId ?? noRace(query.entityId);
      const refusal = refusalOf(state, { ...query, raceId }, at);
      return refusal === undefined ? answer({ raceId }) : reject(refusal);
    },

    GetRace: (state, { entityId }) =>
      state.created === null
        ? reject(new LobbyNotFound({ lobbyId: entityId }))
        : answer({ raceId: state.race?.raceId ?? noRace(entityId) }),

    GetSurvey: (state, { entityId }) => {
      const { created, race } = state;
      if (created === null) return reject(new LobbyNotFound({ lobbyId: entityId }));
      const begun = race === null ? 0 : race.number;
      const isRunning = race !== null && race.finished === null;
      return answer({
        lobby: viewOf(state, entityId),
        settings: created.settings,
        createdAt: created.at,
        racesRun: isRunning ? begun - 1 : begun,
        bets: race === null ? 0 : HashMap.size(race.bets),
        stakedMinor: minor(
          Object.values(race?.pools ?? {}).reduce((sum, stakes) => sum + stakes, 0),
        ),
      });
    },

    GetLobby: (state, { entityId }) =>
      state.created === null
        ? reject(new LobbyNotFound({ lobbyId: entityId }))
        : answer(viewOf(state, entityId)),
  },
};

const isVoided = (state: LobbyState, id: string) => HashMap.has(state.voided, branded<HoldId>(id));

const isBackedBy = (race: Race, holdId: HoldId) =>
  HashMap.has(race.bets, branded<BetId>(holdId)) ||
  race.casts.some((cast) => cast.castId === branded<CastId>(holdId));

/** A race's number in this lobby; 0 for an id that no race of this lobby will ever have. */
const raceNumber = (entityId: string, raceId: RaceId): number => {
  const number = Number(raceId.slice(entityId.length + 1));
  return raceId === `${entityId}-${number}` && Number.isSafeInteger(number) ? number : 0;
};

const noRace = (entityId: string) => branded<RaceId>(`${entityId}-0`);

const open = (
  last: Race | null,
  entityId: string,
  settings: LobbySettings,
  { formSeed, seed }: { readonly seed: string; readonly formSeed: string },
  at: number,
): typeof RaceOpened.Type => {
  const number = (last?.number ?? 0) + 1;
  return event("RaceOpened", {
    raceId: branded<RaceId>(`${entityId}-${number}`),
    number,
    serverSeed: seed,
    commitment: commitment(seed),
    field:
      last === null
        ? startingField(formSeed)
        : evolveForm(last.field, last.finished?.order ?? [], formSeed),
    at,
    bettingEndsAt: at + settings.bettingMs,
  });
};

const digestible = (race: Race) =>
  [...race.bets].map(([betId, { market, playerId, selection, stakeMinor }]) => ({
    betId,
    playerId,
    market,
    selection,
    stakeMinor,
  }));

const start = (race: Race, settings: LobbySettings, at: number): LobbyEvent => {
  const digest = betsDigest(digestible(race));
  const seed = finalSeed(race.serverSeed, race.raceId, digest);
  const maxTicks = Math.floor(settings.racingMs / MS_PER_TICK);
  const { finishTick } = simulate({
    seed,
    field: race.field,
    scratched: race.scratched,
    maxTicks,
    powers: [],
  });
  const endsAt = at + finishTick * MS_PER_TICK;
  return event("RaceStarted", { at, endsAt, maxTicks, betsDigest: digest, finalSeed: seed });
};

const finish = (
  state: LobbyState,
  race: Race,
  settings: LobbySettings,
  at: number,
): ReadonlyArray<LobbyEvent> => {
  const { finishTick, order, photoFinish } = runOf(race);
  const bets = digestible(race);
  const { takeoutPerMille } = settings;
  const settled = settleRace({ bets, order, scratched: race.scratched, takeoutPerMille });
  const finished = event("RaceFinished", {
    at,
    order,
    finishTick,
    photoFinish,
    pools: settled.map(({ outcomes: _, ...pool }) => ({
      ...pool,
      dividends: pool.dividends.map((one) => ({ ...one, per100Minor: minor(one.per100Minor) })),
      stakesMinor: minor(pool.stakesMinor),
      payoutsMinor: minor(pool.payoutsMinor),
      refundsMinor: minor(pool.refundsMinor),
      takeoutMinor: minor(pool.takeoutMinor),
      breakageMinor: minor(pool.breakageMinor),
    })),
    results: settled.flatMap((pool) =>
      pool.outcomes.map(({ betId, outcome, payoutMinor }) => ({
        betId: branded<BetId>(betId),
        outcome,
        payoutMinor: minor(payoutMinor),
      })),
    ),
  });
  const owesNothing = bets.length === 0 && race.casts.length === 0 && HashMap.isEmpty(state.debts);
  return owesNothing ? [finished, racePaid(state, at)] : [finished];
};

const racePaid = (state: LobbyState, at: number): LobbyEvent =>
  event("RacePaid", {
    at,
    resultsEndAt:
      state.running && state.created !== null ? at + state.created.settings.resultsMs : null,
  });
