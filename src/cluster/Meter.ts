/** What a process measures of itself for its report. */
import { monitorEventLoopDelay } from "node:perf_hooks";

/** Transactions remembered: the last seconds of a busy process. */
const REMEMBERED = 512;
const LOOP_RESOLUTION_MS = 20;
const NANOSECONDS_PER_MS = 1e6;

export class Meter {
  appends = 0;
  readonly #latencies = new Float64Array(REMEMBERED);
  #transactions = 0;
  readonly #loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });

  constructor() {
    this.#loop.enable();
  }

  committed(appends: number, latencyMs: number): void {
    this.appends += appends;
    this.#latencies[this.#transactions++ % REMEMBERED] = latencyMs;
  }

  /** Milliseconds, of the transactions that are remembered; zero before the first. */
  commitMs(): { readonly p50: number; readonly p99: number } {
    const sorted = this.#latencies.slice(0, Math.min(this.#transactions, REMEMBERED)).toSorted();
    const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
    return { p50: at(0.5), p99: at(0.99) };
  }

  /** How late the event loop was at worst since the last call, milliseconds. */
  loopDelayMs(): number {
    const worst = this.#loop.max / NANOSECONDS_PER_MS - LOOP_RESOLUTION_MS;
    this.#loop.reset();
    return Math.max(0, Math.round(worst * 10) / 10);
  }

  close(): void {
    this.#loop.disable();
  }
}
