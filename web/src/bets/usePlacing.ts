import { useCallback, useMemo, useState } from "react";
import { useTable } from "../app/useTable.ts";
import type { Refusal } from "../../../sdk/src/index.ts";
import type { Draft } from "./draft.ts";
import { keepLastBet } from "./lastBet.ts";
import type { LastBet } from "./lastBet.ts";

export interface Placing {
  readonly isSending: boolean;
  /** Why the last bet was not taken; null when it was, or when the slip has been changed since. */
  readonly refusal: Refusal | null;
  /** The last bet that was taken; null when none was since. */
  readonly placed: LastBet | null;
  readonly place: (raceId: string, draft: Draft, stakeMinor: number) => Promise<boolean>;
  /** What was said about the last bet is not about this one. */
  readonly change: () => void;
}

/** Sends bets one at a time. It outlives the slip, for an answer may come when betting has closed. */
export function usePlacing(): Placing {
  const table = useTable();
  const [isSending, setIsSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [placed, setPlaced] = useState<LastBet | null>(null);
  const place = useCallback(
    async (raceId: string, { market, selection }: Draft, stakeMinor: number): Promise<boolean> => {
      setIsSending(true);
      setRefusal(null);
      setPlaced(null);
      const refused = await table.placeBet({ raceId, market, selection, stakeMinor });
      setIsSending(false);
      setRefusal(refused);
      if (refused !== null) return false;
      const bet = { market, selection, stakeMinor };
      keepLastBet(localStorage, bet);
      setPlaced(bet);
      return true;
    },
    [table],
  );
  const change = useCallback(() => {
    setRefusal(null);
    setPlaced(null);
  }, []);
  return useMemo(
    () => ({ isSending, refusal, placed, place, change }),
    [isSending, refusal, placed, place, change],
  );
}
