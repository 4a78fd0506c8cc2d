import type { StatementLineBody } from "../../../../rpc/http/wallet.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { When } from "../When.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { MoneyTable } from "./MoneyTable.tsx";
import { purposeText } from "./purposes.ts";

export function StatementTable({ lines }: { readonly lines: readonly StatementLineBody[] }) {
  const { t } = useAdminText();
  const format = useFormat();
  return (
    <MoneyTable
      title={t("player.statement")}
      note={t("player.newest")}
      empty={t("player.noLines")}
      columns={[
        { name: t("player.at") },
        { name: t("player.purpose") },
        { name: t("player.amount"), isFigure: true },
        { name: t("player.balance"), isFigure: true },
        { name: t("player.counterAccount") },
        { name: t("player.ref") },
      ]}
      rows={lines.map((line) => ({
        key: line.line_id,
        cells: [
          <When key="at" at={line.at} />,
          purposeText(line.purpose, t),
          format.signedMoney(line.amount),
          format.money(line.balance_total),
          <span key="with" className="mono">
            {line.counter_account}
          </span>,
          line.ref,
        ],
      }))}
    />
  );
}
