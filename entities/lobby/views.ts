/** What is read of lobbies, races and bets: from the projections, as the wire has it. */
import { Schema } from "effect";
import type pg from "pg";
import type { BetBody } from "../../rpc/http/bet.ts";
import { LobbyId, type PlayerId } from "../../rpc/id.ts";
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

/** Digits of odds and shares in the analytics. */
const RATE_DIGITS = 4;

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
const decodeRace = Schema.decodeUnknownSync(RaceData);

interface StoredBet {
  readonly bet_id: string;
  readonly player_id: string;
  readonly lobby_id: string;
  readonly race_id: string;
  readonly market: string;
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

const snake = (powers: (typeof RaceData.Type)["powers"], maxTicks: number) =>
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

const poolResult = (pool: typeof PoolResult.Type) => ({
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
      status: "betting" | "racing" | "settling" | "settled";
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

    bets: async (
      playerId: PlayerId,
      page: { readonly raceId?: string; readonly limit: number },
    ): Promise<ReadonlyArray<BetBody>> => {
      const { rows } = await pool.query<StoredBet>(
        `SELECT * FROM bet WHERE player_id = $1 AND ($2::text IS NULL OR race_id = $2) ORDER BY placed_at DESC, bet_id LIMIT $3`,
        [playerId, page.raceId ?? null, page.limit],
      );
      return rows.map(betRow);
    },

    bet: async (betId: string) => {
      const { rows } = await pool.query<StoredBet>("SELECT * FROM bet WHERE bet_id = $1", [betId]);
      return rows[0] && { playerId: rows[0].player_id, bet: betRow(rows[0]) };
    },

    race: async (raceId: string) => {
      const race = await raceOf(raceId);
      if (race === undefined) return undefined;
      const { data, lobby_id, opened_at, race_id, settled_at, status } = race;
      const { rows } = await pool.query<{ market: string; stakes: string }>(
        "SELECT market, sum(stake) AS stakes FROM bet WHERE race_id = $1 AND status <> 'cancelled' GROUP BY market",
        [raceId],
      );
      return {
        race_id,
        lobby_id,
        status,
        opened_at: iso(Number(opened_at)),
        started_at: data.started_at === null ? null : iso(data.started_at),
        commitment: data.commitment,
        runners: data.field.map((runner) => ({
          ...runner,
          scratched: data.scratched.includes(runner.number),
        })),
        pools: Object.fromEntries(rows.map(({ market, stakes }) => [market, Number(stakes)])),
        ...(data.order === undefined
          ? {}
          : {
              order: data.order,
              photo_finish: data.photo_finish,
              payouts: (data.pools ?? []).map(poolResult),
              server_seed: data.server_seed,
            }),
        ...(settled_at === null ? {} : { settled_at: iso(Number(settled_at)) }),
      };
    },

    /** Inputs and every frame; undefined while the race is not over. */
    replay: async (raceId: string) => {
      const race = await raceOf(raceId);
      if (race?.data.final_seed === undefined || race.data.max_ticks === null) return undefined;
      const { field, final_seed: seed, max_ticks: maxTicks, powers, scratched } = race.data;
      const run = simulate({ seed, field, scratched, maxTicks, powers });
      return {
        race_id: raceId,
        seed,
        ticks_per_second: TICKS_PER_SECOND,
        max_ticks: maxTicks,
        track_mm: run.trackLengthMm,
        runners: field.map((runner) => ({
          ...runner,
          scratched: scratched.includes(runner.number),
        })),
        powers: snake(powers, maxTicks),
        order: run.order,
        finish_ticks: run.finishTicks,
        photo_finish: run.photoFinish,
        frames: Array.from({ length: run.finishTick + 1 }, (_, tick) => frameAt(run, tick)),
      };
    },

    /** All that a third party needs to recompute the race; undefined while it is not over. */
    verify: async (raceId: string) => {
      const race = await raceOf(raceId);
      if (race?.data.final_seed === undefined || race.data.max_ticks === null) return undefined;
      const { data } = race;
      const bets = await betsOf(raceId);
      return {
        race_id: raceId,
        commitment: data.commitment,
        server_seed: data.server_seed,
        bets_digest: data.bets_digest,
        final_seed: data.final_seed,
        field: data.field,
        scratched: data.scratched,
        max_ticks: data.max_ticks,
        takeout_per_mille: data.takeout_per_mille,
        bets: bets.map(({ bet_id, market, player_id, selection, stake }) => ({
          bet_id,
          player_id,
          market,
          selection,
          stake: Number(stake),
        })),
        powers: data.powers.map(({ power, target, tick }) => ({ power, target, tick })),
        order: data.order,
        payouts: bets.map(({ bet_id, payout }) => ({ bet_id, payout: Number(payout) })),
      };
    },

    runnerAnalytics: async () => {
      const { rows } = await pool.query<{
        name: string;
        starts: string;
        wins: string;
        placed: string;
        average_odds: string | null;
        return_per_unit: string | null;
      }>(
        `SELECT name, count(*) AS starts, count(*) FILTER (WHERE won) AS wins, count(*) FILTER (WHERE place <= 2) AS placed,
           avg(odds) / 100 AS average_odds, avg(CASE WHEN won THEN odds ELSE 0 END) / 100 AS return_per_unit
         FROM race_runner GROUP BY name ORDER BY wins DESC, starts, name`,
      );
      return rows.map(({ average_odds, name, placed, return_per_unit, starts, wins }) => ({
        name,
        starts: Number(starts),
        wins: Number(wins),
        win_rate: rate(Number(wins) / Number(starts)),
        place_rate: rate(Number(placed) / Number(starts)),
        average_odds: rate(Number(average_odds)),
        /** What a unit on it in every race would have returned at the final odds. */
        return_per_unit: rate(Number(return_per_unit)),
      }));
    },

    raceAnalytics: async ({ limit }: { readonly limit: number }) => {
      const { rows } = await pool.query<{
        race_id: string;
        lobby_id: string;
        settled_at: string;
        order: unknown;
        winner: string;
        bets: string;
        staked: string | null;
        paid: string | null;
      }>(
        `SELECT r.race_id, r.lobby_id, r.settled_at, r.data -> 'order' AS order, w.name AS winner,
           b.bets, b.staked, b.paid
         FROM race r
         JOIN LATERAL (SELECT string_agg(name, ' & ' ORDER BY number) AS name FROM race_runner
                       WHERE race_id = r.race_id AND won) w ON true
         JOIN LATERAL (SELECT count(*) AS bets, sum(stake) AS staked, sum(payout) AS paid FROM bet
                       WHERE race_id = r.race_id AND status <> 'cancelled') b ON true
         WHERE r.status = 'settled' ORDER BY r.opened_at DESC LIMIT $1`,
        [limit],
      );
      return rows.map((row) => ({
        ...row,
        settled_at: iso(Number(row.settled_at)),
        bets: Number(row.bets),
        staked: Number(row.staked ?? 0),
        paid: Number(row.paid ?? 0),
      }));
    },
  };
};

const rate = (value: number) => Number(value.toFixed(RATE_DIGITS));
