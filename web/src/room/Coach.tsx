import "./Coach.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";

const STORAGE_KEY = "croupier.coach";
const STEPS = ["pick", "bet", "watch"] as const;

/** What to do, for who is here for the first time; once dismissed it does not come again. */
export function Coach({
  hasPicked,
  hasBet,
}: {
  readonly hasPicked: boolean;
  readonly hasBet: boolean;
}) {
  const { t } = useTranslation("room");
  const [isDismissed, setIsDismissed] = useState(() => localStorage.getItem(STORAGE_KEY) !== null);
  if (isDismissed) return null;
  const current = hasBet ? 2 : hasPicked ? 1 : 0;
  return (
    <aside className="coach" aria-label={t("coach.label")}>
      <strong className="coach-title">{t("coach.label")}</strong>
      <ol>
        {STEPS.map((step, index) => (
          <li key={step} aria-current={index === current ? "step" : undefined}>
            <span className="coach-number" aria-hidden="true">
              {index < current ? "✓" : index + 1}
            </span>
            <span>
              <strong>
                {t(`coach.${step}`)}
                {index < current && <span className="unseen"> ({t("coach.done")})</span>}
              </strong>
              <span className="muted coach-more">{t(`coach.${step}More`)}</span>
            </span>
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="button is-small"
        onClick={() => {
          localStorage.setItem(STORAGE_KEY, "done");
          setIsDismissed(true);
        }}
      >
        {t("coach.dismiss")}
      </button>
    </aside>
  );
}
