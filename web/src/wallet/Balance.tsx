import "./Balance.css";
import { useTranslation } from "react-i18next";
import { useTableState } from "../app/useTable.ts";
import { useFormat } from "../i18n/useFormat.ts";

/** The player's money: what can be staked, what open bets hold, and both together. */
export function Balance() {
  const wallet = useTableState((state) => state.wallet);
  const { t } = useTranslation("wallet");
  const { money } = useFormat();
  const show = (minor: number | undefined) => (minor === undefined ? "–" : money(minor));
  return (
    <dl className="balance figure" aria-label={t("balance")}>
      <div className="balance-available">
        <dt>{t("available")}</dt>
        <dd data-balance="available">{show(wallet?.available)}</dd>
      </div>
      <div>
        <dt>{t("held")}</dt>
        <dd data-balance="held">{show(wallet?.held)}</dd>
      </div>
      <div>
        <dt>{t("total")}</dt>
        <dd data-balance="total">{show(wallet?.total)}</dd>
      </div>
    </dl>
  );
}
