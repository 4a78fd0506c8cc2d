/**
 * What the server's positions leave out, for they end at the line: how runners come in one after another, and how they
 * run out behind it.
 */
import { reckonedCrossings } from "../../../sdk/src/index.ts";
import type { Run } from "../../../sdk/src/index.ts";

/** How far behind the line a runner comes to rest, as a share of the track. */
const RUN_OUT = 0.025;

/** Where a lane is drawn at `tick`: as it was reported up to the line, and beyond it as it runs out. */
export function withRunOut(
  run: Run,
  { positions, tick }: { readonly positions: readonly number[]; readonly tick: number },
): readonly number[] {
  return positions.map((position, lane) => {
    const crossing = run.crossings[lane] ?? null;
    if (position < run.trackMm || crossing === null || crossing <= 0)
      return Math.min(position, run.trackMm);
    const speed = run.trackMm / crossing;
    const reach = run.trackMm * RUN_OUT;
    // Slows down evenly: the distance approaches `reach` as time passes.
    const free = Math.max(0, tick - crossing) * speed;
    return run.trackMm + reach * (1 - Math.exp(-free / reach));
  });
}

/**
 * The finish picture: every lane where it was when the winner reached the line. Null when no lane was seen crossing;
 * a lane that was not seen is reckoned by its last speed.
 */
export function finishPicture(run: Run): readonly number[] | null {
  const seen = run.crossings.filter((crossing) => crossing !== null);
  const first = Math.min(...seen);
  if (run.last === null || seen.length === 0 || first <= 0) return null;
  const crossings = reckonedCrossings(run);
  return run.last.positions.map((position, lane) => {
    const crossing = crossings[lane] ?? null;
    if (crossing === null) return position;
    return run.trackMm - (crossing - first) * (run.trackMm / crossing);
  });
}
