import "./StepCard.css";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "./CopyButton.tsx";
import type { StepOf, StepVerdict } from "./Step.ts";

const SIGNS: Readonly<Record<StepVerdict, string>> = { agrees: "✓", differs: "✗", idle: "–" };

export interface StepWords {
  readonly title: string;
  /** What it is for. */
  readonly what: string;
  /** What was found, in sentences. */
  readonly findings: readonly string[];
  /** An earlier step that it may follow from, number and name; null for none. */
  readonly follows: string | null;
  /** What stands above the two values, where it is not "computed here" and "the house says". */
  readonly computed?: string;
  readonly claimed?: string;
}

/** A step: what it is for, what went in, the formula, what came out here, what the house says, and whether they agree. */
export function StepCard({
  step: { claimed, computed, formula, id, inputs, verdict },
  number,
  words,
  children,
}: {
  readonly step: Omit<StepOf<string, unknown>, "findings">;
  /** From 1. */
  readonly number: number;
  readonly words: StepWords;
  /** Shown below the values. */
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation("verify");
  const titleId = `step-${id}`;
  return (
    <li className="panel step" data-step={id} data-verdict={verdict} aria-labelledby={titleId}>
      <div className="step-head">
        <span className="step-sign" aria-hidden="true">
          {SIGNS[verdict]}
        </span>
        <h3 id={titleId}>
          <span className="muted figure">{number}</span> {words.title}
          <span className="unseen">: {t(`mark.${verdict}`)}</span>
        </h3>
        <span className="step-mark" aria-hidden="true">
          {t(`mark.${verdict}`)}
        </span>
      </div>
      <p className="muted step-what">{words.what}</p>
      <ul className="step-findings">
        {words.findings.map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
        {words.follows !== null && (
          <li className="muted">{t("follows", { step: words.follows })}</li>
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
          <Value label={words.computed ?? t("computed")} value={computed} />
          <Value label={words.claimed ?? t("claimed")} value={claimed} />
        </dl>
      )}
      {children}
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
