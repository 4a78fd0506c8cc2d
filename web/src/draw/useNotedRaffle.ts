import { useEffect } from "react";
import { noteRaffle } from "./notedRaffles.ts";
import type { OnSale } from "./notedRaffles.ts";

/** Notes the commitment of a raffle that the page shows on sale; null while none is shown. */
export function useNotedRaffle(raffle: OnSale | null): void {
  const { id, status, commitment } = raffle ?? { id: null, status: null, commitment: null };
  useEffect(() => {
    if (raffle !== null) noteRaffle(localStorage, raffle, Date.now());
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a raffle is another object at each sale
  }, [id, status, commitment]);
}
