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
import { Arrivals } from "./Arrivals.ts";
import type { Ask, AskOptions, Outcome } from "./Ask.ts";
import { Asked, type AskedOf } from "./Asked.ts";
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
  PAUSED,
  unavailable,
} from "./Message.ts";
import { passivate } from "./Passivation.ts";
import { Recovery } from "./Recovery.ts";
import { SnapshotWriter } from "./SnapshotWriter.ts";
import type { StatelessKind } from "./StatelessKind.ts";
import { TopicHub } from "./TopicHub.ts";

export interface ActorSystemOptions {
  readonly actors: ReadonlyArray<AnyDurableActor>;
  /** Kinds that need no journal. */
  readonly stateless?: ReadonlyArray<StatelessKind>;
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

/** Time-outs are looked for this often: an ask may wait so much longer than it said. */
const DEADLINE_SWEEP_MS = 250;
const RETRY_STOPPING_MS = 1000;
/** How long shutdown waits for what is in flight. */
const DRAIN_TIMEOUT_MS = 5000;

const PASSIVATE_EVERY_MS = 5000;

interface Stateless {
  readonly codec: ContractCodec;
  readonly carryOut: (delivery: Delivery) => void;
}

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

export class ActorSystem {
  readonly topics = new TopicHub();
  readonly #options: ActorSystemOptions;
  readonly #kinds = new Map<string, Kind>();
  readonly #stateless = new Map<string, Stateless>();
  readonly #waiting = new Set<Asked>();
  readonly #asked: AskedOf;
  readonly #env: ActorEnvironment;
  readonly #arrivals = new Arrivals((kind, entityId) => this.#activate(kind, entityId));
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
    for (const { carryOut, contract } of options.stateless ?? [])
      this.#stateless.set(contract.kind, { codec: contractCodec(contract), carryOut });
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
    this.#stopPassivation = this.#every(PASSIVATE_EVERY_MS, () =>
      passivate(this.residents(), clock.now()),
    );
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
      if (isHere()) this.#arrivals.handTo(instance);
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
      const now = this.#options.clock.now();
      const { kind } = contract;
      const said = payload as Payload;
      this.#dispatch(kind, new Asked(kind, tag, said, options, now, this.#asked, resolve));
    }) as Promise<Outcome<never, never>>;

  /** Takes in a message from another process: for an entity that lives here, or else it comes back as moved. */
  receive(kind: string, delivery: Delivery): void {
    const stateless = this.#stateless.get(kind);
    const { entityId } = delivery.payload;
    if (stateless !== undefined) {
      if (this.#stopping || !this.#placement.isHere(kind, entityId)) delivery.moved();
      else this.#carryOut(kind, stateless, delivery);
      return;
    }
    const resident = this.#kindOf(kind).residents.get(entityId);
    if (this.#stopping) delivery.moved();
    else if (resident?.isHere() === true) resident.actor.deliver(delivery);
    else if (this.#placement.isHere(kind, entityId)) this.#arrivals.add(kind, delivery);
    else delivery.moved();
  }

  /** Brings an entity to life that belongs here; an alarm that is due rings then. Nothing when it lives elsewhere. */
  wake(kind: string, entityId: string): void {
    const resident = this.#kindOf(kind).residents.get(entityId);
    if (!this.#acts(kind)) return;
    if (resident?.isHere() === true) resident.actor.wake();
    else if (this.#placement.isHere(kind, entityId))
      this.#activate(kind, entityId).then(
        (actor) => actor?.wake(),
        (cause: unknown) =>
          this.#options.log("an entity was not woken", {
            entity: `${kind}:${entityId}`,
            cause: String(cause),
          }),
      );
  }

  /**
   * The journal says that an entity's alarm is overdue: it is brought to life if it belongs here. One that lives and knows
   * nothing of the alarm is stale and reads again.
   */
  overdue(kind: string, entityId: string): void {
    const resident = this.#kindOf(kind).residents.get(entityId);
    if (resident?.isHere() === true && this.#acts(kind)) resident.actor.overdue();
    else this.wake(kind, entityId);
  }

  /** Whether entities of a kind may do anything by themselves now. */
  #acts(kind: string): boolean {
    return !this.#stopping && !this.#paused.has(kind);
  }

  #dispatch(kind: string, delivery: Delivery): void {
    if (this.#stopping)
      return delivery.answer(unavailable("the process is stopping", RETRY_STOPPING_MS));
    const { entityId } = delivery.payload;
    const known = this.#kinds.get(kind);
    if (known === undefined) return this.#dispatchStateless(kind, delivery);
    const resident = known.residents.get(entityId);
    if (resident?.isHere() === true) resident.actor.deliver(delivery);
    else if (this.#placement.isHere(kind, entityId)) this.#arrivals.add(kind, delivery);
    else this.#placement.send(kind, delivery);
  }

  #dispatchStateless(kind: string, delivery: Delivery): void {
    const stateless = this.#stateless.get(kind);
    if (stateless === undefined) throw unknownKind(kind);
    if (this.#placement.isHere(kind, delivery.payload.entityId))
      this.#carryOut(kind, stateless, delivery);
    else this.#placement.send(kind, delivery);
  }

  #carryOut(kind: string, { carryOut }: Stateless, delivery: Delivery): void {
    if (this.#paused.has(kind)) delivery.answer(PAUSED);
    else carryOut(delivery);
  }

  async #activate(kind: string, entityId: string): Promise<Actor | undefined> {
    await this.#placement.activate(kind, entityId);
    const resident = this.#kindOf(kind).residents.get(entityId);
    return resident?.isHere() === true ? resident.actor : undefined;
  }

  /** Resolves when the journal can be read. */
  async ping(): Promise<void> {
    await this.#options.journal.overdueAlarms(0, 1);
  }

  /**
   * What the entities here remember may be old, for others may have written meanwhile: none of them answers any more. Each
   * is opened anew when it is next wanted, and reads its journal; those that have something to do are wanted now.
   */
  distrust(): void {
    for (const instance of [...this.residents()]) {
      const { entityId, isNeeded, kind } = instance;
      void this.close(instance);
      if (isNeeded) this.wake(kind, entityId);
    }
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

  isStateless(kind: string): boolean {
    return this.#stateless.has(kind);
  }

  /** Undefined for a kind that is not of this process's release. */
  codecOf(kind: string): ContractCodec | undefined {
    return (this.#kinds.get(kind) ?? this.#stateless.get(kind))?.codec;
  }

  #kindOf(kind: string): Kind {
    const found = this.#kinds.get(kind);
    if (found === undefined) throw unknownKind(kind);
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

const unknownKind = (kind: string) =>
  new Error(`no actor of kind "${kind}" is registered in this process`);
