import { useEffect } from "react";
import { noteRaffle } from "./notedRaffles.ts";
import type { OnSale } from "./notedRaffles.ts";

/** Notes the commitment of a raffle that the page shows on sale; null while none is shown. */
export function useNotedRaffle(raffle: OnSale | null): void {
  const id = raffle?.id ?? null;
  const status = raffle?.status ?? "draft";
  const commitment = raffle?.commitment ?? null;
  const chainHash = raffle?.beacon?.chain_hash ?? null;
  useEffect(() => {
    if (id === null) return;
    const beacon = chainHash === null ? null : { chain_hash: chainHash };
    noteRaffle(localStorage, { id, status, commitment, beacon }, Date.now());
  }, [id, status, commitment, chainHash]);
}
