import { useEffect, useState } from "react";
import { isRecord, request } from "../http/request.ts";

/** How a lobby is set up, as far as its server tells; rates in thousandths, money in minor units. */
export interface HouseRules {
  readonly takeoutPerMille: number | null;
  readonly cancelFeePerMille: number | null;
  readonly minBetMinor: number | null;
  readonly maxBetMinor: number | null;
}

export const UNKNOWN_RULES: HouseRules = {
  takeoutPerMille: null,
  cancelFeePerMille: null,
  minBetMinor: null,
  maxBetMinor: null,
};

/** The lobby's rules, fixed for as long as it exists; unknown until they are read, or where the server keeps them. */
export function useHouseRules(lobbyId: string): HouseRules {
  const [rules, setRules] = useState(UNKNOWN_RULES);
  useEffect(() => {
    let isWanted = true;
    void request(`/lobbies/${encodeURIComponent(lobbyId)}`, { is: isRecord }).then((answer) => {
      if (isWanted && answer.ok) setRules(rulesOf(answer.body));
    });
    return () => {
      isWanted = false;
    };
  }, [lobbyId]);
  return rules;
}

export function rulesOf(body: Readonly<Record<string, unknown>>): HouseRules {
  const { settings } = body;
  const amount = (name: string): number | null => {
    const value = isRecord(settings) ? settings[name] : undefined;
    return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
  };
  return {
    takeoutPerMille: amount("takeout_per_mille"),
    cancelFeePerMille: amount("cancel_fee_per_mille"),
    minBetMinor: amount("min_bet"),
    maxBetMinor: amount("max_bet"),
  };
}
