/** A job as a singleton: it takes office, works, notices that it was deposed, and stands again. */
import { PgClient } from "@effect/sql-pg";
import { SingleRunner } from "@effect/cluster";
import { Effect, Fiber, Layer, ManagedRuntime, Redacted, TestClock, TestContext } from "effect";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Job, layer, serve } from "../../src/jobs/FencedSingleton.ts";
import { RunningSingletons } from "../../src/jobs/RunningSingletons.ts";
import { Term } from "../../src/jobs/Term.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { signal, Tally } from "../support/Signal.ts";

const NAME = "scribe";
const ONE_WORK = "work AS (INSERT INTO line (term, holder) SELECT term, holder FROM office)";

let database: FreshDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  await pool.query("CREATE TABLE line (term bigint NOT NULL, holder text NOT NULL)");
});
afterEach(async () => {
  await pool.query("TRUNCATE singleton, line");
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const lines = async () => (await pool.query("SELECT term, holder FROM line ORDER BY term")).rows;

/** A process in which the job runs; `before` is awaited before each write. */
const process = (holder: string, before: () => Promise<void> = () => Promise.resolve()) => {
  const worked = new Tally(`works of ${holder}`);
  const ended = new Tally(`ends of a term of ${holder}`);
  const running = new RunningSingletons();
  const job: Job = {
    name: NAME,
    run: async (term) => {
      await before();
      await term.act(ONE_WORK, []);
      worked.add();
      return 1000;
    },
  };
  const office = { pool, holder, running, onTermEnded: () => ended.add() };
  return { ended, job, office, running, worked };
};

/** Runs `test` with a clock that stands until it is moved. */
const withClock = (test: Effect.Effect<void>) =>
  Effect.runPromise(Effect.provide(Effect.scoped(test), TestContext.TestContext));

describe("a singleton", () => {
  it("works again after each pause, and is named while it does", () =>
    withClock(
      Effect.gen(function* () {
        const one = process("p1");
        const first = one.worked.more(1);
        const fiber = yield* Effect.fork(serve(one.job, one.office));
        yield* Effect.promise(() => first);
        expect(one.running.names()).toEqual([NAME]);
        const second = one.worked.more(1);
        yield* TestClock.adjust("1 seconds");
        yield* Effect.promise(() => second);
        expect(yield* Effect.promise(lines)).toEqual([
          { term: "1", holder: "p1" },
          { term: "1", holder: "p1" },
        ]);
        yield* Fiber.interrupt(fiber);
        expect(one.running.names()).toEqual([]);
      }),
    ));

  it("that stood still while another took over writes nothing, is counted and ends", () =>
    withClock(
      Effect.gen(function* () {
        const stopped = signal("the zombie stands still");
        const resumed = signal("the zombie wakes");
        const zombie = process("p1", () => {
          stopped.fire();
          return resumed.fired();
        });
        const over = zombie.ended.more(1);
        yield* Effect.fork(serve(zombie.job, zombie.office));
        yield* Effect.promise(stopped.fired);
        const successor = process("p2");
        const worked = successor.worked.more(1);
        yield* Effect.fork(serve(successor.job, successor.office));
        yield* Effect.promise(() => worked);
        resumed.fire();
        yield* Effect.promise(() => over);
        expect(zombie.worked.count).toBe(0);
        expect(zombie.running.names()).toEqual([]);
        expect(successor.running.names()).toEqual([NAME]);
        expect(yield* Effect.promise(lines)).toEqual([{ term: "2", holder: "p2" }]);
      }),
    ));

  it("that was deposed, and is not ended by the cluster, stands again", () =>
    withClock(
      Effect.gen(function* () {
        const one = process("p1");
        const first = one.worked.more(1);
        yield* Effect.fork(serve(one.job, one.office));
        yield* Effect.promise(() => first);
        yield* Effect.promise(() => Term.take(pool, { name: NAME, holder: "gone" }));
        const over = one.ended.more(1);
        yield* TestClock.adjust("1 seconds");
        yield* Effect.promise(() => over);
        const again = one.worked.more(1);
        yield* TestClock.adjust("10 seconds");
        yield* Effect.promise(() => again);
        expect(yield* Effect.promise(lines)).toEqual([
          { term: "1", holder: "p1" },
          { term: "3", holder: "p1" },
        ]);
      }),
    ));

  it("tries again after a failure, in the same term", () =>
    withClock(
      Effect.gen(function* () {
        const failed = signal("the first attempt");
        let attempts = 0;
        const one = process("p1", async () => {
          if (attempts++ > 0) return;
          failed.fire();
          throw new Error("the disk is full");
        });
        yield* Effect.fork(serve(one.job, one.office));
        yield* Effect.promise(failed.fired);
        const worked = one.worked.more(1);
        yield* TestClock.adjust("5 seconds");
        yield* Effect.promise(() => worked);
        expect(yield* Effect.promise(lines)).toEqual([{ term: "1", holder: "p1" }]);
        expect(one.ended.count).toBe(0);
      }),
    ));

  it("is started by the cluster, and interrupted with it", async () => {
    const one = process("p1");
    const worked = one.worked.more(1);
    const cluster = SingleRunner.layer({ runnerStorage: "memory" }).pipe(
      Layer.provide(PgClient.layer({ url: Redacted.make(database.url), maxConnections: 2 })),
    );
    const runtime = ManagedRuntime.make(layer(one.job, one.office).pipe(Layer.provide(cluster)));
    await runtime.runPromise(Effect.void);
    await worked;
    expect(one.running.names()).toEqual([NAME]);
    await runtime.dispose();
    expect(one.running.names()).toEqual([]);
  });
});
