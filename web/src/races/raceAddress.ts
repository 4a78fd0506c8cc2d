/** What a link to a race names: the race, and with `?t=12.3` a moment of it. */
import { tickOf } from "../replay/Playback.ts";

export interface RaceAddress {
  readonly raceId: string;
  /** Null: from the start. */
  readonly tick: number | null;
}

/** From the address's segment, in which the router leaves the query. */
export function raceAddressOf(segment: string): RaceAddress {
  const [raceId = "", query] = segment.split("?", 2);
  return { raceId, tick: tickOf(new URLSearchParams(query).get("t")) };
}
