/**
 * Where log lines go: to standard output, for people in development, as one JSON object a line in production.
 * Lines of one request bear its id wherever they are written: gateway, entity or commit.
 */
import { Effect, Layer, Logger, LogLevel } from "effect";
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
