/** What the lobby list adds to the lobbies: how their last races ended, and the player's open bets. */
import type { RaceRowBody } from "../../../sdk/src/index.ts";
import { hasTexts, isRecord, request } from "../http/request.ts";
import { isBetStatus } from "../bets/BetsState.ts";
import type { BetStatus } from "../bets/BetsState.ts";

/** As many races as lie between two looks at a dozen lobbies. */
const MAX_RACES = 30;
/** The server's greatest page. */
const MAX_BETS = 100;

export interface OwnBet {
  readonly lobby_id: string;
  readonly stake: number;
  readonly status: BetStatus;
}

/** Settled races, newest first; undefined when they cannot be read now. */
export async function readLastRaces(): Promise<readonly RaceRowBody[] | undefined> {
  const answer = await request(`/analytics/races?limit=${MAX_RACES}`, { is: isRaces });
  return answer.ok ? answer.body.races : undefined;
}

/** The player's latest bets in all lobbies; undefined when they cannot be read now. */
export async function readOwnBets(token: string): Promise<readonly OwnBet[] | undefined> {
  const answer = await request(`/bets?limit=${MAX_BETS}`, { token, is: isBets });
  return answer.ok ? answer.body.bets : undefined;
}

function isRaces(value: unknown): value is { readonly races: readonly RaceRowBody[] } {
  return (
    isRecord(value) &&
    Array.isArray(value["races"]) &&
    value["races"].every(
      (race) =>
        hasTexts(race, ["race_id", "lobby_id", "winner", "settled_at"]) &&
        isRecord(race) &&
        Array.isArray(race["order"]),
    )
  );
}

function isBets(value: unknown): value is { readonly bets: readonly OwnBet[] } {
  return (
    isRecord(value) &&
    Array.isArray(value["bets"]) &&
    value["bets"].every(
      (bet) =>
        hasTexts(bet, ["lobby_id"]) &&
        isRecord(bet) &&
        typeof bet["stake"] === "number" &&
        isBetStatus(bet["status"]),
    )
  );
}
