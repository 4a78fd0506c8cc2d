/** A runner's starts as charts have them: one place on the axis for each race, oldest first. */
import type { RunnerStartBody } from "../../../sdk/src/index.ts";

/** A race that one or both of two runners started in. */
export interface Meeting {
  readonly raceId: string;
  readonly at: string;
  /** In the order of the runners given; null for who was not there. */
  readonly starts: readonly (RunnerStartBody | null)[];
}

/** All races in which any of the runners started, oldest first. Races of one time keep one order, by id. */
export function meetings(histories: readonly (readonly RunnerStartBody[])[]): readonly Meeting[] {
  const races = new Map<
    string,
    { raceId: string; at: string; starts: (RunnerStartBody | null)[] }
  >();
  for (const [which, starts] of histories.entries()) {
    for (const start of starts) {
      const race = races.get(start.race_id) ?? {
        raceId: start.race_id,
        at: start.at,
        starts: histories.map(() => null),
      };
      race.starts[which] = start;
      races.set(start.race_id, race);
    }
  }
  return [...races.values()].toSorted((a, b) => compare(a.at, b.at) || compare(a.raceId, b.raceId));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Hundredths, the exact sum of what odds are given in. */
const HUNDREDTHS = 100;
const hundredths = (odds: string): number => Math.round(Number(odds) * HUNDREDTHS);

/**
 * What a unit staked on each of these starts has won or lost by then, in units. A lost race costs the unit; a won one
 * brings its odds less the unit; a won race without odds, for nothing was staked on it, gives the unit back.
 */
export function cumulativeReturn(
  starts: readonly (RunnerStartBody | null)[],
): readonly (number | null)[] {
  let sum = 0;
  return starts.map((start) => {
    if (start === null) return null;
    if (!start.won) sum -= HUNDREDTHS;
    else if (start.odds !== null) sum += hundredths(start.odds) - HUNDREDTHS;
    return sum / HUNDREDTHS;
  });
}
