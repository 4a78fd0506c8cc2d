import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Cheats } from "../proof/Cheats.tsx";
import { verdictOf } from "../proof/Step.ts";
import type { Verification } from "../proof/useSteps.ts";
import { VerdictPanel } from "../proof/VerdictPanel.tsx";
import { ByHand } from "./ByHand.tsx";
import { DRAW_CHEATS, cheatDraw } from "./cheats.ts";
import type { DrawCheat } from "./cheats.ts";
import { DrawStepCard } from "./DrawStepCard.tsx";
import { stepIds } from "./Step.ts";
import type { DrawStep, DrawStepId } from "./Step.ts";
import type { DrawEvidence } from "./steps.ts";
import { Unproven } from "./Unproven.tsx";
import { useDrawSteps } from "./useDrawSteps.ts";

/** The draw, drawn again before the visitor's eyes; and what would come of it had anything been altered. */
export function Proof({
  evidence,
  verification: honest,
}: {
  readonly evidence: DrawEvidence;
  readonly verification: Verification<DrawStep>;
}) {
  const { t } = useTranslation("draw");
  const [chosen, setChosen] = useState<DrawCheat | null>(null);
  const { claim } = evidence;
  const altered = useMemo(() => {
    const other = chosen === null ? null : cheatDraw(claim, chosen);
    return other === null ? null : { ...evidence, claim: other };
  }, [chosen, claim, evidence]);
  const possible = useMemo(
    () => new Set(DRAW_CHEATS.filter((what) => cheatDraw(claim, what) !== null)),
    [claim],
  );
  const cheated = useDrawSteps(altered);
  const verification = altered === null ? honest : cheated;
  const { steps } = verification;
  const ids = stepIds(claim.beacon !== null);
  const numberOf = (id: DrawStepId) => ids.indexOf(id) + 1;
  const { failsAt, holds, wasNoted } = verdictOf(steps);
  return (
    <section
      className="draw-proof"
      aria-labelledby="proof-title"
      data-verified={verification.state === "done"}
      data-altered={altered !== null || undefined}
    >
      <header>
        <h2 id="proof-title">{t("proof.title")}</h2>
        <p className="muted">{t("proof.lead")}</p>
      </header>
      <VerdictPanel
        verification={verification}
        stepCount={ids.length}
        holds={holds}
        title={t(holds ? "proof.holds" : altered === null ? "proof.fails" : "proof.failsAltered")}
        text={
          failsAt === null
            ? t(wasNoted ? "proof.holdsNoted" : "proof.holdsUnnoted")
            : t("proof.failsAt", { number: numberOf(failsAt), step: t(`stepName.${failsAt}`) })
        }
      />
      {altered !== null && (
        <div className="notice draw-altered" role="alert">
          <span>{t("proof.altered")}</span>
          <button type="button" className="button is-small" onClick={() => setChosen(null)}>
            {t("proof.undo")}
          </button>
        </div>
      )}
      <div className="draw-columns">
        <ol className="draw-steps">
          {steps.map((step) => (
            <DrawStepCard key={step.id} step={step} steps={steps} numberOf={numberOf} />
          ))}
        </ol>
        <div className="draw-side">
          <Cheats
            title={t("cheat.title")}
            lead={t("cheat.lead")}
            none={t("cheat.none")}
            cheats={DRAW_CHEATS.map((what) => ({
              id: what,
              label: t(`cheat.what.${what}`),
              isPossible: possible.has(what),
            }))}
            chosen={chosen}
            onChoose={setChosen}
          />
          <Unproven hasBeacon={claim.beacon !== null} />
          <ByHand claim={claim} />
        </div>
      </div>
    </section>
  );
}
