/** What this process computes with: a kernel of its own for light questions and, if it offers to compute, threads. */
import { availableParallelism } from "node:os";
import type { Clock } from "../../actor/Clock.ts";
import type { StatelessKind } from "../../actor/StatelessKind.ts";
import { compileKernel, type Kernel, loadKernel } from "../kernel/Kernel.ts";
import { readKernelWasm } from "../kernel/wasmFile.ts";
import { ComputePool } from "./ComputePool.ts";
import { equityKind } from "./equityKind.ts";

export interface ComputeOptions {
  /** Whether it carries out chunks, for all processes of the cluster. */
  readonly offers: boolean;
  /** Threads; 0: one for each processor but one. */
  readonly workers: number;
  /** Chunks that may wait for a thread. */
  readonly queue: number;
  readonly clock: Clock;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

export interface Compute {
  /** Of the main thread. */
  readonly kernel: Kernel;
  readonly kind: StatelessKind;
  /** Threads: 0 when it offers none. */
  readonly workers: number;
  /** Chunks waiting or under way. */
  readonly depth: () => number;
  /** Gives back what waits, finishes what is under way, and ends the threads. */
  readonly close: () => Promise<void>;
}

/** Rejects when the kernel has not been built. */
export const openCompute = async ({
  clock,
  log,
  offers,
  queue,
  workers,
}: ComputeOptions): Promise<Compute> => {
  const wasm = await compileKernel(await readKernelWasm());
  const kernel = await loadKernel(wasm);
  const threads = workers === 0 ? Math.max(1, availableParallelism() - 1) : workers;
  const pool = offers ? new ComputePool({ workers: threads, queue, wasm, clock, log }) : undefined;
  return {
    kernel,
    kind: equityKind(pool),
    workers: pool?.workers ?? 0,
    depth: () => pool?.depth ?? 0,
    close: async () => pool?.close(),
  };
};
