import { useSteps } from "../proof/useSteps.ts";
import type { Verification as VerificationOf } from "../proof/useSteps.ts";
import type { Step } from "./Step.ts";
import type { Evidence } from "./steps.ts";

export type Verification = VerificationOf<Step>;

const openWorker = () =>
  new Worker(new URL("./verify.worker.ts", import.meta.url), { type: "module" });

export const useVerification = (evidence: Evidence | null): Verification =>
  useSteps(evidence, openWorker);
