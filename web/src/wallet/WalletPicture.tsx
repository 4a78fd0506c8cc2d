import { useTranslation } from "react-i18next";
import { useTableState } from "../app/useTable.ts";
import { useFormat } from "../i18n/useFormat.ts";

/** What one has as a bar of two parts, and in figures. */
export function WalletPicture() {
  const { t } = useTranslation("wallet");
  const { money } = useFormat();
  const wallet = useTableState((state) => state.wallet);
  const { available = 0, held = 0, total = 0 } = wallet ?? {};
  const heldShare = total > 0 ? held / total : 0;
  const show = (minor: number) => (wallet === null ? "–" : money(minor));
  return (
    <section className="panel wallet-picture" aria-label={t("balance")}>
      <p className="wallet-total">
        <span className="muted">{t("total")}</span>
        <strong className="figure" data-wallet="total">
          {show(total)}
        </strong>
      </p>
      <div
        className="wallet-bar"
        role="img"
        aria-label={t("picture", {
          available: show(available),
          held: show(held),
          total: show(total),
        })}
      >
        <span className="wallet-bar-available" style={{ flexGrow: 1 - heldShare }} />
        {heldShare > 0 && <span className="wallet-bar-held" style={{ flexGrow: heldShare }} />}
      </div>
      <dl className="wallet-parts">
        <div>
          <dt>
            <span className="wallet-key is-available" aria-hidden="true" />
            {t("available")} <span className="muted">{t("availableMeaning")}</span>
          </dt>
          <dd className="figure" data-wallet="available">
            {show(available)}
          </dd>
        </div>
        <div>
          <dt>
            <span className="wallet-key is-held" aria-hidden="true" />
            {t("held")} <span className="muted">{t("heldMeaning")}</span>
          </dt>
          <dd className="figure" data-wallet="held">
            {show(held)}
          </dd>
        </div>
      </dl>
    </section>
  );
}
