import { useEffect, useState } from "react";
import type { ProviderBody } from "../../../sdk/src/index.ts";
import { useCroupier } from "../app/useSeat.ts";

/** One that was switched off, or has come back, is seen within this time. */
const READ_EVERY_MS = 5_000;

/** Who takes payments, read anew while it is being chosen; null until it is known. */
export function useProviders(isChoosing: boolean): readonly ProviderBody[] | null {
  const croupier = useCroupier();
  const [providers, setProviders] = useState<readonly ProviderBody[] | null>(null);
  useEffect(() => {
    if (!isChoosing) return undefined;
    let isShown = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      const answer = await croupier.get("/api/v1/payment-providers");
      if (!isShown) return;
      if (answer.ok) setProviders(answer.body.providers);
      timer = setTimeout(() => void read(), READ_EVERY_MS);
    };
    void read();
    return () => {
      isShown = false;
      clearTimeout(timer);
    };
  }, [croupier, isChoosing]);
  return providers;
}
