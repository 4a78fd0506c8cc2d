/** The last minute, second by second: how many answers came in each and how long they took. Memory is fixed. */
import { Recorder } from "./Recorder.ts";

export const TIMELINE_SECONDS = 60;
const MS_PER_SECOND = 1_000;

export interface Second {
  /** Whole seconds of the clock that is recorded with. */
  readonly second: number;
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

interface Slot {
  second: number;
  readonly recorder: Recorder;
}

export class Timeline {
  /** Second s stands in slot s modulo their number until a later one needs it. */
  readonly #slots: readonly Slot[] = Array.from({ length: TIMELINE_SECONDS }, () => ({
    second: -1,
    recorder: new Recorder(),
  }));

  record(atMs: number, ms: number): void {
    const second = Math.floor(atMs / MS_PER_SECOND);
    const slot = this.#slots[second % TIMELINE_SECONDS]!;
    if (slot.second > second) return;
    if (slot.second < second) {
      slot.second = second;
      slot.recorder.reset();
    }
    slot.recorder.record(ms);
  }

  /** Oldest first, up to the second that is not over yet. */
  seconds(nowMs: number): readonly Second[] {
    const now = Math.floor(nowMs / MS_PER_SECOND);
    return Array.from({ length: TIMELINE_SECONDS }, (_, age) => {
      const second = now - (TIMELINE_SECONDS - 1 - age);
      const slot =
        this.#slots[((second % TIMELINE_SECONDS) + TIMELINE_SECONDS) % TIMELINE_SECONDS]!;
      if (slot.second !== second) return { second, count: 0, p50Ms: null, p99Ms: null };
      const { recorder } = slot;
      return {
        second,
        count: recorder.count,
        p50Ms: recorder.quantileMs(0.5),
        p99Ms: recorder.quantileMs(0.99),
      };
    });
  }

  /** Answers a second over the last `seconds` that are over. */
  perSecond(nowMs: number, seconds: number): number {
    const over = this.seconds(nowMs).slice(-1 - seconds, -1);
    return over.reduce((sum, { count }) => sum + count, 0) / seconds;
  }
}
