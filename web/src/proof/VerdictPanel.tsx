import "./VerdictPanel.css";
import { useTranslation } from "react-i18next";
import type { Verification } from "./useSteps.ts";

/** How far it is, and when it is done what all the steps come to. */
export function VerdictPanel({
  verification: { state, steps },
  stepCount,
  holds,
  title,
  text,
}: {
  readonly verification: Verification<unknown>;
  readonly stepCount: number;
  readonly holds: boolean;
  /** What they come to, and why. */
  readonly title: string;
  readonly text: string;
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
            {t("progress", { done: steps.length, all: stepCount })}
          </span>
        </p>
        <progress max={stepCount} value={steps.length} aria-label={t("working")} />
      </div>
    );
  }
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
        <h2 id="verdict-title">{title}</h2>
        <p>{text}</p>
      </div>
    </section>
  );
}
