import { useEffect, useState } from "react";
import { MARKETS, selectionKey } from "../../../entities/lobby/race/market.ts";
import type { VerifyBody } from "../../../sdk/src/index.ts";
import { useCroupier } from "../app/useSeat.ts";
import type { Market } from "../../../rpc/lobby.ts";

export type StakesBySelection = Readonly<Record<Market, Readonly<Record<string, number>>>>;

/** Stakes in minor units by market and selection, of the race's public bets; undefined while they are not read. */
export function useWinningStakes(raceId: string | null): StakesBySelection | undefined {
  const croupier = useCroupier();
  const [read, setRead] = useState<{
    readonly raceId: string;
    readonly stakes: StakesBySelection;
  }>();
  useEffect(() => {
    if (raceId === null) return;
    let isWanted = true;
    const path = { race_id: raceId };
    void croupier.get("/races/{race_id}/verify", { path }).then((answer) => {
      if (isWanted && answer.ok) setRead({ raceId, stakes: stakesOf(answer.body.bets) });
    });
    return () => {
      isWanted = false;
    };
  }, [croupier, raceId]);
  return read?.raceId === raceId ? read.stakes : undefined;
}

export function stakesOf(bets: VerifyBody["bets"]): StakesBySelection {
  const stakes = Object.fromEntries(
    MARKETS.map((market): [Market, Record<string, number>] => [market, {}]),
  ) as Record<Market, Record<string, number>>;
  for (const { market, selection, stake } of bets) {
    const key = selectionKey(market, selection);
    stakes[market][key] = (stakes[market][key] ?? 0) + stake;
  }
  return stakes;
}
