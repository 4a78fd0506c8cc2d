import { useMemo } from "react";
import { useRoom } from "../room/useRoom.ts";

/** How a lobby is set up; null where its server, an older one, does not tell. Rates in thousandths, money in minor units. */
export interface HouseRules {
  readonly takeoutPerMille: number | null;
  readonly cancelFeePerMille: number | null;
  readonly minBetMinor: number | null;
  readonly maxBetMinor: number | null;
}

/** The rules of the lobby at this table, fixed for as long as it exists. */
export function useHouseRules(): HouseRules {
  const settings = useRoom((state) => state.lobby.lobby?.settings);
  return useMemo(
    () => ({
      takeoutPerMille: settings?.takeout_per_mille ?? null,
      cancelFeePerMille: settings?.cancel_fee_per_mille ?? null,
      minBetMinor: settings?.min_bet ?? null,
      maxBetMinor: settings?.max_bet ?? null,
    }),
    [settings],
  );
}
