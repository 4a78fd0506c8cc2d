/** What the runtime guarantees of every durable actor, on a journal in memory and a clock that the test owns. */
import { beforeEach, describe, expect, it } from "vitest";
import { IdempotencyKeyReused, Unavailable } from "../../rpc/failure.ts";
import { CommandId } from "../../rpc/id.ts";
import type { Actor } from "../../src/actor/Actor.ts";
import type { CommitResult } from "../../src/actor/Journal.ts";
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import {
  Counter,
  EVERY_ENTRIES,
  fold,
  HISTORY,
  LIMIT,
  OverLimit,
  RECENT_REPLIES,
  SAMPLE_EVERY_MS,
} from "../support/Counter.ts";
import { type CounterSystem, openCounterSystem } from "../support/CounterSystem.ts";
import { ManualClock } from "../support/ManualClock.ts";

const A = { kind: "counter", entityId: "a" };
const TOPIC = "counter:a";
const PROCESS_RETRY_MAX_MS = 30_000;
const PROCESS_ALARM_MS = 3000;

const ok = (total: number, replayed = false) => ({ ok: true, value: { total }, replayed });
const unavailable = (reason: RegExp) => ({
  ok: false,
  error: expect.toSatisfy((error) => error instanceof Unavailable && reason.test(error.reason)),
  replayed: false,
});

let clock: ManualClock;
let journal: MemoryJournal;
let counters: CounterSystem;

const start = () => {
  counters = openCounterSystem(journal, clock);
};
/** The process is gone, with all it had in memory; another starts. */
const crash = () => {
  // Its timers are set on a clock that nobody moves any more.
  clock = new ManualClock(clock.now());
  journal.intercept = async (write) => write();
  start();
};

const commandId = (id: string) => CommandId.make(id);
const schedule = (id: string, dueInMs: number, amount: number, entityId = "a") =>
  counters.system.ask(Counter, "Schedule", {
    entityId,
    commandId: commandId(id),
    dueAt: clock.now() + dueInMs,
    amount,
  });
const give = (id: string, to: string, amount: number) =>
  counters.system.ask(Counter, "Give", { entityId: "a", commandId: commandId(id), to, amount });
const entries = (entityId = "a") => journal.entriesOf({ kind: "counter", entityId });
const commands = (entityId = "a") => entries(entityId).map((entry) => entry.command);
const alarmRow = async () =>
  (await journal.load([{ ...A, recentReplies: 0, snapshotRevision: 1 }]))[0]?.alarmDueAt;
const resident = (entityId = "a"): Actor => {
  for (const actor of counters.system.residents()) if (actor.entityId === entityId) return actor;
  throw new Error(`${entityId} is not in memory`);
};

/** Collects what becomes of promises, so that a test can see what has not been answered yet. */
const watchAnswers = <A>(asked: ReadonlyArray<Promise<A>>) => {
  const answers: Array<A | undefined> = asked.map(() => undefined);
  asked.forEach((one, i) => void one.then((answer) => (answers[i] = answer)));
  return answers;
};

/** Holds commits back until told what becomes of them. */
const holdCommits = () => {
  const held: Array<{ write: () => CommitResult; settle: (result: CommitResult) => void }> = [];
  journal.intercept = (write) => new Promise((settle) => void held.push({ write, settle }));
  return {
    get waiting() {
      return held.length;
    },
    /** Lets the oldest through, or answers for it. */
    settle: async (how: (write: () => CommitResult) => CommitResult = (write) => write()) => {
      const first = held.shift();
      if (first === undefined) throw new Error("no commit is waiting");
      first.settle(how(first.write));
      await clock.settled();
    },
    stop: () => {
      journal.intercept = async (write) => write();
    },
  };
};
const away = (): CommitResult => ({ _tag: "Away", cause: "test" });
const refused = (): CommitResult => ({ _tag: "Refused", cause: "test" });

beforeEach(() => {
  clock = new ManualClock();
  journal = new MemoryJournal();
  start();
});

describe("one at a time", () => {
  it("decides the commands of one entity in the order of arrival, each on what was before", async () => {
    const asked = Array.from({ length: 20 }, (_, i) => counters.add("a", `c${i}`, i));
    const totals = (await Promise.all(asked)).map((answer) => answer.ok && answer.value.total);
    expect(totals).toEqual(Array.from({ length: 20 }, (_, i) => (i * (i + 1)) / 2));
    expect(entries().map(({ version }) => version)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });

  it("commits what several entities decide in one turn together", async () => {
    let batches = 0;
    journal.intercept = async (write) => {
      batches++;
      return write();
    };
    await Promise.all(["a", "b", "c"].map((entityId) => counters.add(entityId, "one")));
    expect(batches).toBe(1);
  });
});

describe("the output gate", () => {
  it("lets no reply, frame or query see what is not committed", async () => {
    await counters.add("a", "before", 5);
    const frames: Array<string> = [];
    counters.system.topics.watch(TOPIC, (frame) => void frames.push(frame.text));
    const commits = holdCommits();
    const answers = watchAnswers([counters.add("a", "one", 1), counters.add("a", "two", 2)]);
    await clock.settled();
    expect(await counters.total("a")).toBe(5);
    expect([answers, frames, commits.waiting]).toEqual([[undefined, undefined], [], 1]);

    await commits.settle();
    expect(answers).toEqual([ok(6), ok(8)]);
    expect(frames).toEqual([`{"type":"CHANGED","total":6}`, `{"type":"CHANGED","total":8}`]);
    expect(await counters.total("a")).toBe(8);
  });

  it("goes on deciding on top of what is in flight", async () => {
    const commits = holdCommits();
    const answers = watchAnswers([counters.add("a", "one", 1)]);
    await clock.settled();
    const later = watchAnswers([counters.add("a", "two", 2)]);
    await commits.settle();
    expect([answers, later]).toEqual([[ok(1)], [undefined]]);
    await commits.settle();
    expect(later).toEqual([ok(3)]);
  });

  it("starts no work on what is not committed", async () => {
    const commits = holdCommits();
    const answers = watchAnswers([give("g", "b", 7)]);
    await clock.settled();
    await commits.settle(away);
    commits.stop();
    await clock.advance(60_000);
    expect(answers).toEqual([unavailable(/away/)]);
    expect(await counters.total("b")).toBe(0);
  });

  it.each([
    { what: "the store is away", fail: away, reason: /away/ },
    { what: "the store refuses", fail: refused, reason: /could not store/ },
  ])("drops what was decided when $what, and reads the entity again", async ({ fail, reason }) => {
    await counters.add("a", "before", 5);
    const frames: Array<string> = [];
    counters.system.topics.watch(TOPIC, (frame) => void frames.push(frame.text));
    const commits = holdCommits();
    const first = watchAnswers([counters.add("a", "one", 1), counters.add("a", "one", 1)]);
    await clock.settled();
    // Decided on top of what is going to fail.
    const onTop = watchAnswers([counters.add("a", "two", 2), counters.add("b", "other", 3)]);
    await commits.settle(fail);
    expect(first).toEqual([unavailable(reason), unavailable(reason)]);
    expect(onTop[0]).toEqual(unavailable(reason));
    commits.stop();
    if (onTop[1] === undefined) await commits.settle();
    expect(onTop[1]).toEqual(ok(3));

    expect(frames).toEqual([]);
    expect(await counters.total("a")).toBe(5);
    expect(await counters.add("a", "one", 1)).toEqual(ok(6));
    expect(commands()).toEqual(["Add", "Add"]);
  });

  it("a defect in one entity's frames does not reach the others of its batch", async () => {
    const frames: Array<string> = [];
    counters.system.topics.watch(TOPIC, () => {
      throw new Error("the watcher is broken");
    });
    counters.system.topics.watch("counter:b", (frame) => void frames.push(frame.text));
    const answers = await Promise.all([counters.add("a", "one"), counters.add("b", "one")]);
    expect(answers).toEqual([ok(1), ok(1)]);
    expect(frames).toHaveLength(1);
    expect(await counters.add("a", "two")).toEqual(ok(2));
  });
});

describe("the fence", () => {
  it("lets one of two copies commit; the other reads again and goes on", async () => {
    const other = openCounterSystem(journal, clock);
    await counters.add("a", "one", 1);
    expect(await other.total("a")).toBe(1);
    await counters.add("a", "two", 2);
    expect(await other.add("a", "three", 4)).toEqual(unavailable(/another copy/));
    expect(await other.add("a", "three", 4)).toEqual(ok(7));
    expect(await counters.add("a", "four", 8)).toEqual(unavailable(/another copy/));
    expect(await counters.add("a", "four", 8)).toEqual(ok(15));
    expect([counters.fenced(), other.fenced()]).toEqual([1, 1]);
  });
});

describe("once", () => {
  it("answers repetitions of a command in flight with its reply, when that is committed", async () => {
    const commits = holdCommits();
    const answers = watchAnswers([counters.add("a", "one"), counters.add("a", "one")]);
    await clock.settled();
    const third = watchAnswers([counters.add("a", "one")]);
    expect([...answers, ...third]).toEqual([undefined, undefined, undefined]);
    await commits.settle();
    expect([...answers, ...third]).toEqual([ok(1), ok(1, true), ok(1, true)]);
    expect(entries()).toHaveLength(1);
  });

  it("answers recent ones from memory", async () => {
    await counters.add("a", "one");
    await counters.add("a", "two");
    expect(await counters.add("a", "one")).toEqual(ok(1, true));
    expect(entries()).toHaveLength(2);
  });

  it("answers old ones from the journal, and redoes what was decided beside them", async () => {
    for (let i = 1; i <= RECENT_REPLIES + 2; i++) await counters.add("a", `c${i}`);
    const last = RECENT_REPLIES + 2;
    const answers = await Promise.all([
      counters.add("a", "new"),
      counters.add("a", "c1"),
      counters.add("a", "c1"),
      counters.add("a", "newer"),
    ]);
    expect(answers).toEqual([ok(last + 1), ok(1, true), ok(1, true), ok(last + 2)]);
    expect(await counters.add("a", "c2")).toEqual(ok(2, true));
    expect(entries()).toHaveLength(last + 2);
  });

  it("answers them after a restart, remembered or not", async () => {
    for (let i = 1; i <= RECENT_REPLIES + 2; i++) await counters.add("a", `c${i}`);
    crash();
    expect(await counters.add("a", `c${RECENT_REPLIES + 2}`)).toEqual(ok(RECENT_REPLIES + 2, true));
    expect(await counters.add("a", "c1")).toEqual(ok(1, true));
  });

  it("remembers a rejection as it remembers a success", async () => {
    const rejection = await counters.add("a", "much", LIMIT + 1);
    expect(rejection).toMatchObject({ ok: false, replayed: false });
    expect(!rejection.ok && rejection.error).toBeInstanceOf(OverLimit);
    for (let i = 0; i < 2; i++) {
      const again = await counters.add("a", "much", LIMIT + 1);
      expect(again).toEqual({
        ok: false,
        error: new OverLimit({ limit: LIMIT, total: 0 }),
        replayed: true,
      });
      expect(!again.ok && again.error).toBeInstanceOf(OverLimit);
      crash();
    }
    expect(entries()).toMatchObject([{ command: "Add", events: [], reply: { ok: false } }]);
  });

  it("refuses an id used for another request: in flight, recent, old and after a restart", async () => {
    const reused = {
      ok: false,
      error: new IdempotencyKeyReused({ commandId: "id" }),
      replayed: false,
    };
    const one = { fingerprint: "one" };
    const other = { fingerprint: "other" };
    const answers = await Promise.all([
      counters.add("a", "id", 1, one),
      counters.add("a", "id", 2, other),
      counters.add("a", "id", 1, one),
      counters.add("a", "id", 1),
    ]);
    expect(answers).toEqual([ok(1), reused, ok(1, true), ok(1, true)]);
    expect(await counters.add("a", "id", 2, other)).toEqual(reused);
    for (let i = 0; i <= RECENT_REPLIES; i++) await counters.add("a", `c${i}`);
    expect(await counters.add("a", "id", 2, other)).toEqual(reused);
    expect(await counters.add("a", "id", 1, one)).toEqual(ok(1, true));
    crash();
    expect(await counters.add("a", "id", 2, other)).toEqual(reused);
  });

  it("carries out an id again whose first attempt was not committed", async () => {
    const commits = holdCommits();
    const answers = watchAnswers([counters.add("a", "one")]);
    await clock.settled();
    await commits.settle(away);
    commits.stop();
    expect(answers).toEqual([unavailable(/away/)]);
    expect(await counters.add("a", "one")).toEqual(ok(1));
  });

  it("keeps ids of different entities apart", async () => {
    expect(await counters.add("a", "one", 1)).toEqual(ok(1));
    expect(await counters.add("b", "one", 2)).toEqual(ok(2));
  });
});

describe("alarms", () => {
  it("ring when they are due, not before, and once", async () => {
    await schedule("s", 1000, 5);
    await clock.advance(999);
    expect(await counters.total("a")).toBe(0);
    await clock.advance(1);
    expect(await counters.total("a")).toBe(5);
    await clock.advance(60_000);
    expect(await counters.total("a")).toBe(5);
    expect(commands()).toEqual(["Schedule", "Ring"]);
  });

  it("are taken from the journal when nothing follows", async () => {
    await schedule("s", 1000, 5);
    expect(await alarmRow()).toBe(clock.now() + 1000);
    await clock.advance(1000);
    expect(await alarmRow()).toBeUndefined();
  });

  it("leave the row when it moves later, and tidy it when it has passed", async () => {
    await schedule("first", 1000, 1);
    const first = await alarmRow();
    await schedule("second", 5000, 2);
    expect(await alarmRow()).toBe(first);
    await clock.advance(1000);
    expect(await alarmRow()).toBe((first ?? 0) + 4000);
    expect(commands()).toEqual(["Schedule", "Schedule", "Rang"]);
    await clock.advance(4000);
    expect(await counters.total("a")).toBe(2);
    expect(await alarmRow()).toBeUndefined();
  });

  it("that lead to nothing ring on, slowly, and write nothing", async () => {
    await schedule("s", 1000, 0);
    await clock.advance(60_000);
    expect(commands()).toEqual(["Schedule"]);
    expect(await alarmRow()).toBeLessThan(clock.now());
    expect(await counters.add("a", "one")).toEqual(ok(1));
  });

  it("ring in the next process when they came due between two", async () => {
    await schedule("s", 1000, 5);
    crash();
    await clock.advance(2000);
    expect(await journal.overdueAlarms(clock.now(), 10)).toMatchObject([A]);
    counters.system.open("counter", "a", () => true).wake();
    await clock.settled();
    expect(await counters.total("a")).toBe(5);
    expect(await alarmRow()).toBeUndefined();
  });

  it("ring again when what they decided was not committed", async () => {
    await schedule("s", 1000, 5);
    const commits = holdCommits();
    await clock.advance(1000);
    await commits.settle(away);
    commits.stop();
    await clock.advance(1000);
    expect(await counters.total("a")).toBe(5);
  });

  it("ring late, not never, when the wall clock is set back", async () => {
    await schedule("s", 1000, 5);
    clock.jump(-500);
    await clock.advance(1000);
    expect(await counters.total("a")).toBe(0);
    await clock.advance(500);
    expect(await counters.total("a")).toBe(5);
  });
});

describe("processes", () => {
  it("are driven until nothing is outstanding", async () => {
    await give("g1", "b", 3);
    await give("g2", "c", 4);
    await clock.advance(1000);
    expect([await counters.total("b"), await counters.total("c")]).toEqual([3, 4]);
    expect(commands().filter((command) => command === "Finish")).toHaveLength(2);
  });

  it("are tried again, with growing pauses, while they get no further", async () => {
    counters.system.open("counter", "a", () => true);
    const tries: Array<number> = [];
    counters.system.connect(() => {
      tries.push(clock.now());
      return Promise.reject(new Error("the line is dead"));
    });
    await give("g", "b", 1);
    await clock.advance(200_000);
    const pauses = tries.slice(1).map((at, i) => at - (tries[i] ?? 0));
    expect(pauses.slice(0, 4)).toEqual([40, 80, 160, 320]);
    expect(pauses.at(-1)).toBe(PROCESS_RETRY_MAX_MS);

    counters.system.open("counter", "b", () => true);
    await clock.advance(PROCESS_RETRY_MAX_MS);
    expect(await counters.total("b")).toBe(1);
    expect(commands().filter((command) => command === "Finish")).toHaveLength(1);
  });

  it("go on in the next process, and repeat no step's effect", async () => {
    const commits = holdCommits();
    const asked = watchAnswers([give("g", "b", 3)]);
    await clock.settled();
    await commits.settle();
    expect(asked).toEqual([ok(0)]);
    // The gift has arrived, and the giver dies before it hears so.
    await commits.settle();
    expect(entries("b")).toHaveLength(1);
    crash();
    expect(await alarmRow()).toBe(clock.now() + PROCESS_ALARM_MS);
    counters.system.open("counter", "a", () => true).wake();
    await clock.advance(100);
    expect(await counters.total("b")).toBe(3);
    expect(commands()).toEqual(["Give", "Finish"]);
    expect(entries("b")).toHaveLength(1);
  });
});

describe("topics", () => {
  interface Seen {
    readonly version: number;
    readonly sampled: boolean;
  }
  const watch = () => {
    const seen: Array<Seen> = [];
    const open = counters.system.topics.watch(TOPIC, ({ sampled, version }) => {
      seen.push({ version, sampled });
    });
    return { ...open, seen };
  };
  const versions = (frames: ReadonlyArray<Seen> | undefined) =>
    frames?.map(({ version }) => version);

  it("number their frames without gaps", async () => {
    const { seen } = watch();
    for (let i = 1; i <= 4; i++) await counters.add("a", `c${i}`);
    // A rejection changes nothing, so it shows nothing.
    await counters.add("a", "much", LIMIT);
    expect(versions(seen)).toEqual([1, 2, 3, 4]);
  });

  it("remember the last frames, for those who come back", async () => {
    for (let i = 1; i <= HISTORY + 2; i++) await counters.add("a", `c${i}`);
    const { since } = watch();
    const newest = HISTORY + 2;
    expect(versions(since(newest))).toEqual([]);
    expect(versions(since(newest - 1))).toEqual([newest]);
    expect(versions(since(newest - HISTORY))).toEqual([3, 4, 5]);
    expect(since(newest - HISTORY - 1)).toBeUndefined();
    // From another life of the server, or a liar.
    expect(since(newest + 1)).toBeUndefined();
  });

  it("know nothing after a restart but the present version", async () => {
    for (let i = 1; i <= 3; i++) await counters.add("a", `c${i}`);
    crash();
    const { seen, since } = watch();
    expect(since(3)).toBeUndefined();
    await counters.total("a");
    expect(versions(since(3))).toEqual([]);
    expect(since(2)).toBeUndefined();
    await counters.add("a", "c4");
    expect([versions(since(3)), versions(seen)]).toEqual([[4], [4]]);
  });

  it("keep their memory over an eviction, and lose it when another copy went on", async () => {
    for (let i = 1; i <= 3; i++) await counters.add("a", `c${i}`);
    const { since } = watch();
    resident().evict();
    await counters.total("a");
    expect(versions(since(1))).toEqual([2, 3]);

    await openCounterSystem(journal, clock).add("a", "elsewhere");
    await counters.add("a", "fenced");
    await counters.total("a");
    expect(since(1)).toBeUndefined();
    expect(versions(since(4))).toEqual([]);
  });

  it("sample while there is something to report and someone watches, and no longer", async () => {
    await schedule("s", 1000, 5);
    await clock.advance(SAMPLE_EVERY_MS * 4);
    const { close, seen } = watch();
    await clock.advance(SAMPLE_EVERY_MS * 4);
    expect(seen).toEqual(Array.from({ length: 4 }, () => ({ version: 0, sampled: true })));
    close();
    const timers = clock.timers;
    await clock.advance(SAMPLE_EVERY_MS * 4);
    expect(seen).toHaveLength(4);
    expect(clock.timers).toBeLessThan(timers);
    const again = watch();
    await clock.advance(1000);
    expect(again.seen.filter(({ sampled }) => !sampled)).toEqual([{ version: 1, sampled: false }]);
    const count = again.seen.length;
    await clock.advance(1000);
    expect(again.seen).toHaveLength(count);
  });
});

describe("recovery", () => {
  it("from a snapshot leads to the state of a full replay", async () => {
    for (let i = 1; i <= EVERY_ENTRIES * 2 + 2; i++) await counters.add("a", `c${i}`, i);
    await clock.settled();
    const [loaded] = await journal.load([{ ...A, recentReplies: 0, snapshotRevision: 1 }]);
    expect(loaded?.snapshot?.version).toBe(EVERY_ENTRIES * 2);
    expect(loaded?.entries).toHaveLength(2);
    crash();
    expect(await counters.total("a")).toBe(fold(entries().flatMap(({ events }) => events)).total);
    expect(await counters.add("a", "next", 0)).toMatchObject({ ok: true });
    expect(entries().at(-1)?.version).toBe(EVERY_ENTRIES * 2 + 3);
  });

  it("reads many entities in one query", async () => {
    let queries = 0;
    const { load } = journal;
    journal.load = (requests) => {
      queries++;
      return load.call(journal, requests);
    };
    await Promise.all(Array.from({ length: 50 }, (_, i) => counters.total(`e${i}`)));
    expect(queries).toBe(1);
  });

  it("tells callers when the journal cannot be read, and succeeds when it can", async () => {
    await schedule("s", 1000, 5);
    crash();
    const { load } = journal;
    journal.load = () => Promise.reject(new Error("away"));
    expect(await counters.add("a", "one")).toEqual(unavailable(/cannot be read/));
    journal.load = load.bind(journal);
    // Nobody asks again: the entity has an alarm, and comes back for it.
    await clock.advance(2000);
    expect(entries().map(({ command }) => command)).toEqual(["Schedule", "Ring"]);
  });

  it("does not guess when the journal has a hole", async () => {
    await counters.add("a", "one");
    await counters.add("a", "two");
    (entries() as Array<unknown>).shift();
    crash();
    expect(await counters.add("a", "three")).toEqual(unavailable(/cannot be read/));
    expect(counters.log.at(-1)?.fields["cause"]).toMatch("version 1 is missing");
  });
});

describe("passivation", () => {
  const IDLE_MS = 70_000;

  it("makes an entity forget its state when nobody has spoken to it for long", async () => {
    await counters.add("a", "one", 3);
    await clock.advance(30_000);
    expect(resident().isLive).toBe(true);
    await clock.advance(IDLE_MS);
    expect(resident().isLive).toBe(false);
    expect(await counters.total("a")).toBe(3);
  });

  it("leaves alone what is in use", async () => {
    for (let i = 0; i < 4; i++) {
      await counters.add("a", `number-${i}`, 1);
      await clock.advance(30_000);
    }
    expect(resident().isLive).toBe(true);
  });

  it("leaves alone what has an alarm to ring", async () => {
    await schedule("s", IDLE_MS * 2, 5);
    await clock.advance(IDLE_MS);
    expect(resident().isLive).toBe(true);
  });
});

describe("an evicted entity", () => {
  it("comes back with the next message", async () => {
    await counters.add("a", "one", 3);
    expect(resident().evict()).toBe(true);
    expect(resident().isLive).toBe(false);
    expect(await counters.add("a", "one", 3)).toEqual(ok(3, true));
    expect(await counters.total("a")).toBe(3);
  });

  it("is not evicted while a commit is in flight", async () => {
    const commits = holdCommits();
    const answers = watchAnswers([counters.add("a", "one", 3)]);
    await clock.settled();
    expect(resident().evict()).toBe(false);
    await commits.settle();
    expect(answers).toEqual([ok(3)]);
  });

  it("rings when it is woken for its alarm", async () => {
    await schedule("s", 1000, 5);
    resident().evict();
    await clock.advance(1000);
    expect(await alarmRow()).toBeDefined();
    resident().wake();
    await clock.settled();
    expect(await counters.total("a")).toBe(5);
  });
});

describe("a closed entity", () => {
  it("still answers what is in flight, and its next copy goes on", async () => {
    await counters.total("a");
    const commits = holdCommits();
    const answers = watchAnswers([counters.add("a", "one", 3)]);
    await clock.settled();
    const closed = resident();
    counters.system.close(closed);
    closed.deliver({
      tag: "Add",
      payload: { entityId: "a", commandId: "late" },
      requestId: undefined,
      by: undefined,
      fingerprint: undefined,
      answer: (outcome) => expect(outcome).toEqual(unavailable(/moving/)),
    });
    await commits.settle();
    commits.stop();
    expect(answers).toEqual([ok(3)]);
    expect(await counters.total("a")).toBe(3);
    expect(resident()).not.toBe(closed);
  });

  it("and its next copy in one batch: the older one's writes stand", async () => {
    const commits = holdCommits();
    const first = watchAnswers([counters.add("other", "one")]);
    await counters.total("a");
    await clock.settled();
    const old = watchAnswers([counters.add("a", "one", 3)]);
    counters.system.close(resident());
    const young = watchAnswers([counters.add("a", "two", 4)]);
    await clock.settled();
    commits.stop();
    await commits.settle();
    await clock.settled();
    expect([first, old]).toEqual([[ok(1)], [ok(3)]]);
    expect(young).toEqual([unavailable(/another copy/)]);
    expect(await counters.add("a", "two", 4)).toEqual(ok(7));
  });
});

describe("bounds", () => {
  const MAILBOX = 8192;

  it("a full mailbox says so and takes no more, repetitions included", async () => {
    const commits = holdCommits();
    await counters.total("a");
    const answers = watchAnswers(
      Array.from({ length: MAILBOX + 1 }, (_, i) => counters.add("a", i % 2 ? `c${i}` : "same")),
    );
    await clock.settled();
    expect(answers.at(-1)).toEqual(unavailable(/mailbox is full/));
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(1);
    expect(counters.system.census()).toEqual([{ kind: "counter", live: 1, depth: MAILBOX }]);
    commits.stop();
    while (commits.waiting > 0) await commits.settle();
    expect(answers.slice(0, MAILBOX).every((answer) => answer?.ok === true)).toBe(true);
    expect(counters.system.census()).toEqual([{ kind: "counter", live: 1, depth: 0 }]);
  });

  it("a journal that is far behind says so, whichever entity is asked", async () => {
    const JOURNAL = 50_000;
    const commits = holdCommits();
    const entityIds = Array.from({ length: 7 }, (_, i) => `e${i}`);
    await Promise.all(entityIds.map((entityId) => counters.total(entityId)));
    const answers = watchAnswers(
      entityIds.flatMap((entityId) =>
        Array.from({ length: MAILBOX - 1 }, (_, i) => counters.add(entityId, `c${i}`)),
      ),
    );
    await clock.settled();
    expect(answers.at(-1)).toEqual(unavailable(/journal is behind/));
    expect(counters.system.commitDepth).toBeLessThanOrEqual(JOURNAL);
    // Repetitions of what is on its way, and questions, cost the journal nothing.
    expect(await counters.total("e6")).toBe(0);
    commits.stop();
    while (commits.waiting > 0) await commits.settle();
    const taken = answers.filter((answer) => answer?.ok === true).length;
    expect(taken).toBeGreaterThanOrEqual(JOURNAL);
    expect(await counters.add("e6", "after")).toMatchObject({ ok: true });
  });

  it("an ask that gets no answer in time says that its outcome is unknown", async () => {
    const commits = holdCommits();
    const answers = watchAnswers([
      counters.add("a", "one", 1, { timeoutMs: 1000 }),
      counters.add("a", "two", 1),
    ]);
    await clock.advance(1300);
    expect(answers).toEqual([unavailable(/unknown/), undefined]);
    await commits.settle();
    commits.stop();
    expect(answers[1]).toEqual(ok(2));
    expect(await counters.add("a", "one")).toEqual(ok(1, true));
  });
});

describe("defects", () => {
  it("in a decider are the caller's bad news and nobody else's", async () => {
    const died = await counters.system.ask(Counter, "Die", {
      entityId: "a",
      commandId: commandId("die"),
    });
    expect(died).toEqual(unavailable(/could not decide/));
    expect(await counters.add("a", "one")).toEqual(ok(1));
    expect(counters.log.map(({ message }) => message)).toEqual(["a decider died"]);
  });
});

describe("shutdown", () => {
  it("commits and answers what is in flight, takes nothing more, and leaves no timer", async () => {
    await schedule("s", 1000, 1, "b");
    await give("g", "c", 1);
    counters.system.topics.watch("counter:b", () => undefined);
    const commits = holdCommits();
    const answers = watchAnswers([counters.add("a", "one", 3)]);
    await clock.settled();
    let isDown = false;
    const down = counters.system.shutdown().then(() => (isDown = true));
    await clock.settled();
    expect([isDown, await counters.add("a", "two")]).toEqual([false, unavailable(/stopping/)]);
    expect(counters.system.open("counter", "new", () => true).isLive).toBe(false);
    while (commits.waiting > 0) await commits.settle();
    await down;
    expect(answers).toEqual([ok(3)]);
    expect(clock.timers).toBe(0);
    expect([...counters.system.residents()]).toEqual([]);
  });

  it("does not wait for ever for a store that does not answer", async () => {
    const commits = holdCommits();
    const answers = watchAnswers([counters.add("a", "one", 3)]);
    await clock.settled();
    const down = counters.system.shutdown();
    await clock.advance(5000);
    await down;
    expect(answers).toEqual([unavailable(/unknown/)]);
    expect(commits.waiting).toBe(1);
    expect(clock.timers).toBe(0);
  });
});
