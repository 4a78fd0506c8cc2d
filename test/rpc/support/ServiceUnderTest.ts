/** The service server on actors of its own, with the journal in memory, and clients of it. */
import { once } from "node:events";
import { connect } from "node:net";
import { SocketServer } from "@effect/platform";
import { Context, Effect, Exit, Layer, Logger, Scope } from "effect";
import { lobby } from "../../../entities/lobby/entity.ts";
import { wallet } from "../../../entities/wallet/entity.ts";
import type { ServiceClient } from "../../../rpc/client/service-client.ts";
import { layerTcp } from "../../../rpc/client/tcp.ts";
import { ActorSystem } from "../../../src/actor/ActorSystem.ts";
import { systemClock, systemEntropy } from "../../../src/actor/Clock.ts";
import type { Journal } from "../../../src/actor/Journal.ts";
import { MemoryJournal } from "../../../src/actor/MemoryJournal.ts";
import type { Service } from "../../../src/rpc/ServiceHandlers.ts";
import { layerTcpServer, makeWebHandler } from "../../../src/rpc/ServiceServer.ts";
import { quietMetrics } from "../../support/quietMetrics.ts";

export const TOKEN = "a-token-of-the-tests";

export const makeSystem = (journal: Journal) =>
  new ActorSystem({
    actors: [wallet, lobby],
    journal,
    clock: systemClock,
    entropy: systemEntropy,
    metrics: quietMetrics,
    log: () => {},
  });

export interface Running {
  readonly url: string;
  readonly port: number;
  /** `POST /rpc`. */
  readonly webHandler: (request: Request) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

/** Calls that end take milliseconds. */
const DRAIN_MS = 2000;

/** Serves on a free port. */
export const serve = async (service: Service): Promise<Running> => {
  const scope = await Effect.runPromise(Scope.make());
  const built = Effect.gen(function* () {
    const context = yield* Layer.build(
      layerTcpServer(service, { host: "127.0.0.1", port: 0, drainMs: DRAIN_MS }),
    );
    return { context, webHandler: yield* makeWebHandler(service) };
  }).pipe(Effect.provide(Logger.remove(Logger.defaultLogger)), Scope.extend(scope));
  const { context, webHandler } = await Effect.runPromise(built);
  const { address } = Context.get(context, SocketServer.SocketServer);
  if (address._tag !== "TcpAddress") throw new Error("not a TCP server");
  return {
    url: `tcp://127.0.0.1:${address.port}`,
    port: address.port,
    webHandler,
    stop: () => Effect.runPromise(Scope.close(scope, Exit.void)),
  };
};

/** For tests that are not about equity: nobody answers. */
export const NO_EQUITY: Service["equity"] = { ask: async () => undefined };

/** For tests that look at no figures. */
export const QUIET_RPC: Service["metrics"] = {
  rpcCall: () => {},
  rpcRefused: () => {},
  rpcBytes: () => {},
  observe: () => {},
};

/** A service over a journal in memory, which has no ledger to read: statements and equity are what the test says. */
export const serveInMemory = async (
  statement: Service["statement"] = async () => [],
  equity: Service["equity"] = NO_EQUITY,
  metrics: Service["metrics"] = QUIET_RPC,
) => {
  const journal = new MemoryJournal();
  const system = makeSystem(journal);
  let requests = 0;
  const running = await serve({
    ask: system.ask,
    statement,
    equity,
    metrics,
    token: TOKEN,
    newRequestId: () => `test-${++requests}`,
  });
  return {
    ...running,
    journal,
    system,
    stop: async () => {
      await running.stop();
      await system.shutdown();
    },
  };
};

/** Runs a program with a client over TCP. */
export const overTcp =
  ({ url }: { readonly url: string }, token = TOKEN) =>
  <A, E>(program: Effect.Effect<A, E, ServiceClient>): Promise<A> =>
    Effect.runPromise(program.pipe(Effect.provide(layerTcp({ url, token }))));

/** A bare connection; `closed` resolves when the server has closed it. */
export const bareConnection = async (port: number) => {
  const socket = connect({ port, host: "127.0.0.1" });
  // A reset is one of the ways in which the server closes a connection.
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => void socket.once("close", () => resolve()));
  await once(socket, "connect");
  return { socket, closed };
};
