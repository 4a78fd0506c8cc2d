/**
 * A way to answer a question. It says how long it would take, and computes its chunks one by one: a chunk is a function of the
 * question and its number, so chunks can be computed anywhere, in any order, and again.
 */
import type { Kernel } from "../kernel/Kernel.ts";
import type { Tally } from "./Tally.ts";

export interface Approach {
  /** Of one core, as measured on a common machine; right within a factor of two or so. */
  readonly costUs: number;
  readonly chunks: number;
  readonly run: (kernel: Kernel, chunk: number) => Tally;
}

/** About as long as a chunk takes: short enough to be cancelled and for others to have their turn, long beside its journey. */
const CHUNK_US = 25_000;

/** How many chunks, for work that can be divided in so many parts. */
export const chunksFor = (costUs: number, parts: number): number =>
  Math.max(1, Math.min(parts, Math.ceil(costUs / CHUNK_US)));

/** The chunk's part of `count` things, as even as whole numbers allow. */
export const partOf = (
  count: number,
  chunk: number,
  chunks: number,
): readonly [from: number, to: number] => [
  Math.floor((count * chunk) / chunks),
  Math.floor((count * (chunk + 1)) / chunks),
];
