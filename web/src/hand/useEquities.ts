import { useEffect, useMemo, useState } from "react";
import { useKernel } from "../kernel/useKernel.ts";
import type { EquitySpot } from "./equitySpots.ts";

export interface Equities {
  readonly kind: "none" | "loading" | "failed" | "known";
  /** In the order of the spot's players, 0 to 1. Only of spots that have been computed. */
  readonly of: ReadonlyMap<EquitySpot, readonly number[]>;
}

const NOTHING: Equities["of"] = new Map();

/** Computes each spot once, in this browser. Nothing is loaded for a hand without spots. */
export function useEquities(spots: readonly (EquitySpot | null)[]): Equities {
  const wanted = useMemo(
    () => [...new Set(spots)].filter((spot): spot is EquitySpot => spot !== null),
    [spots],
  );
  const kernel = useKernel(wanted.length > 0);
  const [known, setKnown] = useState<{
    readonly spots: readonly EquitySpot[];
    readonly of: Equities["of"];
  }>({ spots: wanted, of: NOTHING });
  useEffect(() => {
    if (kernel.kind !== "ready") return undefined;
    let isWanted = true;
    const compute = async () => {
      const of = new Map<EquitySpot, readonly number[]>();
      for (const spot of wanted) {
        const shares = kernel.allInEquity(spot);
        if (shares !== undefined) of.set(spot, shares);
        // One spot of Omaha takes some milliseconds: the page goes on between them.
        await new Promise<void>((resume) => setTimeout(resume));
        if (!isWanted) return;
      }
      setKnown({ spots: wanted, of });
    };
    void compute();
    return () => {
      isWanted = false;
    };
  }, [kernel, wanted]);
  const of = known.spots === wanted ? known.of : NOTHING;
  if (wanted.length === 0) return { kind: "none", of };
  if (kernel.kind === "failed") return { kind: "failed", of };
  return { kind: of.size > 0 ? "known" : "loading", of };
}
