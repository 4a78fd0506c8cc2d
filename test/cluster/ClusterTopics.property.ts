/**
 * An entity moves between three processes, links are cut and come back, news is late, the entity is evicted and read
 * again. Whoever watches it at one of the processes sees each version once, in order and as it was, as long as the frames
 * are remembered; and is told of a gap, rather than anything else, when they are not.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CommandId } from "../../rpc/id.ts";
import { ActorSystem } from "../../src/actor/ActorSystem.ts";
import type { AnyDurableActor } from "../../src/actor/DurableActor.ts";
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import type { TopicFrame, Watch } from "../../src/actor/Topics.ts";
import { ClusterTopics, type Lessor } from "../../src/cluster/ClusterTopics.ts";
import { Lease } from "../../src/cluster/Lease.ts";
import type { FromAcceptor, FromDialler } from "../../src/cluster/PeerMessage.ts";
import { Counter, counter, type CounterEvent, fold } from "../support/Counter.ts";
import { ManualClock } from "../support/ManualClock.ts";
import { quietMetrics } from "../support/quietMetrics.ts";

const TOPIC = "counter:a";
const KEY = { kind: "counter", entityId: "a" };
const RUNS = 800;
const MAX_STEPS = 60;
/** More than a run can come to, or so few that it often comes to more. */
const AMPLE = 1000;
const SCANT = 2;
const RENEW_EVERY_MS = 5000;

/** A counter that remembers so many frames, and that no snapshot makes forget. */
const remembering = (history: number): AnyDurableActor => {
  const { snapshots, topic } = counter;
  if (topic === undefined) throw new Error("the counter has a topic");
  return {
    ...counter,
    snapshots: { ...snapshots, everyEntries: AMPLE },
    topic: { ...topic, history },
  };
};

class Process {
  readonly system: ActorSystem;

  constructor(world: World, history: number) {
    this.system = new ActorSystem({
      actors: [remembering(history)],
      journal: world.journal,
      clock: world.clock,
      entropy: { hex: () => "" },
      metrics: quietMetrics,
      log: () => {},
    });
    const isHere = () => world.owner === this;
    this.system.connect({
      isHere,
      activate: async (kind, entityId) => void this.system.open(kind, entityId, isHere),
      send: (_, delivery) => delivery.moved(),
    });
  }

  /** Resolves when all that was decided here is in the journal: only then may another process take over. */
  async leave(): Promise<void> {
    await Promise.all([...this.system.residents()].map((actor) => this.system.close(actor)));
  }
}

/** Another process, at the far end of a link whose messages the test delivers. */
class Far extends Process implements Lessor {
  isUp = true;
  toFar: Array<FromDialler> = [];
  toHere: Array<FromAcceptor> = [];
  readonly leases = new Map<string, Lease>();
  /**
   * Whether a topic was leased again while news of its last lease was still on the way: that news may then look like a
   * gap, which costs a snapshot and no more.
   */
  wasHasty = false;

  readonly tell = (message: FromDialler) => {
    if (!this.isUp) return;
    const isRenewal = this.leases.has(TOPIC) && !this.toFar.some(({ _tag }) => _tag === "Release");
    const isBusy = this.toHere.length > 0 || this.toFar.length > 0;
    if (message._tag === "Lease" && isBusy && !isRenewal) this.wasHasty = true;
    this.toFar.push(message);
  };

  deliverThere(): void {
    const message = this.toFar.shift();
    if (message?._tag === "Release")
      for (const topic of message.topics) {
        this.leases.get(topic)?.close();
        this.leases.delete(topic);
      }
    if (message?._tag === "Lease")
      for (const [topic, after] of message.topics) {
        const held = this.leases.get(topic);
        if (held !== undefined) held.renew();
        else {
          const lessee = {
            frame: (frame: TopicFrame) => void this.toHere.push({ _tag: "Frame", ...frame }),
            opened: (version: number) => void this.toHere.push({ _tag: "Opened", topic, version }),
            gap: (version: number) => void this.toHere.push({ _tag: "Gap", topic, version }),
          };
          this.leases.set(topic, new Lease(this.system, topic, after, lessee));
        }
      }
  }

  cut(): void {
    this.isUp = false;
    this.toFar = [];
    this.toHere = [];
    for (const lease of this.leases.values()) lease.close();
    this.leases.clear();
  }
}

/** Someone who watches: as a gateway does, it asks for what it missed and takes the rest as it comes. */
class Onlooker {
  /** Version of the newest frame it has; undefined until it has one. */
  at: number | undefined;
  gaps = 0;
  readonly #world: World;
  readonly watch: Watch;

  constructor(world: World, after: number | undefined) {
    this.#world = world;
    let isOpen = false;
    this.watch = world.topics.watch(
      TOPIC,
      {
        frame: (frame) => isOpen && this.#see(frame),
        gap: (version) => {
          if (!isOpen) return;
          this.gaps++;
          this.at = version;
        },
      },
      after,
    );
    isOpen = true;
    const missed = after === undefined ? undefined : this.watch.since(after);
    if (missed === undefined) return;
    this.at = after;
    for (const frame of missed) this.#see(frame);
  }

  #see({ text, version }: TopicFrame): void {
    if (this.at !== undefined) expect(version).toBe(this.at + 1);
    expect(text).toBe(this.#world.textAt(version));
    this.at = version;
  }
}

class World {
  readonly journal = new MemoryJournal();
  readonly clock = new ManualClock();
  readonly here: Process;
  readonly far: readonly [Far, Far];
  /** Where the entity lives. */
  owner: Process | undefined;
  /** Who this process believes holds it. */
  believed: Far | undefined;
  readonly topics: ClusterTopics<Far>;
  readonly onlookers = new Set<Onlooker>();
  resumed = 0;
  gaps = 0;
  #commands = 0;

  constructor(history: number) {
    this.here = new Process(this, history);
    this.far = [new Far(this, history), new Far(this, history)];
    this.owner = this.here;
    this.topics = new ClusterTopics<Far>({
      system: this.here.system,
      clock: this.clock,
      holderOf: () =>
        this.owner === this.here
          ? "here"
          : this.believed?.isUp === true
            ? this.believed
            : undefined,
      resumed: () => void this.resumed++,
    });
  }

  get #events(): ReadonlyArray<CounterEvent> {
    return this.journal.entriesOf(KEY).flatMap(({ events }) => events as Array<CounterEvent>);
  }

  /** Version of the newest frame that there is. */
  get version(): number {
    return fold(this.#events).changes;
  }

  textAt(version: number): string {
    return `{"type":"CHANGED","total":${fold(this.#events.slice(0, version)).total}}`;
  }

  add(): void {
    void this.owner?.system.ask(Counter, "Add", {
      entityId: "a",
      commandId: CommandId.make(`${this.#commands}`),
      amount: ++this.#commands,
    });
  }

  async move(to: Process | undefined): Promise<void> {
    const from = this.owner;
    if (to === from) return;
    this.owner = undefined;
    const left = from?.leave();
    await this.clock.settled();
    await left;
    this.owner = to;
  }

  news(): void {
    this.believed = this.far.find((far) => far === this.owner && far.isUp);
    this.topics.placed();
  }

  deliver(far: Far): void {
    far.deliverThere();
    const message = far.toHere.shift();
    if (message?._tag === "Frame") this.topics.frame(far, message);
    if (message?._tag === "Opened") this.topics.opened(far, message.topic, message.version);
    if (message?._tag === "Gap") this.topics.gap(far, message.topic, message.version);
  }

  cut(far: Far): void {
    far.cut();
    if (this.believed === far) this.believed = undefined;
    this.topics.lost(far);
  }

  join(back: number | undefined): void {
    const after = back === undefined ? undefined : Math.max(0, this.version - back);
    this.onlookers.add(new Onlooker(this, after));
  }

  leave(): void {
    for (const one of this.onlookers) {
      one.watch.close();
      this.gaps += one.gaps;
      this.onlookers.delete(one);
      return;
    }
  }

  /** All that is on its way arrives. */
  async quiet(): Promise<void> {
    await this.clock.settled();
    while (this.far.some(({ toFar, toHere }) => toFar.length + toHere.length > 0)) {
      for (const far of this.far) this.deliver(far);
      await this.clock.settled();
    }
  }

  async end(): Promise<void> {
    if (this.owner === undefined) this.owner = this.far[0];
    for (const far of this.far) far.isUp = true;
    this.news();
    await this.quiet();
    await this.clock.advance(RENEW_EVERY_MS);
    await this.quiet();
    // One more change reaches everybody.
    this.add();
    await this.quiet();
    for (const one of this.onlookers) {
      expect(one.at).toBe(this.version);
      expect(one.watch.since(this.version)).toEqual([]);
    }
    while (this.onlookers.size > 0) this.leave();
    await this.quiet();
    for (const process of [this.here, ...this.far])
      expect(process.system.topics.isWatched(TOPIC)).toBe(false);
  }
}

type Step =
  | { readonly do: "add" | "news" | "settle" | "leave" | "evict" | "renew" }
  | { readonly do: "deliver" | "cut" | "up"; readonly far: 0 | 1 }
  | { readonly do: "move"; readonly to: "here" | "nowhere" | 0 | 1 }
  | { readonly do: "join"; readonly back: number | undefined };

const far = fc.constantFrom<0 | 1>(0, 1);
const simple = (what: "add" | "news" | "settle" | "leave" | "evict" | "renew") =>
  fc.constant({ do: what } as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: simple("add") },
  { weight: 6, arbitrary: simple("settle") },
  { weight: 4, arbitrary: simple("news") },
  { weight: 1, arbitrary: simple("leave") },
  { weight: 1, arbitrary: simple("evict") },
  { weight: 1, arbitrary: simple("renew") },
  { weight: 12, arbitrary: fc.record({ do: fc.constant("deliver" as const), far }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cut" as const), far }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("up" as const), far }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("move" as const),
      to: fc.constantFrom<"here" | "nowhere" | 0 | 1>("here", "nowhere", 0, 1),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("join" as const),
      back: fc.option(fc.nat(4), { nil: undefined }),
    }),
  },
);

const take = async (world: World, one: Step): Promise<void> => {
  switch (one.do) {
    case "add":
      return world.add();
    case "news":
      return world.news();
    case "settle":
      return world.clock.settled();
    case "leave":
      return world.leave();
    case "evict":
      for (const actor of world.owner?.system.residents() ?? []) actor.evict();
      return;
    case "renew":
      return world.clock.advance(RENEW_EVERY_MS);
    case "deliver":
      return world.deliver(world.far[one.far]);
    case "cut":
      return world.cut(world.far[one.far]);
    case "up":
      world.far[one.far].isUp = true;
      return world.news();
    case "move":
      return world.move(
        one.to === "here" ? world.here : one.to === "nowhere" ? undefined : world.far[one.to],
      );
    case "join":
      return world.join(one.back);
  }
};

const explore = async (history: number) => {
  const met = { resumed: 0, gaps: 0, patient: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: MAX_STEPS }), async (steps) => {
      const world = new World(history);
      for (const one of steps) await take(world, one);
      await world.end();
      const wasHasty = world.far.some((one) => one.wasHasty);
      if (history === AMPLE && !wasHasty) {
        expect(world.gaps).toBe(0);
        met.patient++;
      }
      met.resumed += world.resumed;
      met.gaps += world.gaps;
    }),
    { numRuns: RUNS },
  );
  return met;
};

describe("who watches a topic of the cluster", () => {
  it("sees each version once and in order, wherever the entity is, and no gap", async () => {
    const met = await explore(AMPLE);
    // A run that never met what it is for proves nothing.
    expect(met.patient).toBeGreaterThan(RUNS / 2);
    expect(met.resumed).toBeGreaterThan(RUNS / 20);
  }, 120_000);

  it("is told of a gap when frames were missed that nobody remembers", async () => {
    const met = await explore(SCANT);
    expect(met.gaps).toBeGreaterThan(RUNS / 20);
    expect(met.resumed).toBeGreaterThan(RUNS / 20);
  }, 120_000);
});
