/** What a compute thread is told, and what it says. */
import type { ChunkTally, EquityQuestion } from "../../../rpc/equity.ts";
import type { KernelModule } from "../kernel/Kernel.ts";

/** Given to a thread at its start. */
export interface ThreadData {
  /** The kernel, compiled once for all threads. */
  readonly wasm: KernelModule;
}

/** Carry out one chunk of a question. A thread has one order at a time. */
export interface ChunkOrder {
  readonly question: EquityQuestion;
  readonly chunk: number;
}

/** A refusal as plain data: classes do not survive the way between threads. */
export type PlainRefusal =
  | { readonly _tag: "InvalidCards"; readonly where: string; readonly reason: string }
  | { readonly _tag: "NoCombination" | "NotExact"; readonly reason: string };

export type ChunkReport =
  | { readonly ok: true; readonly tally: typeof ChunkTally.Type }
  | { readonly ok: false; readonly refusal: PlainRefusal };
