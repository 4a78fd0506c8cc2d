/** What is measured of services' calls, for one of the two ways in which they come. */
import { Cause, Effect, Exit, Stream } from "effect";
import { problemCode } from "../../rpc/http/problem.ts";
import type { Metrics } from "../ops/Metrics.ts";

export type RpcMetrics = Pick<Metrics, "rpcCall" | "rpcRefused" | "rpcBytes" | "observe">;

export class CallMeter {
  readonly #metrics: RpcMetrics;
  readonly #way: "tcp" | "http";
  /** Monotonic milliseconds. */
  readonly #elapsed: () => number;

  constructor(metrics: RpcMetrics, way: "tcp" | "http", elapsed: () => number) {
    this.#metrics = metrics;
    this.#way = way;
    this.#elapsed = elapsed;
  }

  /** The same call, measured from its beginning to its end. */
  call<A, E, R>(method: string, call: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> {
    return Effect.suspend(() => {
      const startedAt = this.#elapsed();
      return Effect.onExit(call, (exit) => this.#ended(method, startedAt, exit));
    });
  }

  /** The same stream, a call that ends when it does. */
  stream<A, E, R>(method: string, stream: Stream.Stream<A, E, R>): Stream.Stream<A, E, R> {
    return Stream.suspend(() => {
      const startedAt = this.#elapsed();
      return Stream.ensuringWith(stream, (exit) => this.#ended(method, startedAt, exit));
    });
  }

  /** A caller without the token. */
  unauthorized(method: string): void {
    this.#metrics.rpcCall(method, "unauthorized", undefined);
  }

  refused(why: "busy" | "stopping" | "connections" | "backlog"): void {
    this.#metrics.rpcRefused(this.#way, why);
  }

  bytes(direction: "in" | "out", count: number): void {
    this.#metrics.rpcBytes(this.#way, direction, count);
  }

  inFlight(read: () => number): void {
    this.#metrics.observe("rpc_in_flight", () => [[this.#way, read()]]);
  }

  connections(read: () => number): void {
    this.#metrics.observe("rpc_connections", () => [[this.#way, read()]]);
  }

  #ended(method: string, startedAt: number, exit: Exit.Exit<unknown, unknown>) {
    return Effect.sync(() =>
      this.#metrics.rpcCall(method, outcomeOf(exit), this.#elapsed() - startedAt),
    );
  }
}

/** `done`, the code of a rejection, `interrupted` with its caller, or `died`: of a payload out of order, or our fault. */
const outcomeOf = (exit: Exit.Exit<unknown, unknown>): string => {
  if (Exit.isSuccess(exit)) return "done";
  const failure = Cause.failureOption(exit.cause);
  if (failure._tag === "Some")
    return problemCode(String((failure.value as { _tag?: unknown })._tag));
  return Cause.isInterruptedOnly(exit.cause) ? "interrupted" : "died";
};
