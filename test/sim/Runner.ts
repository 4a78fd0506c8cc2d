/**
 * One process of the simulated cluster: a real `ActorSystem` with its real `Post`, `ShardMap`, `ClusterTopics` and
 * `Vigil`, whose clock, chance, journal and links are the simulation's. It lives on its lane: paused, nothing in it moves; ended, all that it had in
 * memory is gone.
 */
import type { LookUp } from "../../entities/reservation/known.ts";
import type { Ask } from "../../src/actor/Ask.ts";
import { ActorSystem } from "../../src/actor/ActorSystem.ts";
import type { Clock } from "../../src/actor/Clock.ts";
import type { Journal } from "../../src/actor/Journal.ts";
import type { AnyOutcome, Delivery, Payload } from "../../src/actor/Message.ts";
import { ClusterTopics, type Lessor } from "../../src/cluster/ClusterTopics.ts";
import { Lease } from "../../src/cluster/Lease.ts";
import type { FromDialler, LetterSent, PeerMessage } from "../../src/cluster/PeerMessage.ts";
import { Post, type Recipient } from "../../src/cluster/Post.ts";
import type { ProcessInfo } from "../../src/cluster/ProcessReport.ts";
import { ShardMap } from "../../src/cluster/ShardMap.ts";
import { Vigil } from "../../src/cluster/Vigil.ts";
import type { PaymentProviders } from "../../src/payments/PaymentProvider.ts";
import { WalletProvider } from "../../src/payments/WalletProvider.ts";
import { storedReservation } from "../support/storedReservation.ts";
import { Session, STORE_AWAY } from "./Session.ts";
import { SHARD_COUNT, shardOf, SINGLETON_SHARD } from "./Locks.ts";
import { Lane } from "./Scheduler.ts";
import { Onlooker } from "./Onlooker.ts";
import type { End, Link, Resident, Surroundings } from "./Surroundings.ts";

/** As `AlarmSweeper` does it. */
const SWEEP_EVERY_MS = 500;
const SWEEP_GRACE_MS = 400;
const MAX_PER_SWEEP = 500;
/** A process looks after its locks so often; between two looks it believes what it believed. */
const VERIFY_FROM_MS = 200;
const VERIFY_TO_MS = 2000;
/** Until the sharding has an entity started. */
const ACTIVATION_TO_MS = 20;
/** A query of a table. */
const LOOK_UP_TO_MS = 100;
/** A process that leaves gives its clients' requests so long. */
const LEAVE_GRACE_MS = 1000;
/** What an actor says when its own code or the store's word failed it. Nothing of this may happen, whatever else does. */
const DEFECTS = new Set([
  "a decider died",
  "an entity's code died",
  "an entity died of a settled append",
  "the store refuses an append",
]);

/** Another process, as this one sees it. */
class Peer implements Recipient, Lessor {
  readonly info: ProcessInfo;
  link: Link | undefined;

  constructor(info: ProcessInfo) {
    this.info = info;
  }

  get isUp(): boolean {
    return this.link !== undefined;
  }

  tell(message: FromDialler): void {
    this.link?.send(message);
  }

  post(id: number, kind: string, delivery: Delivery, withinMs: number): boolean {
    if (!this.isUp) return false;
    const { by, fingerprint, payload, requestId, tag } = delivery;
    this.tell({ _tag: "Letter", id, kind, tag, payload, requestId, by, fingerprint, withinMs });
    return true;
  }
}

export class Runner implements Resident {
  readonly name: string;
  readonly lane: Lane;
  readonly system: ActorSystem;
  /** For clients here. */
  readonly ask: Ask;
  readonly onlooker: Onlooker;
  isLeaving = false;
  readonly #world: Surroundings;
  readonly #clock: Clock;
  readonly #journal: Journal;
  /** Shards that it believes to hold. */
  readonly #held = new Set<number>();
  readonly #peers = new Map<Resident, Peer>();
  readonly #shards = new ShardMap<Peer | { readonly info: ProcessInfo }>();
  readonly #me: { readonly info: ProcessInfo };
  readonly #post: Post<Peer>;
  readonly #vigil: Vigil | undefined;
  readonly topics: ClusterTopics<Peer>;
  /** Links that others have dialled. */
  readonly #accepted = new Set<Link>();
  /** Told when the process ends, however it does. */
  readonly #onEnd = new Set<() => void>();

  constructor(world: Surroundings, name: string) {
    this.#world = world;
    this.name = name;
    this.lane = new Lane(name);
    const { faults, parts, witness } = world;
    const session = new Session(world, this.lane);
    this.#journal = parts.session?.(session) ?? session;
    this.#clock = this.#makeClock(Math.floor(faults.between(-1, 1) * world.weather.clockSkewMs));
    this.system = new ActorSystem({
      actors: parts.actors(this.#providers()).map((actor) => witness.attending(this.lane, actor)),
      journal: this.#journal,
      clock: this.#clock,
      entropy: { hex: (bytes) => faults.hex(bytes) },
      metrics: {
        decided: () => {},
        committed: () => {},
        fenced: () => {},
        didItself: (kind, command) => world.sometimes(`${kind} ${command}`),
        resumed: (kind) => world.sometimes(`${kind} resumed`),
        recoveredFromSnapshot: (kind) => world.sometimes(`${kind} recovered from a snapshot`),
      },
      log: (message, fields) => this.#log(message, fields),
    });
    this.ask = witness.beside(this.lane, this.system.ask);
    this.#me = { info: this.info };
    const holderOf = (kind: string, entityId: string) => this.#holderOf(kind, entityId);
    this.#post = new Post<Peer>({
      clock: this.#clock,
      holderOf,
      deliverHere: (kind, delivery) => this.system.receive(kind, delivery),
      retriedElsewhere: () => world.sometimes("ask retried elsewhere"),
    });
    this.topics = new ClusterTopics<Peer>({
      system: this.system,
      clock: this.#clock,
      holderOf,
      resumed: () => world.sometimes("stream resumed"),
    });
    if (world.weather.isVigilant) this.#vigil = this.#watchOut();
    this.#shards.onChange(() => this.#placed());
    this.system.connect({
      isHere: (kind, entityId) => this.#isHere(kind, entityId),
      activate: (kind, entityId) => this.#activate(kind, entityId),
      send: (kind, delivery) => this.#post.send(kind, delivery),
    });
    this.onlooker = new Onlooker(world, this);
    this.#every(SWEEP_EVERY_MS, SWEEP_EVERY_MS, "sweep", () => void this.#sweep());
    this.#every(VERIFY_FROM_MS, VERIFY_TO_MS, "verify", () => this.#verify());
  }

  get info(): ProcessInfo {
    const { name } = this;
    return {
      processId: name,
      name,
      pid: 0,
      runner: name,
      link: name,
      url: name,
      release: "0",
      startedAt: 0,
    };
  }

  /** For requests that have to. */
  readonly wait = (ms: number): Promise<void> => this.#world.scheduler.sleep(this.lane, ms);

  /** Reads the table of reservations. */
  readonly lookUp: LookUp = async (reservationId) => {
    await this.wait(this.#world.faults.skewed(0.2, LOOK_UP_TO_MS));
    return storedReservation(this.#world.store.journal, reservationId);
  };

  #providers(): PaymentProviders {
    const ask = ((...asked: Parameters<Ask>) => this.ask(...asked)) as Ask;
    const wallet = new WalletProvider(ask);
    const card = this.#world.bank.portFor(this.lane);
    return {
      of: (name) => ({ wallet, sandbox_card: card, stripe: undefined })[name],
    };
  }

  soon(label: string, work: () => void): void {
    this.#world.scheduler.after(this.lane, this.#world.faults.skewed(0.1, 100), label, work);
  }

  // --- life and death

  /** SIGKILL. */
  kill(): void {
    this.#world.note(`${this.name} is killed`);
    this.#end();
  }

  /** SIGSTOP, and SIGCONT later. */
  pause(forMs: number): void {
    const { clientLane, scheduler } = this.#world;
    this.#world.note(`${this.name} is paused for ${forMs.toFixed(0)} ms`);
    this.lane.isPaused = true;
    scheduler.after(clientLane, forMs, "wake up", () => {
      if (!this.lane.isPaused) return;
      this.#world.note(`${this.name} goes on`);
      scheduler.resume(this.lane);
    });
  }

  /** SIGTERM: the entities are handed over, then the process goes. */
  async leave(): Promise<void> {
    this.#world.note(`${this.name} is asked to leave`);
    this.isLeaving = true;
    this.#held.clear();
    this.#announce();
    this.#placed();
    await this.system.handOver();
    await this.#world.scheduler.sleep(this.lane, LEAVE_GRACE_MS);
    await this.system.shutdown();
    this.#world.note(`${this.name} has left`);
    this.#end();
  }

  /** Calls back at its end; the returned function calls that off. */
  onEnd(notify: () => void): () => void {
    this.#onEnd.add(notify);
    return () => void this.#onEnd.delete(notify);
  }

  #end(): void {
    this.lane.hasEnded = true;
    this.#world.network.left(this);
    for (const notify of this.#onEnd) notify();
  }

  // --- shards

  acquire(shard: number): void {
    if (this.isLeaving) return;
    this.#held.add(shard);
    this.#announce();
    this.#placed();
  }

  release(shard: number): void {
    this.#held.delete(shard);
    for (const actor of [...this.system.residents()])
      if (shardOf(actor.kind, actor.entityId) === shard) this.system.close(actor);
    this.#announce();
    this.#placed();
  }

  #verify(): void {
    for (let shard = 0; shard < SHARD_COUNT; shard++) {
      if (this.#held.has(shard) && !this.#world.locks.holds(this, shard)) {
        this.#world.sometimes("lost a shard without knowing");
        this.#world.note(`${this.name} notices that it has lost shard ${shard}`);
        this.release(shard);
      }
    }
  }

  #isHere(kind: string, entityId: string): boolean {
    return this.#vigil?.mayAnswer !== false && this.#held.has(shardOf(kind, entityId));
  }

  #holderOf(kind: string, entityId: string): Peer | "here" | undefined {
    if (this.#isHere(kind, entityId)) return "here";
    const holder = this.#shards.holderOf(String(shardOf(kind, entityId)));
    return holder instanceof Peer && holder.isUp ? holder : undefined;
  }

  /** Half of the clusters have processes that notice that they were paused; the fence must do without. */
  #watchOut(): Vigil {
    return new Vigil({
      clock: this.#clock,
      log: (message, fields) => this.#log(message, fields),
      holdsItsLocks: async () => {
        await this.#journal.overdueAlarms(0, 1);
        return [...this.#held].every((shard) => this.#world.locks.holds(this, shard));
      },
      changed: (mayAnswer) => {
        if (!mayAnswer) this.#world.sometimes("zombie doubted");
        this.#announce();
      },
    });
  }

  #placed(): void {
    this.#post.placed();
    this.topics.placed();
  }

  #announce(): void {
    const { held } = this.#holding();
    this.#shards.claim(this.#me, held);
    for (const link of this.#accepted) link.send(this.#holding());
  }

  #holding() {
    const held = this.#vigil?.mayAnswer === false ? [] : [...this.#held].map(String);
    return { _tag: "Shards", held } as const;
  }

  async #activate(kind: string, entityId: string): Promise<void> {
    await this.#world.scheduler.sleep(this.lane, this.#world.faults.skewed(0.1, ACTIVATION_TO_MS));
    const isHere = () => this.#isHere(kind, entityId);
    if (!isHere()) return;
    for (const actor of this.system.residents())
      if (actor.kind === kind && actor.entityId === entityId) return;
    this.system.open(kind, entityId, isHere);
  }

  // --- alarms

  async #sweep(): Promise<void> {
    if (!this.#held.has(SINGLETON_SHARD)) return;
    try {
      const before = this.#clock.now() - SWEEP_GRACE_MS;
      const overdue = await this.#journal.overdueAlarms(before, MAX_PER_SWEEP);
      for (const { entityId, kind } of overdue) this.#wake(kind, entityId);
    } catch (cause) {
      this.#log("a sweep failed", { cause: String(cause) });
    }
  }

  #wake(kind: string, entityId: string): void {
    const holder = this.#holderOf(kind, entityId);
    if (holder === "here") this.system.overdue(kind, entityId);
    else holder?.tell({ _tag: "Wake", entities: [[kind, entityId]] });
  }

  // --- links

  /** The end of a link that this process has dialled: it asks. */
  dialler(to: Resident): End {
    let peer = this.#peers.get(to);
    if (peer === undefined) this.#peers.set(to, (peer = new Peer(to.info)));
    const known = peer;
    return {
      lane: this.lane,
      opened: (link) => {
        known.link = link;
        this.#placed();
      },
      closed: () => {
        known.link = undefined;
        this.#shards.claim(known, []);
        this.#post.lost(known);
        this.topics.lost(known);
      },
      receive: (message) => this.#answered(known, message),
    };
  }

  /** The end of a link that another process has dialled: it answers. */
  acceptor(): End {
    let link: Link | undefined;
    const leases = new Map<string, Lease>();
    return {
      lane: this.lane,
      opened: (opened) => {
        link = opened;
        this.#accepted.add(opened);
        opened.send(this.#holding());
      },
      closed: () => {
        if (link !== undefined) this.#accepted.delete(link);
        for (const lease of leases.values()) lease.close();
      },
      receive: (message) => {
        if (link !== undefined) this.#asked(link, leases, message);
      },
    };
  }

  #asked(link: Link, leases: Map<string, Lease>, message: PeerMessage): void {
    switch (message._tag) {
      case "Letter":
        return this.#letter(link, message);
      case "Wake":
        for (const [kind, entityId] of message.entities) this.system.overdue(kind, entityId);
        return;
      case "Lease":
        for (const [topic, after] of message.topics)
          if (!leases.has(topic)) leases.set(topic, this.#lease(link, topic, after));
        return;
      case "Release":
        for (const topic of message.topics) {
          leases.get(topic)?.close();
          leases.delete(topic);
        }
    }
  }

  #lease(link: Link, topic: string, after: number | undefined): Lease {
    return new Lease(this.system, topic, after, {
      frame: ({ sampled, text, version }) =>
        link.send({ _tag: "Frame", topic, version, sampled, text }),
      opened: (version) => link.send({ _tag: "Opened", topic, version }),
      gap: (version) => link.send({ _tag: "Gap", topic, version }),
    });
  }

  #answered(from: Peer, message: PeerMessage): void {
    switch (message._tag) {
      case "Shards":
        return this.#shards.claim(from, message.held);
      case "Moved":
        return this.#post.movedFrom(from, message.id);
      case "Frame":
        return this.topics.frame(from, message);
      case "Opened":
        return this.topics.opened(from, message.topic, message.version);
      case "Gap":
        return this.topics.gap(from, message.topic, message.version);
      case "Answer": {
        const { id, ok, replayed, value } = message;
        const sent = this.#post.sentTo(from, id);
        if (sent === undefined) return;
        const codec = this.system.codecOf(sent.kind)?.get(sent.tag);
        const outcome: AnyOutcome = ok
          ? { ok, value, replayed }
          : { ok, error: codec?.decodeFailure(value), replayed };
        this.#post.answered(from, id, outcome);
      }
    }
  }

  #letter(link: Link, { id, kind, withinMs, ...letter }: LetterSent): void {
    const codec = this.system.codecOf(kind)?.get(letter.tag);
    const payload = codec?.decodePayload(letter.payload) as Payload;
    const delivery: Delivery = {
      ...letter,
      payload,
      deadline: this.#clock.now() + withinMs,
      answer: (outcome) => {
        const { ok, replayed } = outcome;
        const value = outcome.ok ? outcome.value : codec?.encodeFailure(outcome.error);
        link.send({ _tag: "Answer", id, ok, value, replayed });
      },
      moved: () => link.send({ _tag: "Moved", id }),
    };
    this.system.receive(kind, delivery);
  }

  // --- time

  #makeClock(skewMs: number): Clock {
    const { lane } = this;
    const { faults, scheduler } = this.#world;
    return {
      now: () => this.#world.wall + skewMs,
      // Timers are late now and then, never early.
      after: (delayMs, work) => scheduler.after(lane, delayMs + faults.skewed(0, 2), "timer", work),
      soon: (work) => {
        lane.soonAt = Math.max(lane.soonAt, scheduler.now) + faults.between(0, 0.05);
        scheduler.at(lane, lane.soonAt, "soon", work);
      },
    };
  }

  #every(fromMs: number, toMs: number, label: string, work: () => void): void {
    const { faults, scheduler } = this.#world;
    const turn = () => {
      work();
      scheduler.after(this.lane, faults.between(fromMs, toMs), label, turn);
    };
    scheduler.after(this.lane, faults.between(0, toMs), label, turn);
  }

  #log(message: string, fields: Record<string, unknown>): void {
    const text = `${this.name} says: ${message} ${JSON.stringify(fields)}`;
    this.#world.note(text);
    const isUnreadable =
      message === "an entity cannot be read" && !String(fields["cause"]).includes(STORE_AWAY);
    if (DEFECTS.has(message) || isUnreadable) this.#world.fail(text);
  }
}
