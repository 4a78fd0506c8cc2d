/** Time that passes when it is told to. */
export class ManualTimers {
  private nowMs = 0;
  private readonly timers = new Set<{ readonly dueMs: number; readonly run: () => void }>();

  readonly after = (ms: number, run: () => void): (() => void) => {
    const timer = { dueMs: this.nowMs + ms, run };
    this.timers.add(timer);
    return () => {
      this.timers.delete(timer);
    };
  };

  get pending(): number {
    return this.timers.size;
  }

  /** Runs what falls due within `ms`, in order, timers set meanwhile included. */
  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const [next] = [...this.timers]
        .filter(({ dueMs }) => dueMs <= untilMs)
        .toSorted((a, b) => a.dueMs - b.dueMs);
      if (next === undefined) break;
      this.timers.delete(next);
      this.nowMs = next.dueMs;
      next.run();
    }
    this.nowMs = untilMs;
  }
}
