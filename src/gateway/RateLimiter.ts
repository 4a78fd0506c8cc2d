/**
 * Token buckets, one for each address and one for each player: each holds a second's worth of requests and refills
 * evenly. A caller that floods empties its own bucket and nobody else's.
 */
import { LruMap } from "./LruMap.ts";

/**
 * Buckets kept. One takes about 100 bytes; one that was pushed out starts full again, so this is far above the
 * number of callers that are busy at once.
 */
const MAX_BUCKETS = 65_536;

/** How many seconds' worth a bucket holds, so that a page that loads with ten requests at once is not refused. */
const BURST_SECONDS = 2;

/** Sums of fractions come out this much too low at worst: who has waited as long as he was told has his token. */
const ROUNDING = 1e-6;

interface Bucket {
  tokens: number;
  refilledAt: number;
}

export class RateLimiter {
  private readonly buckets = new LruMap<string, Bucket>(MAX_BUCKETS);
  private readonly perSecond: number;
  private readonly capacity: number;
  private readonly now: () => number;

  /** `perSecond` 0 lets everything through. `burst`: what a bucket holds, if not some seconds' worth. */
  constructor(options: {
    readonly perSecond: number;
    readonly burst?: number;
    readonly now: () => number;
  }) {
    this.perSecond = options.perSecond;
    this.capacity = options.burst ?? options.perSecond * BURST_SECONDS;
    this.now = options.now;
  }

  get isOff(): boolean {
    return this.perSecond === 0;
  }

  /** Takes one token: 0 when there was one, else the milliseconds until there is. */
  take(caller: string): number {
    if (this.perSecond === 0) return 0;
    const now = this.now();
    const bucket = this.buckets.get(caller);
    if (bucket === undefined) {
      this.buckets.set(caller, { tokens: this.capacity - 1, refilledAt: now });
      return 0;
    }
    // The wall clock may jump back; then nothing is added.
    const elapsedMs = Math.max(0, now - bucket.refilledAt);
    bucket.tokens = Math.min(this.capacity, bucket.tokens + (elapsedMs * this.perSecond) / 1000);
    bucket.refilledAt = now;
    if (bucket.tokens >= 1 - ROUNDING) {
      bucket.tokens = Math.max(0, bucket.tokens - 1);
      return 0;
    }
    return Math.ceil(((1 - bucket.tokens) * 1000) / this.perSecond);
  }
}
