import { useTranslation } from "react-i18next";
import { useIsFrozen } from "./useIsFrozen.ts";

/** Says on every page that nothing can be staked, before a bet is refused for it. */
export function FrozenBanner() {
  const { t } = useTranslation("wallet");
  if (!useIsFrozen()) return null;
  return (
    <div className="notice is-bad shell-banner" role="status" data-banner="frozen">
      <p>
        <strong>{t("frozen.title")}</strong>
        {t("frozen.meaning")}
      </p>
    </div>
  );
}
