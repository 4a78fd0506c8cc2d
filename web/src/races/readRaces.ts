import type { RaceRowBody, RacesBody } from "../../../rpc/http/analytics.ts";
import { request } from "../http/request.ts";
import type { Answer } from "../http/request.ts";
import { fields, integer, listOf, orNull, text, whole } from "../verify/shape.ts";

/** A settled race in the history. */
export type RaceRow = RaceRowBody;
export type RacesPage = RacesBody;

export const RACES_PER_PAGE = 25;

const page = fields({
  races: listOf(
    fields({
      race_id: text,
      lobby_id: text,
      settled_at: text,
      order: listOf(listOf(integer)),
      winner: text,
      bets: whole,
      staked: whole,
      paid: whole,
    }),
  ),
  next_before: orNull(text),
});

const isRacesPage = (value: unknown): value is RacesPage => page(value) === null;

/** Settled races, newest first, of all lobbies or of one; `before` is the last page's `next_before`. */
export function readRaces({
  before,
  lobbyId,
}: {
  readonly before?: string | undefined;
  readonly lobbyId?: string | undefined;
}): Promise<Answer<RacesPage>> {
  const query = new URLSearchParams({ limit: String(RACES_PER_PAGE) });
  if (before !== undefined) query.set("before", before);
  if (lobbyId !== undefined) query.set("lobby_id", lobbyId);
  return request(`/analytics/races?${query}`, { is: isRacesPage });
}
