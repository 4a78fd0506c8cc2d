/**
 * The equity engine as a library: no server and no files, in Node and in browsers.
 *
 *     const engine = await loadEquity(await readFile("kernel.wasm"))
 *     engine.evaluate("AhAd", { board: "7s7c2h" }).words            // Two pairs : Aces and 7
 *     await engine.equity({ players: ["AhKd", "QQ+,AKs"] })         // exact: { players: [{ equity: … }, …], … }
 *     await engine.equity({ players: ["AhKd", "random", "random"] }, { signal, onProgress })
 *
 * Cards, boards and dead cards are written as in `rpc/cards.ts`, ranges as `range/Range.ts` says. A question is computed on the
 * calling thread in chunks of some ten milliseconds, between which other work has its turn; the same question has the same
 * answer everywhere.
 */
import type { EquityAnswer, EquityGame, EquityMode, EquityProgress } from "../../rpc/equity.ts";
import { evaluateText, type EvaluatedHand } from "./evaluator/evaluateText.ts";
import { type AllIn, makeAllInEquity } from "./equity/allInEquity.ts";
import { startMerge } from "./equity/Merge.ts";
import { planOf } from "./equity/plan.ts";
import { runChunk } from "./equity/runChunk.ts";
import { type Kernel, type KernelModule, loadKernel } from "./kernel/Kernel.ts";
import { parseRange, type ParsedRange } from "./range/Range.ts";

export interface Question {
  /** Default: hold'em. Omaha has known hands and is always exact. */
  readonly game?: EquityGame;
  /** Two to nine: `AhKd`, `QQ+,AKs,76s@50`, `random`; of Omaha `AhKdQhJd`. */
  readonly players: ReadonlyArray<string>;
  /** Nothing, or three to five cards. Default: nothing. */
  readonly board?: string;
  /** Cards that nobody can have. Default: none. */
  readonly dead?: string;
  /** Default: `auto`, exact wherever that is feasible. */
  readonly mode?: EquityMode;
  /** Monte Carlo ends when every player's standard error is at most this. Default: 0.001. */
  readonly targetStdError?: number;
  /** … or after so many deals. Default: 20,000,000. */
  readonly maxSamples?: number;
  /** 32 bits. Default: 1. */
  readonly seed?: number;
}

export interface QuestionOptions {
  /** Once aborted, the promise rejects with its reason after the chunk at hand. */
  readonly signal?: AbortSignal;
  /** After each chunk but the last. */
  readonly onProgress?: (progress: EquityProgress) => void;
}

/** What was asked cannot be answered. `where` names the part that is wrong, `players.1` or `board`, if one part is. */
export class EquityError extends Error {
  override readonly name = "EquityError";
  readonly code: "InvalidCards" | "NoCombination" | "NotExact";
  readonly where: string | undefined;
  constructor(code: EquityError["code"], reason: string, where?: string) {
    super(where === undefined ? reason : `${where}: ${reason}`);
    this.code = code;
    this.where = where;
  }
}

export interface EquityEngine {
  /** Rejects with an `EquityError`, or with the signal's reason. */
  readonly equity: (question: Question, options?: QuestionOptions) => Promise<EquityAnswer>;
  /**
   * The best five cards. Hold'em: two with a board, or five to seven in all; Omaha: four or five with a board. Throws an
   * `EquityError`.
   */
  readonly evaluate: (
    cards: string,
    options?: { readonly board?: string; readonly game?: EquityGame },
  ) => EvaluatedHand;
  /** Parts of the pot of known hands, hold'em or Omaha, at once; `undefined` for what is no such spot. */
  readonly allIn: (spot: AllIn) => ReadonlyArray<number> | undefined;
  readonly parseRange: (text: string) => ParsedRange;
}

const DEFAULTS = {
  board: "",
  dead: "",
  mode: "auto",
  targetStdError: 0.001,
  maxSamples: 20_000_000,
  seed: 1,
} as const;

/** `wasm` is `dist/compute/kernel.wasm`, as bytes or compiled. Rejects where WebAssembly has no SIMD. */
export const loadEquity = async (
  wasm: Uint8Array<ArrayBuffer> | KernelModule,
): Promise<EquityEngine> => {
  const kernel = await loadKernel(wasm);
  return {
    equity: (question, options = {}) => solveInTurns(kernel, question, options),
    evaluate,
    allIn: makeAllInEquity(kernel),
    parseRange,
  };
};

const evaluate: EquityEngine["evaluate"] = (cards, { board = "", game = "holdem" } = {}) => {
  const evaluated = evaluateText({ game, cards, board });
  if (evaluated.ok) return evaluated.value;
  throw new EquityError("InvalidCards", evaluated.reason, evaluated.where);
};

const solveInTurns = async (
  kernel: Kernel,
  question: Question,
  { signal, onProgress }: QuestionOptions,
): Promise<EquityAnswer> => {
  const planned = planOf({ ...DEFAULTS, ...question });
  if (!planned.ok) {
    const { refusal } = planned;
    const where = refusal._tag === "InvalidCards" ? refusal.where : undefined;
    throw new EquityError(refusal._tag, refusal.reason, where);
  }
  const { plan } = planned;
  const merge = startMerge(plan);
  for (;;) {
    signal?.throwIfAborted();
    merge.add(runChunk(kernel, plan, merge.added));
    const answer = merge.answer();
    if (merge.done) {
      if (answer !== undefined) return answer;
      throw new EquityError("NoCombination", "the ranges do not leave all players a hand at once");
    }
    if (answer !== undefined) onProgress?.({ ...answer, done: merge.added, of: plan.chunks });
    await nextTurn();
  }
};

/** Lets the event loop do what else there is. */
const nextTurn = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));
