/** The pages of the history that have been read, as one list. */
import type { RaceRowBody, RacesBody } from "../../../sdk/src/index.ts";

export interface RaceHistory {
  /** Newest first, each race once. */
  readonly races: readonly RaceRowBody[];
  /** Asks for what is older; null when there is nothing. */
  readonly nextBefore: string | null;
}

/** With the page that follows the last. */
export function withOlder(history: RaceHistory, page: RacesBody): RaceHistory {
  return { races: merge(history.races, page.races), nextBefore: page.next_before };
}

/**
 * With the first page read anew. When it does not reach what is known, there may be races between them, so the list
 * begins again from it.
 */
export function withNewer(history: RaceHistory, page: RacesBody): RaceHistory {
  const known = new Set(history.races.map(({ race_id }) => race_id));
  const isJoined = page.races.some(({ race_id }) => known.has(race_id));
  return isJoined
    ? { races: merge(page.races, history.races), nextBefore: history.nextBefore }
    : { races: page.races, nextBefore: page.next_before };
}

function merge(
  newer: readonly RaceRowBody[],
  older: readonly RaceRowBody[],
): readonly RaceRowBody[] {
  const seen = new Set(newer.map(({ race_id }) => race_id));
  return [...newer, ...older.filter(({ race_id }) => !seen.has(race_id))];
}
