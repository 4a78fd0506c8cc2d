/** What is read of many races: by runner, and one after another. From the projections, as the wire has it. */
import { Schema } from "effect";
import type pg from "pg";
import type {
  RaceRowBody,
  RacesBody,
  RunnerHistoryBody,
  RunnerStartBody,
  RunnerTotalsBody,
} from "../../rpc/http/analytics.ts";
import { RaceFinished, RaceOpened } from "./events.ts";
import { iso } from "./frames.ts";
import { formatOdds } from "./race/odds.ts";

/** Digits of odds and shares. */
const RATE_DIGITS = 4;

const TOTALS = `
SELECT name, count(*) AS starts, count(*) FILTER (WHERE won) AS wins, count(*) FILTER (WHERE place <= 2) AS placed,
  avg(odds) / 100 AS average_odds, avg(CASE WHEN won THEN odds ELSE 0 END) / 100 AS return_per_unit
FROM race_runner WHERE $1::text IS NULL OR name = $1
GROUP BY name ORDER BY wins DESC, starts, name`;

const STARTS = `
SELECT s.race_id, r.lobby_id, s.at, s.number, s.place, s.won, s.odds, s.finish_ms, r.data -> 'field' AS field
FROM race_runner s JOIN race r USING (race_id)
WHERE s.name = $1 AND ($2::bigint IS NULL OR (s.at, s.race_id) < ($2, $3))
ORDER BY s.at DESC, s.race_id DESC LIMIT $4`;

const SETTLED = `
SELECT r.race_id, r.lobby_id, r.opened_at, r.settled_at, r.data -> 'order' AS order, w.name AS winner, b.bets, b.staked, b.paid
FROM race r
JOIN LATERAL (SELECT string_agg(name, ' & ' ORDER BY number) AS name FROM race_runner
              WHERE race_id = r.race_id AND won) w ON true
JOIN LATERAL (SELECT count(*) AS bets, sum(stake) AS staked, sum(payout) AS paid FROM bet
              WHERE race_id = r.race_id AND status <> 'cancelled') b ON true
WHERE r.status = 'settled' AND ($1::bigint IS NULL OR (r.opened_at, r.race_id) < ($1, $2))`;
const NEWEST_FIRST = "ORDER BY r.opened_at DESC, r.race_id DESC LIMIT $3";

export interface Page {
  /** `next_before` of the page before; anything else starts anew. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** A page ends at a time and, for things of one time, at an id. */
const PLACE = /^(\d{1,15})\.(.+)$/;
const placeOf = (before: string | undefined) => {
  const [, at = null, id = null] = PLACE.exec(before ?? "") ?? [];
  return [at, id] as const;
};

/** What was read with one row more than the page has: the page, and where it ended if there is another. */
const paged = <Row extends { readonly race_id: string }>(
  rows: ReadonlyArray<Row>,
  limit: number,
  at: (row: Row) => string,
) => {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { page, nextBefore: last === undefined ? null : `${at(last)}.${last.race_id}` };
};

export const make = (pool: pg.Pool) => {
  const totals = async (name: string | null): Promise<ReadonlyArray<RunnerTotalsBody>> => {
    const { rows } = await pool.query<TotalsRow>(TOTALS, [name]);
    return rows.map(totalsBody);
  };

  return {
    runners: () => totals(null),

    /** Undefined when no runner of this name has started. */
    runner: async (
      name: string,
      { before, limit }: Page,
    ): Promise<RunnerHistoryBody | undefined> => {
      const [[mine], { rows }] = await Promise.all([
        totals(name),
        pool.query<StartRow>(STARTS, [name, ...placeOf(before), limit + 1]),
      ]);
      if (mine === undefined) return undefined;
      const { nextBefore, page } = paged(rows, limit, ({ at }) => at);
      return { totals: mine, starts: page.map(startBody), next_before: nextBefore };
    },

    races: async ({
      before,
      limit,
      lobbyId,
    }: Page & { readonly lobbyId?: string | undefined }): Promise<RacesBody> => {
      const place = [...placeOf(before), limit + 1];
      // Two texts, so that each finds its own index whatever the planner knows of its parameters.
      const { rows } = await (lobbyId === undefined
        ? pool.query<SettledRow>(`${SETTLED} ${NEWEST_FIRST}`, place)
        : pool.query<SettledRow>(`${SETTLED} AND r.lobby_id = $4 ${NEWEST_FIRST}`, [
            ...place,
            lobbyId,
          ]));
      const { nextBefore, page } = paged(rows, limit, ({ opened_at }) => opened_at);
      return { races: page.map(raceRowBody), next_before: nextBefore };
    },
  };
};

interface TotalsRow {
  readonly name: string;
  readonly starts: string;
  readonly wins: string;
  readonly placed: string;
  readonly average_odds: string | null;
  readonly return_per_unit: string | null;
}

const rate = (value: number) => Number(value.toFixed(RATE_DIGITS));

const totalsBody = (row: TotalsRow): RunnerTotalsBody => {
  const starts = Number(row.starts);
  const wins = Number(row.wins);
  return {
    name: row.name,
    starts,
    wins,
    win_rate: rate(wins / starts),
    place_rate: rate(Number(row.placed) / starts),
    average_odds: rate(Number(row.average_odds)),
    return_per_unit: rate(Number(row.return_per_unit)),
  };
};

interface StartRow {
  readonly race_id: string;
  readonly lobby_id: string;
  readonly at: string;
  readonly number: number;
  readonly place: number;
  readonly won: boolean;
  readonly odds: number | null;
  readonly finish_ms: number | null;
  readonly field: unknown;
}
const decodeField = Schema.decodeUnknownSync(RaceOpened.fields.field);

const startBody = ({ at, field, odds, ...start }: StartRow): RunnerStartBody => ({
  ...start,
  at: iso(Number(at)),
  odds: odds === null ? null : formatOdds(odds),
  form: decodeField(field).find(({ number }) => number === start.number)?.form ?? null,
});

interface SettledRow {
  readonly race_id: string;
  readonly lobby_id: string;
  readonly opened_at: string;
  readonly settled_at: string;
  readonly order: unknown;
  readonly winner: string | null;
  readonly bets: string;
  readonly staked: string | null;
  readonly paid: string | null;
}
const decodeOrder = Schema.decodeUnknownSync(RaceFinished.fields.order);

const raceRowBody = (row: SettledRow): RaceRowBody => ({
  race_id: row.race_id,
  lobby_id: row.lobby_id,
  opened_at: iso(Number(row.opened_at)),
  settled_at: iso(Number(row.settled_at)),
  order: decodeOrder(row.order),
  winner: row.winner ?? "",
  bets: Number(row.bets),
  staked: Number(row.staked ?? 0),
  paid: Number(row.paid ?? 0),
});
