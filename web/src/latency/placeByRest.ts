import { isRecord, request } from "../http/request.ts";
import type { BetRequest } from "../app/Table.ts";
import type { Refusal } from "./Simulator.ts";

/** Places a bet by `POST /bets`; null when it is placed. With the same key it is placed once, however often it is asked. */
export async function placeByRest(
  bet: BetRequest & { readonly lobbyId: string },
  { token, key }: { readonly token: string; readonly key: string },
): Promise<Refusal | null> {
  const answer = await request("/bets", {
    method: "POST",
    token,
    idempotencyKey: key,
    body: {
      lobby_id: bet.lobbyId,
      race_id: bet.raceId,
      market: bet.market,
      selection: bet.selection,
      stake: bet.stakeMinor,
    },
    is: isPlaced,
  });
  return answer.ok ? null : answer.problem;
}

function isPlaced(body: unknown): body is { readonly bet_id: string } {
  return isRecord(body) && typeof body["bet_id"] === "string";
}
