/** Leases of topics: what crosses the link, and what a watcher hears. Their order under all circumstances: the property test. */
import { beforeEach, describe, expect, it } from "vitest";
import { CommandId } from "../../rpc/id.ts";
import { ActorSystem } from "../../src/actor/ActorSystem.ts";
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import type { TopicFrame, Watcher } from "../../src/actor/Topics.ts";
import { ClusterTopics } from "../../src/cluster/ClusterTopics.ts";
import { Lease } from "../../src/cluster/Lease.ts";
import type { FromDialler } from "../../src/cluster/PeerMessage.ts";
import { Counter, counter, HISTORY } from "../support/Counter.ts";
import { type CounterSystem, openCounterSystem } from "../support/CounterSystem.ts";
import { ManualClock } from "../support/ManualClock.ts";
import { quietMetrics } from "../support/quietMetrics.ts";

const TOPIC = "counter:a";
const RENEW_EVERY_MS = 5000;
const TOPICS_PER_MESSAGE = 500;

/** Another process, with all that it has been told. */
class Far {
  isUp = true;
  readonly told: Array<FromDialler> = [];
  readonly tell = (message: FromDialler) => void this.told.push(message);
}

let clock: ManualClock;
let counters: CounterSystem;
let far: Far;
let other: Far;
let holder: Far | "here" | undefined;
let resumed: number;
let topics: ClusterTopics<Far>;

beforeEach(() => {
  clock = new ManualClock();
  counters = openCounterSystem(new MemoryJournal(), clock);
  far = new Far();
  other = new Far();
  holder = far;
  resumed = 0;
  topics = new ClusterTopics<Far>({
    system: counters.system,
    clock,
    holderOf: () => holder,
    resumed: () => void resumed++,
  });
});

const listen = () => {
  const heard: Array<string> = [];
  const watcher: Watcher = {
    frame: ({ sampled, version }) => void heard.push(`${sampled ? "sample " : ""}${version}`),
    gap: (version) => void heard.push(`gap ${version}`),
  };
  return { heard, watcher };
};
const frame = (version: number, sampled = false): TopicFrame => ({
  topic: TOPIC,
  version,
  sampled,
  text: "{}",
});
const versions = (frames: ReadonlyArray<TopicFrame> | undefined) =>
  frames?.map(({ version }) => version);

describe("a topic of another process", () => {
  it("is leased once, however many watch, and released by the last", () => {
    const one = topics.watch(TOPIC, listen().watcher);
    const two = topics.watch(TOPIC, listen().watcher);
    expect([far.told, topics.leases]).toEqual([
      [{ _tag: "Lease", topics: [[TOPIC, undefined]] }],
      1,
    ]);
    one.close();
    one.close();
    expect(far.told).toHaveLength(1);
    two.close();
    expect(far.told.slice(1)).toEqual([{ _tag: "Release", topics: [TOPIC] }]);
    expect(topics.leases).toBe(0);
  });

  it("shows every watcher what comes, and remembers it for those who ask", () => {
    const [one, two] = [listen(), listen()];
    const watch = topics.watch(TOPIC, one.watcher);
    topics.watch(TOPIC, two.watcher);
    expect(watch.since(4)).toBeUndefined();
    topics.opened(far, TOPIC, 4);
    expect(versions(watch.since(4))).toEqual([]);
    for (const each of [frame(5), frame(5, true), frame(6)]) topics.frame(far, each);
    expect([one.heard, two.heard]).toEqual([
      ["5", "sample 5", "6"],
      ["5", "sample 5", "6"],
    ]);
    expect([versions(watch.since(4)), versions(watch.since(5))]).toEqual([[5, 6], [6]]);
    expect([watch.since(3), watch.since(7)]).toEqual([undefined, undefined]);
  });

  it("is asked for from where the first watcher stands", () => {
    const { heard, watcher } = listen();
    const watch = topics.watch(TOPIC, watcher, 7);
    expect(far.told).toEqual([{ _tag: "Lease", topics: [[TOPIC, 7]] }]);
    expect(versions(watch.since(7))).toEqual([]);
    for (const version of [8, 9]) topics.frame(far, frame(version));
    topics.opened(far, TOPIC, 9);
    expect([heard, resumed]).toEqual([["8", "9"], 0]);
  });

  it("is taken up where it was left when its entity has moved, and what is old is not heard", () => {
    const { heard, watcher } = listen();
    topics.watch(TOPIC, watcher);
    topics.opened(far, TOPIC, 1);
    topics.frame(far, frame(2));
    holder = other;
    topics.placed();
    expect(far.told.at(-1)).toEqual({ _tag: "Release", topics: [TOPIC] });
    expect(other.told).toEqual([{ _tag: "Lease", topics: [[TOPIC, 2]] }]);
    topics.frame(far, frame(3));
    topics.gap(far, TOPIC, 9);
    expect(heard).toEqual(["2"]);
    topics.frame(other, frame(3));
    topics.frame(other, frame(3));
    topics.opened(other, TOPIC, 3);
    expect([heard, resumed]).toEqual([["2", "3"], 1]);
    // The entity is read again where it is: nothing is taken up by that.
    topics.opened(other, TOPIC, 3);
    expect(resumed).toBe(1);
  });

  it("waits while nobody has its entity, and while its link is down", () => {
    const { heard, watcher } = listen();
    topics.watch(TOPIC, watcher);
    topics.opened(far, TOPIC, 1);
    holder = undefined;
    topics.placed();
    // Its last process may still have something to show.
    topics.frame(far, frame(2));
    expect(heard).toEqual(["2"]);
    topics.lost(far);
    topics.frame(far, frame(3));
    expect([heard, topics.leases]).toEqual([["2"], 0]);
    far.isUp = false;
    holder = far;
    topics.placed();
    expect(far.told).toHaveLength(1);
    far.isUp = true;
    topics.placed();
    expect(far.told.slice(1)).toEqual([{ _tag: "Lease", topics: [[TOPIC, 2]] }]);
  });

  it("has a gap where nobody remembers, and goes on from there", () => {
    const { heard, watcher } = listen();
    const watch = topics.watch(TOPIC, watcher);
    topics.opened(far, TOPIC, 1);
    topics.frame(far, frame(2));
    topics.gap(far, TOPIC, 40);
    expect([watch.since(2), versions(watch.since(40))]).toEqual([undefined, []]);
    topics.frame(far, frame(41));
    expect([heard, versions(watch.since(40))]).toEqual([["2", "gap 40", "41"], [41]]);
    // A hole is a gap, too, though nobody has called it one.
    topics.frame(far, frame(44));
    expect(heard.slice(3)).toEqual(["gap 43", "44"]);
  });

  it("is renewed from where it stands, many in one message and not all in one", async () => {
    const MANY = TOPICS_PER_MESSAGE + 100;
    for (let i = 0; i < MANY; i++) topics.watch(`counter:${i}`, listen().watcher);
    topics.frame(far, { ...frame(3), topic: "counter:0" });
    far.told.length = 0;
    await clock.advance(RENEW_EVERY_MS);
    expect(far.told.map((message) => message._tag === "Lease" && message.topics.length)).toEqual([
      TOPICS_PER_MESSAGE,
      100,
    ]);
    expect(far.told[0]).toMatchObject({ topics: expect.arrayContaining([["counter:0", 3]]) });
    topics.close();
    expect(far.told.filter(({ _tag }) => _tag === "Release")).toHaveLength(MANY);
    const before = far.told.length;
    await clock.advance(RENEW_EVERY_MS * 3);
    expect(far.told).toHaveLength(before);
  });
});

describe("a topic of this process", () => {
  beforeEach(() => {
    holder = "here";
  });

  it("brings its entity to life, and stands where it stands", async () => {
    await counters.add("a", "one");
    for (const actor of counters.system.residents()) counters.system.close(actor);
    const { heard, watcher } = listen();
    const watch = topics.watch(TOPIC, watcher);
    expect(watch.since(1)).toBeUndefined();
    await clock.settled();
    expect(versions(watch.since(1))).toEqual([]);
    await counters.add("a", "two");
    expect(heard).toEqual(["2"]);
  });

  it("shows who was there before what followed, and who says more than is true a gap", async () => {
    for (let i = 1; i <= HISTORY; i++) await counters.add("a", `c${i}`);
    const [before, liar] = [listen(), listen()];
    const watch = topics.watch(TOPIC, before.watcher, 1);
    expect([before.heard, versions(watch.since(1))]).toEqual([
      ["2", "3"],
      [2, 3],
    ]);
    watch.close();
    topics.watch(TOPIC, liar.watcher, 99);
    expect(liar.heard).toEqual([`gap ${HISTORY}`]);
    await counters.add("a", "next");
    expect(liar.heard.slice(1)).toEqual([`${HISTORY + 1}`]);
  });

  it("that keeps no history stands where its entity stands, however long that has lived", async () => {
    if (counter.topic === undefined) throw new Error("the counter has a topic");
    const system = new ActorSystem({
      actors: [{ ...counter, topic: { ...counter.topic, history: 0 } }],
      journal: new MemoryJournal(),
      clock,
      entropy: { hex: () => "" },
      metrics: quietMetrics,
      log: () => {},
    });
    const forgetful = new ClusterTopics<Far>({
      system,
      clock,
      holderOf: () => holder,
      resumed: () => {},
    });
    for (let version = 1; version <= 3; version++) {
      await system.ask(Counter, "Add", {
        entityId: "a",
        commandId: CommandId.make(`${version}`),
        amount: 1,
      });
      const watch = forgetful.watch(TOPIC, listen().watcher);
      expect([versions(watch.since(version)), watch.since(version - 1)]).toEqual([[], undefined]);
      watch.close();
    }
    const late = listen();
    forgetful.watch(TOPIC, late.watcher, 2);
    expect(late.heard).toEqual(["gap 3"]);
  });

  it("is watched there no more when nobody watches it here", async () => {
    const watch = topics.watch(TOPIC, listen().watcher);
    expect(counters.system.topics.isWatched(TOPIC)).toBe(true);
    watch.close();
    expect(counters.system.topics.isWatched(TOPIC)).toBe(false);
  });
});

describe("a lease", () => {
  const lease = (after: number | undefined) => {
    const { heard, watcher } = listen();
    const granted = new Lease(counters.system, TOPIC, after, {
      ...watcher,
      opened: (version) => void heard.push(`opened ${version}`),
    });
    return { granted, heard };
  };

  it("of an entity in memory answers at once, of another when it has been read", async () => {
    const cold = lease(undefined);
    expect(cold.heard).toEqual([]);
    await clock.settled();
    expect(cold.heard).toEqual(["opened 0"]);
    for (let i = 1; i <= HISTORY + 1; i++) await counters.add("a", `c${i}`);
    expect(lease(2).heard).toEqual(["3", "4", "opened 4"]);
    expect(lease(4).heard).toEqual(["opened 4"]);
    expect(lease(undefined).heard).toEqual(["opened 4"]);
    expect(lease(0).heard).toEqual(["gap 4"]);
    expect(lease(5).heard).toEqual(["gap 4"]);
  });

  it("catches up when its entity comes back after another has gone on with it elsewhere", async () => {
    for (let i = 1; i <= 2; i++) await counters.add("a", `c${i}`);
    const { granted, heard } = lease(2);
    const [actor] = counters.system.residents();
    if (actor === undefined) throw new Error("it is in memory");
    counters.system.close(actor);
    granted.renew();
    await clock.settled();
    expect(heard).toEqual(["opened 2", "opened 2"]);
    granted.close();
    await counters.add("a", "c3");
    expect(heard).toHaveLength(2);
  });
});
