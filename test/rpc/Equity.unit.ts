/** Equity over typed RPC: the answer, progress as a stream, and the end of both with their caller. */
import { Chunk, Effect, Fiber, Stream } from "effect";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceClient } from "../../rpc/client/service-client.ts";
import { type EquityAnswer, type EquityQuestion, NoCombination } from "../../rpc/equity.ts";
import { Unavailable } from "../../rpc/failure.ts";
import type { EquityService } from "../../src/rpc/EquityHandlers.ts";
import { signal } from "../support/Signal.ts";
import { overTcp, serveInMemory } from "./support/ServiceUnderTest.ts";

const QUESTION: EquityQuestion = {
  players: ["AhKd", "random"],
  board: "",
  dead: "",
  mode: "monte_carlo",
  targetStdError: 0.001,
  maxSamples: 1_000_000,
  seed: 1,
};
const half = { equity: 0.5, win: 0.5, tie: 0, lose: 0.5, stdError: 0.001, low: 0.49, high: 0.51 };
const ANSWER: EquityAnswer = {
  method: "monte_carlo",
  players: [half, half],
  samples: 1000,
  converged: true,
};

let answer: EquityService["ask"];
let server: Awaited<ReturnType<typeof serveInMemory>>;
beforeEach(async () => {
  server = await serveInMemory(undefined, { ask: (...asked) => answer(...asked) });
});
afterEach(() => server.stop());

const asking = Effect.flatMap(ServiceClient, ({ Equity }) => Equity.Ask(QUESTION));
const watching = Effect.flatMap(ServiceClient, ({ Equity }) =>
  Stream.runCollect(Equity.Watch(QUESTION)),
);

/** Never answers; tells when it was asked and when its asker has gone. */
const unanswered = () => {
  const asked = signal("the question");
  const gone = signal("the asker's end");
  answer = (_, options) => {
    asked.fire();
    return new Promise((resolve) =>
      options.signal.addEventListener("abort", () => {
        gone.fire();
        resolve(undefined);
      }),
    );
  };
  return { asked, gone };
};

describe("Equity.Ask", () => {
  it("gives the answer", async () => {
    answer = async (question) => {
      expect(question).toEqual(QUESTION);
      return { ok: true, value: ANSWER, replayed: false };
    };
    expect(await overTcp(server)(asking)).toEqual(ANSWER);
  });

  it.each([
    new NoCombination({ reason: "the board has it all" }),
    new Unavailable({ reason: "too much waits", retryAfterMs: 250 }),
  ])("refuses with $_tag", async (error) => {
    answer = async () => ({ ok: false, error, replayed: false });
    expect(await overTcp(server)(Effect.flip(asking))).toEqual(error);
  });

  it("ends with its caller", async () => {
    const { asked, gone } = unanswered();
    await overTcp(server)(
      Effect.gen(function* () {
        const call = yield* Effect.fork(asking);
        yield* Effect.promise(() => asked.fired());
        yield* Fiber.interrupt(call);
        yield* Effect.promise(() => gone.fired());
      }),
    );
  });
});

describe("Equity.Watch", () => {
  it("tells what is known so far, and last the answer", async () => {
    answer = async (_, { onProgress }) => {
      onProgress?.({ ...ANSWER, samples: 10, converged: false, done: 1, of: 8 });
      onProgress?.({ ...ANSWER, samples: 20, converged: false, done: 2, of: 8 });
      return { ok: true, value: ANSWER, replayed: false };
    };
    const told = await overTcp(server)(watching);
    expect(Chunk.toArray(told).map(({ done, of, samples }) => [samples, done, of])).toEqual([
      [10, 1, 8],
      [20, 2, 8],
      [1000, 8, 8],
    ]);
  });

  it("refuses as an answer does", async () => {
    const error = new NoCombination({ reason: "the board has it all" });
    answer = async () => ({ ok: false, error, replayed: false });
    expect(await overTcp(server)(Effect.flip(watching))).toEqual(error);
  });

  it("ends with its listener", async () => {
    const { asked, gone } = unanswered();
    await overTcp(server)(
      Effect.gen(function* () {
        const call = yield* Effect.fork(watching);
        yield* Effect.promise(() => asked.fired());
        yield* Fiber.interrupt(call);
        yield* Effect.promise(() => gone.fired());
      }),
    );
  });
});

it("a connection that breaks ends its questions", async () => {
  const { asked, gone } = unanswered();
  await overTcp(server)(
    Effect.gen(function* () {
      yield* Effect.forkDaemon(Effect.either(watching));
      yield* Effect.promise(() => asked.fired());
    }),
  );
  await gone.fired();
});
