/** The runner: the actors of this process on its journal, placed by the cluster, with the cluster's singletons. */
import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { Cause, Context, Effect, Layer, Runtime } from "effect";

import { favor } from "../entities/favor/entity.ts";
import { handFeed } from "../entities/handFeed/entity.ts";
import { handPlayer } from "../entities/handPlayer/entity.ts";
import { lobby } from "../entities/lobby/entity.ts";
import type { Beacon } from "../entities/raffle/beacon.ts";
import { raffle } from "../entities/raffle/entity.ts";
import { reservation } from "../entities/reservation/entity.ts";
import { wallet } from "../entities/wallet/entity.ts";
import type { AnyDurableActor } from "./actor/DurableActor.ts";
import { ActorSystem } from "./actor/ActorSystem.ts";
import { systemClock, systemEntropy } from "./actor/Clock.ts";
import { PgJournal } from "./actor/PgJournal.ts";
import { DrandBeacon } from "./beacon/DrandBeacon.ts";
import { type Compute, openCompute } from "./compute/pool/Compute.ts";
import { Questions } from "./compute/pool/Questions.ts";
import * as AlarmSweeper from "./cluster/AlarmSweeper.ts";
import * as AnalyticsExport from "./jobs/AnalyticsExport.ts";
import type { Gateway } from "./gateway/Gateway.ts";
import { reportWatchers } from "./gateway/RaffleWatchers.ts";
import * as HandBatches from "./jobs/HandBatches.ts";
import * as LedgerAudit from "./jobs/LedgerAudit.ts";
import * as PushNotices from "./jobs/PushNotices.ts";
import { RunningSingletons } from "./jobs/RunningSingletons.ts";
import { ClusterNode, lockSessionOf } from "./cluster/ClusterNode.ts";
import { Meter } from "./cluster/Meter.ts";
import type { ProcessInfo } from "./cluster/ProcessReport.ts";
import { layerEntities, layerSharding, localEntities } from "./cluster/Sharding.ts";
import { Sometimes } from "./cluster/Sometimes.ts";
import { CannotListen } from "./ops/CannotListen.ts";
import { closing, closingLayer } from "./ops/Closing.ts";
import { Settings } from "./ops/Config.ts";
import { Database } from "./ops/Database.ts";
import { makeLogs } from "./ops/Logging.ts";
import { MetricsService } from "./ops/Metrics.ts";
import { readRelease } from "./ops/Release.ts";
import { isEveryNetwork, makePaymentDesk, makePush } from "./outside.ts";
import type { PaymentProviders } from "./payments/PaymentProvider.ts";
import type { ProviderDesk } from "./payments/ProviderDesk.ts";
import type { PushDesk } from "./push/PushDesk.ts";

/** What is in flight is waited for 5 s, which is theirs to keep. */
const ENTITIES_MS = 6000;
/** Entities' ends are waited for 2 s, an operation on the locks 3 s, the end of the connections one. */
const SHARDS_MS = 8000;
/** A chunk takes some tens of milliseconds, be it on a thread that runs only when nothing else wants to. */
const COMPUTE_MS = 5000;
/** One statement each, which the database answers within 8 s or not at all, and the end of a connection. */
const LEAVE_MS = 9000;
const JOURNAL_MS = 10_000;

/** In DATA_DIR: what the export writes and queries read. */
export const EXPORTS = "exports";

/** All kinds of entity, with the ports by which they reach what is outside. */
const actorsWith = (
  beacon: Beacon,
  providers: PaymentProviders,
): ReadonlyArray<AnyDurableActor> => [
  wallet,
  lobby,
  favor,
  raffle(beacon),
  reservation(providers),
  handFeed,
  handPlayer,
];

export interface RunningRunner {
  /** Say something to any entity by its `ask`. */
  readonly system: ActorSystem;
  readonly node: ClusterNode;
  readonly payments: ProviderDesk;
  readonly push: PushDesk;
  readonly compute: Compute;
  readonly questions: Questions;
  /** What the gateway adds: its sockets to this process's report, and the port at which providers reach it. */
  readonly opened: (gateway: Pick<Gateway, "port" | "sockets" | "raffleWatchers">) => void;
}

/** The actors of this process, and the cluster they live in. */
export class Runner extends Context.Tag("croupier/Runner")<Runner, RunningRunner>() {}

const makeSystem = Effect.fn("Runner.makeSystem")(function* (
  writerId: string,
  actors: ReadonlyArray<AnyDurableActor>,
  compute: Compute,
) {
  const { pool, url } = yield* Database;
  const metrics = yield* MetricsService;
  const { warn: log } = yield* makeLogs;
  const sometimes = new Sometimes();
  const meter = yield* Effect.acquireRelease(
    Effect.sync(() => new Meter()),
    (opened) => Effect.sync(() => opened.close()),
  );
  const projections = [...new Set(actors.flatMap((actor) => actor.projections))];
  const journal = yield* Effect.acquireRelease(
    Effect.sync(
      () =>
        new PgJournal({
          url,
          pool,
          projections,
          writerId,
          log,
          onUnknownCommit: () => sometimes.happened("unknownCommit"),
        }),
    ),
    (opened) => closing("the journal", JOURNAL_MS, () => opened.close()),
  );
  const system = yield* Effect.acquireRelease(
    Effect.sync(
      () =>
        new ActorSystem({
          actors,
          stateless: [compute.kind],
          journal,
          clock: systemClock,
          entropy: systemEntropy,
          metrics: {
            decided: (kind, _command, outcome) =>
              metrics.command(kind, outcome.ok ? "accepted" : "rejected"),
            committed: (appends, latencyMs) => {
              metrics.committed(appends, latencyMs);
              meter.committed(appends, latencyMs);
            },
            fenced: (appends) => {
              metrics.fenced(appends);
              sometimes.happened("fencedAppend", appends);
            },
            didItself: (kind, command) => {
              if (kind === "wallet" && command === "VoidHold") sometimes.happened("holdReconciled");
            },
            resumed: (kind) => {
              if (kind === "lobby") sometimes.happened("settlementResumed");
            },
            recoveredFromSnapshot: () => sometimes.happened("snapshotRecovery"),
          },
          log,
        }),
    ),
    (running) => closing("the entities", ENTITIES_MS, () => running.shutdown()),
  );
  metrics.observe("active_entities", () => system.census().map((one) => [one.kind, one.live]));
  metrics.observe("mailbox_depth", () => system.census().map((one) => [one.kind, one.depth]));
  metrics.observeSometimes(() => sometimes.entries());
  return { journal, meter, sometimes, system };
});

/** A port that nothing listens on at this moment. */
const freePort = (host: string) =>
  Effect.async<number>((resume) => {
    const probe = createServer();
    probe.listen({ host, port: 0 }, () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resume(Effect.succeed(port)));
    });
  });

const makeInfo = Effect.gen(function* () {
  const settings = yield* Settings;
  const { host } = settings;
  const runnerPort = settings.runnerPort === 0 ? yield* freePort(host) : settings.runnerPort;
  const linkPort = settings.linkPort === 0 ? yield* freePort(host) : settings.linkPort;
  const advertised =
    settings.advertisedHost !== ""
      ? settings.advertisedHost
      : isEveryNetwork(host)
        ? hostname()
        : host;
  const info: ProcessInfo = {
    processId: randomUUID(),
    name: settings.processName === "" ? `${advertised}:${settings.port}` : settings.processName,
    pid: process.pid,
    runner: settings.runnerAdvertised || `${advertised}:${runnerPort}`,
    link: settings.linkAdvertised || `${advertised}:${linkPort}`,
    url: (settings.publicUrl ?? `http://${advertised}:${settings.port}`).replace(/\/$/, ""),
    release: readRelease(),
    startedAt: systemClock.now(),
  };
  return { info, runnerPort, linkPort };
});

const NO_GATEWAY: Parameters<RunningRunner["opened"]>[0] = {
  port: 0,
  sockets: () => 0,
  raffleWatchers: () => new Map(),
};

/**
 * Closed in reverse: the entities are handed over, the cluster lets their shards go, the links say what is still to be said,
 * the system commits what is in flight, the journal closes.
 */
export const layerRunner = Layer.unwrapScoped(
  Effect.gen(function* () {
    const { pool, url } = yield* Database;
    const settings = yield* Settings;
    const { auditEverySeconds, dataDir, drandUrls, exportEverySeconds, host, serviceToken } =
      settings;
    const metrics = yield* MetricsService;
    const { info, linkPort, runnerPort } = yield* makeInfo;
    const logs = yield* makeLogs;
    let gateway: Parameters<RunningRunner["opened"]>[0] = NO_GATEWAY;
    // Reservations pay through the desk, and the desk's wallet asks the system that they live in.
    const payments: ProviderDesk = yield* makePaymentDesk({
      ask: () => system.ask,
      port: () => (gateway === NO_GATEWAY ? settings.port : gateway.port),
    });
    const push = yield* makePush;
    const beacon = new DrandBeacon({ urls: drandUrls, log: logs.warn });
    const compute = yield* Effect.promise(() =>
      openCompute({
        offers: settings.compute === "on",
        workers: settings.computeWorkers,
        queue: settings.computeQueue,
        clock: systemClock,
        log: logs.warn,
      }),
    );
    const { journal, meter, sometimes, system } = yield* makeSystem(
      info.processId,
      actorsWith(beacon, payments),
      compute,
    );
    const singletons = new RunningSingletons();
    const node = yield* Effect.acquireRelease(
      Effect.suspend(() => {
        const made = new ClusterNode({
          system,
          clock: systemClock,
          pool,
          info,
          token: serviceToken,
          listen: { host, port: linkPort },
          sometimes,
          log: logs.info,
          warn: logs.warn,
          measure: () => ({
            appends: meter.appends,
            commitMs: meter.commitMs(),
            computeWorkers: compute.workers,
            loopDelayMs: meter.loopDelayMs(),
            memoryBytes: process.memoryUsage.rss(),
            singletons: singletons.names(),
            sockets: gateway.sockets(),
            watchers: reportWatchers(gateway.raffleWatchers()),
          }),
        });
        return Effect.as(
          Effect.tryPromise({
            try: () => made.start(),
            catch: (cause) =>
              (cause as NodeJS.ErrnoException).code === "EADDRINUSE"
                ? new CannotListen({ host, port: linkPort, setting: "LINK_PORT" })
                : new Cause.UnknownException(
                    cause,
                    `The cluster cannot be joined: ${String(cause)}`,
                  ),
          }),
          made,
        );
      }),
      (joined) => closing("the list of processes", LEAVE_MS, () => joined.close()),
    );
    const shards = layerSharding({
      databaseUrl: url,
      sessionName: lockSessionOf(info.processId),
      runner: info.runner,
      listen: { host, port: runnerPort },
      offersCompute: compute.workers > 0,
      isAlive: (runner) => node.isAlive(runner),
      ownHealth: (healthy) => node.ownHealth(healthy),
      relockBy: (relock) => node.relockBy(relock),
    }).pipe(
      Layer.mapError((cause) =>
        cause._tag === "SocketServerError"
          ? new CannotListen({ host, port: runnerPort, setting: "RUNNER_PORT" })
          : cause,
      ),
    );
    const sharding = closingLayer("the shards", SHARDS_MS, shards);
    const attached = Layer.scopedDiscard(
      Effect.gen(function* () {
        const local = yield* localEntities(system);
        const run = Runtime.runPromise(yield* Effect.runtime<never>());
        node.attach(local, (kind, entityId) => run(local.touch(kind, entityId)));
        yield* Effect.addFinalizer(() =>
          Effect.zipRight(
            closing("the entities' handing over", ENTITIES_MS, () => node.handOver()),
            // Chunks that come later go to others; those that wait go back while the links are there.
            closing("the computing threads", COMPUTE_MS, () => compute.close()),
          ),
        );
      }),
    );
    const office = {
      pool,
      holder: info.name,
      running: singletons,
      onTermEnded: () => sometimes.happened("singletonFenced"),
    };
    const running: RunningRunner = {
      system,
      node,
      payments,
      push: push.desk,
      compute,
      questions: new Questions({
        kernel: compute.kernel,
        ask: system.ask,
        clock: systemClock,
        workers: () => compute.workers + node.computeWorkersElsewhere(),
      }),
      opened: (opened) => {
        gateway = opened;
      },
    };
    return attached.pipe(
      Layer.provideMerge(
        Layer.mergeAll(
          layerEntities(system, () => node.mayAnswer),
          AlarmSweeper.layer({
            journal,
            clock: systemClock,
            wake: (keys) => node.wake(keys),
            running: singletons,
          }),
          LedgerAudit.layer(
            {
              url,
              everySeconds: auditEverySeconds,
              observe: (read) => metrics.observe("audit_findings", read),
            },
            office,
          ),
          AnalyticsExport.layer(
            { url, folder: join(dataDir, EXPORTS), everySeconds: exportEverySeconds },
            office,
          ),
          HandBatches.layer({ ask: system.ask, now: systemClock.now }, office),
          PushNotices.layer({ sender: push.sender, now: systemClock.now }, office),
        ),
      ),
      Layer.provide(sharding),
      Layer.merge(Layer.succeed(Runner, running)),
    );
  }),
);
