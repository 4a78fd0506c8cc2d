/**
 * The actors of one process: who lives here, and how to say something to anyone.
 *
 * `ask` looks for the entity among those that live here and pushes the message straight into its mailbox. One that belongs
 * here and is not in memory is brought to life first; one that belongs elsewhere is the `Placement`'s to reach. What
 * comes back undone, because the entity moved meanwhile, is sent again until its deadline: it carries a command id, so
 * at worst it meets its own reply.
 */
import type { AnyContract } from "../../rpc/contract.ts";
import { Actor } from "./Actor.ts";
import type { ActorEnvironment, ActorMetrics, Log } from "./ActorEnvironment.ts";
import type { Ask, AskOptions, Outcome } from "./Ask.ts";
import type { Clock, Entropy } from "./Clock.ts";
import { Codecs } from "./Codecs.ts";
import type { AnyDurableActor } from "./DurableActor.ts";
import { GroupCommit } from "./GroupCommit.ts";
import type { Journal } from "./Journal.ts";
import {
  type AnyOutcome,
  type ContractCodec,
  contractCodec,
  type Delivery,
  type Payload,
  unavailable,
} from "./Message.ts";
import { Recovery } from "./Recovery.ts";
import { SnapshotWriter } from "./SnapshotWriter.ts";
import { TopicHub } from "./TopicHub.ts";

export interface ActorSystemOptions {
  readonly actors: ReadonlyArray<AnyDurableActor>;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly metrics: ActorMetrics;
  readonly log: Log;
}

/** Where entities live. Without a cluster all of them live here. */
export interface Placement {
  /** Whether an entity belongs to this process now. */
  readonly isHere: (kind: string, entityId: string) => boolean;
  /** Brings an entity that belongs here to life: `open` has been called when it resolves. */
  readonly activate: (kind: string, entityId: string) => Promise<void>;
  /** Takes a message to an entity that lives in another process. */
  readonly send: (kind: string, delivery: Delivery) => void;
}

const arrivalKey = (kind: string, entityId: string) => `${kind}\n${entityId}`;

const DEFAULT_TIMEOUT_MS = 10_000;
/** A message that came back undone goes out again after this: long enough for a shard to be claimed meanwhile. */
const RESEND_AFTER_MS = 20;
/** Messages waiting for one entity to come to life; beyond it callers are told to come back. */
const MAX_ARRIVALS = 4096;
const RETRY_FULL_MS = 250;
const RETRY_ACTIVATION_MS = 200;
/** Time-outs are looked for this often: an ask may wait so much longer than it said. */
const DEADLINE_SWEEP_MS = 250;
const RETRY_TIMED_OUT_MS = 1000;
const RETRY_STOPPING_MS = 1000;
/** How long shutdown waits for what is in flight. */
const DRAIN_TIMEOUT_MS = 5000;

/** An entity that nobody has spoken to for so long, and that has nothing to do by itself, forgets its state. */
const PASSIVATE_AFTER_MS = 60_000;
/** Entities with their state in memory, some 40 KB each; beyond it those longest unused forget theirs. */
const MAX_LIVE = 50_000;
const PASSIVATE_EVERY_MS = 5000;

/** A kind of actor, with its codecs and those of it that live here. */
interface Kind {
  readonly actor: AnyDurableActor;
  readonly codec: ContractCodec;
  readonly residents: Map<string, Resident>;
}

interface Resident {
  readonly actor: Actor;
  /** Whether the entity still belongs to this process; asked before every push. */
  readonly isHere: () => boolean;
}

/** What a message on its way needs of its system. */
interface AskedOf {
  readonly waiting: Set<Asked>;
  readonly dispatch: (kind: Kind, delivery: Delivery) => void;
  readonly later: (delayMs: number, work: () => void) => void;
}

/** A message on its way, and the promise of its answer: one object, for this is made for every message. */
class Asked implements Delivery {
  readonly requestId: string | undefined;
  readonly by: string | undefined;
  readonly fingerprint: string | undefined;
  readonly tag: string;
  readonly payload: Payload;
  readonly deadline: number;
  readonly #kind: Kind;
  readonly #system: AskedOf;
  readonly #resolve: (outcome: AnyOutcome) => void;

  constructor(
    kind: Kind,
    tag: string,
    payload: Payload,
    options: AskOptions | undefined,
    now: number,
    system: AskedOf,
    resolve: (outcome: AnyOutcome) => void,
  ) {
    this.#kind = kind;
    this.tag = tag;
    this.payload = payload;
    this.requestId = options?.requestId;
    this.by = options?.by;
    this.fingerprint = options?.fingerprint;
    this.deadline = now + (options?.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    this.#system = system;
    this.#resolve = resolve;
    system.waiting.add(this);
  }

  answer(outcome: AnyOutcome): void {
    this.#system.waiting.delete(this);
    this.#resolve(outcome);
  }

  moved(): void {
    this.#system.later(RESEND_AFTER_MS, () => {
      if (this.#system.waiting.has(this)) this.#system.dispatch(this.#kind, this);
    });
  }

  expire(): void {
    this.answer(
      unavailable("no answer in time; whether it happened is unknown", RETRY_TIMED_OUT_MS),
    );
  }
}

export class ActorSystem {
  readonly topics = new TopicHub();
  readonly #options: ActorSystemOptions;
  readonly #kinds = new Map<string, Kind>();
  readonly #waiting = new Set<Asked>();
  readonly #asked: AskedOf;
  readonly #env: ActorEnvironment;
  /** Messages whose entity is coming to life, by `<kind>\n<entity id>`. */
  readonly #arrivals = new Map<string, Array<Delivery>>();
  #paused: ReadonlySet<string> = new Set();
  #placement: Placement;
  readonly #stopSweep: () => void;
  readonly #stopPassivation: () => void;
  #stopping = false;

  constructor(options: ActorSystemOptions) {
    this.#options = options;
    const { clock, entropy, journal, log, metrics } = options;
    for (const actor of options.actors) {
      const codec = contractCodec(actor.contract);
      this.#kinds.set(actor.contract.kind, { actor, codec, residents: new Map() });
    }
    this.#env = {
      ask: this.ask,
      clock,
      codecs: new Codecs(),
      committer: new GroupCommit(journal, clock, metrics, log),
      entropy,
      isPaused: (kind) => this.#paused.has(kind),
      journal,
      log,
      metrics,
      recovery: new Recovery(journal, clock),
      snapshots: new SnapshotWriter(journal, clock, log),
      topics: this.topics,
    };
    this.#asked = {
      waiting: this.#waiting,
      dispatch: (kind, delivery) => this.#dispatch(kind, delivery),
      later: (delayMs, work) => void clock.after(delayMs, work),
    };
    this.#placement = {
      isHere: () => true,
      activate: async (kind, entityId) => void this.open(kind, entityId, () => true),
      send: (_, delivery) => delivery.moved(),
    };
    this.topics.onWatched((topic) => this.#residentOf(topic)?.actor.watched());
    this.#stopSweep = this.#every(DEADLINE_SWEEP_MS, () => this.#expire());
    this.#stopPassivation = this.#every(PASSIVATE_EVERY_MS, () => this.#passivate());
  }

  /** From now on entities live where this says. Without it, all live here. */
  connect(placement: Placement): void {
    this.#placement = placement;
  }

  /** Entities of these kinds take no messages and do nothing by themselves until they are no longer among them. */
  pause(kinds: ReadonlySet<string>): void {
    const before = this.#paused;
    this.#paused = kinds;
    for (const actor of this.residents())
      if (before.has(actor.kind) && !kinds.has(actor.kind)) actor.unpaused();
  }

  get kinds(): ReadonlyArray<AnyDurableActor> {
    return this.#options.actors;
  }

  /** Journal appends waiting for a transaction. */
  get commitDepth(): number {
    return this.#env.committer.depth;
  }

  /** Entities in memory by kind, and the messages they have waiting or in flight. */
  census(): ReadonlyArray<{
    readonly kind: string;
    readonly live: number;
    readonly depth: number;
  }> {
    return [...this.#kinds].map(([kind, { residents }]) => {
      let live = 0;
      let depth = 0;
      for (const { actor } of residents.values()) {
        if (actor.isLive) live++;
        depth += actor.depth;
      }
      return { kind, live, depth };
    });
  }

  /** Every actor in memory. */
  *residents(): Generator<Actor> {
    for (const { residents } of this.#kinds.values())
      for (const { actor } of residents.values()) yield actor;
  }

  /** Takes an entity in. It reads its state when the first message comes. */
  open(kind: string, entityId: string, isHere: () => boolean): Actor {
    const { actor, codec, residents } = this.#kindOf(kind);
    const instance = new Actor(actor, codec, entityId, this.#env);
    if (this.#stopping) void instance.close();
    else {
      residents.set(entityId, { actor: instance, isHere });
      // What has waited for it comes before what comes from now on.
      if (isHere())
        for (const waiting of this.#arrivals.get(arrivalKey(kind, entityId))?.splice(0) ?? [])
          instance.deliver(waiting);
    }
    return instance;
  }

  /**
   * Closes an entity's door; resolves when what it had in flight is committed or void. A copy that has been opened in its
   * place since is left alone.
   */
  close(instance: Actor): Promise<void> {
    const { residents } = this.#kindOf(instance.kind);
    if (residents.get(instance.entityId)?.actor === instance) {
      residents.delete(instance.entityId);
      this.topics.closed(`${instance.kind}:${instance.entityId}`);
    }
    return instance.close();
  }

  readonly ask: Ask = <C extends AnyContract>(
    contract: C,
    tag: string,
    payload: unknown,
    options?: AskOptions,
  ): Promise<Outcome<never, never>> =>
    new Promise<AnyOutcome>((resolve) => {
      const kind = this.#kindOf(contract.kind);
      const now = this.#options.clock.now();
      const said = payload as Payload;
      this.#dispatch(kind, new Asked(kind, tag, said, options, now, this.#asked, resolve));
    }) as Promise<Outcome<never, never>>;

  /** Takes in a message from another process: for an entity that lives here, or else it comes back as moved. */
  receive(kind: string, delivery: Delivery): void {
    const known = this.#kindOf(kind);
    const { entityId } = delivery.payload;
    const resident = known.residents.get(entityId);
    if (this.#stopping) delivery.moved();
    else if (resident?.isHere() === true) resident.actor.deliver(delivery);
    else if (this.#placement.isHere(kind, entityId)) this.#arrive(known, delivery);
    else delivery.moved();
  }

  /** Brings an entity to life that belongs here, so that it finds its alarm due; nothing when it lives elsewhere. */
  wake(kind: string, entityId: string): void {
    const known = this.#kindOf(kind);
    const resident = known.residents.get(entityId);
    if (this.#stopping || this.#paused.has(kind)) return;
    if (resident?.isHere() === true) resident.actor.overdue();
    else if (this.#placement.isHere(kind, entityId))
      this.#activate(known, entityId).then(
        (actor) => actor?.wake(),
        (cause: unknown) =>
          this.#options.log("an entity was not woken", {
            entity: `${kind}:${entityId}`,
            cause: String(cause),
          }),
      );
  }

  #dispatch(kind: Kind, delivery: Delivery): void {
    if (this.#stopping)
      return delivery.answer(unavailable("the process is stopping", RETRY_STOPPING_MS));
    const { entityId } = delivery.payload;
    const resident = kind.residents.get(entityId);
    if (resident?.isHere() === true) resident.actor.deliver(delivery);
    else if (this.#placement.isHere(kind.actor.contract.kind, entityId))
      this.#arrive(kind, delivery);
    else this.#placement.send(kind.actor.contract.kind, delivery);
  }

  /** Brings the entity to life and hands it all that has come for it meanwhile. */
  #arrive(kind: Kind, delivery: Delivery): void {
    const { entityId } = delivery.payload;
    const key = arrivalKey(kind.actor.contract.kind, entityId);
    const arrivals = this.#arrivals.get(key);
    if (arrivals !== undefined) {
      if (arrivals.length < MAX_ARRIVALS) arrivals.push(delivery);
      else delivery.answer(unavailable("too much is waiting for this entity", RETRY_FULL_MS));
      return;
    }
    const started = [delivery];
    this.#arrivals.set(key, started);
    this.#activate(kind, entityId).then(
      (actor) => {
        this.#arrivals.delete(key);
        for (const each of started) {
          if (actor === undefined) each.moved();
          else actor.deliver(each);
        }
      },
      (cause: unknown) => {
        this.#arrivals.delete(key);
        const failed = unavailable(
          `the entity did not come to life (${String(cause)})`,
          RETRY_ACTIVATION_MS,
        );
        for (const each of started) each.answer(failed);
      },
    );
  }

  async #activate(kind: Kind, entityId: string): Promise<Actor | undefined> {
    await this.#placement.activate(kind.actor.contract.kind, entityId);
    const resident = kind.residents.get(entityId);
    return resident?.isHere() === true ? resident.actor : undefined;
  }

  /** Resolves when the journal can be read. */
  async ping(): Promise<void> {
    await this.#options.journal.overdueAlarms(0, 1);
  }

  /**
   * Closes every entity here and resolves when what they had in flight is committed and answered, so that they may live
   * elsewhere. Messages that come later are sent on.
   */
  async handOver(): Promise<void> {
    for (const instance of [...this.residents()]) void this.close(instance);
    await this.#drained();
  }

  /** Drains: no message is taken in any more, what is in flight is committed and answered. */
  async shutdown(): Promise<void> {
    this.#stopping = true;
    for (const instance of [...this.residents()]) void this.close(instance);
    await this.#drained();
    this.#stopSweep();
    this.#stopPassivation();
    for (const waiting of [...this.#waiting]) waiting.expire();
  }

  async #drained(): Promise<void> {
    let cancelTimeout = () => {};
    const timeout = new Promise<void>((resolve) => {
      cancelTimeout = this.#options.clock.after(DRAIN_TIMEOUT_MS, resolve);
    });
    await Promise.race([this.#env.committer.drained(), timeout]);
    await Promise.race([this.#env.snapshots.drained(), timeout]);
    cancelTimeout();
  }

  /** Undefined for a kind that is not of this process's release. */
  codecOf(kind: string): ContractCodec | undefined {
    return this.#kinds.get(kind)?.codec;
  }

  #kindOf(kind: string): Kind {
    const found = this.#kinds.get(kind);
    if (found === undefined)
      throw new Error(`no actor of kind "${kind}" is registered in this process`);
    return found;
  }

  #residentOf(topic: string): Resident | undefined {
    const colon = topic.indexOf(":");
    return this.#kinds.get(topic.slice(0, colon))?.residents.get(topic.slice(colon + 1));
  }

  #expire(): void {
    const now = this.#options.clock.now();
    for (const waiting of this.#waiting) if (waiting.deadline <= now) waiting.expire();
  }

  #passivate(): void {
    const idleSince = this.#options.clock.now() - PASSIVATE_AFTER_MS;
    const live: Array<Actor> = [];
    for (const instance of this.residents()) {
      if (!instance.isLive) continue;
      const isIdle = instance.lastUsedAt < idleSince && !instance.isNeeded;
      if (!isIdle || !instance.evict()) live.push(instance);
    }
    if (live.length <= MAX_LIVE) return;
    live.sort((one, other) => one.lastUsedAt - other.lastUsedAt);
    for (const instance of live.slice(0, live.length - MAX_LIVE)) instance.evict();
  }

  /** Does `work` again and again until called off. */
  #every(pauseMs: number, work: () => void): () => void {
    let cancel = () => {};
    const turn = () => {
      work();
      cancel = this.#options.clock.after(pauseMs, turn);
    };
    cancel = this.#options.clock.after(pauseMs, turn);
    return () => cancel();
  }
}
