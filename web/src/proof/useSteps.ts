import { useEffect, useState } from "react";

/** What a worker says: each step as it is done, and at last that all are. */
export type StepNews<Step> = { readonly step: Step } | { readonly isDone: true };

export interface Verification<Step> {
  readonly steps: readonly Step[];
  /** `broken`: the browser could not run it. */
  readonly state: "working" | "done" | "broken";
}

/**
 * The steps of the evidence, as a worker does them. It works anew for other evidence; null waits. `openWorker` is to be the
 * same function each time.
 */
export function useSteps<Evidence, Step>(
  evidence: Evidence | null,
  openWorker: () => Worker,
): Verification<Step> {
  const [known, setKnown] = useState<{
    readonly of: Evidence | null;
    readonly verification: Verification<Step>;
  }>({ of: null, verification: nothing() });
  useEffect(() => {
    if (evidence === null) return;
    const worker = openWorker();
    const change = (how: (before: Verification<Step>) => Verification<Step>) =>
      setKnown(({ of, verification }) => ({
        of: evidence,
        verification: how(of === evidence ? verification : nothing()),
      }));
    worker.addEventListener("message", ({ data }: MessageEvent<StepNews<Step>>) => {
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
  }, [evidence, openWorker]);
  return known.of === evidence ? known.verification : nothing();
}

const NOTHING: Verification<never> = { steps: [], state: "working" };
const nothing = <Step>(): Verification<Step> => NOTHING;
