/** What is read of lobbies, races and bets: from the projections, as the wire has it. */
import { Schema } from "effect";
import type pg from "pg";
import type { BetBody, BetsBody } from "../../rpc/http/bet.ts";
import type {
  PoolBody,
  RaceBody,
  RaceStatus,
  ReplayBody,
  VerifyBody,
} from "../../rpc/http/race.ts";
import type { RunnerBody } from "../../rpc/frames.ts";
import { LobbyId, type PlayerId } from "../../rpc/id.ts";
import type { Market } from "../../rpc/lobby.ts";
import { PoolResult, RaceOpened, RaceStarted, RaceFinished } from "./events.ts";
import { iso } from "./frames.ts";
import {
  activeTicks,
  frameAt,
  simulate,
  telegraphTicks,
  TICKS_PER_SECOND,
} from "./race/simulation.ts";
import { POWERS } from "./race/power.ts";
import { Cast } from "./state.ts";

const RaceData = Schema.Struct({
  commitment: Schema.String,
  field: RaceOpened.fields.field,
  scratched: Schema.Array(Schema.Int),
  takeout_per_mille: Schema.Int,
  max_ticks: Schema.NullOr(RaceStarted.fields.maxTicks),
  started_at: Schema.NullOr(Schema.Int),
  powers: Schema.Array(Cast),
  server_seed: Schema.optional(Schema.String),
  final_seed: Schema.optional(Schema.String),
  bets_digest: Schema.optional(Schema.String),
  order: Schema.optional(RaceFinished.fields.order),
  finish_tick: Schema.optional(Schema.Int),
  photo_finish: Schema.optional(Schema.Boolean),
  pools: Schema.optional(Schema.Array(PoolResult)),
});
type RaceData = typeof RaceData.Type;
const decodeRace = Schema.decodeUnknownSync(RaceData);

/** What is known of a race that is over; undefined before. */
const resultOf = (data: RaceData) => {
  const { bets_digest, final_seed, max_ticks, order, photo_finish, pools, server_seed } = data;
  return bets_digest === undefined ||
    final_seed === undefined ||
    max_ticks === null ||
    order === undefined ||
    photo_finish === undefined ||
    pools === undefined ||
    server_seed === undefined
    ? undefined
    : { bets_digest, final_seed, max_ticks, order, photo_finish, pools, server_seed };
};

const runnersOf = ({ field, scratched }: RaceData): ReadonlyArray<RunnerBody> =>
  field.map((runner) => ({ ...runner, scratched: scratched.includes(runner.number) }));

interface StoredBet {
  readonly bet_id: string;
  readonly player_id: string;
  readonly lobby_id: string;
  readonly race_id: string;
  readonly market: Market;
  readonly selection: ReadonlyArray<number>;
  readonly stake: string;
  readonly status: BetBody["status"];
  readonly payout: string | null;
  readonly placed_at: string;
  readonly settled_at: string | null;
}

const betRow = ({
  payout,
  placed_at,
  player_id: _,
  settled_at,
  stake,
  ...bet
}: StoredBet): BetBody => ({
  ...bet,
  stake: Number(stake),
  payout: payout === null ? null : Number(payout),
  placed_at: iso(Number(placed_at)),
  settled_at: settled_at === null ? null : iso(Number(settled_at)),
});

export interface BetsPage {
  readonly before?: string | undefined;
  readonly limit: number;
  readonly raceId?: string | undefined;
  readonly lobbyId?: string | undefined;
  readonly status?: BetBody["status"] | undefined;
}

/** Where a page of bets ended: the time of the last, and its id. */
const BET_PLACE = /^(\d{1,15})\.(.+)$/;

/** Down the index of the player's bets by time: those of a moment are sorted, those that do not fit are passed over. */
const BETS = `
SELECT * FROM bet
WHERE player_id = $1 AND ($2::bigint IS NULL OR (placed_at, bet_id) < ($2, $3))
  AND ($4::text IS NULL OR race_id = $4) AND ($5::text IS NULL OR lobby_id = $5) AND ($6::text IS NULL OR status = $6)
ORDER BY placed_at DESC, bet_id DESC LIMIT $7`;

const castBodies = (powers: RaceData["powers"], maxTicks: number): ReplayBody["powers"] =>
  powers.map(({ castId, costMinor, playerId, power, target, tick }) => ({
    cast_id: castId,
    player_id: playerId,
    power,
    target,
    cost: costMinor,
    cast_tick: tick,
    tick: tick + telegraphTicks(POWERS[power]),
    duration_ticks: activeTicks(POWERS[power], maxTicks),
  }));

const poolBody = (pool: typeof PoolResult.Type): PoolBody => ({
  market: pool.market,
  stakes: pool.stakesMinor,
  payouts: pool.payoutsMinor,
  refunds: pool.refundsMinor,
  takeout: pool.takeoutMinor,
  breakage: pool.breakageMinor,
  refund_reason: pool.refundReason,
  dividends: Object.fromEntries(
    pool.dividends.map(({ per100Minor, selection }) => [selection, per100Minor]),
  ),
});

export const make = (pool: pg.Pool) => {
  const raceOf = async (raceId: string) => {
    const { rows } = await pool.query<{
      race_id: string;
      lobby_id: string;
      status: RaceStatus;
      opened_at: string;
      settled_at: string | null;
      data: unknown;
    }>(
      "SELECT race_id, lobby_id, status, opened_at, settled_at, data FROM race WHERE race_id = $1",
      [raceId],
    );
    const row = rows[0];
    return row && { ...row, data: decodeRace(row.data) };
  };

  const betsOf = async (raceId: string): Promise<ReadonlyArray<StoredBet>> => {
    const { rows } = await pool.query<StoredBet>(
      "SELECT * FROM bet WHERE race_id = $1 AND status <> 'cancelled' ORDER BY bet_id",
      [raceId],
    );
    return rows;
  };

  return {
    lobbies: async (): Promise<ReadonlyArray<LobbyId>> => {
      const { rows } = await pool.query<{ lobby_id: string }>(
        "SELECT lobby_id FROM lobby ORDER BY created_at, lobby_id",
      );
      return rows.map((row) => LobbyId.make(row.lobby_id));
    },

    /** Newest first. `before` is the page's before's `next_before`; anything else starts anew. */
    bets: async (
      playerId: PlayerId,
      { before, limit, lobbyId, raceId, status }: BetsPage,
    ): Promise<BetsBody> => {
      const [, at = null, id = null] = BET_PLACE.exec(before ?? "") ?? [];
      // One more tells whether there is another page.
      const { rows } = await pool.query<StoredBet>(BETS, [
        playerId,
        at,
        id,
        raceId ?? null,
        lobbyId ?? null,
        status ?? null,
        limit + 1,
      ]);
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return {
        bets: page.map(betRow),
        next_before: last === undefined ? null : `${last.placed_at}.${last.bet_id}`,
      };
    },

    bet: async (betId: string) => {
      const { rows } = await pool.query<StoredBet>("SELECT * FROM bet WHERE bet_id = $1", [betId]);
      return rows[0] && { playerId: rows[0].player_id, bet: betRow(rows[0]) };
    },

    race: async (raceId: string): Promise<RaceBody | undefined> => {
      const race = await raceOf(raceId);
      if (race === undefined) return undefined;
      const { data, lobby_id, opened_at, race_id, settled_at, status } = race;
      const { rows } = await pool.query<{ market: string; stakes: string }>(
        "SELECT market, sum(stake) AS stakes FROM bet WHERE race_id = $1 AND status <> 'cancelled' GROUP BY market",
        [raceId],
      );
      const result = resultOf(data);
      return {
        race_id,
        lobby_id,
        status,
        opened_at: iso(Number(opened_at)),
        started_at: data.started_at === null ? null : iso(data.started_at),
        commitment: data.commitment,
        runners: runnersOf(data),
        pools: Object.fromEntries(rows.map(({ market, stakes }) => [market, Number(stakes)])),
        ...(result === undefined
          ? {}
          : {
              order: result.order,
              photo_finish: result.photo_finish,
              payouts: result.pools.map(poolBody),
              server_seed: result.server_seed,
            }),
        ...(settled_at === null ? {} : { settled_at: iso(Number(settled_at)) }),
      };
    },

    /** Inputs and every frame; undefined while the race is not over. */
    replay: async (raceId: string): Promise<ReplayBody | undefined> => {
      const race = await raceOf(raceId);
      const result = race && resultOf(race.data);
      if (race === undefined || result === undefined) return undefined;
      const { final_seed: seed, max_ticks: maxTicks } = result;
      const { field, powers, scratched } = race.data;
      const run = simulate({ seed, field, scratched, maxTicks, powers });
      return {
        race_id: raceId,
        seed,
        ticks_per_second: TICKS_PER_SECOND,
        max_ticks: maxTicks,
        track_mm: run.trackLengthMm,
        runners: runnersOf(race.data),
        powers: castBodies(powers, maxTicks),
        order: run.order,
        finish_ticks: run.finishTicks,
        photo_finish: run.photoFinish,
        frames: Array.from({ length: run.finishTick + 1 }, (_, tick) => frameAt(run, tick)),
      };
    },

    /** All that a third party needs to recompute the race; undefined while it is not over. */
    verify: async (raceId: string): Promise<VerifyBody | undefined> => {
      const race = await raceOf(raceId);
      const result = race && resultOf(race.data);
      if (race === undefined || result === undefined) return undefined;
      const { data } = race;
      const bets = await betsOf(raceId);
      return {
        race_id: raceId,
        commitment: data.commitment,
        server_seed: result.server_seed,
        bets_digest: result.bets_digest,
        final_seed: result.final_seed,
        field: data.field,
        scratched: data.scratched,
        max_ticks: result.max_ticks,
        takeout_per_mille: data.takeout_per_mille,
        bets: bets.map(({ bet_id, market, player_id, selection, stake }) => ({
          bet_id,
          player_id,
          market,
          selection,
          stake: Number(stake),
        })),
        powers: data.powers.map(({ power, target, tick }) => ({ power, target, tick })),
        order: result.order,
        payouts: bets.map(({ bet_id, payout }) => ({ bet_id, payout: Number(payout) })),
      };
    },
  };
};
