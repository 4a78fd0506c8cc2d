import { useSteps } from "../proof/useSteps.ts";
import type { Verification } from "../proof/useSteps.ts";
import type { DrawStep } from "./Step.ts";
import type { DrawEvidence } from "./steps.ts";

const openWorker = () =>
  new Worker(new URL("./draw.worker.ts", import.meta.url), { type: "module" });

export const useDrawSteps = (evidence: DrawEvidence | null): Verification<DrawStep> =>
  useSteps(evidence, openWorker);
