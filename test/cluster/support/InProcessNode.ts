/**
 * A process of a cluster within the test's own: links, sharding and a journal as in the product, without a gateway, and with
 * whatever actors the test is about. It cannot be killed apart from the test; it can come and go.
 */
import { randomUUID } from "node:crypto";
import { Effect, Exit, Layer, Logger, LogLevel, Runtime, Scope } from "effect";
import { ActorSystem } from "../../../src/actor/ActorSystem.ts";
import { systemClock, systemEntropy } from "../../../src/actor/Clock.ts";
import type { AnyDurableActor } from "../../../src/actor/DurableActor.ts";
import type { StatelessKind } from "../../../src/actor/StatelessKind.ts";
import { PgJournal } from "../../../src/actor/PgJournal.ts";
import { ClusterNode, lockSessionOf } from "../../../src/cluster/ClusterNode.ts";
import {
  layerEntities,
  layerSharding,
  localEntities,
  type Residency,
} from "../../../src/cluster/Sharding.ts";
import { Sometimes } from "../../../src/cluster/Sometimes.ts";
import { until } from "../../crash/deadline.ts";
import { quietMetrics } from "../../support/quietMetrics.ts";
import { openPool } from "../../support/journals.ts";
import { freePort } from "../../support/server.ts";

const HOST = "127.0.0.1";
export const TOKEN = "the cluster's secret";

export interface NodeOptions {
  readonly name: string;
  readonly databaseUrl: string;
  readonly actors: ReadonlyArray<AnyDurableActor>;
  readonly residency?: Residency;
  readonly stateless?: ReadonlyArray<StatelessKind>;
  /** Whether it takes a share of the shards of stateless kinds. Default: no. */
  readonly offersCompute?: boolean;
}

const NOTHING_MEASURED = {
  appends: 0,
  commitMs: { p50: 0, p99: 0 },
  loopDelayMs: 0,
  memoryBytes: 0,
  singletons: [],
  sockets: 0,
};

export class InProcessNode {
  readonly name: string;
  readonly system: ActorSystem;
  readonly node: ClusterNode;
  readonly sometimes: Sometimes;
  readonly #close: () => Promise<void>;

  private constructor(
    name: string,
    parts: Pick<InProcessNode, "node" | "sometimes" | "system">,
    close: () => Promise<void>,
  ) {
    this.name = name;
    this.node = parts.node;
    this.sometimes = parts.sometimes;
    this.system = parts.system;
    this.#close = close;
  }

  static async open({
    actors,
    databaseUrl,
    name,
    offersCompute = false,
    residency,
    stateless = [],
  }: NodeOptions): Promise<InProcessNode> {
    const pool = openPool(databaseUrl);
    const projections = [...new Set(actors.flatMap((actor) => actor.projections))];
    const quiet = () => undefined;
    const journal = new PgJournal({ url: databaseUrl, pool, projections, log: quiet });
    const system = new ActorSystem({
      actors,
      stateless,
      journal,
      clock: systemClock,
      entropy: systemEntropy,
      metrics: quietMetrics,
      log: quiet,
    });
    const sometimes = new Sometimes();
    const runnerPort = await freePort();
    const linkPort = await freePort();
    const info = {
      processId: randomUUID(),
      name,
      pid: process.pid,
      runner: `${HOST}:${runnerPort}`,
      link: `${HOST}:${linkPort}`,
      url: "http://127.0.0.1",
      release: "0.0.0",
      startedAt: systemClock.now(),
    };
    const node = new ClusterNode({
      system,
      clock: systemClock,
      pool,
      info,
      token: TOKEN,
      listen: { host: HOST, port: linkPort },
      sometimes,
      log: quiet,
      warn: quiet,
      measure: () => NOTHING_MEASURED,
    });
    await node.start();
    const attached = Layer.scopedDiscard(
      Effect.gen(function* () {
        const local = yield* localEntities(system);
        const run = Runtime.runPromise(yield* Effect.runtime<never>());
        node.attach(local, (kind, entityId) => run(local.touch(kind, entityId)));
        yield* Effect.addFinalizer(() => Effect.promise(() => node.handOver()));
      }),
    );
    const sharding = layerSharding({
      databaseUrl,
      sessionName: lockSessionOf(info.processId),
      runner: info.runner,
      listen: { host: HOST, port: runnerPort },
      offersCompute,
      isAlive: (runner) => node.isAlive(runner),
      ownHealth: (healthy) => node.ownHealth(healthy),
      relockBy: (relock) => node.relockBy(relock),
    });
    const runner = attached.pipe(
      Layer.provide(layerEntities(system, () => node.mayAnswer, residency)),
      Layer.provide(sharding),
      Layer.provide(Logger.minimumLogLevel(LogLevel.None)),
    );
    const scope = Effect.runSync(Scope.make());
    await Effect.runPromise(Layer.buildWithScope(runner, scope));
    return new InProcessNode(name, { node, sometimes, system }, async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void));
      await node.close();
      await system.shutdown();
      await journal.close();
      await pool.end();
    });
  }

  /** Hands its entities over and leaves, as at SIGTERM. */
  close(): Promise<void> {
    return this.#close();
  }

  /** Whether an entity lives here, as this node sees it. */
  has(kind: string, entityId: string): boolean {
    return this.node.ownerOf(kind, entityId)?.processId === this.node.self.processId;
  }

  get shards(): number {
    return this.node.reports()[0]?.shards ?? 0;
  }
}

/** Resolves when `nodes` hold all shards, none of them nothing, and each knows where all are. */
export const settled = (nodes: ReadonlyArray<InProcessNode>): Promise<unknown> =>
  until(
    `${nodes.map(({ name }) => name).join(", ")} to share the shards`,
    () => ({
      shares: nodes.map(({ shards }) => shards),
      known: nodes.map(({ node }) => node.shards().held),
    }),
    ({ known, shares }) =>
      shares.every((share) => share > 0) &&
      shares.reduce((sum, share) => sum + share, 0) === 300 &&
      known.every((held) => held === 300),
  );
