import "./StepCard.css";
import { useTranslation } from "react-i18next";
import { CopyButton } from "./CopyButton.tsx";
import { STEP_IDS, mayFollowFrom } from "./Step.ts";
import type { Step, StepId, StepVerdict } from "./Step.ts";
import { useFindings } from "./useFindings.ts";

const SIGNS: Readonly<Record<StepVerdict, string>> = { agrees: "✓", differs: "✗", idle: "–" };

export const numberOf = (id: StepId): number => STEP_IDS.indexOf(id) + 1;

/** A step: what it is for, what went in, the formula, what came out here, what the house says, and whether they agree. */
export function StepCard({
  step,
  steps,
}: {
  readonly step: Step;
  readonly steps: readonly Step[];
}) {
  const { t } = useTranslation("verify");
  const say = useFindings();
  const { claimed, computed, findings, formula, id, inputs, verdict } = step;
  const cause = verdict === "differs" ? mayFollowFrom(steps, id) : null;
  const titleId = `step-${id}`;
  return (
    <li className="panel step" data-step={id} data-verdict={verdict} aria-labelledby={titleId}>
      <div className="step-head">
        <span className="step-sign" aria-hidden="true">
          {SIGNS[verdict]}
        </span>
        <h3 id={titleId}>
          <span className="muted figure">{numberOf(id)}</span> {t(`stepName.${id}`)}
          <span className="unseen">: {t(`mark.${verdict}`)}</span>
        </h3>
        <span className="step-mark" aria-hidden="true">
          {t(`mark.${verdict}`)}
        </span>
      </div>
      <p className="muted step-what">{t(`stepWhat.${id}`)}</p>
      <ul className="step-findings">
        {findings.map((finding) => (
          <li key={say(finding)}>{say(finding)}</li>
        ))}
        {cause !== null && (
          <li className="muted">
            {t("follows", { step: `${numberOf(cause)}, ${t(`stepName.${cause}`)}` })}
          </li>
        )}
        {id === "own" && verdict === "agrees" && (
          <li>{t("ownIn", { count: Number(computed ?? 0) })}</li>
        )}
      </ul>
      {inputs.length > 0 && (
        <details className="step-inputs">
          <summary>{t("inputs")}</summary>
          <dl>
            {inputs.map(({ name, value }) => (
              <div key={name}>
                <dt>
                  <code>{name}</code>
                  <CopyButton text={value} what={name} />
                </dt>
                <dd>
                  <pre tabIndex={0} role="group" aria-label={name}>
                    {value}
                  </pre>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <p className="step-formula">
        <span className="unseen">{t("formula")}: </span>
        <code>{formula}</code>
      </p>
      {(computed !== null || claimed !== null) && (
        <dl className="step-values">
          <Value
            label={
              id === "race" || id === "noted" || id === "own"
                ? t(`computedOf.${id}`)
                : t("computed")
            }
            value={computed}
          />
          <Value label={id === "own" ? t("claimedOf.own") : t("claimed")} value={claimed} />
        </dl>
      )}
    </li>
  );
}

function Value({ label, value }: { readonly label: string; readonly value: string | null }) {
  return (
    <div>
      <dt>
        {label}
        {value !== null && value !== "" && <CopyButton text={value} what={label} />}
      </dt>
      <dd>
        <pre tabIndex={0} role="group" aria-label={label}>
          {value ?? "–"}
        </pre>
      </dd>
    </div>
  );
}
