/** What the benchmarks of the equity kernel have in common: a kernel, questions, random cards, and a stop-watch. */
import type { EquityQuestion } from "../../rpc/equity.ts";
import { DECK_SIZE, type Card } from "../../src/compute/cards/Card.ts";
import { planOf } from "../../src/compute/equity/plan.ts";
import { solve } from "../../src/compute/equity/solve.ts";
import { loadKernel, type Kernel } from "../../src/compute/kernel/Kernel.ts";
import { readKernelWasm } from "../../src/compute/kernel/wasmFile.ts";
import { median } from "./Rounds.ts";

export const freshKernel = async (): Promise<Kernel> => loadKernel(await readKernelWasm());

/** The same numbers in every run: 32 bits (xorshift). */
export const randomBits = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
};

/** So many different cards. */
export const drawCards = (random: () => number, count: number): ReadonlyArray<Card> => {
  const cards = new Set<Card>();
  while (cards.size < count) cards.add(random() % DECK_SIZE);
  return [...cards];
};

export const elapsedMs = (work: () => void): number => {
  const started = performance.now();
  work();
  return performance.now() - started;
};

/** The median of several runs, the first of which do not count: by then the code has been compiled. */
export const medianMs = (runs: number, work: () => void, before: () => void = () => {}): number => {
  const WARM_UP_RUNS = 2;
  const times = Array.from({ length: WARM_UP_RUNS + runs }, () => {
    before();
    return elapsedMs(work);
  });
  return median(times.slice(WARM_UP_RUNS));
};

/** Asks on this thread, from the text to the answer. */
export const askHere = (
  kernel: Kernel,
  { board = "", ...asked }: Pick<EquityQuestion, "players"> & Partial<EquityQuestion>,
): void => {
  const planned = planOf({
    board,
    dead: "",
    mode: "exact",
    targetStdError: 0.001,
    maxSamples: 20_000_000,
    seed: 1,
    ...asked,
  });
  if (!planned.ok) throw new Error(planned.refusal.reason);
  if (solve(kernel, planned.plan) === undefined) throw new Error("There was no deal.");
};
