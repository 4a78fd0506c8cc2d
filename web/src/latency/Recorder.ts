/**
 * Durations, kept so that quantiles of millions cost a few kilobytes and no memory grows while they are recorded.
 *
 * After DDSketch (Masson, Rim and Lee, VLDB 2019): each bucket is wider than the one before by the same factor, so that
 * whatever is told of a duration is within one per cent of the true one, from a hundredth of a millisecond to two
 * minutes. Two recorders merge by adding their buckets, and lose nothing by it. Least and greatest are kept exactly.
 */
export const RELATIVE_ERROR = 0.01;
/** Finer than any browser's clock; what is shorter is counted as this. */
export const MIN_MS = 0.01;
/** Longer than any command is waited for; what is longer is counted as this. */
export const MAX_MS = 120_000;

const GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GROWTH = Math.log(GROWTH);
const BUCKETS = Math.ceil(Math.log(MAX_MS / MIN_MS) / LOG_GROWTH) + 1;
/** So many neighbours make a bar of a histogram: each is a fifth wider than the one before. */
const BUCKETS_PER_BAR = 10;

/** Bucket 0 is `MIN_MS`; bucket i reaches from above `MIN_MS · GROWTH^(i-1)` to `MIN_MS · GROWTH^i`. */
const bucketOf = (ms: number): number => {
  const bucket = Math.ceil(Math.log(ms / MIN_MS) / LOG_GROWTH);
  return Math.min(BUCKETS - 1, Math.max(0, bucket));
};

/** The value that is off by the same share at either end of the bucket. */
const valueOf = (bucket: number): number => (2 * MIN_MS * GROWTH ** bucket) / (GROWTH + 1);

export interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

export class Recorder {
  readonly #counts = new Uint32Array(BUCKETS);
  #count = 0;
  #minMs = Number.POSITIVE_INFINITY;
  #maxMs = 0;

  get count(): number {
    return this.#count;
  }

  /** Exact; null when nothing was recorded. */
  get maxMs(): number | null {
    return this.#count === 0 ? null : this.#maxMs;
  }

  record(ms: number): void {
    this.#counts[bucketOf(ms)]! += 1;
    this.#count += 1;
    this.#minMs = Math.min(this.#minMs, ms);
    this.#maxMs = Math.max(this.#maxMs, ms);
  }

  /**
   * The least duration that at least `fraction` of all do not exceed, within `RELATIVE_ERROR` of it between `MIN_MS` and
   * `MAX_MS`; null when nothing was recorded.
   */
  quantileMs(fraction: number): number | null {
    if (this.#count === 0) return null;
    const rank = Math.min(this.#count, Math.max(1, Math.ceil(fraction * this.#count)));
    let seen = 0;
    let bucket = -1;
    while (seen < rank) {
      bucket += 1;
      seen += this.#counts[bucket] ?? 0;
    }
    return Math.min(this.#maxMs, Math.max(this.#minMs, valueOf(bucket)));
  }

  /** Adds all that the other has recorded. */
  merge(other: Recorder): void {
    for (const [bucket, count] of other.#counts.entries()) this.#counts[bucket]! += count;
    this.#count += other.#count;
    this.#minMs = Math.min(this.#minMs, other.#minMs);
    this.#maxMs = Math.max(this.#maxMs, other.#maxMs);
  }

  reset(): void {
    this.#counts.fill(0);
    this.#count = 0;
    this.#minMs = Number.POSITIVE_INFINITY;
    this.#maxMs = 0;
  }

  /** All bars from the first to the last that has any; those of two recorders stand at the same places. */
  bars(): readonly Bar[] {
    if (this.#count === 0) return [];
    const bars: Bar[] = [];
    const last = Math.floor(bucketOf(this.#maxMs) / BUCKETS_PER_BAR);
    for (let bar = Math.floor(bucketOf(this.#minMs) / BUCKETS_PER_BAR); bar <= last; bar += 1) {
      const first = bar * BUCKETS_PER_BAR;
      const count = this.#counts
        .subarray(first, first + BUCKETS_PER_BAR)
        .reduce((a, b) => a + b, 0);
      const edge = (bucket: number) => MIN_MS * GROWTH ** (bucket - 1);
      bars.push({ fromMs: edge(first), toMs: edge(first + BUCKETS_PER_BAR), count });
    }
    return bars;
  }
}
