/** Questions on the true kernel and true threads, without a cluster between them. */
import { readdir } from "node:fs/promises";
import { constants, getPriority } from "node:os";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { hereAsk } from "../../../bench/support/HereAsk.ts";
import {
  type EquityProgress,
  type EquityQuestion,
  InvalidCards,
  NoCombination,
  NotExact,
} from "../../../rpc/equity.ts";
import { Unavailable } from "../../../rpc/failure.ts";
import { systemClock } from "../../../src/actor/Clock.ts";
import type { StatelessKind } from "../../../src/actor/StatelessKind.ts";
import { ComputePool } from "../../../src/compute/pool/ComputePool.ts";
import { equityKind } from "../../../src/compute/pool/equityKind.ts";
import { lowPriority } from "../../../src/compute/pool/lowPriority.ts";
import { Questions } from "../../../src/compute/pool/Questions.ts";
import { compileKernel, type Kernel, loadKernel } from "../../../src/compute/kernel/Kernel.ts";
import { readKernelWasm } from "../../../src/compute/kernel/wasmFile.ts";
import { until } from "../../crash/deadline.ts";

const wasm = await compileKernel(await readKernelWasm());
const PROGRESS_EVERY_MS = 100;
const ORDINARY = new URL("./support/OrdinaryWorker.ts", import.meta.url);
const MORTAL = new URL("./support/MortalWorker.ts", import.meta.url);

let kernel: Kernel;
const open: Array<ComputePool> = [];
beforeAll(async () => {
  kernel = await loadKernel(wasm);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()));
});

const openPool = (workers: number, { queue = 256, program = ORDINARY } = {}) => {
  const pool = new ComputePool({
    workers,
    queue,
    wasm,
    clock: systemClock,
    log: () => {},
    program,
  });
  open.push(pool);
  return pool;
};

const questionsOn = (kind: StatelessKind, workers: number) =>
  new Questions({
    kernel,
    ask: hereAsk(kind, systemClock),
    clock: systemClock,
    workers: () => workers,
  });

const openQuestions = (workers: number) => {
  const pool = openPool(workers);
  return { pool, questions: questionsOn(equityKind(pool), workers) };
};

const question = (asked: Partial<EquityQuestion>): EquityQuestion => ({
  players: ["AhKd", "QsQc"],
  board: "",
  dead: "",
  mode: "auto",
  targetStdError: 0.001,
  maxSamples: 20_000_000,
  seed: 1,
  ...asked,
});
/** Some tens of chunks. */
const SAMPLED = question({
  players: ["QQ+,AKs", "22+,A2s+", "random"],
  mode: "monte_carlo",
  targetStdError: 0.0004,
  seed: 42,
});
/** Takes for ever. */
const ENDLESS = question({
  players: ["random", "random", "random", "random", "random", "random"],
  mode: "monte_carlo",
  targetStdError: 0.00005,
  maxSamples: 1_000_000_000,
});

/** Of all threads of this process: 0 is ordinary, and higher comes later. */
const priorities = async () =>
  (await readdir("/proc/self/task")).map((id) => getPriority(Number(id)));

describe("the server's own threads", () => {
  it("compute when nobody else wants the core, and the server's main thread goes on as before", async () => {
    if (process.platform !== "linux") return expect(lowPriority()).toBe(false);
    const before = getPriority();
    expect(await priorities()).not.toContain(constants.priority.PRIORITY_LOW);
    const pool = new ComputePool({ workers: 1, queue: 8, wasm, clock: systemClock, log: () => {} });
    open.push(pool);
    const small = question({ players: ["QQ+", "random"], board: "2h7c9d" });
    const answered = await questionsOn(equityKind(pool), 1).ask(small);
    expect(answered).toMatchObject({ ok: true, value: { method: "exact" } });
    expect(await priorities()).toContain(constants.priority.PRIORITY_LOW);
    return expect(getPriority()).toBe(before);
  });
});

describe("a light question", () => {
  it("is answered without a thread", async () => {
    const nobody = { contract: undefined as never, carryOut: () => expect.unreachable() };
    const answered = await questionsOn(nobody, 0).ask(question({}));
    expect(answered).toMatchObject({
      ok: true,
      value: { method: "exact", samples: 1_712_304, converged: true },
    });
    const [hero, villain] = answered?.ok === true ? answered.value.players : [];
    expect(hero?.win).toBeCloseTo(730_541 / 1_712_304, 12);
    expect(villain?.win).toBeCloseTo(975_909 / 1_712_304, 12);
  });

  it.each([
    [{ players: ["AhKd", "AhQc"] }, NoCombination],
    [{ players: ["AhKd", "nonsense"] }, InvalidCards],
    [{ board: "AhKd" }, InvalidCards],
    [{ players: Array(9).fill("random"), mode: "exact" as const }, NotExact],
  ])("%j is refused", async (asked, refusal) => {
    const answered = await openQuestions(1).questions.ask(question(asked));
    expect(answered).toMatchObject({ ok: false });
    expect(
      answered?.ok === false &&
        [InvalidCards, NoCombination, NotExact].some((one) => answered.error instanceof one),
      String(refusal),
    ).toBe(true);
  });
});

describe("a heavy question", () => {
  it("has one answer, on however many threads", async () => {
    const answers = [];
    for (const workers of [1, 2, 3])
      answers.push(await openQuestions(workers).questions.ask(SAMPLED));
    const [first, ...others] = answers;
    expect(first).toMatchObject({ ok: true, value: { method: "monte_carlo", converged: true } });
    for (const other of others) expect(other).toEqual(first);
    const another = await openQuestions(1).questions.ask({ ...SAMPLED, seed: 43 });
    expect(another).not.toEqual(first);
  });

  it("that is exact is exact in parts, too", async () => {
    const exact = question({ players: ["QQ+,AKs", "random"], board: "2h7c9d" });
    const [one, three] = [openQuestions(1), openQuestions(3)];
    const answered = await one.questions.ask(exact);
    expect(answered).toMatchObject({ ok: true, value: { method: "exact", converged: true } });
    expect(await three.questions.ask(exact)).toEqual(answered);
  });

  it("survives the death of a thread in the middle of it with the same answer", async () => {
    const expected = await openQuestions(1).questions.ask(SAMPLED);
    const mortal = openPool(2, { program: MORTAL });
    expect(await questionsOn(equityKind(mortal), 2).ask(SAMPLED)).toEqual(expected);
  });

  it("goes on where there is room when a process gives a chunk back or has none", async () => {
    const expected = await openQuestions(1).questions.ask(SAMPLED);
    const { contract, carryOut } = equityKind(openPool(1));
    let asked = 0;
    /** Every third chunk finds its queue full, from the fourth on. */
    const busy: StatelessKind = {
      contract,
      carryOut: (delivery) => {
        asked += 1;
        if (asked < 4 || asked % 3 !== 0) return carryOut(delivery);
        const error = new Unavailable({ reason: "too much waits", retryAfterMs: 1 });
        delivery.answer({ ok: false, error, replayed: false });
      },
    };
    expect(await questionsOn(busy, 1).ask(SAMPLED)).toEqual(expected);
  });

  it("is refused while there is no room for its first chunk, and told when to come back", async () => {
    const pool = openPool(1, { queue: 1 });
    const questions = questionsOn(equityKind(pool), 1);
    const giving = new AbortController();
    const first = questions.ask(ENDLESS, { signal: giving.signal });
    await until(
      "the queue to be full",
      () => pool.depth,
      (depth) => depth >= 2,
    );
    const refused = await questions.ask({ ...ENDLESS, seed: 2 });
    expect(refused).toMatchObject({ ok: false, error: expect.any(Unavailable) });
    expect(
      refused?.ok === false && refused.error instanceof Unavailable && refused.error.retryAfterMs,
    ).toBeGreaterThan(0);
    giving.abort();
    expect(await first).toBeUndefined();
  });

  it("tells how far it has come, at most ten times a second, nearer and nearer", async () => {
    const { questions } = openQuestions(1);
    const told: Array<EquityProgress & { readonly at: number }> = [];
    const giving = new AbortController();
    const answered = questions.ask(ENDLESS, {
      signal: giving.signal,
      onProgress: (progress) => {
        told.push({ ...progress, at: performance.now() });
        if (told.length === 5) giving.abort();
      },
    });
    expect(await answered).toBeUndefined();
    expect(told).toHaveLength(5);
    for (const [i, { at, done, of, samples, players }] of told.entries()) {
      expect(done).toBeLessThanOrEqual(of);
      expect(players).toHaveLength(6);
      const before = told[i - 1];
      if (before === undefined) continue;
      expect(at - before.at).toBeGreaterThan(PROGRESS_EVERY_MS - 5);
      expect(samples).toBeGreaterThan(before.samples);
      expect(players[0]!.stdError).toBeLessThan(before.players[0]!.stdError);
    }
  });

  it("frees the threads when nobody waits for it any more", async () => {
    const { pool, questions } = openQuestions(2);
    const giving = new AbortController();
    const answered = questions.ask(ENDLESS, { signal: giving.signal });
    await until(
      "chunks to be under way",
      () => pool.depth,
      (depth) => depth > 0,
    );
    giving.abort();
    expect(await answered).toBeUndefined();
    await until(
      "the threads to be free",
      () => pool.depth,
      (depth) => depth === 0,
    );
    expect(await questions.ask(ENDLESS, { signal: AbortSignal.abort() })).toBeUndefined();
    expect(pool.depth).toBe(0);
  });

  it("gives up at once all that it has asked for, when it is cancelled: the next is served first", async () => {
    const pool = openPool(1);
    const { carryOut, contract } = equityKind(pool);
    const begun: Array<string> = [];
    const watched: StatelessKind = {
      contract,
      carryOut: (delivery) => {
        if (delivery.tag === "CarryOut") begun.push(delivery.payload.entityId);
        carryOut(delivery);
      },
    };
    // As in a cluster of 40 threads whose shards are all here.
    const questions = questionsOn(watched, 40);
    const giving = new AbortController();
    const giant = questions.ask(ENDLESS, { signal: giving.signal });
    const other = questions.ask({ ...ENDLESS, seed: 2 }, { signal: giving.signal });
    await until(
      "the pool to be saturated",
      () => pool.depth,
      (depth) => depth >= 160,
    );
    giving.abort();
    expect(await Promise.all([giant, other])).toEqual([undefined, undefined]);
    // In this very turn: what had begun, and nothing else.
    expect(pool.depth).toBeLessThanOrEqual(1);
    const asked = begun.length;
    const small = question({ players: ["QQ+", "random"], board: "2h7c9d" });
    expect(await questions.ask(small)).toMatchObject({ ok: true });
    expect(begun.length - asked).toBeLessThan(20);
    expect(new Set(begun).size).toBe(begun.length);
  });

  it("gives up what it asked for too much, when it is answered before", async () => {
    const pool = openPool(1);
    const questions = questionsOn(equityKind(pool), 40);
    expect(await questions.ask({ ...SAMPLED, targetStdError: 0.002 })).toMatchObject({ ok: true });
    expect(pool.depth).toBeLessThanOrEqual(1);
  });

  it("does not keep another waiting", async () => {
    const { questions } = openQuestions(1);
    const giving = new AbortController();
    const giants = Array.from({ length: 5 }, (_, seed) =>
      questions.ask({ ...ENDLESS, seed }, { signal: giving.signal }),
    );
    const small = question({ players: ["QQ+", "random"], board: "2h7c9d" });
    expect(await questions.ask(small)).toMatchObject({ ok: true });
    giving.abort();
    expect(await Promise.all(giants)).toEqual(giants.map(() => undefined));
  });
});
