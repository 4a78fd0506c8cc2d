import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { BetBody } from "../../../../rpc/http/bet.ts";
import { paths } from "../../app/paths.ts";
import { en } from "../../i18n/en.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { When } from "../When.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { MoneyTable } from "./MoneyTable.tsx";

const TONES: Readonly<Record<BetBody["status"], string>> = {
  accepted: "is-note",
  cancelled: "",
  won: "is-good",
  lost: "",
  refunded: "",
};

/** A server of another release may have other markets. */
const isMarket = (market: string): market is keyof typeof en.bets.market =>
  Object.hasOwn(en.bets.market, market);

export function BetTable({ bets }: { readonly bets: readonly BetBody[] }) {
  const { t } = useAdminText();
  const { t: ofBets } = useTranslation("bets");
  const format = useFormat();
  return (
    <MoneyTable
      title={t("player.bets")}
      empty={t("player.noBets")}
      columns={[
        { name: t("player.at") },
        { name: t("player.market") },
        { name: t("player.selection") },
        { name: t("player.stake"), isFigure: true },
        { name: t("player.status") },
        { name: t("player.payout"), isFigure: true },
        { name: t("lobbies.race") },
      ]}
      rows={bets.map((bet) => ({
        key: bet.bet_id,
        cells: [
          <When key="at" at={bet.placed_at} />,
          isMarket(bet.market) ? ofBets(`market.${bet.market}.name`) : bet.market,
          bet.selection.join(" – "),
          format.money(bet.stake),
          <span key="status" className={`tag ${TONES[bet.status]}`}>
            {ofBets(`status.${bet.status}`)}
          </span>,
          bet.payout === null ? t("unknownFigure") : format.money(bet.payout),
          <Link key="race" href={paths.race(bet.race_id)} className="mono">
            {bet.race_id}
          </Link>,
        ],
      }))}
    />
  );
}
