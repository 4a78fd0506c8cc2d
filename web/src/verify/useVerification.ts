import { useEffect, useState } from "react";
import type { Step } from "./Step.ts";
import type { Evidence } from "./steps.ts";
import type { WorkerNews } from "./verify.worker.ts";

export interface Verification {
  readonly steps: readonly Step[];
  /** `broken`: the browser could not run it. */
  readonly state: "working" | "done" | "broken";
}

const NOTHING: Verification = { steps: [], state: "working" };

/** The steps of the evidence, as a worker does them. It works anew for other evidence; null waits. */
export function useVerification(evidence: Evidence | null): Verification {
  const [known, setKnown] = useState<{
    readonly of: Evidence | null;
    readonly verification: Verification;
  }>({ of: null, verification: NOTHING });
  useEffect(() => {
    if (evidence === null) return;
    const worker = new Worker(new URL("./verify.worker.ts", import.meta.url), { type: "module" });
    const change = (how: (before: Verification) => Verification) =>
      setKnown(({ of, verification }) => ({
        of: evidence,
        verification: how(of === evidence ? verification : NOTHING),
      }));
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerNews>) => {
      change((before) =>
        "step" in data
          ? { ...before, steps: [...before.steps, data.step] }
          : { ...before, state: "done" },
      );
    });
    worker.addEventListener("error", () => change((before) => ({ ...before, state: "broken" })));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have no origin to name
    worker.postMessage(evidence);
    return () => worker.terminate();
  }, [evidence]);
  return known.of === evidence ? known.verification : NOTHING;
}
