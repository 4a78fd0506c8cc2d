/** Histograms side by side: bars of several recorders, brought to the same places of a logarithmic axis. */
import { decadeTicks } from "../charts/ticks.ts";
import type { Bar } from "./Recorder.ts";

export interface AlignedBar {
  readonly fromMs: number;
  readonly toMs: number;
  /** One for each histogram. */
  readonly counts: readonly number[];
}

/** From the first bar of any to the last of any. Bars of recorders stand at the same places, so they match by place. */
export function alignBars(histograms: readonly (readonly Bar[])[]): readonly AlignedBar[] {
  const places = new Map<number, { fromMs: number; toMs: number; counts: number[] }>();
  for (const [which, bars] of histograms.entries()) {
    for (const { fromMs, toMs, count } of bars) {
      const place = places.get(fromMs) ?? { fromMs, toMs, counts: histograms.map(() => 0) };
      place.counts[which] = count;
      places.set(fromMs, place);
    }
  }
  return [...places.values()].toSorted((a, b) => a.fromMs - b.fromMs);
}

/** Where a duration stands on the axis. */
export const logOf = (ms: number): number => Math.log10(ms);

/** The middle of a bar, on the axis. */
export const middleOf = ({ fromMs, toMs }: Bar | AlignedBar): number =>
  logOf(Math.sqrt(fromMs * toMs));

/** Round durations, where they stand on the axis. */
export const logTicks = (min: number, max: number, most: number): readonly number[] =>
  decadeTicks(10 ** min, 10 ** max, most).map(logOf);

/** Bars at the ends of an axis would look cut off: it reaches this far beside them. */
const MARGIN = 0.15;

export function logRange(bars: readonly AlignedBar[]): readonly [number, number] {
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined) return [0, 1];
  return [middleOf(first) - MARGIN, middleOf(last) + MARGIN];
}
