import { useEffect, useState } from "react";
import type { Croupier } from "../../../sdk/src/index.ts";
import { walletTopic } from "../../../sdk/src/index.ts";
import { useTable } from "../app/useTable.ts";

/** Calls `listener` with whether the player's wallet is frozen, whenever the wallet tells of itself. */
export function followFrozen(
  croupier: Croupier,
  playerId: string,
  listener: (isFrozen: boolean) => void,
): () => void {
  return croupier.watch(walletTopic(playerId), (frame) => {
    if (frame.type === "WALLET_UPDATED") listener(frame.frozen ?? false);
  });
}

/** Whether the house has frozen the player's wallet: nothing can be staked; what is due still comes in. */
export function useIsFrozen(): boolean {
  const { croupier, session } = useTable();
  const [isFrozen, setIsFrozen] = useState(false);
  useEffect(
    () => followFrozen(croupier, session.playerId, setIsFrozen),
    [croupier, session.playerId],
  );
  return isFrozen;
}
