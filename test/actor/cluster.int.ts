/** Actors as entities of a cluster of one process, on PostgreSQL. */
import { PgClient } from "@effect/sql-pg";
import { Clock as EffectClock, Duration, Effect, Layer, ManagedRuntime, Redacted } from "effect";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IdempotencyKeyReused } from "../../rpc/failure.ts";
import { CommandId } from "../../rpc/id.ts";
import type { Actor } from "../../src/actor/Actor.ts";
import * as AlarmSweeper from "../../src/actor/AlarmSweeper.ts";
import { type Clock, systemClock } from "../../src/actor/Clock.ts";
import { layerActors, layerSingleProcess } from "../../src/actor/Cluster.ts";
import type { Journal } from "../../src/actor/Journal.ts";
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import type { PgJournal } from "../../src/actor/PgJournal.ts";
import { Counter, LIMIT, OverLimit } from "../support/Counter.ts";
import { clientPause, type CounterSystem, openCounterSystem } from "../support/CounterSystem.ts";
import {
  append,
  type CounterDatabase,
  historyOf,
  openCounterDatabase,
} from "../support/journals.ts";
import { signal, Tally } from "../support/Signal.ts";

/** What stopping may take: less than an impatient supervisor waits. */
const SHUTDOWN_MS = 3000;

interface Process extends CounterSystem {
  /** Calls that went through the cluster. */
  readonly calls: () => number;
  /** Joins the cluster, or joins it again. */
  readonly join: () => Promise<void>;
  /** Leaves the cluster: it ends the entities that live here. */
  readonly leave: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

let database: CounterDatabase;
let journal: PgJournal;
const running: Array<Process> = [];

beforeAll(async () => {
  database = await openCounterDatabase();
  journal = database.openJournal();
});
afterAll(async () => {
  await journal.close();
  await database.close();
});
beforeEach(async () => {
  await database.pool.query("TRUNCATE journal, snapshot, alarm, counter_total, counter_change");
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

interface StartOptions {
  readonly clock?: Clock;
  /** Its journal, instead of one of its own in PostgreSQL. */
  readonly journal?: Journal;
}

const start = async ({ clock = systemClock, journal: given }: StartOptions = {}) => {
  const own = database.openJournal();
  const counters = openCounterSystem(given ?? own, clock);
  const { system } = counters;
  let calls = 0;
  const connect = system.connect.bind(system);
  system.connect = (transport) =>
    connect((kind, entityId, letters) => {
      calls++;
      return transport(kind, entityId, letters);
    });
  const effectClock = Object.assign(EffectClock.make(), {
    unsafeCurrentTimeMillis: clock.now,
    currentTimeMillis: Effect.sync(clock.now),
    sleep: (duration: Duration.Duration) =>
      Effect.async<void>((resume) => {
        const cancel = clock.after(Duration.toMillis(duration), () => resume(Effect.void));
        return Effect.sync(cancel);
      }),
  });
  const layer = Layer.mergeAll(layerActors(system), AlarmSweeper.layer(system, own, clock)).pipe(
    Layer.provide(layerSingleProcess),
    Layer.provide(
      PgClient.layer({
        url: Redacted.make(database.url),
        maxConnections: 3,
        // Where time runs faster, ten seconds.
        connectTimeout: Duration.minutes(10),
      }),
    ),
    Layer.provide(Layer.setClock(effectClock)),
  );
  let runtime = ManagedRuntime.make(layer);
  const join = async () => {
    runtime = ManagedRuntime.make(layer);
    await runtime.runPromise(Effect.void);
  };
  let stopped: Promise<void> | undefined;
  const started: Process = {
    ...counters,
    calls: () => calls,
    join,
    leave: () => runtime.dispose(),
    stop: () =>
      (stopped ??= (async () => {
        await runtime.dispose();
        await system.shutdown();
        await own.close();
      })()),
  };
  running.push(started);
  await join();
  return started;
};

const resident = ({ system }: Process, entityId: string): Actor | undefined =>
  [...system.residents()].find((actor) => actor.entityId === entityId);

const ok = (total: number, replayed = false) => ({ ok: true, value: { total }, replayed });

describe("an entity", () => {
  it("is started by the cluster, and spoken to directly from then on", async () => {
    const counters = await start();
    expect(await counters.add("a", "one")).toEqual(ok(1));
    const actor = resident(counters, "a");
    expect([actor?.isLive, counters.calls()]).toEqual([true, 1]);
    for (let i = 2; i <= 50; i++) expect(await counters.add("a", `c${i}`)).toEqual(ok(i));
    expect(resident(counters, "a")).toBe(actor);
    expect(counters.calls()).toBe(1);
  });

  it("gets what was said to it while it started in few calls, in order", async () => {
    const counters = await start();
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, i) => counters.add("a", `c${i + 1}`)),
    );
    expect(answers).toEqual(Array.from({ length: 300 }, (_, i) => ok(i + 1)));
    expect(counters.calls()).toBeLessThanOrEqual(3);
  });

  it("answers through the cluster as it does directly: rejections are of their class", async () => {
    const counters = await start();
    const much = await counters.add("a", "much", LIMIT + 1);
    expect([much.ok, counters.calls()]).toEqual([false, 1]);
    expect(!much.ok && much.error).toEqual(new OverLimit({ limit: LIMIT, total: 0 }));
    expect(!much.ok && much.error).toBeInstanceOf(OverLimit);
    expect(await counters.add("b", "id", 1, { fingerprint: "one" })).toEqual(ok(1));
    const next = await start();
    const reused = await next.add("b", "id", 1, { fingerprint: "other" });
    expect(!reused.ok && reused.error).toBeInstanceOf(IdempotencyKeyReused);
    const again = await next.add("a", "much", LIMIT + 1);
    expect(again).toMatchObject({ ok: false, replayed: true });
    expect(!again.ok && again.error).toBeInstanceOf(OverLimit);
  });

  it("gives to another, cold one, through the cluster", async () => {
    const counters = await start();
    const arrived = signal("the gift arrives");
    counters.system.topics.watch("counter:b", arrived.fire);
    await counters.system.ask(Counter, "Give", {
      entityId: "a",
      commandId: CommandId.make("g"),
      to: "b",
      amount: 7,
    });
    await arrived.fired();
    expect(await counters.total("b")).toBe(7);
  });

  it("is woken for its alarm after a restart, though nobody speaks to it", async () => {
    const dueAt = Date.now() - 1000;
    await journal.commit([
      append("late", 1, {
        command: "Schedule",
        events: [{ _tag: "Scheduled", dueAt, amount: 5 }],
        alarmDueAt: dueAt,
      }),
    ]);
    const counters = await start();
    const rang = signal("the alarm rings");
    counters.system.topics.watch("counter:late", (frame) => {
      if (!frame.sampled) rang.fire();
    });
    await rang.fired();
    expect(await counters.total("late")).toBe(5);
    expect((await historyOf(journal, "late")).map(({ version }) => version)).toEqual([1, 2]);
  });
});

/** A minute passes in a second. */
const FASTER = 60;
const begin = systemClock.now();
const fastClock: Clock = {
  now: () => begin + (systemClock.now() - begin) * FASTER,
  after: (delayMs, work) => systemClock.after(delayMs / FASTER, work),
  soon: systemClock.soon,
};

it("takes a call without an answer for lost, and goes on with what waits behind it", async () => {
  const stuck = new MemoryJournal();
  stuck.intercept = () => new Promise(() => undefined);
  const counters = await start({ clock: fastClock, journal: stuck });
  // Far longer than a call may take: ten seconds of the test.
  const patient = { timeoutMs: 600_000 };
  const [added, total] = await Promise.all([
    counters.add("a", "one", 1, patient),
    counters.system.ask(Counter, "Get", { entityId: "a" }, patient),
  ]);
  expect(added).toMatchObject({ ok: false, error: { reason: expect.stringContaining("lost") } });
  expect(total).toMatchObject(ok(0));
});

describe("idleness", () => {
  it("ends an entity that nobody speaks to, not one that is in use, and it comes back", async () => {
    const counters = await start({ clock: fastClock });
    await Promise.all([counters.insist("idle", "one"), counters.insist("used", "one")]);
    const used = resident(counters, "used");
    const idle = resident(counters, "idle");
    const deadline = performance.now() + 20_000;
    // In use means spoken to directly, which the cluster does not see.
    while (resident(counters, "idle") !== undefined) {
      expect(performance.now(), "until the idle entity ends").toBeLessThan(deadline);
      expect(await counters.total("used")).toBe(1);
      await clientPause();
    }
    expect(resident(counters, "used")).toBe(used);
    expect(await counters.insist("idle", "two")).toBe(2);
    expect(resident(counters, "idle")).not.toBe(idle);
  });
});

describe("leaving the cluster", () => {
  it("closes the doors, and after joining again new copies go on", async () => {
    const counters = await start();
    await counters.add("a", "one");
    const first = resident(counters, "a");
    await counters.leave();
    expect([...counters.system.residents()]).toEqual([]);
    expect(await counters.add("a", "two", 1, { timeoutMs: 500 })).toMatchObject({
      ok: false,
      error: { _tag: "Unavailable" },
    });
    await counters.join();
    expect(await counters.add("a", "two")).toMatchObject({ ok: true, value: { total: 2 } });
    expect(resident(counters, "a")).not.toBe(first);
  });

  it("under load loses and doubles nothing", async () => {
    const counters = await start();
    const acknowledged = new Tally("commands");
    let isRunning = true;
    const client = async (n: number) => {
      for (let i = 0; isRunning; i++) {
        await counters.insist(`e${n % 4}`, `${n}:${i}`, { timeoutMs: 2000 });
        acknowledged.add();
      }
    };
    const clients = Array.from({ length: 16 }, (_, n) => client(n));
    for (let round = 0; round < 2; round++) {
      await acknowledged.more(200);
      await counters.leave();
      await counters.join();
    }
    await acknowledged.more(200);
    isRunning = false;
    await Promise.all(clients);
    const histories = await Promise.all([0, 1, 2, 3].map((n) => historyOf(journal, `e${n}`)));
    expect(histories.flat()).toHaveLength(acknowledged.count);
    for (const entries of histories)
      expect(entries.map(({ version }) => version)).toEqual(entries.map((_, i) => i + 1));
  });
});

it("goes on when all its connections are terminated", async () => {
  const counters = await start();
  await counters.add("warm", "one");
  await database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  expect(await counters.insist("warm", "two")).toBe(2);
  expect(await counters.insist("cold", "one")).toBe(1);
});

it("stops soon, with everything answered, however busy it is", async () => {
  const counters = await start();
  const answers: Array<Promise<{ readonly ok: boolean }>> = [];
  for (let i = 0; i < 2000; i++) answers.push(counters.add(`e${i % 100}`, `c${i}`));
  for (let i = 0; i < 20; i++)
    void counters.system.ask(Counter, "Give", {
      entityId: `e${i}`,
      commandId: CommandId.make("g"),
      to: `cold${i}`,
      amount: 1,
    });
  await counters.add("e0", "last");
  for (let i = 0; i < 2000; i++) answers.push(counters.add(`e${i % 100}`, `d${i}`));
  const began = performance.now();
  await counters.stop();
  expect(performance.now() - began).toBeLessThan(SHUTDOWN_MS);
  const answered = await Promise.all(answers);
  const acknowledged = answered.filter((answer) => answer.ok).length;
  const { rows } = await database.pool.query<{ count: string }>(
    "SELECT count(*) FROM journal WHERE command = 'Add' AND command_id ~ '^[cd]'",
  );
  expect(Number(rows[0]?.count)).toBe(acknowledged);
});
