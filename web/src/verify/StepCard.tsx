import { useTranslation } from "react-i18next";
import { StepCard as ProofStepCard } from "../proof/StepCard.tsx";
import { STEP_IDS, mayFollowFrom } from "./Step.ts";
import type { Step, StepId } from "./Step.ts";
import { useFindings } from "./useFindings.ts";

export const numberOf = (id: StepId): number => STEP_IDS.indexOf(id) + 1;

/** A step of a race's verification, in words. */
export function StepCard({
  step,
  steps,
}: {
  readonly step: Step;
  readonly steps: readonly Step[];
}) {
  const { t } = useTranslation("verify");
  const say = useFindings();
  const { computed, findings, id, verdict } = step;
  const cause = verdict === "differs" ? mayFollowFrom(steps, id) : null;
  const isOwn = id === "own";
  const ownIn = isOwn && verdict === "agrees" ? [t("ownIn", { count: Number(computed ?? 0) })] : [];
  return (
    <ProofStepCard
      step={step}
      number={numberOf(id)}
      words={{
        title: t(`stepName.${id}`),
        what: t(`stepWhat.${id}`),
        findings: [...findings.map(say), ...ownIn],
        follows: cause === null ? null : `${numberOf(cause)}, ${t(`stepName.${cause}`)}`,
        ...(id === "race" || id === "noted" || isOwn ? { computed: t(`computedOf.${id}`) } : {}),
        ...(isOwn ? { claimed: t("claimedOf.own") } : {}),
      }}
    />
  );
}
