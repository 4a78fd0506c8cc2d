/** What a lobby's events write beside the journal: the tables that its readers read, and the house's ledger lines. */
import type { Meta } from "../../src/actor/Decider.ts";
import type { ProjectedRow, Projection, Row } from "../../src/actor/Projection.ts";
import { house, post, racePool } from "../ledger.ts";
import type { LobbyEvent } from "./events.ts";
import { MS_PER_TICK } from "./race/simulation.ts";
import type { LobbyState, Race } from "./state.ts";
import { oddsOf, runOf } from "./view.ts";

export const LobbyTable: Projection = {
  table: "lobby",
  columns: { lobby_id: "text", name: "text", running: "boolean", created_at: "bigint" },
  key: ["lobby_id"],
  write: "upsert",
};

export const BetTable: Projection = {
  table: "bet",
  columns: {
    bet_id: "text",
    player_id: "text",
    lobby_id: "text",
    race_id: "text",
    market: "text",
    selection: "json",
    stake: "bigint",
    status: "text",
    payout: "bigint",
    placed_at: "bigint",
    settled_at: "bigint",
  },
  key: ["bet_id"],
  write: "upsert",
};

export const RaceTable: Projection = {
  table: "race",
  columns: {
    race_id: "text",
    lobby_id: "text",
    status: "text",
    opened_at: "bigint",
    settled_at: "bigint",
    data: "json",
  },
  key: ["race_id"],
  write: "upsert",
};

export const RunnerTable: Projection = {
  table: "race_runner",
  columns: {
    race_id: "text",
    number: "integer",
    name: "text",
    place: "integer",
    odds: "integer",
    won: "boolean",
    at: "bigint",
    finish_ms: "integer",
  },
  key: ["race_id", "number"],
  write: "upsert",
};

export const projections = [LobbyTable, BetTable, RaceTable, RunnerTable];

export const project = (
  event: LobbyEvent,
  after: LobbyState,
  meta: Meta,
  version: number,
): ReadonlyArray<ProjectedRow> => {
  const { at, entityId } = meta;
  switch (event._tag) {
    case "LobbyCreated":
      return [lobbyRow(entityId, event.name, true, at)];
    case "LobbyStopped":
      return after.created === null
        ? []
        : [lobbyRow(entityId, after.created.name, false, after.created.at)];
    case "BetAccepted":
      return [betRow(after, entityId, event, "accepted", null, null)];
    case "BetCancelled":
      return cancelledRow(event, after, entityId);
    case "RaceOpened":
    case "RunnerScratched":
    case "RaceStarted":
    case "PowerCast":
    case "RacePaid":
      return after.race === null ? [] : [raceRow(after, after.race, entityId, at)];
    case "RaceFinished":
      return after.race === null ? [] : finishedRows(event, after, after.race, meta, version);
    case "HoldVoided":
    case "DebtsPaid":
      return [];
  }
};

const lobbyRow = (lobbyId: string, name: string, running: boolean, at: number): ProjectedRow => ({
  projection: LobbyTable,
  row: { lobby_id: lobbyId, name, running, created_at: at },
});

interface BetLike {
  readonly betId: string;
  readonly playerId: string;
  readonly market: string;
  readonly selection: ReadonlyArray<number>;
  readonly stakeMinor: number;
  readonly at: number;
}

const betRow = (
  { race }: LobbyState,
  lobbyId: string,
  { at, betId, market, playerId, selection, stakeMinor }: BetLike,
  status: string,
  payout: number | null,
  settledAt: number | null,
): ProjectedRow => ({
  projection: BetTable,
  row: {
    bet_id: betId,
    player_id: playerId,
    lobby_id: lobbyId,
    race_id: race?.raceId,
    market,
    selection,
    stake: stakeMinor,
    status,
    payout,
    placed_at: at,
    settled_at: settledAt,
  },
});

const cancelledRow = (
  { at, bet, betId, refundMinor }: Extract<LobbyEvent, { readonly _tag: "BetCancelled" }>,
  after: LobbyState,
  lobbyId: string,
) => [betRow(after, lobbyId, { betId, ...bet }, "cancelled", refundMinor, at)];

const raceRow = (state: LobbyState, race: Race, lobbyId: string, at: number): ProjectedRow => {
  const { finished, started } = race;
  const isSettled = finished !== null && state.phase === "lobby";
  const status = isSettled ? "settled" : state.phase === "lobby" ? "betting" : state.phase;
  const data: Row = {
    commitment: race.commitment,
    field: race.field,
    scratched: race.scratched,
    takeout_per_mille: state.created?.settings.takeoutPerMille,
    max_ticks: started?.maxTicks ?? null,
    started_at: started?.at ?? null,
    powers: race.casts,
    // The seeds decide the race: public only when it is over.
    ...(finished === null || started === null
      ? {}
      : {
          server_seed: race.serverSeed,
          final_seed: started.finalSeed,
          bets_digest: started.betsDigest,
          order: finished.order,
          finish_tick: finished.finishTick,
          photo_finish: finished.photoFinish,
          pools: finished.pools,
        }),
  };
  const settledAt = isSettled ? at : null;
  const row = {
    race_id: race.raceId,
    lobby_id: lobbyId,
    status,
    opened_at: race.openedAt,
    settled_at: settledAt,
    data,
  };
  return { projection: RaceTable, row };
};

const finishedRows = (
  event: Extract<LobbyEvent, { readonly _tag: "RaceFinished" }>,
  after: LobbyState,
  race: Race,
  { at, entityId }: Meta,
  version: number,
): ReadonlyArray<ProjectedRow> => {
  const bets = new Map<string, BetLike>();
  for (const [betId, bet] of race.bets) bets.set(betId, { betId, ...bet });
  const settled = event.results.flatMap(({ betId, outcome, payoutMinor }) => {
    const bet = bets.get(betId);
    return bet === undefined ? [] : [betRow(after, entityId, bet, outcome, payoutMinor, at)];
  });
  const odds = oddsOf(race, after.created?.settings.takeoutPerMille ?? 0);
  const { finishTicks } = runOf(race);
  let place = 1;
  const runners: Array<ProjectedRow> = [];
  for (const group of event.order) {
    for (const number of group) {
      const lane = race.field.findIndex((runner) => runner.number === number);
      const finishTick = finishTicks[lane] ?? null;
      const row = {
        race_id: race.raceId,
        number,
        name: race.field[lane]?.name ?? "",
        place,
        odds: odds[number] ?? null,
        won: place === 1,
        at,
        finish_ms: finishTick === null ? null : finishTick * MS_PER_TICK,
      };
      runners.push({ projection: RunnerTable, row });
    }
    place += group.length;
  }
  const takeout = event.pools.reduce((sum, pool) => sum + pool.takeoutMinor, 0);
  const breakage = event.pools.reduce((sum, pool) => sum + pool.breakageMinor, 0);
  const pool = racePool(race.raceId);
  const posting = {
    kind: "lobby",
    entityId,
    version,
    firstLine: 0,
    purpose: "house share",
    ref: race.raceId,
    at,
  };
  return [
    raceRow(after, race, entityId, at),
    ...settled,
    ...runners,
    ...post(posting, [
      { debit: pool, credit: house.takeout, amountMinor: takeout },
      { debit: pool, credit: house.breakage, amountMinor: breakage },
    ]),
  ];
};
