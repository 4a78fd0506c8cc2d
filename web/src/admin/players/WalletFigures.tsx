import type { PlayerBody } from "../../../../rpc/http/admin/players.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { Figure } from "../Figure.tsx";
import { useAdminText } from "../texts/useAdminText.ts";

/** What there is, what of it is held, and what is left of it. */
export function WalletFigures({ wallet }: { readonly wallet: NonNullable<PlayerBody["wallet"]> }) {
  const { t } = useAdminText();
  const format = useFormat();
  const { balance_available: available, balance_locked: held, balance_total: total } = wallet;
  const share = total === 0 ? 0 : held / total;
  return (
    <>
      <dl className="admin-balances">
        <div className="admin-available">
          <dt>{t("player.available")}</dt>
          <dd data-balance="available">
            <Figure value={available} format={format.money} />
          </dd>
        </div>
        <div>
          <dt>{t("player.held")}</dt>
          <dd data-balance="held">
            <Figure value={held} format={format.money} />
          </dd>
        </div>
        <div>
          <dt>{t("player.total")}</dt>
          <dd data-balance="total">
            <Figure value={total} format={format.money} />
          </dd>
        </div>
      </dl>
      <span className="admin-held-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <p className="muted admin-wallet-version">
        {wallet.currency} · {t("player.version", { version: format.number(wallet.version) })}
      </p>
    </>
  );
}
