/** What the runtime guarantees of every durable actor, on a journal in memory and a clock that the test owns. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { IdempotencyKeyReused, Unavailable } from "../../rpc/failure.ts";
import { CommandId } from "../../rpc/id.ts";
import type { Actor } from "../../src/actor/Actor.ts";
import type { CommitResult } from "../../src/actor/Journal.ts";
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import type { AnyOutcome, Delivery, Payload } from "../../src/actor/Message.ts";
import {
  Counter,
  counter,
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
import { onFrame } from "../support/onFrame.ts";

const A = { kind: "counter", entityId: "a" };
const TOPIC = "counter:a";
const PROCESS_RETRY_MAX_MS = 30_000;
const PROCESS_ALARM_MS = 3000;
const RESEND_AFTER_MS = 20;

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
/** A message as another process would bring it, with what comes back. */
const delivered = (of: Partial<Delivery> = {}) => {
  const came: Array<AnyOutcome | "moved"> = [];
  const delivery: Delivery = {
    tag: "Add",
    payload: { entityId: "a", commandId: "one", amount: 1 } as Payload,
    requestId: undefined,
    by: undefined,
    fingerprint: undefined,
    deadline: clock.now() + 10_000,
    answer: (outcome) => void came.push(outcome),
    moved: () => void came.push("moved"),
    ...of,
    ...(of.payload === undefined ? {} : { payload: { amount: 1, ...of.payload } as Payload }),
  };
  return { delivery, came };
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
    counters.system.topics.watch(
      TOPIC,
      onFrame((frame) => void frames.push(frame.text)),
    );
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
    counters.system.topics.watch(
      TOPIC,
      onFrame((frame) => void frames.push(frame.text)),
    );
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
    counters.system.topics.watch(
      TOPIC,
      onFrame(() => {
        throw new Error("the watcher is broken");
      }),
    );
    counters.system.topics.watch(
      "counter:b",
      onFrame((frame) => void frames.push(frame.text)),
    );
    const answers = await Promise.all([counters.add("a", "one"), counters.add("b", "one")]);
    expect(answers).toEqual([ok(1), ok(1)]);
    expect(frames).toHaveLength(1);
    expect(await counters.add("a", "two")).toEqual(ok(2));
  });
});

describe("the fence", () => {
  it("lets one of two copies commit; the other reads again and then answers rightly", async () => {
    const other = openCounterSystem(journal, clock);
    await counters.add("a", "one", 1);
    expect(await other.total("a")).toBe(1);
    await counters.add("a", "two", 2);
    const three = watchAnswers([other.add("a", "three", 4)]);
    await clock.settled();
    // Decided on what was no longer so: nobody is told, and it is sent again.
    expect([three, other.fenced()]).toEqual([[undefined], 1]);
    await clock.advance(RESEND_AFTER_MS);
    expect(three).toEqual([ok(7)]);
    const four = watchAnswers([counters.add("a", "four", 8)]);
    await clock.advance(RESEND_AFTER_MS);
    expect(four).toEqual([ok(15)]);
    expect([counters.fenced(), other.fenced()]).toEqual([1, 1]);
    expect(entries().map(({ commandId: id }) => id)).toEqual(["one", "two", "three", "four"]);
  });

  it("gives what the other copy has carried out meanwhile its reply", async () => {
    const other = openCounterSystem(journal, clock);
    await other.total("a");
    await counters.add("a", "one", 1);
    await counters.add("a", "two", 2);
    const asked = watchAnswers([other.add("a", "new", 4), other.add("a", "one", 1)]);
    await clock.advance(RESEND_AFTER_MS * 2);
    expect(asked).toEqual([ok(7), ok(1, true)]);
  });

  it("keeps an asker waiting no longer than it said, whoever wins", async () => {
    const commits = holdCommits();
    const asked = watchAnswers([counters.add("a", "one", 1, { timeoutMs: 1000 })]);
    for (let lost = 0; lost < 60; lost++) {
      if (commits.waiting > 0)
        await commits.settle(() => ({
          _tag: "Conflicted",
          conflicts: [{ ...A, reason: "fence" }],
        }));
      await clock.advance(RESEND_AFTER_MS);
    }
    expect(asked).toEqual([unavailable(/unknown/)]);
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

  it("answers an old one that is asked for again and again without reading everything again", async () => {
    for (let i = 1; i <= RECENT_REPLIES + 2; i++) await counters.add("a", `c${i}`);
    const ask = async () => {
      expect(await counters.add("a", "c1")).toEqual(ok(1, true));
      expect(await counters.add("a", "c2")).toEqual(ok(2, true));
    };
    await ask();
    let writes = 0;
    journal.intercept = async (write) => {
      writes++;
      return write();
    };
    for (let n = 0; n < 5; n++) await ask();
    expect(writes).toBe(0);
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

  it("that lead to nothing ring ever more seldom, and on time again when the state wants another time", async () => {
    const rings: Array<number> = [];
    const { decideInternal } = counter.decider;
    const spied = vi.spyOn(counter.decider, "decideInternal").mockImplementation((...given) => {
      rings.push(clock.now());
      return decideInternal(...given);
    });
    try {
      await schedule("s", 1000, 0);
      await clock.advance(600_000);
      const pauses = rings.slice(1).map((at, i) => at - (rings[i] ?? 0));
      expect(pauses.slice(0, 4)).toEqual([100, 200, 400, 800]);
      expect(Math.max(...pauses)).toBe(30_000);
      // The sweep, which finds its row overdue all the time, does not make it ring more often.
      const before = rings.length;
      for (let n = 0; n < 10; n++) {
        counters.system.overdue("counter", "a");
        await clock.advance(500);
      }
      expect(rings.length - before).toBeLessThanOrEqual(1);
      await schedule("again", 50, 7);
      await clock.advance(50);
      expect(await counters.total("a")).toBe(7);
    } finally {
      spied.mockRestore();
    }
  });

  it("ring on time after the wall clock was set back by hours", async () => {
    await schedule("s", 1000, 5);
    await clock.advance(1000);
    expect(await counters.total("a")).toBe(5);
    clock.jump(-3_600_000);
    await schedule("again", 1000, 5);
    await clock.advance(1000);
    expect(await counters.total("a")).toBe(10);
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
    counters.system.connect({
      isHere: (_, entityId) => entityId === "a",
      activate: () => Promise.reject(new Error("it is here already")),
      send: (_, delivery) => {
        tries.push(clock.now());
        delivery.answer({
          ok: false,
          error: new Unavailable({ reason: "the line is dead", retryAfterMs: 1 }),
          replayed: false,
        });
      },
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
    readonly text: string;
  }
  const watch = () => {
    const seen: Array<Seen> = [];
    const opened: Array<number> = [];
    const open = counters.system.topics.watch(TOPIC, {
      frame: ({ sampled, text, version }) => {
        seen.push({ version, sampled, text });
      },
      opened: (version) => void opened.push(version),
    });
    return { ...open, seen, opened };
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

  it("remember after a restart what was shown before it, made again from the journal", async () => {
    const live = watch();
    await schedule("s", 10, 5);
    await clock.advance(10);
    for (let i = 2; i <= HISTORY; i++) await counters.add("a", `c${i}`, i);
    crash();
    const { latest, opened, seen, since } = watch();
    expect([since(HISTORY), latest()]).toEqual([undefined, undefined]);
    await counters.total("a");
    expect([opened, latest()]).toEqual([[HISTORY], HISTORY]);
    const shown = live.seen.filter(({ sampled }) => !sampled);
    expect(since(0)?.map(({ text, version }) => ({ version, text }))).toEqual(
      shown.map(({ text, version }) => ({ version, text })),
    );
    expect(versions(since(0))).toEqual([1, 2, 3]);
    await counters.add("a", "next");
    expect([versions(since(1)), versions(seen)]).toEqual([[2, 3, 4], [4]]);
    expect(since(0)).toBeUndefined();
  });

  it("remember no frames that a snapshot hides, and show no gap", async () => {
    for (let i = 1; i <= EVERY_ENTRIES + 1; i++) await counters.add("a", `c${i}`);
    await clock.settled();
    crash();
    const { since } = watch();
    await counters.total("a");
    expect(versions(since(EVERY_ENTRIES))).toEqual([EVERY_ENTRIES + 1]);
    expect(since(EVERY_ENTRIES - 1)).toBeUndefined();
  });

  it("that begin to be watched late stand where their entity stands", async () => {
    for (let i = 1; i <= EVERY_ENTRIES; i++) await counters.add("a", `c${i}`);
    await clock.settled();
    crash();
    await counters.total("a");
    for (let round = 0; round < 2; round++) {
      const { close, latest, since } = watch();
      expect([latest(), versions(since(EVERY_ENTRIES))]).toEqual([EVERY_ENTRIES, []]);
      close();
    }
  });

  it("keep their memory over an eviction, and when another copy went on", async () => {
    for (let i = 1; i <= 3; i++) await counters.add("a", `c${i}`);
    const { opened, since } = watch();
    resident().evict();
    await counters.total("a");
    expect(versions(since(1))).toEqual([2, 3]);

    await openCounterSystem(journal, clock).add("a", "elsewhere");
    const fenced = watchAnswers([counters.add("a", "fenced")]);
    await clock.advance(RESEND_AFTER_MS);
    expect(fenced).toEqual([ok(5)]);
    // What the other copy has shown, this one makes again.
    expect(versions(since(2))).toEqual([3, 4, 5]);
    expect(opened.at(-1)).toBe(4);
    expect(since(1)).toBeUndefined();
    expect(versions(since(5))).toEqual([]);
  });

  it("are forgotten when their entity goes; its last frames are shown and not kept", async () => {
    await counters.add("a", "one");
    const { latest, seen, since } = watch();
    const commits = holdCommits();
    void counters.add("a", "two");
    await clock.settled();
    counters.system.close(resident());
    expect([latest(), since(1)]).toEqual([undefined, undefined]);
    await commits.settle();
    expect([versions(seen), latest(), since(2)]).toEqual([[2], undefined, undefined]);
  });

  it("sample while there is something to report and someone watches, and no longer", async () => {
    await schedule("s", 1000, 5);
    await clock.advance(SAMPLE_EVERY_MS * 4);
    const { close, seen } = watch();
    await clock.advance(SAMPLE_EVERY_MS * 4);
    expect(seen).toMatchObject(Array.from({ length: 4 }, () => ({ version: 0, sampled: true })));
    close();
    const timers = clock.timers;
    await clock.advance(SAMPLE_EVERY_MS * 4);
    expect(seen).toHaveLength(4);
    expect(clock.timers).toBeLessThan(timers);
    const again = watch();
    await clock.advance(1000);
    expect(again.seen.filter(({ sampled }) => !sampled)).toMatchObject([{ version: 1 }]);
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
  it("still answers what is in flight, sends back what comes late, and its next copy goes on", async () => {
    await counters.total("a");
    const commits = holdCommits();
    const answers = watchAnswers([counters.add("a", "one", 3)]);
    await clock.settled();
    const closed = resident();
    counters.system.close(closed);
    const late = delivered({ payload: { entityId: "a", commandId: "late" } });
    closed.deliver(late.delivery);
    expect(late.came).toEqual(["moved"]);
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
    expect(young).toEqual([undefined]);
    await clock.advance(RESEND_AFTER_MS);
    expect(young).toEqual([ok(7)]);
    expect(entries().map(({ commandId: id }) => id)).toEqual(["one", "two"]);
  });

  it("sends back what waited for its state", async () => {
    const waiting = delivered({ payload: { entityId: "a", commandId: "one" } });
    const opened = counters.system.open("counter", "a", () => true);
    opened.deliver(waiting.delivery);
    counters.system.close(opened);
    await clock.settled();
    expect([waiting.came, entries()]).toEqual([["moved"], []]);
  });
});

describe("a message from another process", () => {
  const here = new Set<string>();
  beforeEach(() => {
    here.clear();
    counters.system.connect({
      isHere: (_, entityId) => here.has(entityId),
      activate: async (kind, entityId) =>
        void counters.system.open(kind, entityId, () => here.has(entityId)),
      send: () => {
        throw new Error("what has been received is not sent on");
      },
    });
  });
  const receive = (of: Partial<Delivery> = {}) => {
    const one = delivered(of);
    counters.system.receive("counter", one.delivery);
    return one.came;
  };

  it("is for an entity that belongs here, or else comes back at once", async () => {
    expect(receive()).toEqual(["moved"]);
    here.add("a");
    const came = receive();
    await clock.settled();
    expect(came).toEqual([ok(1)]);
    here.delete("a");
    expect(receive({ payload: { entityId: "a", commandId: "two" } })).toEqual(["moved"]);
    expect(entries()).toHaveLength(1);
  });

  it("comes before those that come after it, though its entity is still to be brought to life", async () => {
    here.add("a");
    let goOn = () => {};
    const touched = new Promise<void>((resolve) => (goOn = resolve));
    counters.system.connect({
      isHere: () => true,
      activate: (kind, entityId) => {
        counters.system.open(kind, entityId, () => true);
        return touched;
      },
      send: () => {},
    });
    const first = receive({ payload: { entityId: "a", commandId: "first" } });
    const second = receive({ payload: { entityId: "a", commandId: "second" } });
    await clock.settled();
    goOn();
    await clock.settled();
    expect([first, second]).toEqual([[ok(1)], [ok(2)]]);
  });

  it("comes back when its entity leaves while it is brought to life", async () => {
    here.add("a");
    counters.system.connect({
      isHere: (_, entityId) => here.has(entityId),
      activate: async (kind, entityId) => {
        await clock.settled();
        counters.system.open(kind, entityId, () => here.has(entityId));
      },
      send: () => {},
    });
    const came = receive();
    here.delete("a");
    await clock.settled();
    expect([came, entries()]).toEqual([["moved"], []]);
  });

  it("is not carried out when nobody waits for it any more", async () => {
    here.add("a");
    const { load } = journal;
    let read = () => {};
    journal.load = (requests) =>
      new Promise((resolve, reject) => {
        read = () => load.call(journal, requests).then(resolve, reject);
      });
    const late = receive({ deadline: clock.now() + 100 });
    const patient = receive({
      payload: { entityId: "a", commandId: "patient" },
      deadline: clock.now() + 1000,
    });
    await clock.advance(100);
    read();
    await clock.settled();
    expect(late).toEqual([unavailable(/too late/)]);
    expect(patient).toEqual([ok(1)]);
    expect(entries().map(({ commandId: id }) => id)).toEqual(["patient"]);
  });

  it("comes back when the process is stopping or has handed over", async () => {
    here.add("a");
    receive();
    await clock.settled();
    here.clear();
    await counters.system.handOver();
    expect([...counters.system.residents()]).toEqual([]);
    expect(receive()).toEqual(["moved"]);
    await counters.system.shutdown();
    here.add("a");
    expect(receive()).toEqual(["moved"]);
  });
});

describe("a paused kind", () => {
  const pause = () => counters.system.pause(new Set(["counter"]));
  const goOn = () => counters.system.pause(new Set());

  it("takes no messages, in memory or not, and says so", async () => {
    await counters.add("a", "one");
    pause();
    for (const entityId of ["a", "cold"]) {
      expect(await counters.add(entityId, "two")).toEqual(unavailable(/paused/));
      expect(await counters.total(entityId)).toBeUndefined();
    }
    expect([entries().length, entries("cold").length]).toEqual([1, 0]);
    goOn();
    expect(await counters.add("a", "two")).toEqual(ok(2));
    expect(await counters.add("cold", "two")).toEqual(ok(1));
  });

  it("still answers what was in flight", async () => {
    const commits = holdCommits();
    const asked = watchAnswers([counters.add("a", "one")]);
    await clock.settled();
    pause();
    await commits.settle();
    expect(asked).toEqual([ok(1)]);
  });

  it("rings its alarms when it goes on, not before", async () => {
    await schedule("s", 1000, 5);
    pause();
    await clock.advance(60_000);
    expect(commands()).toEqual(["Schedule"]);
    goOn();
    await clock.settled();
    expect(commands()).toEqual(["Schedule", "Ring"]);
    expect(await counters.total("a")).toBe(5);
  });

  it("is woken by no sweep; one that came to life meanwhile is read when it goes on", async () => {
    await schedule("s", 1000, 5);
    crash();
    pause();
    await clock.advance(2000);
    counters.system.wake("counter", "a");
    counters.system.open("counter", "a", () => true).wake();
    await clock.settled();
    expect([resident().isLive, commands()]).toEqual([false, ["Schedule"]]);
    goOn();
    await clock.settled();
    expect(commands()).toEqual(["Schedule", "Ring"]);
  });

  it("gets no further with its processes until it goes on", async () => {
    counters.system.connect({
      isHere: () => true,
      activate: async (kind, entityId) => void counters.system.open(kind, entityId, () => true),
      send: (_, delivery) => delivery.moved(),
    });
    const commits = holdCommits();
    const asked = watchAnswers([give("g", "b", 3)]);
    await clock.settled();
    pause();
    await commits.settle();
    commits.stop();
    await clock.advance(60_000);
    expect([asked, entries("b").length]).toEqual([[ok(0)], 0]);
    goOn();
    await clock.advance(1000);
    expect(await counters.total("b")).toBe(3);
    expect(commands().filter((command) => command !== "Rang")).toEqual(["Give", "Finish"]);
  });
});

describe("what an entity does by itself", () => {
  it("is counted: its internal commands, and what an earlier life has left to do", async () => {
    const did: Array<string> = [];
    const resumed: Array<string> = [];
    let snapshots = 0;
    const observed = () =>
      openCounterSystem(journal, clock, {
        didItself: (kind, command) => void did.push(`${kind} ${command}`),
        resumed: (kind) => void resumed.push(kind),
        recoveredFromSnapshot: () => void snapshots++,
      });
    counters = observed();
    await schedule("s", 1000, 5);
    await clock.advance(1000);
    expect([did, resumed, snapshots]).toEqual([["counter Ring"], [], 0]);
    const commits = holdCommits();
    void give("g", "b", 3);
    await clock.settled();
    await commits.settle();
    clock = new ManualClock(clock.now());
    commits.stop();
    counters = observed();
    counters.system.open("counter", "a", () => true).wake();
    await clock.advance(100);
    expect(resumed).toEqual(["counter"]);
    expect(did).toEqual(["counter Ring", "counter Finish"]);
    for (let i = 0; i < EVERY_ENTRIES; i++) await counters.add("a", `c${i}`);
    await clock.settled();
    resident().evict();
    await counters.total("a");
    expect([resumed, snapshots]).toEqual([["counter"], 1]);
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
    counters.system.topics.watch(
      "counter:b",
      onFrame(() => undefined),
    );
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
