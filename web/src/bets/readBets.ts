import type { Answer, BetBody, BetsBody, Croupier } from "../../../sdk/src/index.ts";

/** The player's open bets over all races, newest first; undefined when they cannot be read now. */
export async function readOpenBets(
  croupier: Pick<Croupier, "get">,
  limit: number,
): Promise<readonly BetBody[] | undefined> {
  const answer = await croupier.get("/bets", { query: { status: "accepted", limit } });
  return answer.ok ? answer.body.bets : undefined;
}

/** More than anyone places in one race by hand. */
const MAX_BETS_PER_RACE = 100;

/** The player's bets of a race, newest first. */
export function readBets(
  croupier: Pick<Croupier, "get">,
  raceId: string,
): Promise<Answer<BetsBody>> {
  return croupier.get("/bets", { query: { race_id: raceId, limit: MAX_BETS_PER_RACE } });
}
