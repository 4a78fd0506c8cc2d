/** One process: runner, gateway and typed RPC. Everything it started, it stops, in reverse. */
import { fileURLToPath } from "node:url";
import { existsSync } from "node:fs";
import { Cause, Effect, Layer, Runtime } from "effect";
import { CommandId, LobbyId } from "../rpc/id.ts";
import { Lobby } from "../rpc/lobby.ts";
import { make as makeWalletViews } from "../entities/wallet/views.ts";
import { systemEntropy } from "./actor/Clock.ts";
import { makeGame, makeInspector } from "./game.ts";
import { type Gateway, makeGateway } from "./gateway/Gateway.ts";
import type { GatewayLog } from "./gateway/GatewayLog.ts";
import { lobbyDefaults } from "./gateway/LobbyDefaults.ts";
import { CannotListen } from "./ops/CannotListen.ts";
import { Settings } from "./ops/Config.ts";
import { Database } from "./ops/Database.ts";
import { loggingLayer } from "./ops/Logging.ts";
import { MetricsService } from "./ops/Metrics.ts";
import { runProgram } from "./ops/Program.ts";
import { openSupervision, UNSUPERVISED } from "./ops/SupervisorClient.ts";
import type { Service } from "./rpc/ServiceHandlers.ts";
import { layerTcpServer, makeWebHandler } from "./rpc/ServiceServer.ts";
import { layerRunner, Runner } from "./runner.ts";

const REQUEST_ID_BYTES = 8;
const DEMO_LOBBY = LobbyId.make("demo");

/** From `dist/server/src` as from `src`. */
const BUILT_WEB_DIR = ["../dist/web", "../../web"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(`${path}/index.html`));

const gatewayLog = Effect.map(Effect.runtime<never>(), (runtime): GatewayLog => {
  const fork = Runtime.runFork(runtime);
  const line =
    (write: (message: string) => Effect.Effect<void>) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      void fork(write(message).pipe(Effect.annotateLogs(fields)));
  return {
    info: line(Effect.logInfo),
    warn: line(Effect.logWarning),
    error: line(Effect.logError),
  };
});

/** Races to watch from the first minute. A lobby that exists already is left as it is. */
const seedDemo = Effect.gen(function* () {
  const settings = yield* Settings;
  const { ask } = (yield* Runner).system;
  if (!settings.demo) return;
  const created = yield* Effect.promise(() =>
    ask(Lobby, "Create", {
      entityId: DEMO_LOBBY,
      commandId: CommandId.make("demo"),
      name: "Demo lobby",
      settings: lobbyDefaults(settings),
    }),
  );
  if (!created.ok && created.error._tag !== "LobbyExists") {
    yield* Effect.logWarning(`the demo lobby could not be made: ${created.error.message}`);
  }
});

const makeService = Effect.gen(function* () {
  const { serviceToken } = yield* Settings;
  const { pool } = yield* Database;
  const { ask } = (yield* Runner).system;
  const service: Service = {
    ask,
    statement: makeWalletViews(pool).statement,
    token: serviceToken,
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

const layerGateway = Layer.scopedDiscard(
  Effect.gen(function* () {
    const settings = yield* Settings;
    const webDir = settings.webDir === "" ? BUILT_WEB_DIR : settings.webDir;
    const { pool } = yield* Database;
    const { countSockets, node, system } = yield* Runner;
    const metrics = yield* MetricsService;
    const log = yield* gatewayLog;
    const rpc = yield* makeWebHandler(yield* makeService);
    yield* seedDemo;
    const gateway = yield* Effect.acquireRelease(
      Effect.tryPromise({
        try: () =>
          makeGateway({
            game: makeGame(system, node.topics, pool),
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
      (opened) => Effect.promise(() => opened.close(settings.shutdownSeconds * 1000)),
    );
    countSockets(gateway.sockets);
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

const Main = Layer.mergeAll(layerLastResort, layerGateway, layerServices).pipe(
  Layer.provide(layerRunner),
  Layer.provide(Database.layer),
  Layer.provide(MetricsService.layer),
  Layer.provide(loggingLayer),
  Layer.provide(Settings.layer),
);

runProgram(Layer.launch(Main));
