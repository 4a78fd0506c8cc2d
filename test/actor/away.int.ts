/**
 * PostgreSQL goes away under load and comes back. Callers are told `Unavailable` within their time limit, little
 * waits in memory, nothing acknowledged is lost, and afterwards everything works without a restart of the process.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "../../src/actor/Clock.ts";
import { PgJournal, type PgJournalOptions } from "../../src/actor/PgJournal.ts";
import { migrate, readMigrations } from "../../src/ops/Migrations.ts";
import { type RunningPostgres, startPostgres } from "../../src/ops/EmbeddedPostgres.ts";
import { COUNTER_TABLES, CounterChange, CounterTotal, fold } from "../support/Counter.ts";
import { clientPause, type CounterSystem, openCounterSystem } from "../support/CounterSystem.ts";
import { historyOf, openPool } from "../support/journals.ts";
import { onFrame } from "../support/onFrame.ts";
import { PostgresProxy } from "../support/PostgresProxy.ts";
import { Tally } from "../support/Signal.ts";
import { slowdown } from "../support/slowdown.ts";

const CLIENTS = 40;
const TIMEOUT_MS = 1000;
/** Time-outs are looked for four times a second, and the machine may be busy. */
const TIMEOUT_SLACK_MS = 1500;
/** Answers after which a phase of the test has shown what it is for. */
const ENOUGH = 400;

let folder: string;
let server: RunningPostgres;
let pool: pg.Pool;
let journal: PgJournal;
let counters: CounterSystem;

const openJournal = (options: Partial<PgJournalOptions> = {}) =>
  new PgJournal({
    url: server.url,
    pool,
    projections: [CounterTotal, CounterChange],
    log: () => undefined,
    ...options,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-away-"));
  server = await startPostgres({ folder, log: () => undefined });
  await migrate(server.url, await readMigrations());
  pool = openPool(server.url);
  await pool.query(COUNTER_TABLES);
  journal = openJournal();
  counters = openCounterSystem(journal, systemClock);
});
afterAll(async () => {
  await counters.system.shutdown();
  await journal.close();
  await pool.end();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

it("PostgreSQL killed between a decision and its commit: nobody has seen what was decided", async () => {
  const proxy = await PostgresProxy.to(server.url);
  const lookedUp: Array<boolean> = [];
  const own = openJournal({ url: proxy.url, onUnknownCommit: (was) => lookedUp.push(was) });
  const { add, system, total } = openCounterSystem(own, systemClock);
  const frames: Array<string> = [];
  system.topics.watch(
    "counter:gate",
    onFrame((frame) => void frames.push(frame.text)),
  );
  expect(await add("gate", "before", 5)).toMatchObject({ ok: true });

  const caught = proxy.next("commit_");
  let isAnswered = false;
  const added = add("gate", "decided", 1).finally(() => (isAnswered = true));
  const held = await caught;
  const killed = server.pid();
  if (killed !== undefined) process.kill(killed, "SIGKILL");
  expect([await total("gate"), isAnswered, frames.length]).toEqual([5, false, 1]);
  held.cut();
  // The server is started again by its supervisor, and the outcome looked up.
  expect(await added).toEqual({ ok: true, value: { total: 6 }, replayed: false });
  expect(lookedUp).toEqual([false]);
  expect(await total("gate")).toBe(6);
  expect((await historyOf(own, "gate")).map(({ version }) => version)).toEqual([1, 2]);
  expect(frames).toHaveLength(2);
  await system.shutdown();
  await own.close();
  await proxy.close();
}, 120_000);

it("PostgreSQL stopped under load and started again", async () => {
  const acknowledged = new Map<string, Set<string>>();
  const done = new Tally("commands done");
  const unavailable = new Tally("callers told that it is away");
  let slowestMs = 0;
  let deepest = 0;
  let isRunning = true;

  const client = async (n: number) => {
    for (let i = 0; isRunning; i++) {
      // Some entities are in memory, others have to be read.
      const entityId = i % 4 === 0 ? `cold-${n}-${i}` : `hot-${n % 5}`;
      const commandId = `${n}:${i}`;
      for (let isAnswered = false; isRunning && !isAnswered;) {
        const asked = performance.now();
        const answer = await counters.add(entityId, commandId, 1, { timeoutMs: TIMEOUT_MS });
        slowestMs = Math.max(slowestMs, performance.now() - asked);
        deepest = Math.max(deepest, counters.system.commitDepth);
        isAnswered = answer.ok;
        if (answer.ok) {
          done.add();
          acknowledged.set(entityId, (acknowledged.get(entityId) ?? new Set()).add(commandId));
        } else {
          expect(answer.error._tag).toBe("Unavailable");
          unavailable.add();
          await clientPause();
        }
      }
    }
  };
  const clients = Array.from({ length: CLIENTS }, (_, n) => client(n));
  await done.more(ENOUGH);
  await server.stop();
  const whenStopped = done.count;
  await unavailable.more(CLIENTS * 3);
  expect(done.count).toBeLessThan(whenStopped + CLIENTS + 1);
  server = await startPostgres({ folder, log: () => undefined });
  await done.more(ENOUGH);
  isRunning = false;
  await Promise.all(clients);

  expect(slowestMs).toBeLessThan(TIMEOUT_MS + TIMEOUT_SLACK_MS * slowdown());
  // What waits is what callers wait for: each has one command, and those that timed out.
  expect(deepest).toBeLessThan(CLIENTS * 20);
  for (const [entityId, commandIds] of acknowledged) {
    const entries = await historyOf(journal, entityId);
    const written = entries.map(({ commandId }) => commandId);
    expect(entries.map(({ version }) => version)).toEqual(entries.map((_, i) => i + 1));
    expect(new Set(written).size).toBe(written.length);
    for (const commandId of commandIds) expect(written).toContain(commandId);
    expect(await counters.total(entityId)).toBe(
      fold(entries.flatMap(({ events }) => events)).total,
    );
  }
}, 120_000);
