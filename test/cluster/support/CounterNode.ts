/** A process of a cluster of counters, put together as the product's runner is; several of them live in one test. */
import { randomUUID } from "node:crypto";
import {
  Clock as EffectClock,
  Duration,
  Effect,
  Layer,
  Logger,
  ManagedRuntime,
  Runtime,
} from "effect";
import type { Actor } from "../../../src/actor/Actor.ts";
import { type Clock, systemClock } from "../../../src/actor/Clock.ts";
import * as AlarmSweeper from "../../../src/cluster/AlarmSweeper.ts";
import { ClusterNode, lockSessionOf } from "../../../src/cluster/ClusterNode.ts";
import { RunningSingletons } from "../../../src/jobs/RunningSingletons.ts";
import { layerEntities, layerSharding, localEntities } from "../../../src/cluster/Sharding.ts";
import { Sometimes } from "../../../src/cluster/Sometimes.ts";
import { until } from "../../crash/deadline.ts";
import { type CounterSystem, openCounterSystem } from "../../support/CounterSystem.ts";
import type { CounterDatabase } from "../../support/journals.ts";
import { freePort } from "../../support/server.ts";

const HOST = "127.0.0.1";

export interface CounterNodeOptions {
  readonly name?: string;
  /** Of the actors and of the sharding; the links keep the true time. */
  readonly clock?: Clock;
}

export interface CounterNode extends CounterSystem {
  readonly node: ClusterNode;
  readonly sometimes: Sometimes;
  /** Entities that were brought to life by the cluster, in order. */
  readonly touched: ReadonlyArray<string>;
  readonly resident: (entityId: string) => Actor | undefined;
  /** Joins the cluster, or joins it again. */
  readonly join: () => Promise<void>;
  /** Leaves it: what lived here lives elsewhere then. */
  readonly leave: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The library's clock, going as ours does. */
const effectClock = (clock: Clock) =>
  Layer.setClock(
    Object.assign(EffectClock.make(), {
      unsafeCurrentTimeMillis: clock.now,
      currentTimeMillis: Effect.sync(clock.now),
      sleep: (duration: Duration.Duration) =>
        Effect.async<void>((resume) => {
          const cancel = clock.after(Duration.toMillis(duration), () => resume(Effect.void));
          return Effect.sync(cancel);
        }),
    }),
  );

/** Resolves when it has joined. */
export const startNode = async (
  database: CounterDatabase,
  { clock = systemClock, name = "p1" }: CounterNodeOptions = {},
): Promise<CounterNode> => {
  const journal = database.openJournal();
  const counters = openCounterSystem(journal, clock);
  const { system } = counters;
  const sometimes = new Sometimes();
  const touched: Array<string> = [];

  const joined = async () => {
    const running = new RunningSingletons();
    const runnerPort = await freePort();
    const linkPort = await freePort();
    const info = {
      processId: randomUUID(),
      name,
      pid: process.pid,
      runner: `${HOST}:${runnerPort}`,
      link: `${HOST}:${linkPort}`,
      url: "http://nowhere",
      release: "test",
      startedAt: systemClock.now(),
    };
    const node = new ClusterNode({
      system,
      clock: systemClock,
      pool: database.pool,
      info,
      token: "the cluster's secret",
      listen: { host: HOST, port: linkPort },
      sometimes,
      log: () => {},
      warn: () => {},
      measure: () => ({
        appends: 0,
        commitMs: { p50: 0, p99: 0 },
        loopDelayMs: 0,
        memoryBytes: 0,
        singletons: running.names(),
        sockets: 0,
      }),
    });
    await node.start();
    const attached = Layer.scopedDiscard(
      Effect.gen(function* () {
        const local = yield* localEntities(system);
        const run = Runtime.runPromise(yield* Effect.runtime<never>());
        node.attach(local, (kind, entityId) => {
          touched.push(entityId);
          return run(local.touch(kind, entityId));
        });
        yield* Effect.addFinalizer(() => Effect.promise(() => node.handOver()));
      }),
    );
    const layer = attached.pipe(
      Layer.provide(
        Layer.mergeAll(
          layerEntities(system, () => node.mayAnswer),
          AlarmSweeper.layer({ journal, clock, wake: (keys) => node.wake(keys), running }),
        ),
      ),
      Layer.provide(
        layerSharding({
          databaseUrl: database.url,
          sessionName: lockSessionOf(info.processId),
          runner: info.runner,
          listen: { host: HOST, port: runnerPort },
          offersCompute: false,
          isAlive: (runner) => node.isAlive(runner),
          ownHealth: (healthy) => node.ownHealth(healthy),
          relockBy: (relock) => node.relockBy(relock),
        }),
      ),
      Layer.provide(effectClock(clock)),
      Layer.provide(Logger.remove(Logger.defaultLogger)),
    );
    const runtime = ManagedRuntime.make(layer);
    await runtime.runPromise(Effect.void);
    return {
      node,
      leave: async () => {
        await runtime.dispose();
        await node.close();
      },
    };
  };

  let present = await joined();
  let isIn = true;
  const leave = async () => {
    if (!isIn) return;
    isIn = false;
    await present.leave();
  };
  let stopped: Promise<void> | undefined;
  return {
    ...counters,
    get node() {
      return present.node;
    },
    sometimes,
    touched,
    resident: (entityId) => [...system.residents()].find((one) => one.entityId === entityId),
    join: async () => {
      present = await joined();
      isIn = true;
    },
    leave,
    stop: () =>
      (stopped ??= (async () => {
        await leave();
        await system.shutdown();
        await journal.close();
      })()),
  };
};

/** Resolves when every shard is held, some by each of these, and all of them know it. */
export const settled = async (...nodes: ReadonlyArray<CounterNode>): Promise<void> => {
  await until(
    "the shards to be spread",
    () =>
      nodes.map(({ node }) => {
        const { held, total } = node.shards();
        const reports = node.reports().filter(({ state }) => state === "up");
        const counted = reports.reduce((sum, { shards }) => sum + shards, 0);
        const own = reports.filter(({ shards }) => shards > 0).length;
        return held === total && counted === total && own === nodes.length;
      }),
    (known) => known.every(Boolean),
  );
};
