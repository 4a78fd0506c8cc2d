/** Messages to entities elsewhere: one retry policy, and bounds. */
import { beforeEach, describe, expect, it } from "vitest";
import { Unavailable } from "../../rpc/failure.ts";
import type { AnyOutcome, Delivery } from "../../src/actor/Message.ts";
import { Post, type Recipient } from "../../src/cluster/Post.ts";
import { ManualClock } from "../support/ManualClock.ts";

const LOOK_AGAIN_MS = 100;
const MAX_IN_FLIGHT = 20_000;
const MAX_WAITING = 20_000;
const PATIENCE_MS = 10_000;

/** Another process, with all that has been sent to it. */
class Process implements Recipient {
  isUp = true;
  readonly got: Array<{
    readonly id: number;
    readonly kind: string;
    readonly commandId: string | undefined;
    readonly withinMs: number;
  }> = [];

  post(id: number, kind: string, { payload }: Delivery, withinMs: number): boolean {
    if (this.isUp) this.got.push({ id, kind, commandId: payload.commandId, withinMs });
    return this.isUp;
  }

  get commandIds() {
    return this.got.map(({ commandId }) => commandId);
  }

  /** Of the newest message. */
  get lastId(): number {
    return this.got.at(-1)?.id ?? 0;
  }
}

const done = (value: number): AnyOutcome => ({ ok: true, value, replayed: false });
const full = (reason: RegExp) => ({
  ok: false,
  error: expect.toSatisfy(
    (error) => error instanceof Unavailable && reason.test(error.reason) && error.retryAfterMs > 0,
  ),
  replayed: false,
});

let clock: ManualClock;
let one: Process;
let other: Process;
let holders: Map<string, Process | "here">;
let here: Array<Delivery>;
let retried: number;
let isOffered: boolean;
let post: Post<Process>;

beforeEach(() => {
  clock = new ManualClock();
  one = new Process();
  other = new Process();
  holders = new Map([["a", one]]);
  here = [];
  retried = 0;
  isOffered = true;
  post = new Post<Process>({
    clock,
    holderOf: (_, entityId) => holders.get(entityId),
    isOffered: () => isOffered,
    deliverHere: (_, delivery) => void here.push(delivery),
    retriedElsewhere: () => void retried++,
  });
});

const send = (commandId: string, entityId = "a", withinMs = PATIENCE_MS) => {
  const answers: Array<AnyOutcome | "moved"> = [];
  post.send("counter", {
    tag: "Add",
    payload: { entityId, commandId },
    requestId: undefined,
    by: undefined,
    fingerprint: undefined,
    deadline: clock.now() + withinMs,
    answer: (outcome) => void answers.push(outcome),
    moved: () => void answers.push("moved"),
  });
  return answers;
};

describe("a message", () => {
  it("goes on at the process that claims the shard while the first one does not answer", () => {
    const answers = send("c1");
    expect(one.commandIds).toEqual(["c1"]);
    // Nobody has it for a moment: it may still be answered where it is.
    holders.delete("a");
    post.placed();
    expect(post.depth).toBe(1);
    holders.set("a", other);
    post.placed();
    expect(other.commandIds).toEqual(["c1"]);
    post.answered(other, other.lastId, done(1));
    // Too late, and of no consequence.
    post.answered(one, one.lastId, done(1));
    expect(answers).toEqual([done(1)]);
    expect(retried).toBe(1);
  });

  it("goes to the process that holds its entity, and its answer comes back", () => {
    holders.set("b", other);
    const [a, b] = [send("1", "a"), send("2", "b", 300)];
    expect(one.got).toMatchObject([{ kind: "counter", commandId: "1", withinMs: PATIENCE_MS }]);
    expect(other.got).toMatchObject([{ kind: "counter", commandId: "2", withinMs: 300 }]);
    expect(post.sentTo(one, one.lastId)).toEqual({ kind: "counter", tag: "Add" });
    expect(post.sentTo(other, one.lastId)).toBeUndefined();
    post.answered(other, other.lastId, done(2));
    post.answered(one, one.lastId, done(1));
    expect([a, b, post.depth, retried]).toEqual([[done(1)], [done(2)], 0, 0]);
  });

  it("is answered once, and only by the process that has it", () => {
    const answers = send("1");
    post.answered(other, one.lastId, done(9));
    expect(answers).toEqual([]);
    post.answered(one, one.lastId, done(1));
    post.answered(one, one.lastId, done(2));
    expect(answers).toEqual([done(1)]);
  });

  it("for an entity of this process is delivered here", () => {
    holders.set("a", "here");
    send("1");
    expect([here.map(({ payload }) => payload.commandId), post.depth]).toEqual([["1"], 0]);
  });

  it("waits while nobody holds its entity, and goes when somebody does, in order", async () => {
    holders.clear();
    const answers = [send("1"), send("2"), send("3")];
    await clock.advance(LOOK_AGAIN_MS * 5);
    expect([one.got, post.depth]).toEqual([[], 3]);
    holders.set("a", other);
    post.placed();
    expect(other.commandIds).toEqual(["1", "2", "3"]);
    // What is left of its time, not what it began with.
    expect(other.got[0]?.withinMs).toBe(PATIENCE_MS - LOOK_AGAIN_MS * 5);
    for (const { id } of other.got) post.answered(other, id, done(id));
    expect(answers.map((each) => each.length)).toEqual([1, 1, 1]);
    // It has been sent once only.
    expect(retried).toBe(0);
  });

  it("finds a claim that nobody told of", async () => {
    holders.clear();
    send("1");
    holders.set("a", "here");
    await clock.advance(LOOK_AGAIN_MS);
    expect(here).toHaveLength(1);
  });
});

describe("a message that comes back as moved", () => {
  it("is sent again after a pause, to whoever holds its entity then", async () => {
    const answers = send("1");
    const first = one.lastId;
    post.movedFrom(one, first);
    holders.set("a", other);
    expect([other.got, answers]).toEqual([[], []]);
    await clock.advance(LOOK_AGAIN_MS);
    expect(other.commandIds).toEqual(["1"]);
    // It is no longer the first one's to answer.
    post.answered(one, first, done(9));
    post.answered(other, other.lastId, done(1));
    expect([answers, retried, post.depth]).toEqual([[done(1)], 1, 0]);
  });

  it("is not thrown to and fro: the same process is asked again only after the pause", async () => {
    send("1");
    for (let round = 1; round <= 5; round++) {
      post.movedFrom(one, one.lastId);
      await clock.settled();
      expect(one.got).toHaveLength(round);
      await clock.advance(LOOK_AGAIN_MS);
      expect(one.got).toHaveLength(round + 1);
    }
    post.answered(one, one.lastId, done(1));
    expect(retried).toBe(0);
  });
});

describe("a lost link", () => {
  it("has everything under way sent again, with the same command ids, to whoever takes over", () => {
    const answers = ["1", "2", "3"].map((id) => send(id));
    post.answered(one, one.got[1]?.id ?? 0, done(2));
    one.isUp = false;
    holders.delete("a");
    post.lost(one);
    expect([answers, post.depth]).toEqual([[[], [done(2)], []], 2]);
    holders.set("a", other);
    post.placed();
    expect(other.commandIds).toEqual(["1", "3"]);
    for (const { id } of other.got) post.answered(other, id, done(id));
    expect([answers.every((each) => each.length === 1), retried, post.depth]).toEqual([true, 2, 0]);
  });

  it("that comes back takes its messages again; that is no other process", () => {
    const answers = send("1");
    post.lost(one);
    post.placed();
    expect(one.commandIds).toEqual(["1", "1"]);
    post.answered(one, one.lastId, done(1));
    expect([answers, retried]).toEqual([[done(1)], 0]);
  });

  it("found only when something is to be sent keeps it here", async () => {
    one.isUp = false;
    const answers = send("1");
    expect(post.depth).toBe(1);
    one.isUp = true;
    await clock.advance(LOOK_AGAIN_MS);
    post.answered(one, one.lastId, done(1));
    expect(answers).toEqual([done(1)]);
  });
});

describe("a deadline", () => {
  it("ends the waiting: what nobody waits for is sent to nobody", async () => {
    holders.clear();
    const answers = send("1", "a", LOOK_AGAIN_MS * 3);
    send("2");
    await clock.advance(LOOK_AGAIN_MS * 4);
    expect(post.depth).toBe(1);
    holders.set("a", one);
    post.placed();
    // Its asker has been told by its own clock.
    expect([one.commandIds, answers]).toEqual([["2"], []]);
  });

  it("ends the sending again", async () => {
    send("1", "a", LOOK_AGAIN_MS * 3);
    for (let round = 0; round < 10; round++) {
      post.movedFrom(one, one.lastId);
      await clock.advance(LOOK_AGAIN_MS);
    }
    expect(one.got).toHaveLength(3);
    expect(post.depth).toBe(0);
  });
});

describe("a kind that no process offers", () => {
  it("is told at once, and what has waited for it within a moment", async () => {
    holders.clear();
    const waited = send("1");
    isOffered = false;
    expect(send("2")).toEqual([full(/no process offers counter/)]);
    expect(waited).toEqual([]);
    await clock.advance(LOOK_AGAIN_MS);
    expect(waited).toEqual([full(/no process offers counter/)]);
    expect(post.depth).toBe(0);
  });
});

describe("bounds", () => {
  it("so many are under way to one process; beyond it the asker is told, and others are not concerned", () => {
    holders.set("b", other);
    const answers = Array.from({ length: MAX_IN_FLIGHT + 1 }, (_, i) => send(`${i}`));
    expect(answers.at(-1)).toEqual([full(/under way/)]);
    expect([one.got.length, post.depth]).toEqual([MAX_IN_FLIGHT, MAX_IN_FLIGHT]);
    expect(send("to the other", "b")).toEqual([]);
    post.answered(one, one.got[0]?.id ?? 0, done(0));
    expect(send("room again")).toEqual([]);
    expect(one.got).toHaveLength(MAX_IN_FLIGHT + 1);
  });

  it("so many wait for a holder; beyond it the asker is told", () => {
    holders.clear();
    const answers = Array.from({ length: MAX_WAITING + 1 }, (_, i) => send(`${i}`));
    expect(answers.at(-1)).toEqual([full(/waits/)]);
    expect(post.depth).toBe(MAX_WAITING);
    holders.set("a", one);
    post.placed();
    expect(one.got).toHaveLength(MAX_WAITING);
  });

  it("all that a lost link leaves is answered or waits", () => {
    for (let i = 0; i < MAX_IN_FLIGHT; i++) send(`${i}`);
    holders.clear();
    const waited = Array.from({ length: 10 }, (_, i) => send(`w${i}`));
    one.isUp = false;
    post.lost(one);
    expect([post.depth, waited.flat()]).toEqual([MAX_WAITING, []]);
  });
});

it("leaves no timer when it is closed", () => {
  post.close();
  expect(clock.timers).toBe(0);
});
