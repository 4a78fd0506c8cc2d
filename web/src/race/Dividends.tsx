import { useTranslation } from "react-i18next";
import { MARKETS } from "../../../entities/lobby/race/market.ts";
import { DIVIDEND_UNIT_MINOR } from "../../../entities/lobby/race/pool.ts";
import { useMarkets } from "../bets/useMarkets.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { RaceOutcome } from "./RaceOutcome.ts";
import { RunnerMark } from "./RunnerMark.tsx";

/** What each market pays, by winning selection. */
export function Dividends({ race: { payouts } }: { readonly race: RaceOutcome }) {
  const { t } = useTranslation("results");
  const markets = useMarkets();
  const format = useFormat();
  const unit = format.money(DIVIDEND_UNIT_MINOR);
  if (payouts === undefined) return <p className="empty">{t("dividendsWait")}</p>;
  const pools = MARKETS.flatMap((market) => payouts.filter((pool) => pool.market === market));
  if (pools.every(({ stakes }) => stakes === 0)) return <p className="empty">{t("noDividends")}</p>;
  return (
    <table className="results-dividends">
      <caption className="unseen">{t("dividends", { unit })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("market")}</th>
          <th scope="col">{t("winning")}</th>
          <th scope="col">{t("pays", { unit })}</th>
        </tr>
      </thead>
      <tbody>
        {pools.flatMap(({ market, dividends, refunds, payouts: paid }) => {
          const rows = Object.entries(dividends);
          if (rows.length === 0) {
            return refunds === 0 || paid > 0
              ? []
              : [
                  <tr key={market}>
                    <th scope="row">{markets[market].name}</th>
                    <td colSpan={2} className="muted">
                      {t("allBack")}
                    </td>
                  </tr>,
                ];
          }
          return rows.map(([selection, per100Minor]) => (
            <tr key={`${market} ${selection}`}>
              <th scope="row">{markets[market].name}</th>
              <td>
                <span className="results-marks">
                  {selection.split("-").map((number) => (
                    <RunnerMark key={number} number={Number(number)} size={22} />
                  ))}
                  <span className="unseen">{selection}</span>
                </span>
              </td>
              <td className="figure">{format.money(per100Minor)}</td>
            </tr>
          ));
        })}
      </tbody>
    </table>
  );
}
