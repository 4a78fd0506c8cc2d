import { useTranslation } from "react-i18next";
import { verdictOf } from "../proof/Step.ts";
import { VerdictPanel as ProofVerdictPanel } from "../proof/VerdictPanel.tsx";
import { STEP_IDS } from "./Step.ts";
import { numberOf } from "./StepCard.tsx";
import type { Verification } from "./useVerification.ts";

/** What a race's steps come to. */
export function VerdictPanel({
  verification,
  isHouses,
}: {
  readonly verification: Verification;
  /** Whether it is the house's own account that was checked. */
  readonly isHouses: boolean;
}) {
  const { t } = useTranslation("verify");
  const { failsAt, holds, wasNoted } = verdictOf(verification.steps);
  return (
    <ProofVerdictPanel
      verification={verification}
      stepCount={STEP_IDS.length}
      holds={holds}
      title={holds ? t("verdict.holds") : isHouses ? t("verdict.fails") : t("verdict.failsAltered")}
      text={
        failsAt === null
          ? wasNoted
            ? t("verdict.holdsNoted")
            : t("verdict.holdsUnnoted")
          : t("verdict.failsAt", { number: numberOf(failsAt), step: t(`stepName.${failsAt}`) })
      }
    />
  );
}
