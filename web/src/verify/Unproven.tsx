import "./Unproven.css";
import { useTranslation } from "react-i18next";

const LIMITS = ["bet", "refused", "powers", "field", "noted"] as const;

/** What is left to trust when all steps hold; `docs/fairness.md` says the same at more length. */
export function Unproven() {
  const { t } = useTranslation("verify");
  return (
    <section className="panel unproven" aria-labelledby="unproven-title">
      <h2 id="unproven-title">{t("unproven.title")}</h2>
      <ul>
        {LIMITS.map((limit) => (
          <li key={limit}>
            <strong>{t(`unproven.${limit}`)}</strong> {t(`unproven.${limit}Why`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
