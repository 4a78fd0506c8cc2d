import { useTranslation } from "react-i18next";
import { useTableState } from "../app/useTable.ts";

/** Says on every page that nothing can be staked, before a bet is refused for it. */
export function FrozenBanner() {
  const { t } = useTranslation("wallet");
  const isFrozen = useTableState(({ wallet }) => wallet?.isFrozen ?? false);
  if (!isFrozen) return null;
  return (
    <div className="notice is-bad shell-banner" role="status" data-banner="frozen">
      <p>
        <strong>{t("frozen.title")}</strong>
        {t("frozen.meaning")}
      </p>
    </div>
  );
}
