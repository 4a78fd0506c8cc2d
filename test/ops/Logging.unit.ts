import { Effect, Either, Layer } from "effect";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readSettings, Settings } from "../../src/ops/Config.ts";
import { loggingLayer, withRequestId } from "../../src/ops/Logging.ts";

const PRODUCTION = {
  ENVIRONMENT: "production",
  JWT_SECRET: "a-secret-of-our-own-that-has-32-bytes",
  SERVICE_TOKEN: "a-token-of-our-own",
  ADMIN_PASSWORD: "a-password-of-our-own",
};

const lines = (environment: Record<string, string>, effect: Effect.Effect<void>) => {
  const written: Array<string> = [];
  const write = (...parts: ReadonlyArray<unknown>) => void written.push(parts.join(" "));
  vi.spyOn(console, "log").mockImplementation(write);
  vi.spyOn(globalThis.console, "group").mockImplementation(write);
  const settings = Layer.succeed(Settings, Either.getOrThrow(readSettings(environment)));
  Effect.runSync(effect.pipe(Effect.provide(Layer.provide(loggingLayer, settings))));
  return written;
};

afterEach(() => vi.restoreAllMocks());

describe("loggingLayer", () => {
  it("writes one JSON object a line in production, with the request's id", () => {
    const [line, ...rest] = lines(
      PRODUCTION,
      Effect.logInfo("bet accepted").pipe(withRequestId("r-1")),
    );
    expect(rest).toEqual([]);
    expect(JSON.parse(line ?? "")).toMatchObject({
      message: "bet accepted",
      logLevel: "INFO",
      annotations: { request_id: "r-1" },
    });
  });

  it("writes for people in development", () => {
    const written = lines({}, Effect.logInfo("bet accepted")).join("\n");
    expect(written).toContain("bet accepted");
    expect(() => JSON.parse(written)).toThrow(SyntaxError);
  });

  it("leaves out what is less important than LOG_LEVEL", () => {
    const both = Effect.zipRight(Effect.logInfo("unimportant"), Effect.logError("important"));
    const written = lines({ ...PRODUCTION, LOG_LEVEL: "error" }, both);
    expect(written).toHaveLength(1);
    expect(written[0]).toContain('"important"');
    expect(lines({ ...PRODUCTION, LOG_LEVEL: "none" }, both)).toEqual([]);
  });
});
