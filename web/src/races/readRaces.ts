import type { Answer, Croupier, RacesBody } from "../../../sdk/src/index.ts";

const RACES_PER_PAGE = 25;

/** Settled races, newest first, of all lobbies or of one; `before` is the last page's `next_before`. */
export function readRaces(
  croupier: Pick<Croupier, "get">,
  { before, lobbyId }: { readonly before?: string; readonly lobbyId: string | undefined },
): Promise<Answer<RacesBody>> {
  const query = { limit: RACES_PER_PAGE, before, lobby_id: lobbyId };
  return croupier.get("/analytics/races", { query });
}
