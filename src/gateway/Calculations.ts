/**
 * The equity questions that this gateway's clients have asked and not had answered yet. A client that cancels or goes away
 * frees the threads at once. When the gateway stops, none of them is waited for: an equity is a function of its question,
 * and any other process answers the same.
 */
import type {
  EquityProgress,
  EquityQuestion,
  EquityAnswer,
  EquityRefused,
} from "../../rpc/equity.ts";
import { Unavailable } from "../../rpc/failure.ts";
import { problemCode } from "../../rpc/http/problem.ts";
import type { Outcome } from "../actor/Ask.ts";
import type { Metrics } from "../ops/Metrics.ts";
import { attempt, failure, mapOutcome } from "./Answer.ts";
import type { EquityDesk } from "./PokerDesks.ts";

/** For a client that asks another process. */
const RESTART_RETRY_MS = 1000;

export interface Calculated extends EquityAnswer {
  readonly elapsedMs: number;
}

export interface Calculation {
  /** Undefined when it was cancelled by who asked. */
  readonly answered: Promise<Outcome<Calculated, EquityRefused | Unavailable> | undefined>;
  readonly cancel: () => void;
}

export class Calculations {
  readonly #desk: Pick<EquityDesk, "ask">;
  readonly #metrics: Pick<Metrics, "equity">;
  readonly #elapsed: () => number;
  readonly #began: () => void;
  readonly #ended: () => void;
  readonly #running = new Set<AbortController>();
  #isStopped = false;

  constructor(options: {
    readonly desk: Pick<EquityDesk, "ask">;
    readonly metrics: Pick<Metrics, "equity">;
    /** Monotonic milliseconds. */
    readonly elapsed: () => number;
    /** Called when one begins and when it has ended. */
    readonly began: () => void;
    readonly ended: () => void;
  }) {
    this.#desk = options.desk;
    this.#metrics = options.metrics;
    this.#elapsed = options.elapsed;
    this.#began = options.began;
    this.#ended = options.ended;
  }

  /** `onProgress` is told at most ten times a second, with the milliseconds so far. */
  begin(
    question: EquityQuestion,
    onProgress?: (progress: EquityProgress, elapsedMs: number) => void,
  ): Calculation {
    const controller = new AbortController();
    const answered = this.#isStopped
      ? Promise.resolve(RESTARTING)
      : this.#answer(question, controller, onProgress);
    return { answered, cancel: () => controller.abort() };
  }

  /** Ends them all; their clients are told to ask again. */
  stop(): void {
    this.#isStopped = true;
    for (const controller of this.#running) controller.abort();
  }

  async #answer(
    question: EquityQuestion,
    controller: AbortController,
    onProgress: ((progress: EquityProgress, elapsedMs: number) => void) | undefined,
  ): Calculation["answered"] {
    const startedAt = this.#elapsed();
    const elapsedMs = () => Math.round((this.#elapsed() - startedAt) * 1000) / 1000;
    const { signal } = controller;
    this.#running.add(controller);
    this.#began();
    try {
      const outcome = await attempt(() =>
        this.#desk.ask(question, {
          signal,
          ...(onProgress === undefined
            ? {}
            : { onProgress: (progress) => onProgress(progress, elapsedMs()) }),
        }),
      );
      if (outcome === undefined) {
        this.#metrics.equity("none", "cancelled");
        return this.#isStopped ? RESTARTING : undefined;
      }
      if (outcome.ok) this.#metrics.equity(outcome.value.method, "answered");
      else this.#metrics.equity("none", problemCode(outcome.error._tag));
      return mapOutcome(outcome, (answer) => ({ ...answer, elapsedMs: elapsedMs() }));
    } finally {
      this.#running.delete(controller);
      this.#ended();
    }
  }
}

const RESTARTING = failure(
  new Unavailable({ reason: "restarting", retryAfterMs: RESTART_RETRY_MS }),
);
