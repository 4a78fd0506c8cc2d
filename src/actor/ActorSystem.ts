/**
 * The actors of one process: who lives here, and how to say something to anyone.
 *
 * `ask` looks for the entity among those that live here and pushes the message straight into its mailbox. What is not
 * here goes through the `Transport`, which finds or starts the entity wherever it belongs; while a call to an entity is
 * in flight, further messages to it wait and travel together in the next.
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
  type Letter,
  type Payload,
  unavailable,
} from "./Message.ts";
import { Outbox, type Transport } from "./Outbox.ts";
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

const DEFAULT_TIMEOUT_MS = 10_000;
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

/** A message on its way, and the promise of its answer: one object, for this is made for every message. */
class Asked implements Delivery {
  readonly requestId: string | undefined;
  readonly by: string | undefined;
  readonly fingerprint: string | undefined;
  readonly tag: string;
  readonly payload: Payload;
  readonly deadline: number;
  readonly #waiting: Set<Asked>;
  readonly #resolve: (outcome: AnyOutcome) => void;

  constructor(
    tag: string,
    payload: Payload,
    options: AskOptions | undefined,
    now: number,
    waiting: Set<Asked>,
    resolve: (outcome: AnyOutcome) => void,
  ) {
    this.tag = tag;
    this.payload = payload;
    this.requestId = options?.requestId;
    this.by = options?.by;
    this.fingerprint = options?.fingerprint;
    this.deadline = now + (options?.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    this.#waiting = waiting;
    this.#resolve = resolve;
    waiting.add(this);
  }

  answer(outcome: AnyOutcome): void {
    this.#waiting.delete(this);
    this.#resolve(outcome);
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
  readonly #env: ActorEnvironment;
  readonly #outbox: Outbox;
  #transport: Transport;
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
      journal,
      log,
      metrics,
      recovery: new Recovery(journal, clock),
      snapshots: new SnapshotWriter(journal, clock, log),
      topics: this.topics,
    };
    this.#transport = (kind, entityId, letters) =>
      Promise.all(letters.map((one) => this.#deliverHere(kind, entityId, one)));
    this.#outbox = new Outbox((kind, entityId, letters) =>
      this.#transport(kind, entityId, letters),
    );
    this.topics.onWatched((topic) => this.#residentOf(topic)?.actor.watched());
    this.#stopSweep = this.#every(DEADLINE_SWEEP_MS, () => this.#expire());
    this.#stopPassivation = this.#every(PASSIVATE_EVERY_MS, () => this.#passivate());
  }

  /** From now on, what does not live here goes this way. Without it, every entity lives here. */
  connect(transport: Transport): void {
    this.#transport = transport;
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
    if (this.#stopping) instance.close();
    else residents.set(entityId, { actor: instance, isHere });
    return instance;
  }

  /** Closes an entity's door. A copy that has been opened in its place since is left alone. */
  close(instance: Actor): void {
    const { residents } = this.#kindOf(instance.kind);
    if (residents.get(instance.entityId)?.actor === instance) residents.delete(instance.entityId);
    instance.close();
  }

  readonly ask: Ask = <C extends AnyContract>(
    contract: C,
    tag: string,
    payload: unknown,
    options?: AskOptions,
  ): Promise<Outcome<never, never>> =>
    new Promise<AnyOutcome>((resolve) => {
      const now = this.#options.clock.now();
      const asked = new Asked(tag, payload as Payload, options, now, this.#waiting, resolve);
      if (this.#stopping)
        return asked.answer(unavailable("the process is stopping", RETRY_STOPPING_MS));
      const resident = this.#kindOf(contract.kind).residents.get(asked.payload.entityId);
      if (resident?.isHere() === true) resident.actor.deliver(asked);
      else this.#outbox.send(contract.kind, asked);
    }) as Promise<Outcome<never, never>>;

  /** Delivers a letter to an entity that lives here, opening it if need be: the end of every transport. */
  #deliverHere(kind: string, entityId: string, said: Letter): Promise<AnyOutcome> {
    const instance =
      this.#kindOf(kind).residents.get(entityId)?.actor ?? this.open(kind, entityId, () => true);
    return deliverTo(instance, said);
  }

  /** Resolves when the journal can be read. */
  async ping(): Promise<void> {
    await this.#options.journal.overdueAlarms(0, 1);
  }

  /** Drains: no message is taken in any more, what is in flight is committed and answered. */
  async shutdown(): Promise<void> {
    this.#stopping = true;
    for (const instance of [...this.residents()]) this.close(instance);
    let cancelTimeout = () => {};
    const timeout = new Promise<void>((resolve) => {
      cancelTimeout = this.#options.clock.after(DRAIN_TIMEOUT_MS, resolve);
    });
    await Promise.race([this.#env.committer.drained(), timeout]);
    await Promise.race([this.#env.snapshots.drained(), timeout]);
    cancelTimeout();
    this.#stopSweep();
    this.#stopPassivation();
    for (const waiting of [...this.#waiting]) waiting.expire();
  }

  codecOf(kind: string): ContractCodec {
    return this.#kindOf(kind).codec;
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

/** Pushes a letter into a mailbox and waits for what comes of it. */
export const deliverTo = (instance: Actor, said: Letter): Promise<AnyOutcome> =>
  new Promise((answer) => {
    const delivery: Delivery = { ...said, answer };
    instance.deliver(delivery);
  });
