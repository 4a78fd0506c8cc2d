/** The runner: the actors of this process on its journal, placed by the cluster, with their alarms swept. */
import { PgClient } from "@effect/sql-pg";
import { Context, Effect, Layer, Redacted, Runtime } from "effect";
import { favor } from "../entities/favor/entity.ts";
import { lobby } from "../entities/lobby/entity.ts";
import { wallet } from "../entities/wallet/entity.ts";
import * as AlarmSweeper from "./actor/AlarmSweeper.ts";
import { ActorSystem } from "./actor/ActorSystem.ts";
import { systemClock, systemEntropy } from "./actor/Clock.ts";
import { layerActors, layerSingleProcess } from "./actor/Cluster.ts";
import { PgJournal } from "./actor/PgJournal.ts";
import { Database } from "./ops/Database.ts";
import { MetricsService } from "./ops/Metrics.ts";

/** All kinds of entity. */
const ACTORS = [wallet, lobby, favor];

/** The actors of this process; say something to any entity by its `ask`. */
export class Runner extends Context.Tag("croupier/Runner")<Runner, ActorSystem>() {}

/** The cluster's own tables are read and written over a few connections. */
const CLUSTER_CONNECTIONS = 3;

const makeSystem = Effect.gen(function* () {
  const { pool, url } = yield* Database;
  const metrics = yield* MetricsService;
  const fork = Runtime.runFork(yield* Effect.runtime<never>());
  const log = (message: string, fields: Record<string, unknown>) =>
    void fork(Effect.logWarning(message).pipe(Effect.annotateLogs(fields)));
  const projections = [...new Set(ACTORS.flatMap((actor) => actor.projections))];
  const journal = yield* Effect.acquireRelease(
    Effect.sync(() => new PgJournal({ url, pool, projections, log })),
    (opened) => Effect.promise(() => opened.close()),
  );
  const system = yield* Effect.acquireRelease(
    Effect.sync(
      () =>
        new ActorSystem({
          actors: ACTORS,
          journal,
          clock: systemClock,
          entropy: systemEntropy,
          metrics: {
            decided: (kind, _command, outcome) =>
              metrics.command(kind, outcome.ok ? "accepted" : "rejected"),
            committed: metrics.committed,
            fenced: metrics.fenced,
          },
          log,
        }),
    ),
    (running) => Effect.promise(() => running.shutdown()),
  );
  metrics.observe("active_entities", () => system.census().map((one) => [one.kind, one.live]));
  metrics.observe("mailbox_depth", () => system.census().map((one) => [one.kind, one.depth]));
  return { journal, system };
});

/** Closed in reverse: the cluster lets its entities go, the system commits what is in flight, the journal closes. */
export const layerRunner = Layer.unwrapScoped(
  Effect.gen(function* () {
    const { url } = yield* Database;
    const { journal, system } = yield* makeSystem;
    const cluster = layerSingleProcess.pipe(
      Layer.provide(
        PgClient.layer({
          url: Redacted.make(url),
          maxConnections: CLUSTER_CONNECTIONS,
          applicationName: "croupier cluster",
        }),
      ),
    );
    return Layer.mergeAll(
      layerActors(system),
      AlarmSweeper.layer(system, journal, systemClock),
    ).pipe(Layer.provide(cluster), Layer.merge(Layer.succeed(Runner, system)));
  }),
);
