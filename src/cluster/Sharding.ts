/**
 * Which entity lives in which process: the part of the cluster that is `@effect/cluster`'s. Every process is a runner; each
 * shard's owner holds an advisory lock in PostgreSQL; when runners come or go, the shards are spread anew. The library
 * starts an entity when it is touched for the first time, ends it when it has been idle, when its shard moves or
 * when the process stops, and runs the singletons.
 *
 * It carries no messages and no state. Messages go over our own links (`Post.ts`), durability is the journal's, and should
 * two copies of an entity ever live at once, the journal's fence lets only one of them write.
 */
import {
  Entity,
  MessageStorage,
  RunnerAddress,
  RunnerHealth,
  RunnerStorage,
  Runners,
  ShardId,
  Sharding,
  ShardingConfig,
  SocketRunner,
  SqlRunnerStorage,
} from "@effect/cluster";
import { setTimeout as delay } from "node:timers/promises";
import { Socket } from "@effect/platform";
import { NodeSocket, NodeSocketServer } from "@effect/platform-node";
import { Rpc, RpcClient, RpcSerialization } from "@effect/rpc";
import { PgClient } from "@effect/sql-pg";
import { Clock, Duration, Effect, Layer, Option, Redacted, Schedule } from "effect";
import type { ActorSystem } from "../actor/ActorSystem.ts";
import type { AnyDurableActor } from "../actor/DurableActor.ts";
import { splitAddress } from "./Peer.ts";

export interface Residency {
  /** An entity that nobody has spoken to for this long leaves the library's memory, too. */
  readonly idleMs: number;
  /** Entities in use are touched this often, well within the idle time, for the idle reaper knows nothing of our messages. */
  readonly touchEveryMs: number;
}
const RESIDENCY: Residency = { idleMs: 120_000, touchEveryMs: 45_000 };
const TOUCH_TIMEOUT_MS = 2000;
/** What an entity in flight is waited for, within the library's own time-out. */
const SETTLE_TIMEOUT_MS = 1500;
/** Part of the cluster's identity: never changes in a rolling deploy. */
export const SHARDS_PER_GROUP = 300;
/** Entities with a journal. Every process takes its share of them. */
export const SHARD_GROUP = "default";
/** Kinds without state. Only processes that offer to compute take shares of them. */
export const COMPUTE_GROUP = "equity";
/**
 * The library numbers the locks of the first group in the alphabet from 1,000,000 on, of the second from 2,000,000. A new
 * group comes after those there are: another number for the same shard would let two releases hold it side by side.
 */
const GROUPS = [SHARD_GROUP, COMPUTE_GROUP].toSorted();
const LOCKS_PER_GROUP = 1_000_000;

/** The number of the lock that whoever holds a shard has. Shards are named by group and number: `default:17`. */
export const lockNumberOf = (shard: string): number => {
  const colon = shard.indexOf(":");
  const group = GROUPS.indexOf(shard.slice(0, colon));
  return (group + 1) * LOCKS_PER_GROUP + Number(shard.slice(colon + 1));
};

/** The group that entities of a kind are placed by. */
export const shardGroupOf = (system: Pick<ActorSystem, "isStateless">, kind: string): string =>
  system.isStateless(kind) ? COMPUTE_GROUP : SHARD_GROUP;

/**
 * How fast a dead process is replaced, and what it costs to be wrong. Measured, three processes on one PostgreSQL; the
 * library's own values leave the entities of a killed process away for half a minute.
 */
const TIMING = {
  /**
   * How long a runner that no longer says that it lives is listed. Far above the others: locks are advisory and go with
   * their session, so this only tidies the list.
   */
  shardLockExpiration: Duration.seconds(9),
  /**
   * How often a runner makes sure of its locks. A lock operation has to end within a third of the expiration, 3 s: a database
   * that stalled for 2.5 s at a refresh every second made every process drop every entity.
   */
  shardLockRefreshInterval: Duration.seconds(3),
  /** How soon a runner learns that another came, went or died: a row or two read ten times a second. */
  refreshAssignmentsInterval: Duration.millis(100),
  /** Brings back runners that were taken for dead. Deaths are noticed by the links, not by this. */
  runnerHealthCheckInterval: Duration.millis(900),
  /** Also how often shards that are to be let go are looked for. */
  entityMessagePollInterval: Duration.millis(500),
  sendRetryInterval: Duration.millis(50),
  /** What an entity's end may take before its shard is let go without it. */
  entityTerminationTimeout: Duration.seconds(2),
  entityRegistrationTimeout: Duration.seconds(10),
} as const;

/** The library's pause after it has taken locks, be it all that it wanted or not: fixed in its code. */
const LIBRARY_PAUSE_MS = 1000;
/** What that pause is here. Locks that another process is about to let go are tried again so soon. */
const PAUSE_MS = 50;
/** The session with the locks, and one or two more for the list of runners. */
const CONNECTIONS = 3;
/** Below the server's limit, so that an unused connection is closed from here and not with an error. */
const IDLE_CONNECTION_SECONDS = 5;
/** A process that has been stopped, and that nobody else noticed, loses its locks after this. They are refreshed every 3 s. */
const IDLE_SESSION_TIMEOUT_SECONDS = 8;
/** A peer that does not take a connection within this is not there. */
const OPEN_TIMEOUT_MS = 1000;

const protocol = [
  /** Brings an entity to life, and keeps one that is in use from the idle reaper. */
  Rpc.make("Touch"),
] as const;

const entityOf = (actor: AnyDurableActor) => Entity.make(actor.contract.kind, [...protocol]);

export interface ShardingOptions {
  readonly databaseUrl: string;
  /** The name of this process's sessions, by which its peers can end them. */
  readonly sessionName: string;
  /** `host:port` by which peers know this runner. */
  readonly runner: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Whether this process takes its share of `COMPUTE_GROUP`. */
  readonly offersCompute: boolean;
  /** Whether a runner answers, by this process's links to it. */
  readonly isAlive: (runner: string) => boolean;
  /** What the list of runners says about this one, each time that it is read. */
  readonly ownHealth: (healthy: boolean) => void;
  /** Hands over a way to take this process's locks again at once when their session has ended. */
  readonly relockBy: (relock: () => Promise<unknown>) => void;
}

/** This process as a runner of the cluster. */
export const layerSharding = (options: ShardingOptions) => {
  const [host, port] = splitAddress(options.runner);
  const config = ShardingConfig.layer({
    ...TIMING,
    runnerAddress: Option.some(RunnerAddress.make(host, port)),
    runnerListenAddress: Option.some(RunnerAddress.make(options.listen.host, options.listen.port)),
    shardsPerGroup: SHARDS_PER_GROUP,
    availableShardGroups: GROUPS,
    assignedShardGroups: options.offersCompute ? GROUPS : [SHARD_GROUP],
    simulateRemoteSerialization: false,
  });
  const database = PgClient.layer({
    url: Redacted.make(withIdleTimeout(options.databaseUrl)),
    maxConnections: CONNECTIONS,
    idleTimeout: Duration.seconds(IDLE_CONNECTION_SECONDS),
    applicationName: options.sessionName,
  });
  const storage = Layer.effect(
    RunnerStorage.RunnerStorage,
    Effect.map(RunnerStorage.RunnerStorage, (stored) => watched(stored, options)),
  ).pipe(Layer.provide(SqlRunnerStorage.layer), Layer.provide(database));
  const runner = SocketRunner.layer.pipe(
    Layer.provide([
      NodeSocketServer.layer({ ...options.listen, noDelay: true }),
      clientProtocol,
      MessageStorage.layerNoop,
      storage,
      Layer.succeed(RunnerHealth.RunnerHealth, {
        isAlive: (address) => Effect.sync(() => options.isAlive(`${address.host}:${address.port}`)),
      }),
    ]),
    Layer.provide([config, RpcSerialization.layerMsgPack]),
  );
  return Layer.scopedContext(
    Effect.clockWith((clock) => Effect.withClock(Layer.build(runner), impatient(clock))),
  );
};

/**
 * While the library pauses after taking locks, whoever has died or left meanwhile waits for it: a second, in which nobody
 * has his shards. On this clock that pause is short, and all others are as long as they say.
 */
const impatient = (clock: Clock.Clock): Clock.Clock => ({
  [Clock.ClockTypeId]: Clock.ClockTypeId,
  unsafeCurrentTimeMillis: () => clock.unsafeCurrentTimeMillis(),
  unsafeCurrentTimeNanos: () => clock.unsafeCurrentTimeNanos(),
  currentTimeMillis: clock.currentTimeMillis,
  currentTimeNanos: clock.currentTimeNanos,
  sleep: (duration) =>
    clock.sleep(
      Duration.toMillis(duration) === LIBRARY_PAUSE_MS ? Duration.millis(PAUSE_MS) : duration,
    ),
});

const withIdleTimeout = (databaseUrl: string): string => {
  const url = new URL(databaseUrl);
  const options = url.searchParams.get("options");
  const timeout = `-c idle_session_timeout=${IDLE_SESSION_TIMEOUT_SECONDS}s`;
  url.searchParams.set("options", options === null ? timeout : `${options} ${timeout}`);
  return url.href;
};

/** As the library's own, with `TCP_NODELAY`: without it each exchange waits tens of milliseconds for an acknowledgement. */
const clientProtocol = Layer.effect(
  Runners.RpcClientProtocol,
  Effect.map(
    RpcSerialization.RpcSerialization,
    (serialization) => (address: RunnerAddress.RunnerAddress) =>
      NodeSocket.makeNet({
        host: address.host,
        port: address.port,
        openTimeout: OPEN_TIMEOUT_MS,
        noDelay: true,
      }).pipe(
        Effect.flatMap((socket) =>
          RpcClient.makeProtocolSocket().pipe(
            Effect.provideService(Socket.Socket, socket),
            Effect.provideService(RpcSerialization.RpcSerialization, serialization),
          ),
        ),
        Effect.orDie,
      ),
  ),
);

/**
 * The library's storage with two changes: what it says about this runner is passed on, and a runner that leaves lets go of
 * its locks before the others read that it has left.
 */
const watched = (
  stored: RunnerStorage.RunnerStorage["Type"],
  { ownHealth, relockBy, runner }: ShardingOptions,
): RunnerStorage.RunnerStorage["Type"] => ({
  ...stored,
  // The library refreshes its locks every few seconds; whoever finds them lost need not wait so long.
  refresh: (address, shardIds) => {
    const held = [...shardIds];
    relockBy(() => Effect.runPromise(stored.refresh(address, held)));
    return stored.refresh(address, held);
  },
  getRunners: Effect.tap(stored.getRunners, (runners) => {
    const own = runners.find(([{ address }]) => `${address.host}:${address.port}` === runner);
    if (own !== undefined) ownHealth(own[1]);
  }),
  unregister: (address) =>
    Effect.zipRight(
      Effect.catchAll(stored.releaseAll(address), (cause) =>
        Effect.logDebug("the locks were not let go; they end with their session", cause),
      ),
      stored.unregister(address),
    ),
});

/** Runs a system's actors as entities. */
export const layerEntities = (
  system: ActorSystem,
  /** Whether this process may answer for its entities: asked at every message. */
  mayAnswer: () => boolean,
  residency: Residency = RESIDENCY,
) =>
  system.kinds
    .map((actor) => layerKind(system, mayAnswer, actor, residency))
    .reduce(
      (all, one) => Layer.merge(all, one),
      Layer.empty as Layer.Layer<never, never, Sharding.Sharding>,
    )
    .pipe(Layer.merge(layerTouch(system, residency)));

const clientsOf = (system: ActorSystem) =>
  Effect.map(
    Effect.forEach(system.kinds, (actor) =>
      Effect.map(entityOf(actor).client, (client) => [actor.contract.kind, client] as const),
    ),
    (entries) => new Map(entries),
  );

const layerKind = (
  system: ActorSystem,
  mayAnswer: () => boolean,
  actor: AnyDurableActor,
  { idleMs }: Residency,
) =>
  entityOf(actor).toLayer(
    Effect.gen(function* () {
      const { entityId, shardId } = yield* Entity.CurrentAddress;
      const sharding = yield* Sharding.Sharding;
      const open = () =>
        system.open(
          actor.contract.kind,
          entityId,
          () => mayAnswer() && sharding.hasShardId(shardId),
        );
      let opened = open();
      // Nothing is written here: another copy may already be writing. But what is in flight is waited for, so that the next
      // owner, who gets the shard's lock after this, reads all of it.
      yield* Effect.addFinalizer(() =>
        Effect.promise(() => Promise.race([system.close(opened), delay(SETTLE_TIMEOUT_MS)])),
      );
      /** A copy that the system has closed by itself is replaced, when what it had in flight is settled. */
      const touch = async () => {
        if (!opened.isClosed) return;
        await opened.close();
        if (opened.isClosed) opened = open();
      };
      return { Touch: () => Effect.promise(touch) };
    }),
    {
      concurrency: "unbounded",
      maxIdleTime: idleMs,
      disableFatalDefects: true,
    },
  );

/** How this process finds and starts its own entities. */
export interface LocalEntities {
  /** Of the cluster's identity: the shard that an entity is in. */
  readonly shardOf: (kind: string, entityId: string) => string;
  readonly holds: (shard: string) => boolean;
  /** All shards held here, of whatever group. */
  readonly held: () => ReadonlyArray<string>;
  readonly touch: (kind: string, entityId: string) => Effect.Effect<void, unknown>;
}

export const localEntities = (system: ActorSystem) =>
  Effect.gen(function* () {
    const sharding = yield* Sharding.Sharding;
    const clients = yield* clientsOf(system);
    const shards = new Map<string, ShardId.ShardId>();
    const shardOf = (kind: string, entityId: string) => {
      const shardId = sharding.getShardId(entityId as never, shardGroupOf(system, kind));
      return `${shardId.group}:${shardId.id}`;
    };
    const all = GROUPS.flatMap((group) =>
      Array.from({ length: SHARDS_PER_GROUP }, (_, i) => {
        const shardId = ShardId.make(group, i + 1);
        const name = `${group}:${i + 1}`;
        shards.set(name, shardId);
        return [name, shardId] as const;
      }),
    );
    const local: LocalEntities = {
      shardOf,
      holds: (shard) => {
        const shardId = shards.get(shard);
        return shardId !== undefined && sharding.hasShardId(shardId);
      },
      held: () => all.flatMap(([name, shardId]) => (sharding.hasShardId(shardId) ? [name] : [])),
      touch: (kind, entityId) =>
        (clients.get(kind)?.(entityId).Touch() ?? Effect.void).pipe(
          // The library sends for as long as it takes; whoever waits here does not.
          Effect.disconnect,
          Effect.timeout(TOUCH_TIMEOUT_MS),
        ),
    };
    return local;
  });

const layerTouch = (system: ActorSystem, { touchEveryMs }: Residency) =>
  Layer.scopedDiscard(
    Effect.gen(function* () {
      let touchedAt = yield* Effect.clockWith((clock) => clock.currentTimeMillis);
      const { touch } = yield* localEntities(system);
      const touchUsed = Effect.gen(function* () {
        const since = touchedAt;
        touchedAt = yield* Effect.clockWith((clock) => clock.currentTimeMillis);
        const used = [...system.residents()].filter(
          (instance) => instance.lastUsedAt >= since || instance.isNeeded,
        );
        yield* Effect.forEach(
          used,
          (instance) =>
            touch(instance.kind, instance.entityId).pipe(
              Effect.catchAll((failure) => Effect.logDebug("an entity was not touched", failure)),
            ),
          { concurrency: 16, discard: true },
        );
      });
      yield* touchUsed.pipe(Effect.repeat(Schedule.spaced(touchEveryMs)), Effect.forkScoped);
    }),
  );
