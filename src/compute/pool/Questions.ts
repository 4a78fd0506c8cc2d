/**
 * Answers questions about equity. A light one is answered at once, in this turn of the event loop: to carry it to another
 * thread would cost more than to compute it. A heavy one is split in chunks, which the cluster's `Equity` entities carry
 * out; whoever of them dies, its chunks are carried out by others. A question that is cancelled, or answered before all that
 * it has asked for is there, gives up the rest.
 */
import { createHash, randomUUID } from "node:crypto";
import { Equity, type EquityProgress, type EquityQuestion } from "../../../rpc/equity.ts";
import type { Ask } from "../../actor/Ask.ts";
import type { Clock } from "../../actor/Clock.ts";
import { planOf } from "../equity/plan.ts";
import { solve } from "../equity/solve.ts";
import type { Kernel } from "../kernel/Kernel.ts";
import { type Answered, Calculation, NOTHING_DEALT } from "./Calculation.ts";
import { chunkEntityId } from "./equityKind.ts";
import { refusalOf } from "./refusalOf.ts";

export interface QuestionsOptions {
  /** Of this thread. */
  readonly kernel: Kernel;
  readonly ask: Ask;
  readonly clock: Clock;
  /** Compute threads in the whole cluster, as far as this process knows. */
  readonly workers: () => number;
}

export interface QuestionOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EquityProgress) => void;
}

/** Chunks under way for each thread: one that is computed and one that waits, so that no thread is idle in between. */
const CHUNKS_PER_WORKER = 2;
/** A full queue before one thread takes some ten seconds; a machine without time for it, more. */
const CHUNK_TIMEOUT_MS = 60_000;
/** What is given up later has been computed by then. */
const GIVE_UP_TIMEOUT_MS = 1000;

export class Questions {
  readonly #options: QuestionsOptions;

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  /** `undefined` when `signal` was aborted first. Never rejects. `onProgress` is called at most ten times a second. */
  async ask(
    question: EquityQuestion,
    { onProgress, signal }: QuestionOptions = {},
  ): Promise<Answered | undefined> {
    const planned = planOf(question);
    if (!planned.ok) return { ok: false, error: refusalOf(planned.refusal), replayed: false };
    if (signal?.aborted === true) return undefined;
    const { ask, clock, kernel, workers } = this.#options;
    const { plan } = planned;
    if (plan.cost === "light") {
      const answer = solve(kernel, plan);
      return answer === undefined
        ? { ok: false, error: NOTHING_DEALT, replayed: false }
        : { ok: true, value: answer, replayed: false };
    }
    const name = createHash("sha256").update(JSON.stringify(question)).digest("base64url");
    const asker = randomUUID();
    const entityId = (chunk: number, attempt: number) =>
      chunkEntityId({ question: name, asker, chunk, attempt });
    const calculation = new Calculation({
      plan,
      window: CHUNKS_PER_WORKER * Math.max(1, workers()),
      compute: (chunk, attempt) =>
        ask(
          Equity,
          "CarryOut",
          { entityId: entityId(chunk, attempt), question, chunk },
          { timeoutMs: CHUNK_TIMEOUT_MS },
        ),
      // It finds the process that the chunk was sent to, behind it on the same link. Lost, a chunk is computed for nothing.
      giveUp: (chunk, attempt) =>
        void ask(
          Equity,
          "GiveUp",
          { entityId: entityId(chunk, attempt) },
          { timeoutMs: GIVE_UP_TIMEOUT_MS },
        ),
      clock,
      onProgress,
    });
    const cancel = () => calculation.cancel();
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await calculation.answered;
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }
}
