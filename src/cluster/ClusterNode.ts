/**
 * This process as a member of the cluster: its links to the others, who holds what, the messages and topics that cross,
 * and what it does about a process that has died.
 *
 * A death is noticed by whoever has a link to the dead. It is then entered as unhealthy in the list of runners, whereupon the
 * others share out its shards, and the database session that has its locks is ended, for a process that is only paused
 * would keep them. Whoever is itself thought dead accuses nobody.
 */
import type pg from "pg";
import type { Log } from "../actor/ActorEnvironment.ts";
import type { ActorSystem } from "../actor/ActorSystem.ts";
import type { Clock } from "../actor/Clock.ts";
import type { EntityKey } from "../actor/Journal.ts";
import type { AnyOutcome } from "../actor/Message.ts";
import { accuse } from "./accuse.ts";
import type { Cluster } from "./Cluster.ts";
import { ClusterTopics } from "./ClusterTopics.ts";
import type { Hello } from "./Link.ts";
import { LockSession } from "./LockSession.ts";
import { Members } from "./Members.ts";
import { Peer } from "./Peer.ts";
import { type FromAcceptor, PROTOCOL } from "./PeerMessage.ts";
import { PeerServer } from "./PeerServer.ts";
import { Post } from "./Post.ts";
import type { ProcessInfo, ProcessReport } from "./ProcessReport.ts";
import type { LocalEntities } from "./Sharding.ts";
import {
  COMPUTE_GROUP,
  lockNumberOf,
  SHARD_GROUP,
  shardGroupOf,
  SHARDS_PER_GROUP,
} from "./Sharding.ts";
import { ShardMap } from "./ShardMap.ts";
import type { Sometimes } from "./Sometimes.ts";
import { Vigil } from "./Vigil.ts";

/** Shards held here are looked at so often; only a change is announced. */
const LOOK_AT_SHARDS_MS = 25;
const REPORT_EVERY_MS = 1000;
/** A report older than this is of a process that nobody hears. */
const SILENT_AFTER_MS = 3000;
const ACCUSE_AGAIN_MS = 100;
/** How often a process makes sure that the session with its locks is there. It may answer old reads for as long. */
const LOOK_AT_LOCKS_MS = 500;
/** A process that leaves has let go of its locks within this, unless it cannot: its database may be away. */
const LETTING_GO_MS = 2000;
/**
 * Nobody has had a shard of `COMPUTE_GROUP` for so long: no process offers to compute. Well above what a process takes to
 * take over from another that had all of them.
 */
const NOBODY_OFFERS_AFTER_MS = 2500;

export interface ClusterNodeOptions {
  readonly system: ActorSystem;
  readonly clock: Clock;
  readonly pool: pg.Pool;
  readonly info: ProcessInfo;
  /** The cluster's secret. */
  readonly token: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly sometimes: Sometimes;
  readonly log: Log;
  /** For what a person should look at. */
  readonly warn: Log;
  /** What the cluster does not know by itself of this process. */
  readonly measure: () => Measured;
}

export type Measured = Pick<
  ProcessReport,
  | "appends"
  | "commitMs"
  | "computeWorkers"
  | "loopDelayMs"
  | "memoryBytes"
  | "singletons"
  | "sockets"
  | "watchers"
>;

type Holder = Peer | { readonly info: ProcessInfo };

/** The name of the database session that has a process's locks. */
export const lockSessionOf = (processId: string) => `croupier locks ${processId}`;

export class ClusterNode implements Cluster {
  readonly self: ProcessInfo;
  readonly topics: ClusterTopics<Peer>;
  readonly #options: ClusterNodeOptions;
  readonly #hello: Hello;
  readonly #me: Holder;
  readonly #peers = new Map<string, Peer>();
  /** Peers that have said that they leave. */
  readonly #leavers = new Set<Peer>();
  readonly #shards = new ShardMap<Holder>();
  readonly #server: PeerServer;
  readonly #post: Post<Peer>;
  readonly #members: Members;
  readonly #vigil: Vigil;
  readonly #lockSession: LockSession;
  #local: LocalEntities | undefined;
  #held: ReadonlyArray<string> = [];
  /** Since when nobody has had a shard of `COMPUTE_GROUP`; undefined while someone has. */
  #nobodyComputesSince: number | undefined;
  #paused: ReadonlyArray<string> = [];
  #isLeaving = false;
  #isClosed = false;
  readonly #timers = new Set<() => void>();

  constructor(options: ClusterNodeOptions) {
    this.#options = options;
    const { clock, info, log, pool, sometimes, system, token } = options;
    this.self = info;
    this.#me = { info };
    this.#hello = { protocol: PROTOCOL, token, info };
    this.#server = new PeerServer({
      system,
      clock,
      hello: this.#hello,
      log,
      dialled: (dialler) => this.#meet(dialler),
    });
    this.#nobodyComputesSince = clock.now();
    const holderOf = (kind: string, entityId: string) => this.#holderOf(kind, entityId);
    this.#post = new Post<Peer>({
      clock,
      holderOf,
      isOffered: (kind) => this.#isOffered(kind),
      deliverHere: (kind, delivery) => system.receive(kind, delivery),
      retriedElsewhere: () => sometimes.happened("askRetriedElsewhere"),
    });
    this.topics = new ClusterTopics<Peer>({
      system,
      clock,
      holderOf,
      resumed: () => sometimes.happened("streamResumed"),
    });
    this.#shards.onChange(() => this.#placed());
    this.#lockSession = new LockSession({
      pool,
      name: lockSessionOf(info.processId),
      held: () => (this.#local?.held() ?? []).map(lockNumberOf),
    });
    this.#vigil = new Vigil({
      clock,
      log: options.warn,
      holdsItsLocks: () => this.#lockSession.holds(),
      changed: (mayAnswer) => {
        if (!mayAnswer) sometimes.happened("zombieDoubted");
        else if (this.#lockSession.takeIsMemoryOld()) system.distrust();
        this.#lookAtShards();
      },
    });
    this.#members = new Members({
      pool,
      clock,
      self: info,
      log,
      listed: (processes) => this.#listed(processes),
      paused: (kinds) => {
        if (String(kinds) === String(this.#paused)) return;
        this.#paused = kinds;
        system.pause(new Set(kinds));
      },
    });
  }

  /** Listens, and enters itself in the list of processes. Rejects when the port is taken or the database is away. */
  async start(): Promise<void> {
    const { listen } = this.#options;
    await this.#server.listen(listen.host, listen.port);
    await this.#members.join();
  }

  /** From now on, entities live here as the cluster says. `touch` brings one of them to life. */
  attach(local: LocalEntities, touch: (kind: string, entityId: string) => Promise<void>): void {
    this.#local = local;
    // Only from now on may this process itself be the one.
    if (this.#nobodyComputesSince !== undefined)
      this.#nobodyComputesSince = this.#options.clock.now();
    this.#options.system.connect({
      isHere: (kind, entityId) => this.#isHere(local.shardOf(kind, entityId)),
      activate: touch,
      send: (kind, delivery) => this.#post.send(kind, delivery),
    });
    this.#every(LOOK_AT_SHARDS_MS, () => this.#lookAtShards());
    this.#every(LOOK_AT_LOCKS_MS, () => {
      this.#lookAtLocks().catch((cause: unknown) =>
        // The database is away, for everyone: nobody else can have the locks.
        this.#options.log("the locks cannot be looked at", { cause: String(cause) }),
      );
    });
    this.#every(REPORT_EVERY_MS, () =>
      this.#server.tellAll({ _tag: "Report", report: this.#report() }),
    );
  }

  /** Whether entities that live here may answer: false while this process doubts that they are still its own. */
  get mayAnswer(): boolean {
    return this.#vigil.mayAnswer && !this.#isLeaving;
  }

  /** How to take the locks again at once. */
  relockBy(relock: () => Promise<unknown>): void {
    this.#lockSession.relockBy(relock);
  }

  /** What the list of runners says about this one. */
  ownHealth(healthy: boolean): void {
    this.#vigil.listed(healthy);
  }

  /** Whether a runner lives and stays, as far as this process can tell; one that it does not know yet does. */
  isAlive(runner: string): boolean {
    const known = [...this.#peers.values()].filter(({ info }) => info.runner === runner);
    return known.length === 0 || known.some((peer) => !peer.isDead && !this.#leavers.has(peer));
  }

  /** Wakes entities whose alarm is overdue, wherever they live. */
  wake(entities: ReadonlyArray<EntityKey>): void {
    const elsewhere = new Map<Peer, Array<readonly [string, string]>>();
    for (const { entityId, kind } of entities) {
      const holder = this.#holderOf(kind, entityId);
      if (holder === "here") this.#options.system.overdue(kind, entityId);
      else if (holder !== undefined) {
        const some = elsewhere.get(holder) ?? [];
        elsewhere.set(holder, some);
        some.push([kind, entityId]);
      }
    }
    for (const [peer, some] of elsewhere) peer.tell({ _tag: "Wake", entities: some });
  }

  // --- what the console asks

  reports(): ReadonlyArray<ProcessReport> {
    const now = this.#options.clock.now();
    const others = [...this.#peers.values()].flatMap(({ isDead, report }): Array<ProcessReport> => {
      if (report === undefined) return [];
      const isSilent = isDead || now - report.at > SILENT_AFTER_MS;
      return [isSilent ? { ...report, state: "silent" } : report];
    });
    return [this.#report(), ...others];
  }

  /** Threads that compute in the processes that this one can reach. */
  computeWorkersElsewhere(): number {
    let workers = 0;
    for (const { isUp, report } of this.#peers.values())
      if (isUp && report?.state === "up") workers += report.computeWorkers ?? 0;
    return workers;
  }

  shards() {
    return { total: SHARDS_PER_GROUP, held: this.#shards.heldIn(SHARD_GROUP) };
  }

  ownerOf(kind: string, entityId: string): ProcessInfo | undefined {
    const holder = this.#holderOf(kind, entityId);
    return holder === "here" ? this.self : holder?.info;
  }

  pausedKinds(): ReadonlyArray<string> {
    return this.#paused;
  }

  setPaused(kind: string, paused: boolean): Promise<void> {
    return this.#members.setPaused(kind, paused);
  }

  // --- the end

  /** Lets go of all entities: what they had in flight is committed, what comes for them goes to whoever takes them over. */
  async handOver(): Promise<void> {
    this.#isLeaving = true;
    this.#lookAtShards();
    this.#server.tellAll({ _tag: "Report", report: this.#report() });
    await this.#options.system.handOver();
  }

  /** Leaves the cluster. Its links close when all that was to be said over them has been said. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isLeaving = true;
    for (const cancel of this.#timers) cancel();
    this.#vigil.close();
    this.topics.close();
    this.#post.close();
    this.#server.close();
    for (const peer of this.#peers.values()) peer.close();
    await this.#members.leave().catch((cause: unknown) =>
      this.#options.log("this process stays listed until it is forgotten", {
        cause: String(cause),
      }),
    );
  }

  // --- who holds what

  #isHere(shard: string): boolean {
    return this.mayAnswer && this.#local?.holds(shard) === true;
  }

  #holderOf(kind: string, entityId: string): Peer | "here" | undefined {
    const shard = this.#local?.shardOf(kind, entityId);
    if (shard === undefined) return undefined;
    if (this.#isHere(shard)) return "here";
    const holder = this.#shards.holderOf(shard);
    return holder instanceof Peer && holder.isUp ? holder : undefined;
  }

  #lookAtShards(): void {
    if (this.#local === undefined) return;
    const held = this.mayAnswer ? this.#local.held() : [];
    if (held.length === this.#held.length && held.every((shard, i) => shard === this.#held[i]))
      return;
    this.#held = held;
    this.#shards.claim(this.#me, held);
    if (!this.#isClosed) this.#server.announce(held);
  }

  /** Whether there may be a process for entities of this kind; those with a journal are everyone's. */
  #isOffered(kind: string): boolean {
    const { clock, system } = this.#options;
    return (
      this.#nobodyComputesSince === undefined ||
      shardGroupOf(system, kind) !== COMPUTE_GROUP ||
      clock.now() - this.#nobodyComputesSince < NOBODY_OFFERS_AFTER_MS
    );
  }

  /** Something has a new holder, or may have. */
  #placed(): void {
    if (this.#shards.heldIn(COMPUTE_GROUP) > 0) this.#nobodyComputesSince = undefined;
    else this.#nobodyComputesSince ??= this.#options.clock.now();
    this.#post.placed();
    this.topics.placed();
  }

  // --- the others

  #listed(processes: ReadonlyArray<ProcessInfo>): void {
    for (const info of processes) this.#meet(info);
    const listed = new Set(processes.map(({ processId }) => processId));
    // One that has been dialled by us before the list had it is given a while by its own death.
    for (const [processId, peer] of this.#peers)
      if (!listed.has(processId) && (peer.isDead || !peer.isUp)) this.#forget(peer);
  }

  #meet(info: ProcessInfo): void {
    if (this.#isClosed || this.#peers.has(info.processId) || info.processId === this.self.processId)
      return;
    const { clock, log, warn } = this.#options;
    const peer = new Peer(info, this.#hello, clock, {
      said: (from, message) => this.#said(from, message),
      up: (from) => {
        log("linked to a peer", { peer: from.info.name });
        this.#placed();
      },
      down: (from, cause) => {
        log("a link is down", { peer: from.info.name, cause });
        this.#unreachable(from);
      },
      dead: (from, cause) => {
        this.#unreachable(from);
        this.#accuse(from, cause);
      },
      foreign: (from) =>
        warn(
          "a process speaks another release's protocol: its entities cannot be reached from here",
          {
            peer: from.info.name,
            release: from.info.release,
          },
        ),
      replaced: (from) => this.#forget(from),
    });
    this.#peers.set(info.processId, peer);
  }

  #forget(peer: Peer): void {
    this.#unreachable(peer);
    peer.close();
    this.#peers.delete(peer.info.processId);
    this.#leavers.delete(peer);
  }

  #unreachable(peer: Peer): void {
    this.#shards.claim(peer, []);
    this.topics.lost(peer);
    this.#post.lost(peer);
  }

  #said(from: Peer, message: FromAcceptor): void {
    switch (message._tag) {
      case "Answer":
        return this.#answered(from, message);
      case "Moved":
        return this.#post.movedFrom(from, message.id);
      case "Shards":
        return this.#shards.claim(from, message.held);
      case "Frame":
        return this.topics.frame(from, message);
      case "Opened":
        return this.topics.opened(from, message.topic, message.version);
      case "Gap":
        return this.topics.gap(from, message.topic, message.version);
      case "Report":
        if (message.report.state === "draining") this.#leaves(from);
        return;
      case "Pong":
        return;
    }
  }

  #answered(from: Peer, { id, ok, replayed, value }: Extract<FromAcceptor, { _tag: "Answer" }>) {
    const sent = this.#post.sentTo(from, id);
    if (sent === undefined) return;
    const codec = this.#options.system.codecOf(sent.kind)?.get(sent.tag);
    // What was asked here is of this release, so that there is a codec for it.
    if (codec === undefined) throw new Error(`${sent.kind} has no message "${sent.tag}"`);
    const outcome: AnyOutcome = ok
      ? { ok, value, replayed }
      : { ok, error: codec.decodeFailure(value), replayed };
    this.#post.answered(from, id, outcome);
  }

  /** A peer hands everything over. What it then does not let go of is taken from it. */
  #leaves(peer: Peer): void {
    if (this.#leavers.has(peer)) return;
    this.#leavers.add(peer);
    this.#after(LETTING_GO_MS, () => {
      if (this.#leavers.has(peer) && this.#shards.heldIn(SHARD_GROUP) < SHARDS_PER_GROUP)
        this.#accuse(peer, "it leaves and does not let go");
    });
  }

  /** Has a dead process's shards shared out, and its locks taken from it. */
  #accuse(peer: Peer, cause: string): void {
    const { pool, sometimes, warn } = this.#options;
    if (this.#isLeaving || !this.#vigil.mayAnswer) return;
    const isLeaver = this.#leavers.has(peer);
    // One that has said so is expected to end.
    if (!isLeaver || !peer.isDead) {
      sometimes.happened("peerFoundDead");
      warn("a process is taken for dead", { peer: peer.info.name, cause });
    }
    const accusation = {
      pool,
      accused: peer.info,
      lockSession: lockSessionOf(peer.info.processId),
      accuser: this.self,
    };
    const go = () => {
      if (this.#isClosed || (!isLeaver && !peer.isDead)) return;
      accuse(accusation).then(
        (isHeard) => {
          if (!isHeard) this.#after(ACCUSE_AGAIN_MS, go);
        },
        (failure: unknown) => {
          warn("a dead process could not be reported yet", {
            peer: peer.info.name,
            cause: String(failure),
          });
          this.#after(ACCUSE_AGAIN_MS, go);
        },
      );
    };
    go();
  }

  async #lookAtLocks(): Promise<void> {
    if (this.#vigil.mayAnswer && !(await this.#lockSession.isAsBefore())) this.#vigil.alarm();
  }

  // --- reports

  #report(): ProcessReport {
    const { clock, measure, sometimes, system } = this.#options;
    return {
      info: this.self,
      state: this.#isLeaving ? "draining" : "up",
      at: clock.now(),
      shards: this.#held.filter((shard) => shard.startsWith(`${SHARD_GROUP}:`)).length,
      kinds: system.census(),
      commitDepth: system.commitDepth,
      lettersInFlight: this.#post.depth,
      leases: this.topics.leases,
      sometimes: sometimes.counts(),
      ...measure(),
    };
  }

  #every(pauseMs: number, work: () => void): void {
    const turn = () => {
      work();
      this.#after(pauseMs, turn);
    };
    this.#after(pauseMs, turn);
  }

  #after(delayMs: number, work: () => void): void {
    const cancel = this.#options.clock.after(delayMs, () => {
      this.#timers.delete(cancel);
      if (!this.#isClosed) work();
    });
    this.#timers.add(cancel);
  }
}
