import { SELECTION_COUNT } from "../../../entities/lobby/race/market.ts";
import { isRecord, request } from "../http/request.ts";
import { isBetStatus } from "./BetsState.ts";
import type { BetRow } from "./BetsState.ts";

/** More than anyone places in one race by hand. */
const MAX_BETS_PER_RACE = 100;

/** The player's bets of a race, newest first; undefined when they cannot be read now. */
export async function readBets(
  token: string,
  raceId: string,
): Promise<readonly BetRow[] | undefined> {
  const query = new URLSearchParams({ race_id: raceId, limit: String(MAX_BETS_PER_RACE) });
  const answer = await request(`/bets?${query}`, { token, is: isBetList });
  return answer.ok ? answer.body.bets : undefined;
}

function isBetList(value: unknown): value is { readonly bets: readonly BetRow[] } {
  return isRecord(value) && Array.isArray(value["bets"]) && value["bets"].every(isBetRow);
}

function isBetRow(value: unknown): value is BetRow {
  return (
    isRecord(value) &&
    typeof value["bet_id"] === "string" &&
    typeof value["race_id"] === "string" &&
    typeof value["market"] === "string" &&
    Object.hasOwn(SELECTION_COUNT, value["market"]) &&
    Array.isArray(value["selection"]) &&
    typeof value["stake"] === "number" &&
    isBetStatus(value["status"]) &&
    (value["payout"] === null || typeof value["payout"] === "number")
  );
}
