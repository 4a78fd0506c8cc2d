import { useTranslation } from "react-i18next";
import { StepCard } from "../proof/StepCard.tsx";
import { PrizeArithmetic } from "./PrizeArithmetic.tsx";
import { mayFollowFrom } from "./Step.ts";
import type { DrawStep, DrawStepId } from "./Step.ts";
import { useDrawFindings } from "./useDrawFindings.ts";

/** A step of a draw's verification, in words; of the winners with the arithmetic of each. */
export function DrawStepCard({
  step,
  steps,
  numberOf,
}: {
  readonly step: DrawStep;
  readonly steps: readonly DrawStep[];
  readonly numberOf: (id: DrawStepId) => number;
}) {
  const { t } = useTranslation("draw");
  const say = useDrawFindings();
  const { draws, findings, id, verdict } = step;
  const cause = verdict === "differs" ? mayFollowFrom(steps, id) : null;
  const isOwn = id === "own";
  const ownIn =
    isOwn && verdict === "agrees" ? [t("ownIn", { count: Number(step.computed ?? 0) })] : [];
  return (
    <StepCard
      step={step}
      number={numberOf(id)}
      words={{
        title: t(`stepName.${id}`),
        what: t(`stepWhat.${id}`),
        findings: [...findings.map(say), ...ownIn],
        follows: cause === null ? null : `${numberOf(cause)}, ${t(`stepName.${cause}`)}`,
        ...(id === "raffle" || id === "noted" || isOwn ? { computed: t(`computedOf.${id}`) } : {}),
        ...(isOwn ? { claimed: t("claimedOf.own") } : {}),
      }}
    >
      {draws.length > 0 && <PrizeArithmetic draws={draws} />}
    </StepCard>
  );
}
