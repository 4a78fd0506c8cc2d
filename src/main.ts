/** One process: runner, gateway and typed RPC. Everything it started, it stops, in reverse. */
import { fileURLToPath } from "node:url";
import { existsSync } from "node:fs";
import { Cause, Effect, Layer, Scope } from "effect";
import { make as makeWalletViews } from "../entities/wallet/views.ts";
import { systemEntropy } from "./actor/Clock.ts";
import { beaconOf, seedDemo, seedDemoHands } from "./demo.ts";
import { makeGame, makeInspector } from "./game.ts";
import { type Gateway, makeGateway } from "./gateway/Gateway.ts";
import { CannotListen } from "./ops/CannotListen.ts";
import { closing, closingScope } from "./ops/Closing.ts";
import { Settings } from "./ops/Config.ts";
import { Database } from "./ops/Database.ts";
import { loggingLayer, makeLogs } from "./ops/Logging.ts";
import { MetricsService } from "./ops/Metrics.ts";
import { runProgram } from "./ops/Program.ts";
import { openSupervision, UNSUPERVISED } from "./ops/SupervisorClient.ts";
import { layerPoker, Poker } from "./poker.ts";
import type { Service } from "./rpc/ServiceHandlers.ts";
import { layerTcpServer, makeWebHandler } from "./rpc/ServiceServer.ts";
import { layerRunner, Runner } from "./runner.ts";

const REQUEST_ID_BYTES = 8;

/** From `dist/server/src` as from `src`. */
const BUILT_WEB_DIR = ["../dist/web", "../../web"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(`${path}/index.html`));

const makeService = Effect.gen(function* () {
  const { serviceToken } = yield* Settings;
  const { pool } = yield* Database;
  const { ask } = (yield* Runner).system;
  const service: Service = {
    ask,
    statement: makeWalletViews(pool).statement,
    equity: (yield* Poker).equity,
    token: serviceToken,
    metrics: yield* MetricsService,
    newRequestId: () => systemEntropy.hex(REQUEST_ID_BYTES),
  };
  return service;
});

const layerServices = Layer.unwrapEffect(
  Effect.gen(function* () {
    const { host, rpcPort } = yield* Settings;
    return layerTcpServer(yield* makeService, { host, port: rpcPort }).pipe(
      Layer.mapError(() => new CannotListen({ host, port: rpcPort, setting: "RPC_PORT" })),
    );
  }),
);

/** For the load balancers to notice that this process is not ready any more. */
const DRAIN_MS = 2000;

/** Under `npm run cluster`: drains when it is told to, and does not outlive who started it. */
const obeySupervisor = (gateway: Gateway): void => {
  if (process.send === undefined) return;
  const stop = () => process.kill(process.pid, "SIGTERM");
  process.on("message", (message: { readonly type?: unknown }) => {
    if (message.type !== "drain") return;
    gateway.drain();
    setTimeout(stop, DRAIN_MS);
  });
  process.once("disconnect", stop);
};

/** For closed sockets to take their close frame, and for imports that were cut off to store what they have read. */
const GATEWAY_GRACE_MS = 2000;
/** They have been answered by then, or cut off: what they asked for goes on without them. */
const CALLS_MS = 1000;

const layerGateway = Layer.scopedDiscard(
  Effect.gen(function* () {
    const settings = yield* Settings;
    const webDir = settings.webDir === "" ? BUILT_WEB_DIR : settings.webDir;
    const { pool } = yield* Database;
    const { node, opened, payments, push, system } = yield* Runner;
    const poker = yield* Poker;
    const metrics = yield* MetricsService;
    const log = yield* makeLogs;
    const calls = yield* closingScope("calls over HTTP", CALLS_MS);
    const rpc = yield* Scope.extend(makeWebHandler(yield* makeService), calls);
    yield* seedDemo;
    yield* seedDemoHands;
    const gateway = yield* Effect.acquireRelease(
      Effect.tryPromise({
        try: () =>
          makeGateway({
            game: makeGame(system, node.topics, pool),
            payments,
            push,
            poker,
            beacon: beaconOf(settings),
            cluster: node,
            inspector: makeInspector(system, pool),
            settings,
            metrics,
            pool,
            log,
            rpc,
            supervision:
              settings.environment === "development" ? openSupervision(process) : UNSUPERVISED,
            health: [
              { name: "db", check: async () => void (await pool.query("SELECT 1")) },
              {
                name: "cluster",
                check: async () => {
                  if (!node.mayAnswer) throw new Error("this process makes sure of its locks");
                  await system.ping();
                },
              },
            ],
            ...(webDir === undefined ? {} : { webDir }),
          }),
        catch: (cause) =>
          new Cause.UnknownException(cause, cause instanceof Error ? cause.message : String(cause)),
      }),
      (opened) => {
        const withinMs = settings.shutdownSeconds * 1000;
        return closing("the gateway", withinMs + GATEWAY_GRACE_MS, () => opened.close(withinMs));
      },
    );
    opened(gateway);
    obeySupervisor(gateway);
    const url = `http://${settings.host}:${gateway.port}`;
    yield* Effect.logInfo(
      `Croupier is ready: console ${url} · API docs ${url}/docs · health ${url}/health · RPC on port ${settings.rpcPort}`,
    );
  }),
);

/** Longer than SHUTDOWN_SECONDS: what still holds on then will not let go. Fence and command ids make that safe. */
const LAST_RESORT_AFTER_SECONDS = 10;

/** However a stop goes, the process ends: its entities are wanted elsewhere. */
const layerLastResort = Layer.effectDiscard(
  Effect.map(Settings, ({ shutdownSeconds }) => {
    const endLater = () => {
      const seconds = shutdownSeconds + LAST_RESORT_AFTER_SECONDS;
      setTimeout(() => {
        console.error(`The process did not stop within ${seconds} s; it ends now.`);
        process.exit(1);
      }, seconds * 1000).unref();
    };
    process.once("SIGTERM", endLater);
    process.once("SIGINT", endLater);
  }),
);

const Main = Layer.mergeAll(layerGateway, layerServices).pipe(
  Layer.provide(layerPoker),
  Layer.provide(layerRunner),
  Layer.provide(Database.layer),
  Layer.provide(MetricsService.layer),
  Layer.provide(loggingLayer),
  // Before anything is opened: a start may be stopped, too.
  Layer.provide(layerLastResort),
  Layer.provide(Settings.layer),
);

runProgram(Layer.launch(Main));
