/**
 * A histogram of durations after HdrHistogram: buckets grow with the value, so that each is known to within a fixed
 * fraction from a microsecond to minutes, in a few kilobytes and without allocating while it records.
 *
 * A value of b bits lands, by its highest `PRECISION_BITS` bits, in one of `SUB_BUCKETS` buckets of its power of two.
 */

/** 128 buckets for each power of two: a value is known to within 1/128, under one per cent. */
const PRECISION_BITS = 7;
const SUB_BUCKETS = 2 ** PRECISION_BITS;
/** 2^31 µs, some 36 minutes: longer than any run. What is greater is counted as this. */
const MAX_US = 2 ** 31 - 1;
/** Below `SUB_BUCKETS` a bucket for each value, above it one set for each further bit. */
const BUCKETS = SUB_BUCKETS * (31 - PRECISION_BITS + 1);

const bucketOf = (valueUs: number) => {
  if (valueUs < SUB_BUCKETS) return valueUs;
  const shift = 31 - Math.clz32(valueUs) - PRECISION_BITS;
  return SUB_BUCKETS * shift + (valueUs >>> shift);
};

/** The greatest value that lands in the bucket. */
const highestIn = (bucket: number) => {
  if (bucket < SUB_BUCKETS * 2) return bucket;
  const shift = Math.floor(bucket / SUB_BUCKETS) - 1;
  return (bucket - SUB_BUCKETS * shift + 1) * 2 ** shift - 1;
};

export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #max = 0;

  get count() {
    return this.#count;
  }

  get maxMs() {
    return this.#max / 1000;
  }

  record(ms: number): void {
    const us = Math.min(MAX_US, Math.max(0, Math.round(ms * 1000)));
    this.#counts[bucketOf(us)]! += 1;
    this.#count += 1;
    if (us > this.#max) this.#max = us;
  }

  /**
   * The least recorded duration, in milliseconds, that at least `fraction` of all do not exceed; at most one part in
   * 128 above the true one. NaN when nothing was recorded.
   */
  quantileMs(fraction: number): number {
    if (this.#count === 0) return Number.NaN;
    const rank = Math.max(1, Math.ceil(fraction * this.#count));
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      seen += this.#counts[bucket]!;
      if (seen >= rank) return Math.min(highestIn(bucket), this.#max) / 1000;
    }
    return this.maxMs;
  }

  reset(): void {
    this.#counts.fill(0);
    this.#count = 0;
    this.#max = 0;
  }
}
