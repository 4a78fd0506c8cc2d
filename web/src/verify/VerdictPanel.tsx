import "./VerdictPanel.css";
import { useTranslation } from "react-i18next";
import { STEP_IDS, verdictOf } from "./Step.ts";
import { numberOf } from "./StepCard.tsx";
import type { Verification } from "./useVerification.ts";

/** How far it is, and when it is done what all the steps come to. */
export function VerdictPanel({
  verification: { state, steps },
  isHouses,
}: {
  readonly verification: Verification;
  /** Whether it is the house's own account that was checked. */
  readonly isHouses: boolean;
}) {
  const { t } = useTranslation("verify");
  if (state === "broken") {
    return (
      <p className="notice is-bad" role="alert">
        {t("broken")}
      </p>
    );
  }
  if (state === "working") {
    return (
      <div className="panel verdict" data-verdict="working" role="status">
        <p>
          {t("working")}{" "}
          <span className="muted figure">
            {t("progress", { done: steps.length, all: STEP_IDS.length })}
          </span>
        </p>
        <progress max={STEP_IDS.length} value={steps.length} aria-label={t("working")} />
      </div>
    );
  }
  const { failsAt, holds, wasNoted } = verdictOf(steps);
  return (
    <section
      className="panel verdict"
      data-verdict={holds ? "holds" : "fails"}
      aria-labelledby="verdict-title"
      role="status"
    >
      <span className="verdict-sign" aria-hidden="true">
        {holds ? "✓" : "✗"}
      </span>
      <div>
        <p className="verdict-label muted">{t("verdict.title")}</p>
        <h2 id="verdict-title">
          {holds ? t("verdict.holds") : isHouses ? t("verdict.fails") : t("verdict.failsAltered")}
        </h2>
        <p>
          {failsAt === null
            ? wasNoted
              ? t("verdict.holdsNoted")
              : t("verdict.holdsUnnoted")
            : t("verdict.failsAt", { number: numberOf(failsAt), step: t(`stepName.${failsAt}`) })}
        </p>
      </div>
    </section>
  );
}
