/**
 * What has been seen of a race's run: the last sample, and when each lane crossed the line. The crossing is reckoned
 * between the samples around it, for the margin that a spectator wants to know; the official order is the server's.
 */
export interface Sample {
  readonly tick: number;
  /** Millimetres from the start, by lane. */
  readonly positions: readonly number[];
}

export interface Run {
  readonly trackMm: number;
  readonly last: Sample | null;
  /** Speed of each lane between the last two samples, millimetres a tick. */
  readonly speeds: readonly number[];
  /** Fractional tick at which each lane crossed the line; null while it has not, or when nobody was watching. */
  readonly crossings: readonly (number | null)[];
}

export const MS_PER_TICK = 50;

/** Two samples further apart than this tell too little about what happened between them. */
const MAX_SAMPLE_GAP_TICKS = 5;

export const NO_RUN: Run = { trackMm: 0, last: null, speeds: [], crossings: [] };

/** The run with one more sample; an older one than the last changes nothing. */
export function addSample(run: Run, sample: Sample, trackMm: number): Run {
  const { last } = run;
  if (last !== null && sample.tick <= last.tick) return run;
  const elapsed = last === null ? 0 : sample.tick - last.tick;
  const isWatched = last !== null && elapsed <= MAX_SAMPLE_GAP_TICKS;
  const crossings = sample.positions.map((position, lane) => {
    const crossed = run.crossings[lane] ?? null;
    const before = last?.positions[lane] ?? 0;
    if (crossed !== null || position < trackMm || before >= trackMm || !isWatched) return crossed;
    const speed = run.speeds[lane] ?? 0;
    const remaining = trackMm - before;
    return last.tick + (speed > 0 ? Math.min(elapsed, remaining / speed) : elapsed);
  });
  const speeds = sample.positions.map((position, lane) =>
    elapsed === 0 ? 0 : (position - (last?.positions[lane] ?? 0)) / elapsed,
  );
  return { trackMm, last: sample, speeds, crossings };
}

/**
 * When each lane reached the line, or would have at its last speed where the samples ended before; null for one that
 * stands.
 */
export function reckonedCrossings(run: Run): readonly (number | null)[] {
  const { last } = run;
  if (last === null) return [];
  return last.positions.map((position, lane) => {
    const crossing = run.crossings[lane] ?? null;
    const speed = run.speeds[lane] ?? 0;
    if (crossing !== null || position >= run.trackMm || speed <= 0) return crossing;
    return last.tick + (run.trackMm - position) / speed;
  });
}

/** Milliseconds between first and second across the line; null when it was not seen. */
export function winningMarginMs(run: Run): number | null {
  const [first, second] = run.crossings
    .filter((crossing) => crossing !== null)
    .toSorted((a, b) => a - b);
  if (first === undefined || second === undefined) return null;
  return Math.round((second - first) * MS_PER_TICK);
}

/** Lanes from the leader back: who crossed by when it crossed, the others by distance. Null before the first sample. */
export function runningOrder(run: Run): readonly number[] | null {
  const { last } = run;
  if (last === null) return null;
  return last.positions
    .map((_, lane) => lane)
    .toSorted((a, b) => {
      const byLine = (run.crossings[a] ?? Infinity) - (run.crossings[b] ?? Infinity);
      if (!Number.isNaN(byLine) && byLine !== 0) return byLine;
      return (last.positions[b] ?? 0) - (last.positions[a] ?? 0) || a - b;
    });
}
