import { Context, Deferred, Effect, Exit, Layer, Logger } from "effect";
import { describe, expect, it } from "vitest";
import { closing, closingLayer, closingScope } from "../../src/ops/Closing.ts";

const SOON_MS = 20;
const never = () => new Promise<never>(() => undefined);

/** Runs it with a log; what was logged, and what became of it. */
const logged = async <A>(effect: Effect.Effect<A>) => {
  const lines: Array<string> = [];
  const log = Logger.make(({ logLevel, message }) => {
    lines.push(`${logLevel.label} ${String(message)}`);
  });
  const exit = await Effect.runPromiseExit(
    effect.pipe(Effect.provide(Logger.replace(Logger.defaultLogger, log))),
  );
  return { exit, lines };
};

describe("a step of a stop", () => {
  it("is waited for", async () => {
    let isClosed = false;
    const close = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      isClosed = true;
    };
    const { exit, lines } = await logged(closing("the shop", 10_000, close));
    expect({ exit, isClosed, lines }).toEqual({ exit: Exit.void, isClosed: true, lines: [] });
  });

  it("is left behind when it hangs, by name, and the steps after it are taken", async () => {
    const taken: Array<string> = [];
    const step = (name: string, close: () => Promise<unknown>) =>
      Effect.addFinalizer(() =>
        closing(name, SOON_MS, () => {
          taken.push(name);
          return close();
        }),
      );
    const { exit, lines } = await logged(
      Effect.scoped(
        Effect.zipRight(
          step("the last", async () => undefined),
          step("the first", never),
        ),
      ),
    );
    expect(exit).toEqual(Exit.void);
    expect(taken).toEqual(["the first", "the last"]);
    expect(lines).toEqual([`WARN the stop goes on without the first: not closed in ${SOON_MS} ms`]);
  });

  it("is named while it takes long", async () => {
    let close = (): void => undefined;
    const closed = new Promise<void>((resolve) => (close = resolve));
    const lines: Array<string> = [];
    const log = Logger.make(({ message }) => {
      lines.push(String(message));
      close();
    });
    await Effect.runPromise(
      closing("the slow one", 20_000, () => closed).pipe(
        Effect.provide(Logger.replace(Logger.defaultLogger, log)),
      ),
    );
    expect(lines).toEqual(["the stop waits for the slow one"]);
  });

  it("that fails is a defect", async () => {
    const { exit } = await logged(
      closing("the shop", 10_000, () => Promise.reject(new Error("no"))),
    );
    expect(Exit.isFailure(exit)).toBe(true);
  });
});

describe("what a library opens", () => {
  const Thing = Context.GenericTag<"Thing", string>("Thing");
  const layerWith = (release: Effect.Effect<void>) =>
    Layer.scoped(
      Thing,
      Effect.acquireRelease(Effect.succeed("a thing"), () => release),
    );

  it("is released within its bound, though it cannot be interrupted", async () => {
    const hanging = closingLayer("the thing", SOON_MS, layerWith(Effect.never));
    const { exit, lines } = await logged(Effect.provide(Thing, hanging));
    expect(exit).toEqual(Exit.succeed("a thing"));
    expect(lines).toEqual([`WARN the stop goes on without the thing: not closed in ${SOON_MS} ms`]);
  });

  it("is released when the scope around it closes, and not before", async () => {
    const released = Effect.runSync(Deferred.make<void>());
    const done = Deferred.isDone(released);
    const { exit } = await logged(
      Effect.gen(function* () {
        const within = yield* Effect.scoped(
          Effect.gen(function* () {
            const scope = yield* closingScope("the thing", 10_000);
            yield* Layer.buildWithScope(layerWith(Deferred.succeed(released, undefined)), scope);
            return yield* done;
          }),
        );
        return [within, yield* done];
      }),
    );
    expect(exit).toEqual(Exit.succeed([false, true]));
  });
});
