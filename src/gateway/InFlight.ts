/** Counts what has begun and not ended, so that a stop can wait for it. */
export class InFlight {
  private count = 0;
  private waiting: (() => void) | undefined;

  began(): void {
    this.count += 1;
  }

  ended(): void {
    this.count -= 1;
    if (this.count === 0) this.waiting?.();
  }

  /** Resolves when all has ended, or after `withinMs`: to how much has not. */
  async settled(withinMs: number): Promise<number> {
    if (this.count === 0) return 0;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.waiting = resolve;
      timer = setTimeout(resolve, withinMs);
    });
    clearTimeout(timer);
    return this.count;
  }
}
