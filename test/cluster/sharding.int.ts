/** Actors as entities of a cluster, of one process and of two, on PostgreSQL. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IdempotencyKeyReused } from "../../rpc/failure.ts";
import { CommandId } from "../../rpc/id.ts";
import { type Clock, systemClock } from "../../src/actor/Clock.ts";
import type { PgJournal } from "../../src/actor/PgJournal.ts";
import { until } from "../crash/deadline.ts";
import { Counter, LIMIT, OverLimit } from "../support/Counter.ts";
import { clientPause } from "../support/CounterSystem.ts";
import {
  append,
  type CounterDatabase,
  historyOf,
  openCounterDatabase,
  versionsOf,
} from "../support/journals.ts";
import { onFrame } from "../support/onFrame.ts";
import { signal, Tally } from "../support/Signal.ts";
import {
  type CounterNode,
  type CounterNodeOptions,
  settled,
  startNode,
} from "./support/CounterNode.ts";
import { slowdown } from "../support/slowdown.ts";

/** What stopping may take: less than an impatient supervisor waits. */
const SHUTDOWN_MS = 5000;
/** Shards are spread by a hash: among so many entities both of two processes have some. */
const MANY = Array.from({ length: 24 }, (_, i) => `e${i}`);

let database: CounterDatabase;
let journal: PgJournal;
const running: Array<CounterNode> = [];

beforeAll(async () => {
  database = await openCounterDatabase();
  journal = database.openJournal();
});
afterAll(async () => {
  await journal.close();
  await database.close();
});
beforeEach(async () => {
  await database.pool.query(
    "TRUNCATE journal, snapshot, alarm, counter_total, counter_change, process, paused_kind",
  );
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

const start = async (options?: CounterNodeOptions): Promise<CounterNode> => {
  const started = await startNode(database, options);
  running.push(started);
  return started;
};

const startTwo = async (): Promise<readonly [CounterNode, CounterNode]> => {
  const one = await start({ name: "p1" });
  const other = await start({ name: "p2" });
  await settled(one, other);
  return [one, other];
};

const ok = (total: number, replayed = false) => ({ ok: true, value: { total }, replayed });

/** The first of many that lives in this process. */
const livingIn = (owner: CounterNode): string => {
  const found = MANY.find(
    (id) => owner.node.ownerOf("counter", id)?.processId === owner.node.self.processId,
  );
  if (found === undefined) throw new Error("it has none");
  return found;
};

/** Clients that add without pause, each asking once for each command, until they are told to stop. */
const load = (nodes: ReadonlyArray<CounterNode>, clients: number) => {
  const done = new Tally("commands");
  const refusals: Array<unknown> = [];
  let isRunning = true;
  const client = async (n: number) => {
    for (let i = 0; isRunning; i++) {
      const by = nodes[(n + i) % nodes.length];
      const answer = await by?.add(MANY[(n * 7 + i) % MANY.length] ?? "e0", `${n}:${i}`);
      if (answer?.ok === true) done.add();
      else refusals.push(answer);
    }
  };
  const all = Promise.all(Array.from({ length: clients }, (_, n) => client(n)));
  return {
    done,
    refusals,
    stop: async () => {
      isRunning = false;
      await all;
    },
  };
};

/** Every acknowledged command is in the journal once, and nothing else is. */
const expectWritten = async (commands: number) => {
  const histories = await Promise.all(MANY.map((id) => historyOf(journal, id)));
  expect(histories.flat()).toHaveLength(commands);
  for (const entries of histories)
    expect(entries.map(({ version }) => version)).toEqual(entries.map((_, i) => i + 1));
};

describe("an entity", () => {
  it("is started by the cluster, and spoken to directly from then on", async () => {
    const counters = await start();
    expect(await counters.add("a", "one")).toEqual(ok(1));
    const actor = counters.resident("a");
    expect([actor?.isLive, counters.touched]).toEqual([true, ["a"]]);
    for (let i = 2; i <= 50; i++) expect(await counters.add("a", `c${i}`)).toEqual(ok(i));
    expect(counters.resident("a")).toBe(actor);
    expect(counters.touched).toEqual(["a"]);
  });

  it("gets what was said to it while it started, in order, by one start", async () => {
    const counters = await start();
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, i) => counters.add("a", `c${i + 1}`)),
    );
    expect(answers).toEqual(Array.from({ length: 300 }, (_, i) => ok(i + 1)));
    expect(counters.touched).toEqual(["a"]);
  });

  it("gives to another, cold one", async () => {
    const counters = await start();
    const arrived = signal("the gift arrives");
    counters.system.topics.watch("counter:b", onFrame(arrived.fire));
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
    await journal.commit(
      ["late", "later"].map((entityId) =>
        append(entityId, 1, {
          command: "Schedule",
          events: [{ _tag: "Scheduled", dueAt, amount: 5 }],
          alarmDueAt: dueAt,
        }),
      ),
    );
    const counters = await start();
    await until(
      "the alarms to ring",
      () => Promise.all([versionsOf(journal, "late"), versionsOf(journal, "later")]),
      (versions) => versions.every(({ length }) => length > 1),
    );
    expect([await counters.total("late"), await counters.total("later")]).toEqual([5, 5]);
    expect(await versionsOf(journal, "late")).toEqual([1, 2]);
  });

  it("goes on when all connections are terminated", async () => {
    const counters = await start();
    await counters.add("warm", "one");
    await database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect(await counters.insist("warm", "two")).toBe(2);
    expect(await counters.insist("cold", "one")).toBe(1);
  });
});

/** Two minutes pass in six seconds. */
const FASTER = 20;
const began = systemClock.now();
const fastClock: Clock = {
  now: () => began + (systemClock.now() - began) * FASTER,
  after: (delayMs, work) => systemClock.after(delayMs / FASTER, work),
  soon: systemClock.soon,
};

describe("idleness", () => {
  it("ends an entity that nobody speaks to, not one that is in use, and it comes back", async () => {
    const counters = await start({ clock: fastClock });
    await Promise.all([counters.insist("idle", "one"), counters.insist("used", "one")]);
    const used = counters.resident("used");
    const idle = counters.resident("idle");
    // In use means spoken to directly, which the cluster's library does not see.
    await until(
      "the idle entity to end",
      async () => {
        expect(await counters.total("used")).toBe(1);
        await clientPause();
        return counters.resident("idle");
      },
      (resident) => resident === undefined,
    );
    expect(counters.resident("used")).toBe(used);
    expect(await counters.insist("idle", "two")).toBe(2);
    expect(counters.resident("idle")).not.toBe(idle);
  });
});

describe("two processes", () => {
  it("share the entities, and each speaks to all of them", async () => {
    const [one, other] = await startTwo();
    for (const by of [one, other])
      expect(await Promise.all(MANY.map((id) => by.add(id, by.node.self.name)))).toEqual(
        MANY.map(() => ok(by === one ? 1 : 2)),
      );
    for (const id of MANY) {
      const homes = [one, other].filter((node) => node.resident(id) !== undefined);
      expect(homes).toHaveLength(1);
      expect(one.node.ownerOf("counter", id)).toEqual(homes[0]?.node.self);
      expect(other.node.ownerOf("counter", id)).toEqual(homes[0]?.node.self);
    }
    expect(one.touched.length).toBeGreaterThan(0);
    expect(other.touched.length).toBeGreaterThan(0);
  });

  it("answer across as they do here: rejections are of their class, repetitions are told", async () => {
    const [one, other] = await startTwo();
    const far = livingIn(other);
    const much = await one.add(far, "much", LIMIT + 1);
    expect(!much.ok && much.error).toEqual(new OverLimit({ limit: LIMIT, total: 0 }));
    expect(!much.ok && much.error).toBeInstanceOf(OverLimit);
    expect(await one.add(far, "much", LIMIT + 1)).toMatchObject({ ok: false, replayed: true });
    expect(await one.add(far, "id", 1, { fingerprint: "one" })).toEqual(ok(1));
    expect(await one.add(far, "id", 1, { fingerprint: "one" })).toEqual(ok(1, true));
    const reused = await one.add(far, "id", 1, { fingerprint: "other" });
    expect(!reused.ok && reused.error).toBeInstanceOf(IdempotencyKeyReused);
    expect(await other.total(far)).toBe(1);
    const [entry] = (await historyOf(journal, far)).slice(-1);
    expect(entry).toMatchObject({ commandId: "id", fingerprint: "one" });
  });

  it("carry messages in order, and many at a time", async () => {
    const [one, other] = await startTwo();
    const far = livingIn(other);
    const answers = await Promise.all(
      Array.from({ length: 2000 }, (_, i) => one.add(far, `c${i + 1}`)),
    );
    expect(answers).toEqual(Array.from({ length: 2000 }, (_, i) => ok(i + 1)));
  });

  it("lose, double and refuse nothing while one joins, leaves and joins again under load", async () => {
    const one = await start({ name: "p1" });
    await settled(one);
    const { done, refusals, stop } = load([one], 16);
    await done.more(100);
    const other = await start({ name: "p2" });
    await settled(one, other);
    await done.more(200);
    await other.leave();
    await settled(one);
    await done.more(200);
    await other.join();
    await settled(one, other);
    await done.more(200);
    await stop();
    expect(refusals).toEqual([]);
    await expectWritten(done.count);
    // Had nothing moved, nothing would be proved.
    expect(other.touched.length).toBeGreaterThan(0);
  }, 120_000);

  it("show a topic without gap or repeat to whoever watches at the one, while it moves between them", async () => {
    const one = await start({ name: "p1" });
    await settled(one);
    const other = await start({ name: "p2" });
    await settled(one, other);
    const far = livingIn(other);
    const seen: Array<number> = [];
    const frames = new Tally("frames");
    one.node.topics.watch(`counter:${far}`, {
      frame: ({ version }) => {
        seen.push(version);
        frames.add();
      },
      gap: (version) => expect.unreachable(`a gap up to ${version}`),
    });
    const say = async (from: number, to: number) => {
      const shown = frames.more(to - from + 1);
      for (let i = from; i <= to; i++) expect(await one.insist(far, `c${i}`)).toBe(i);
      await shown;
    };
    await say(1, 3);
    await other.leave();
    await say(4, 6);
    await other.join();
    await settled(one, other);
    await say(7, 9);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(one.sometimes.counts()["streamResumed"]).toBeGreaterThanOrEqual(1);
  });

  it("follow an order to pause a kind, all of them, and those that join later", async () => {
    const [one, other] = await startTwo();
    const far = livingIn(other);
    await other.add(far, "one");
    await one.node.setPaused("counter", true);
    const paused = { ok: false, error: { reason: expect.stringContaining("paused") } };
    await until(
      "the order to be followed",
      () => other.node.pausedKinds(),
      (kinds) => kinds.includes("counter"),
    );
    expect(await one.add(far, "two")).toMatchObject(paused);
    await other.leave();
    await other.join();
    expect(other.node.pausedKinds()).toEqual(["counter"]);
    await other.node.setPaused("counter", false);
    await until(
      "the order to be lifted",
      () => one.node.pausedKinds(),
      (kinds) => kinds.length === 0,
    );
    expect(await one.insist(far, "two")).toBe(2);
  });

  it("know each other's reports, and what runs once runs in one of them", async () => {
    const [one, other] = await startTwo();
    const [own, its] = one.node.reports();
    expect([own?.info, its?.info]).toEqual([one.node.self, other.node.self]);
    const sweepers = (of: CounterNode) =>
      of.node.reports().flatMap(({ info, singletons }) => singletons.map(() => info.name));
    const [at] = await until(
      "both to know the one alarm sweeper",
      () => [...sweepers(one), ...sweepers(other)],
      ([first, second, ...more]) => first !== undefined && first === second && more.length === 0,
    );
    const [leaving, staying] = at === "p1" ? [one, other] : [other, one];
    await leaving.leave();
    await settled(staying);
    await until(
      "the alarm sweeper to go on where it may",
      () => sweepers(staying),
      ([first, ...more]) => first === staying.node.self.name && more.length === 0,
    );
    expect(staying.node.reports()[0]).toMatchObject({ state: "up", shards: 300, leases: 0 });
  });
});

describe("leaving", () => {
  it("closes the doors, and after joining again new copies go on", async () => {
    const counters = await start();
    await counters.add("a", "one");
    const first = counters.resident("a");
    await counters.leave();
    expect([...counters.system.residents()]).toEqual([]);
    expect(await counters.add("a", "two", 1, { timeoutMs: 500 })).toMatchObject({
      ok: false,
      error: { _tag: "Unavailable" },
    });
    await counters.join();
    expect(await counters.add("a", "two")).toMatchObject({ ok: true, value: { total: 2 } });
    expect(counters.resident("a")).not.toBe(first);
  });

  it("ends soon, with everything answered, however busy it is", async () => {
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
    const beganAt = performance.now();
    await counters.stop();
    expect(performance.now() - beganAt).toBeLessThan(SHUTDOWN_MS * slowdown());
    const answered = await Promise.all(answers);
    const acknowledged = answered.filter((answer) => answer.ok).length;
    const { rows } = await database.pool.query<{ count: string }>(
      "SELECT count(*) FROM journal WHERE command = 'Add' AND command_id ~ '^[cd]'",
    );
    expect(Number(rows[0]?.count)).toBe(acknowledged);
  });

  it("fails no call of another process that is under way to it", async () => {
    const [one, other] = await startTwo();
    const far = livingIn(other);
    const asked = Array.from({ length: 500 }, (_, i) => one.add(far, `c${i + 1}`));
    const beganAt = performance.now();
    await other.stop();
    expect(performance.now() - beganAt).toBeLessThan(SHUTDOWN_MS * slowdown());
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => !answer.ok)).toEqual([]);
    expect(await versionsOf(journal, far)).toHaveLength(500);
    expect(await one.total(far)).toBe(500);
  });
});
