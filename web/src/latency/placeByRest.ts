import type { Croupier } from "../../../sdk/src/index.ts";
import type { BetRequest } from "../app/Table.ts";
import type { Refusal } from "./Simulator.ts";

/** Places a bet by `POST /bets`; null when it is placed. With the same key it is placed once, however often it is asked. */
export async function placeByRest(
  croupier: Pick<Croupier, "post">,
  { lobbyId, raceId, market, selection, stakeMinor }: BetRequest & { readonly lobbyId: string },
  key: string,
): Promise<Refusal | null> {
  const body = { lobby_id: lobbyId, race_id: raceId, market, selection, stake: stakeMinor };
  const answer = await croupier.post("/bets", { body, key });
  return answer.ok ? null : answer.problem;
}
