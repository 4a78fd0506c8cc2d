/**
 * Where log lines go: to standard output, for people in development, as one JSON object a line in production.
 * Lines of one request bear its id wherever they are written: gateway, entity or commit.
 */
import { Effect, Layer, Logger, LogLevel, Runtime } from "effect";
import { Settings, type SettingsValues } from "./Config.ts";

const LEVELS: Readonly<Record<SettingsValues["logLevel"], LogLevel.LogLevel>> = {
  debug: LogLevel.Debug,
  info: LogLevel.Info,
  warning: LogLevel.Warning,
  error: LogLevel.Error,
  none: LogLevel.None,
};

/** Replaces Effect's default logger as the settings say. */
export const loggingLayer: Layer.Layer<never, never, Settings> = Layer.unwrapEffect(
  Effect.map(Settings, ({ environment, logLevel }) =>
    Layer.merge(
      environment === "production" ? Logger.json : Logger.pretty,
      Logger.minimumLogLevel(LEVELS[logLevel]),
    ),
  ),
);

/** Marks every log line of `effect` as belonging to one request. */
export const withRequestId =
  (requestId: string) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.annotateLogs(effect, "request_id", requestId);

type WriteLine = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Lines from plain functions, which run in no fiber. */
export interface Logs {
  readonly info: WriteLine;
  readonly warn: WriteLine;
  readonly error: WriteLine;
}

export const makeLogs: Effect.Effect<Logs> = Effect.map(Effect.runtime<never>(), (runtime) => {
  const fork = Runtime.runFork(runtime);
  const line =
    (write: (message: string) => Effect.Effect<void>): WriteLine =>
    (message, fields = {}) =>
      void fork(write(message).pipe(Effect.annotateLogs(fields)));
  return {
    info: line(Effect.logInfo),
    warn: line(Effect.logWarning),
    error: line(Effect.logError),
  };
});
