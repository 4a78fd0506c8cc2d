/** What a process does about one that is dead: heard once it is itself a runner, and not before. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accuse } from "../../src/cluster/accuse.ts";
import type { ProcessInfo } from "../../src/cluster/ProcessReport.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";

let database: FreshDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const process = (runner: string): ProcessInfo => ({
  processId: randomUUID(),
  name: runner,
  pid: 1,
  runner,
  link: runner,
  url: `http://${runner}`,
  release: "test",
  startedAt: 0,
});

const register = ({ processId, runner }: ProcessInfo, healthy: boolean) =>
  pool.query(
    `WITH runner AS (INSERT INTO cluster_runners (address, runner, healthy) VALUES ($1, '{}', $2))
     INSERT INTO writer (writer_id, epoch, last_batch) VALUES ($3, 1, 0)`,
    [runner, healthy, processId],
  );

const stateOf = async ({ processId, runner }: ProcessInfo) => {
  const { rows } = await pool.query<{ healthy: boolean; epoch: number }>(
    `SELECT healthy, epoch FROM cluster_runners, writer WHERE address = $1 AND writer_id = $2`,
    [runner, processId],
  );
  return rows[0];
};

test("one that has just started is not heard until it is a runner; then the dead one's writes are fenced", async () => {
  const dead = process("127.0.0.1:1");
  const accuser = process("127.0.0.1:2");
  await register(dead, true);
  const accusation = { pool, accused: dead, accuser, lockSession: `locks ${dead.processId}` };

  expect(await accuse(accusation)).toBe(false);
  expect(await stateOf(dead)).toEqual({ healthy: true, epoch: 1 });

  await register(accuser, true);
  expect(await accuse(accusation)).toBe(true);
  expect(await stateOf(dead)).toEqual({ healthy: false, epoch: 2 });
});

test("one that is thought dead itself is heard, and nothing is done", async () => {
  const accused = process("127.0.0.1:3");
  const accuser = process("127.0.0.1:4");
  await register(accused, true);
  await register(accuser, false);
  expect(await accuse({ pool, accused, accuser, lockSession: "none" })).toBe(true);
  expect(await stateOf(accused)).toEqual({ healthy: true, epoch: 1 });
});
