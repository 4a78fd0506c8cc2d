import { useTranslation } from "react-i18next";

/** What is left to trust when all steps hold. */
export function Unproven({ hasBeacon }: { readonly hasBeacon: boolean }) {
  const { t } = useTranslation("draw");
  const limits = hasBeacon
    ? (["beacon", "refused", "noted"] as const)
    : (["seed", "refused", "noted"] as const);
  return (
    <section className="panel draw-unproven" aria-labelledby="unproven-title">
      <h2 id="unproven-title">{t("unproven.title")}</h2>
      <ul>
        {limits.map((limit) => (
          <li key={limit}>
            <strong>{t(`unproven.${limit}`)}</strong> {t(`unproven.${limit}Why`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
