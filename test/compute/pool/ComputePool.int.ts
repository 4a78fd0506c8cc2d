/** The pool on real threads, whose program does what faulty kernels do. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EquityQuestion } from "../../../rpc/equity.ts";
import { Unavailable } from "../../../rpc/failure.ts";
import { type Clock, systemClock } from "../../../src/actor/Clock.ts";
import { ComputePool } from "../../../src/compute/pool/ComputePool.ts";
import { compileKernel } from "../../../src/compute/kernel/Kernel.ts";
import { until } from "../../crash/deadline.ts";
import { ManualClock } from "../../support/ManualClock.ts";

const PROGRAM = new URL("./support/OddWorker.ts", import.meta.url);
/** The least WebAssembly module that there is: the program has no use for a kernel. */
const WASM = await compileKernel(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
const PATIENCE_MS = 600_000;
const STUCK_AFTER_MS = 30_000;
const POISON_MS = 60_000;

let folder: string;
let logged: Array<string>;
const open: Array<ComputePool> = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "croupier-pool-"));
  logged = [];
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()));
  rmSync(folder, { recursive: true });
});

const makePool = (
  workers: number,
  { clock = systemClock as Clock, program = PROGRAM, queue = 100 } = {},
) => {
  const log = (message: string) => void logged.push(message);
  const pool = new ComputePool({ workers, queue, wasm: WASM, clock, log, program });
  open.push(pool);
  return {
    pool,
    ask: (owner: string, board = "", chunk = 1) => run(pool, clock, owner, board, chunk),
  };
};

const questionWith = (board: string): EquityQuestion => ({
  players: ["random", "random"],
  board,
  dead: "",
  mode: "auto",
  targetStdError: 0.001,
  maxSamples: 1,
  seed: 7,
});

const idOf = (owner: string, chunk: number) => `${owner}/${chunk}`;

const run = (pool: ComputePool, clock: Clock, owner: string, board: string, chunk: number) =>
  pool.run({
    id: idOf(owner, chunk),
    owner,
    question: questionWith(board),
    chunk,
    deadline: clock.now() + PATIENCE_MS,
  });

const tally = (chunk: number) => ({
  ok: true,
  value: { samples: chunk, sums: [7] },
  replayed: false,
});
const refused = (reason: RegExp) => ({
  ok: false,
  error: expect.toSatisfy(
    (error) => error instanceof Unavailable && reason.test(error.reason) && error.retryAfterMs > 0,
  ),
  replayed: false,
});

const NO_THREAD = refused(/no thread can be started/);

const fileNamed = (name: string) => join(folder, name);
/** Lets the thread go that waits for the file. */
const release = (name: string) => writeFileSync(fileNamed(name), "");

describe("chunks", () => {
  it("are carried out on as many threads as there are", async () => {
    const { ask, pool } = makePool(2);
    const both = [ask("a", `wait ${fileNamed("one")}`, 1), ask("b", `wait ${fileNamed("two")}`, 2)];
    release("two");
    expect(await both[1]).toEqual(tally(2));
    release("one");
    expect(await both[0]).toEqual(tally(1));
    expect([pool.workers, pool.depth, logged]).toEqual([2, 0, []]);
  });

  it("of one question do not keep another waiting for its turn", async () => {
    const { ask } = makePool(1);
    const order: Array<string> = [];
    const asked = [
      ask("first", `wait ${fileNamed("go")}`),
      ...Array.from({ length: 20 }, () => ask("giant").then(() => void order.push("giant"))),
      ...Array.from({ length: 3 }, () => ask("small").then(() => void order.push("small"))),
    ];
    release("go");
    await Promise.all(asked);
    expect(order.lastIndexOf("small")).toBeLessThan(6);
    expect(order).toHaveLength(23);
  });

  it("beyond what may wait are refused, until there is room", async () => {
    const { ask } = makePool(1, { queue: 2 });
    await ask("the thread has started");
    const taken = [ask("a", `wait ${fileNamed("go")}`), ask("b"), ask("b")];
    expect(await ask("c")).toEqual(refused(/too much waits/));
    release("go");
    expect(await Promise.all(taken)).toEqual([tally(1), tally(1), tally(1)]);
    expect(await ask("c")).toEqual(tally(1));
  });

  it("that nobody waits for any more are not carried out", async () => {
    const clock = new ManualClock();
    const { ask } = makePool(1, { clock });
    await ask("the thread has started");
    const running = ask("a", `wait ${fileNamed("go")}`);
    const late = ask("b", "die");
    clock.jump(PATIENCE_MS);
    release("go");
    expect(await running).toEqual(tally(1));
    await late;
    // It would have ended the thread.
    expect(logged).toEqual([]);
  });
});

describe("chunks that are given up", () => {
  const GIVEN_UP = {
    ok: false,
    error: expect.objectContaining({ reason: "nobody waits for it any more" }),
    replayed: false,
  };

  it("leave the queue at once: what waits behind them is next", async () => {
    const { ask, pool } = makePool(1);
    await ask("the thread has started");
    const running = ask("giant", `wait ${fileNamed("go")}`, 0);
    // Each would end the thread.
    const queued = Array.from({ length: 50 }, (_, chunk) => ask("giant", "die", chunk + 1));
    const next = ask("next", "", 7);
    expect(pool.depth).toBe(52);
    for (let chunk = 0; chunk <= 50; chunk++)
      expect(pool.giveUp(idOf("giant", chunk))).toBe(chunk === 0 ? 0 : 1);
    expect(await Promise.all(queued)).toEqual(queued.map(() => GIVEN_UP));
    // The one under way is no longer waited for, and ends with its chunk.
    expect(await running).toEqual(GIVEN_UP);
    expect(pool.depth).toBe(2);
    release("go");
    expect(await next).toEqual(tally(7));
    expect(pool.depth).toBe(0);
    expect(logged).toEqual([]);
  });

  it("are those of one request: another for the same question goes on", async () => {
    const { ask, pool } = makePool(1);
    await ask("the thread has started");
    const running = ask("a", `wait ${fileNamed("go")}`, 0);
    const [kept, dropped] = [ask("same", "", 1), ask("same", "die", 2)];
    expect(pool.giveUp(idOf("same", 2))).toBe(1);
    expect(pool.giveUp(idOf("same", 3))).toBe(0);
    release("go");
    expect(await Promise.all([running, kept, dropped])).toEqual([tally(0), tally(1), GIVEN_UP]);
  });

  it("are not done again when their thread dies", async () => {
    const { ask, pool } = makePool(1);
    await ask("the thread has started");
    const running = ask("bad", `wait then die ${fileNamed("go")}`, 1);
    await until(
      "the chunk to be under way",
      () => pool.depth,
      (depth) => depth === 1,
    );
    pool.giveUp(idOf("bad", 1));
    expect(await running).toEqual(GIVEN_UP);
    release("go");
    expect(await ask("good", "", 2)).toEqual(tally(2));
    expect(logged).toEqual(["a compute thread has died and is replaced"]);
  });
});

describe("a thread that dies", () => {
  it("in the middle of a chunk is replaced, and the chunk done again", async () => {
    const { ask } = makePool(1);
    const asked = [ask("a", `die once ${fileNamed("died")}`, 5), ask("b", "", 6)];
    expect(await Promise.all(asked)).toEqual([tally(5), tally(6)]);
    expect(logged).toEqual(["a compute thread has died and is replaced"]);
  });

  it.each(["die", "throw"])("of every chunk (%s) is a question refused, alone", async (how) => {
    const { ask } = makePool(1);
    const asked = [ask("bad", how, 1), ask("bad", how, 2), ask("good", "", 3)];
    const poisoned = refused(/ended the process's threads/);
    expect(await Promise.all(asked)).toEqual([poisoned, poisoned, tally(3)]);
    expect(logged.filter((line) => line.includes("died"))).toHaveLength(3);
    // Known by now: no thread is given it.
    expect(await ask("bad", how, 3)).toEqual(poisoned);
    expect(logged.filter((line) => line.includes("died"))).toHaveLength(3);
  });

  it("because it hangs is ended", async () => {
    const clock = new ManualClock();
    const { ask, pool } = makePool(1, { clock });
    const asked = ask("bad", "hang");
    for (let death = 1; death <= 3; death++) {
      await until(
        "a thread to hang",
        () => clock.timers,
        (timers) => timers > 0,
      );
      await clock.advance(STUCK_AFTER_MS);
      await until(
        "its end",
        () => logged.length,
        (lines) => lines >= death,
      );
    }
    expect(await asked).toEqual(refused(/ended the process's threads/));
    await clock.advance(POISON_MS);
    expect(await ask("bad")).toEqual(tally(1));
    expect(pool.depth).toBe(0);
  });
});

it("that can start no thread says so, and does not try without pause", async () => {
  const { ask } = makePool(1, { program: new URL("./support/Nowhere.ts", import.meta.url) });
  expect(await Promise.all([ask("a"), ask("b")])).toEqual([NO_THREAD, NO_THREAD]);
  expect(logged).toHaveLength(3);
});

it("closes: what is under way is finished, what waits is given back, no thread is left", async () => {
  const { ask, pool } = makePool(1);
  await ask("the thread has started");
  const running = ask("a", `wait ${fileNamed("go")}`, 4);
  const waiting = [ask("b"), ask("c")];
  const closed = pool.close();
  expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
  release("go");
  await closed;
  expect(await running).toEqual(tally(4));
  expect(await ask("d")).toBeUndefined();
  expect(pool.depth).toBe(0);
});
