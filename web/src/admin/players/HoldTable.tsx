import type { PlayerBody } from "../../../../rpc/http/admin/players.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { When } from "../When.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { MoneyTable } from "./MoneyTable.tsx";
import { purposeText } from "./purposes.ts";

export function HoldTable({
  holds,
}: {
  readonly holds: NonNullable<PlayerBody["wallet"]>["open_holds"];
}) {
  const { t } = useAdminText();
  const format = useFormat();
  return (
    <MoneyTable
      title={t("player.holds")}
      empty={t("player.noHolds")}
      columns={[
        { name: t("player.at") },
        { name: t("player.purpose") },
        { name: t("player.amount"), isFigure: true },
        { name: t("player.for") },
        { name: t("player.hold") },
      ]}
      rows={holds.map(({ hold_id: id, amount, purpose, ref, since }) => ({
        key: id,
        cells: [
          <When key="at" at={since} />,
          purposeText(purpose, t),
          format.money(amount),
          <span key="ref" className="mono">
            {ref}
          </span>,
          <span key="id" className="mono">
            {id}
          </span>,
        ],
      }))}
    />
  );
}
