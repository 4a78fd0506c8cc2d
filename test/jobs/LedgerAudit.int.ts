/** The audit as a job: of sound books, and of books that were tampered with. What it finds, `test/audit` tests. */
import { fork } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  AUDIT_PROGRAM,
  auditApart,
  type AuditSummary,
  COMPILER,
} from "../../src/jobs/AuditApart.ts";
import { LEDGER_AUDIT, LedgerAudit } from "../../src/jobs/LedgerAudit.ts";
import { Term, TermEnded } from "../../src/jobs/Term.ts";
import { auditOf, Played } from "../audit/Played.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";

const HOUR_MS = 3_600_000;

let database: FreshDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  const played = new Played(database.url);
  await played.join("ada", "bob", "cyd");
  await played.close();
  pool = new pg.Pool({ connectionString: database.url });
});
beforeEach(async () => {
  await pool.query("TRUNCATE singleton, audit_run");
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const never = new AbortController().signal;
const take = () => Term.take(pool, { name: LEDGER_AUDIT, holder: "p1" });

const auditor = (everyMs: number) => {
  const told: Array<AuditSummary> = [];
  const onAudited = (summary: AuditSummary) => void told.push(summary);
  const audit = async (): Promise<AuditSummary> => {
    const { entities, ...report } = await auditOf(database.url);
    return { ...report, entities: [...entities.values()].reduce((sum, one) => sum + one, 0) };
  };
  return { told, job: new LedgerAudit({ everyMs, audit, onAudited }) };
};

const runs = async () =>
  (await pool.query("SELECT term, entities, entries, found, findings FROM audit_run")).rows;

/** Moves office and runs into the past. */
const pass = (interval: string) =>
  pool.query(
    `WITH office AS (UPDATE singleton SET since = since - $1::interval)
     UPDATE audit_run SET started_at = started_at - $1::interval, finished_at = finished_at - $1::interval`,
    [interval],
  );

describe("the audit job", () => {
  it("waits one interval, records a clean run, and waits again", async () => {
    const { job, told } = auditor(HOUR_MS);
    const term = await take();
    expect(await job.run(term, never)).toBeGreaterThan(HOUR_MS - 60_000);
    expect(job.found).toBeUndefined();
    await pass("1 hour");
    expect(await job.run(term, never)).toBeGreaterThan(HOUR_MS - 60_000);
    const entries = Number((await pool.query("SELECT count(*) FROM journal")).rows[0].count);
    expect(await runs()).toEqual([
      { term: "1", entities: "3", entries: String(entries), found: 0, findings: [] },
    ]);
    expect(told).toMatchObject([{ entities: 3, entries, found: 0, findings: [] }]);
    expect(job.found).toBe(0);
  });

  it("finds a ledger line that was tampered with, and a successor knows of it", async () => {
    const { job, told } = auditor(0);
    const tamper = (by: number) =>
      pool.query(
        "UPDATE ledger SET amount = amount + $1 WHERE entity_id = 'ada' AND purpose = 'grant'",
        [by],
      );
    await tamper(5);
    await job.run(await take(), never);
    await tamper(-5);
    const [run] = await runs();
    expect(run.found).toBe(3);
    const sentences = run.findings.map(({ sentence }: { sentence: string }) => sentence);
    expect(sentences).toContainEqual(expect.stringMatching(/a drift of 5$/));
    expect(told[0]?.findings).toEqual(run.findings);
    const successor = auditor(HOUR_MS);
    expect(await successor.job.run(await take(), never)).toBeGreaterThan(0);
    expect(successor.job.found).toBe(3);
    expect(successor.told).toEqual([]);
  });

  it("rests many times as long as it took, whatever the interval", async () => {
    const { job } = auditor(1);
    const term = await take();
    await pass("1 second");
    await job.run(term, never);
    await pool.query("UPDATE audit_run SET started_at = finished_at - interval '100 seconds'");
    expect(await job.run(term, never)).toBeGreaterThan(1_800_000);
    await pass("1900 seconds");
    expect(await job.run(term, never)).toBeGreaterThan(0);
    expect(await runs()).toHaveLength(2);
  });

  it("records nothing when another has taken the office meanwhile", async () => {
    const { job, told } = auditor(0);
    const zombie = await take();
    await take();
    await expect(job.run(zombie, never)).rejects.toBeInstanceOf(TermEnded);
    expect(await runs()).toEqual([]);
    expect(told).toEqual([]);
  });

  it("forgets runs of long ago", async () => {
    const { job } = auditor(0);
    const term = await take();
    await pool.query(
      `INSERT INTO audit_run VALUES (1, now() - interval '92 days', now() - interval '91 days', 1, 1, 0, '[]')`,
    );
    await pool.query("UPDATE audit_run SET started_at = finished_at");
    await job.run(term, never);
    expect((await runs()).map(({ entities }) => entities)).toEqual(["3"]);
  });
});

/** Resolves when the audit's process waits for a lock. */
const auditWaits = async (): Promise<void> => {
  for (;;) {
    const { rowCount } = await pool.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
         AND application_name = 'croupier audit job' AND wait_event_type = 'Lock'`,
    );
    if (rowCount === 1) return;
  }
};

describe("the audit's process", () => {
  it("tells what it found", async () => {
    const { entities, found } = await auditApart({ url: database.url }, never);
    expect({ entities, found }).toEqual({ entities: 3, found: 0 });
  });

  it("says why it could not read the books", async () => {
    const nowhere = "postgres://nobody@127.0.0.1:1/none";
    await expect(auditApart({ url: nowhere }, never)).rejects.toThrow(
      /^the audit ended with 2: .*ECONNREFUSED/,
    );
  });

  it("ends when it is called off", async () => {
    const stop = new AbortController();
    const audited = auditApart({ url: database.url }, stop.signal);
    stop.abort();
    await expect(audited).rejects.toMatchObject({ name: "AbortError" });
  });

  it("ends with the process that started it", async () => {
    const lock = await pool.connect();
    await lock.query("BEGIN");
    await lock.query("LOCK TABLE ledger");
    const child = fork(AUDIT_PROGRAM, { execArgv: [...COMPILER] });
    child.send({ url: database.url });
    await auditWaits();
    const ended = once(child, "exit");
    child.disconnect();
    expect(await ended).toEqual([1, null]);
    await lock.query("ROLLBACK");
    lock.release();
  });
});
