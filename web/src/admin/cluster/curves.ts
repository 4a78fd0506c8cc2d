/** Curves of the last minute as paths of an SVG: time runs to the right and ends now. */
import { WINDOW_MS } from "./ClusterState.ts";
import type { Beat } from "./ClusterState.ts";

export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface Band {
  readonly processId: string;
  /** A closed shape, between what is stacked below it and its own top. */
  readonly area: string;
}

/** The least top of a scale, so that one append in a minute is no mountain. */
const LEAST_TOP_PER_S = 5;

/** A round number at or above what is shown: 1, 2, 2.5 or 5 times a power of ten. */
export function niceTop(largest: number): number {
  const wanted = Math.max(largest, LEAST_TOP_PER_S);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((top) => top >= wanted) ?? wanted;
}

/** The rates of all processes on top of each other, in the order of `processIds`. */
export function stackedBands(
  beats: readonly Beat[],
  processIds: readonly string[],
  { width, height }: Box,
): { readonly bands: readonly Band[]; readonly topPerS: number } {
  // Before anything is known there is nothing to draw, not zero.
  const first = beats.findIndex(({ rates }) => rates.size > 0);
  const known = first < 0 ? [] : beats.slice(first);
  const last = known.at(-1)?.atMs ?? 0;
  const totals = known.map(({ rates }) =>
    processIds.reduce((sum, id) => sum + (rates.get(id) ?? 0), 0),
  );
  const topPerS = niceTop(Math.max(0, ...totals));
  const x = (beat: Beat) => round(width - ((last - beat.atMs) / WINDOW_MS) * width);
  const y = (rate: number) => round(height - (rate / topPerS) * height);
  const floor = known.map(() => 0);
  const bands = processIds.map((processId) => {
    const below = known.map((beat, at) => `${x(beat)},${y(floor[at] ?? 0)}`);
    const above = known.map((beat, at) => {
      floor[at] = (floor[at] ?? 0) + (beat.rates.get(processId) ?? 0);
      return `${x(beat)},${y(floor[at] ?? 0)}`;
    });
    const points = [...above, ...below.toReversed()];
    return { processId, area: known.length < 2 ? "" : `M${points.join("L")}Z` };
  });
  return { bands, topPerS };
}

/** One process's rate as a line, broken where it was not known. */
export function rateLine(
  beats: readonly Beat[],
  processId: string,
  topPerS: number,
  { width, height }: Box,
): string {
  const last = beats.at(-1)?.atMs ?? 0;
  let path = "";
  let isDown = false;
  for (const { atMs, rates } of beats) {
    const rate = rates.get(processId);
    if (rate === undefined) {
      isDown = false;
      continue;
    }
    const x = round(width - ((last - atMs) / WINDOW_MS) * width);
    path += `${isDown ? "L" : "M"}${x},${round(height - (rate / topPerS) * height)}`;
    isDown = true;
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
