/**
 * A reservation the classic way, from a Node pool: the numbers are rows, they are locked in order, checked, updated, and the
 * reservation is inserted with them. It is generous: no server in front, no journal, no frames, no deadline to keep.
 */
import pg from "pg";
import { Chooser, type Crowd } from "../load/Chooser.ts";
import { Histogram } from "../support/Histogram.ts";
import { serveWorker } from "../support/Worker.ts";

export type ClassicReserveRequest =
  | { readonly type: "open"; readonly url: string; readonly poolSize: number }
  | {
      readonly type: "stampede";
      readonly crowd: Crowd;
      readonly raffleId: number;
      readonly buyers: number;
      readonly totalNumbers: number;
      readonly each: number;
      readonly seed: number;
    }
  | { readonly type: "close" };

export interface ClassicReserveReport {
  readonly granted: number;
  readonly attempts: number;
  readonly elapsedMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export const CLASSIC_SCHEMA = `
CREATE TABLE raffle_number (
  raffle_id int NOT NULL,
  number int NOT NULL,
  status text NOT NULL DEFAULT 'available',
  reservation_id bigint,
  reserved_until timestamptz,
  PRIMARY KEY (raffle_id, number)
) WITH (fillfactor = 70);
CREATE TABLE reservation (
  reservation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  raffle_id int NOT NULL,
  player_id text NOT NULL,
  idempotency_key text NOT NULL,
  numbers int[] NOT NULL,
  expires_at timestamptz NOT NULL,
  UNIQUE (player_id, idempotency_key)
);`;

/** In order, so that no two transactions wait for each other. */
const LOCK = `SELECT number, status FROM raffle_number WHERE raffle_id = $1 AND number = ANY($2)
ORDER BY number FOR UPDATE`;
const INSERT = `INSERT INTO reservation (raffle_id, player_id, idempotency_key, numbers, expires_at)
VALUES ($1, $2, $3, $4, now() + interval '10 minutes') RETURNING reservation_id`;
const RESERVE = `UPDATE raffle_number SET status = 'reserved', reservation_id = $3, reserved_until = now() + interval '10 minutes'
WHERE raffle_id = $1 AND number = ANY($2)`;

let pool: pg.Pool | undefined;

/** The numbers that were taken; none when the reservation was made. */
const reserve = async (
  from: pg.Pool,
  raffleId: number,
  player: string,
  key: string,
  numbers: ReadonlyArray<number>,
): Promise<ReadonlyArray<number>> => {
  const client = await from.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<{ number: number; status: string }>({
      name: "lock",
      text: LOCK,
      values: [raffleId, numbers],
    });
    const taken = rows.filter(({ status }) => status !== "available").map(({ number }) => number);
    if (taken.length > 0) {
      await client.query("ROLLBACK");
      return taken;
    }
    const inserted = await client.query<{ reservation_id: string }>({
      name: "insert",
      text: INSERT,
      values: [raffleId, player, key, numbers],
    });
    const id = inserted.rows[0]!.reservation_id;
    await client.query({ name: "reserve", text: RESERVE, values: [raffleId, numbers, id] });
    await client.query("COMMIT");
    return [];
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
};

const stampede = async (
  request: ClassicReserveRequest & { readonly type: "stampede" },
): Promise<ClassicReserveReport> => {
  if (pool === undefined) throw new Error("not open");
  const from = pool;
  const chooser = new Chooser(request.crowd, request.totalNumbers, request.seed);
  const latency = new Histogram();
  let attempts = 0;
  const buy = async (buyer: number) => {
    for (;;) {
      const numbers = chooser.choose(request.each);
      attempts += 1;
      const key = `${request.raffleId}-${buyer}-${attempts}`;
      const startedAt = performance.now();
      const taken = await reserve(from, request.raffleId, `player-${buyer}`, key, numbers);
      latency.record(performance.now() - startedAt);
      chooser.taken(taken.length === 0 ? numbers : taken);
      if (taken.length === 0) return;
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: request.buyers }, (_, buyer) => buy(buyer)));
  return {
    granted: request.buyers,
    attempts,
    elapsedMs: performance.now() - startedAt,
    p50Ms: latency.quantileMs(0.5),
    p99Ms: latency.quantileMs(0.99),
  };
};

serveWorker<ClassicReserveRequest, ClassicReserveReport | undefined>(async (request) => {
  switch (request.type) {
    case "open":
      await pool?.end();
      pool = new pg.Pool({ connectionString: request.url, max: request.poolSize });
      // Connections are opened before the clock runs.
      await Promise.all(
        Array.from({ length: request.poolSize }, () => pool!.query("SELECT pg_sleep(0.05)")),
      );
      return undefined;
    case "stampede":
      return stampede(request);
    case "close":
      await pool?.end();
      pool = undefined;
      return undefined;
  }
});
