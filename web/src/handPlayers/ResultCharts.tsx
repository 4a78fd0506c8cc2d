import { useTranslation } from "react-i18next";
import type { PlayerStatsBody } from "../../../sdk/src/index.ts";
import { Chart } from "../charts/Chart.tsx";
import { wholeTicks } from "../charts/ticks.ts";
import { useAmounts } from "../hands/useAmount.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { curvesOf } from "./statsView.ts";

/** What a player has won and lost, in each currency: in numbers, and as a line from the first day on. */
export function ResultCharts({ stats }: { readonly stats: PlayerStatsBody }) {
  const { t } = useTranslation(["handPlayers", "hands"]);
  const { date, number } = useFormat();
  const amounts = useAmounts();
  const curves = curvesOf(stats.days);
  const decimal = (value: number | null) =>
    value === null ? "–" : `${value > 0 ? "+" : value < 0 ? "−" : ""}${number(Math.abs(value), 1)}`;
  return (
    <section className="panel" aria-labelledby="hand-player-results">
      <div className="panel-head">
        <h2 id="hand-player-results">{t("results.title")}</h2>
      </div>
      <div className="hand-player-nets">
        {stats.net.map((net) => {
          const { amount, signed } = amounts(net.currency);
          const curve = curves.find(({ currency }) => currency === net.currency);
          const days = curve?.days ?? [];
          const dayAt = (index: number) => {
            const day = days[index] ?? null;
            return day === null ? t("results.start") : date(`${day}T12:00:00Z`);
          };
          const each = (value: number) => signed(Math.round(value));
          return (
            <div key={net.currency} data-currency={net.currency}>
              <h3>{t(`hands:currency.${net.currency}`)}</h3>
              <dl className="hand-player-net">
                <div>
                  <dt>{t("results.net")}</dt>
                  <dd className="figure" data-sign={Math.sign(net.net)}>
                    {signed(net.net)}
                  </dd>
                </div>
                <div>
                  <dt>{t("results.evNet")}</dt>
                  <dd className="figure" data-sign={Math.sign(net.ev_net)}>
                    {signed(net.ev_net)}
                  </dd>
                </div>
                <div>
                  <dt>{t("results.per100")}</dt>
                  <dd className="figure">{decimal(net.bb_per_100)}</dd>
                </div>
                <div>
                  <dt>{t("results.evPer100")}</dt>
                  <dd className="figure">{decimal(net.ev_bb_per_100)}</dd>
                </div>
                <div>
                  <dt>{t("results.rake")}</dt>
                  <dd className="figure">{amount(net.rake)}</dd>
                </div>
                <div>
                  <dt>{t("results.hands")}</dt>
                  <dd className="figure">{number(net.hands)}</dd>
                </div>
              </dl>
              <Chart
                title={t("results.graph")}
                summary={t("results.graphSummary")}
                empty={t("results.none")}
                spec={{
                  x: {
                    label: t("results.day"),
                    values: days.map((_, index) => index),
                    format: (index) =>
                      t("results.handsAt", {
                        day: dayAt(index),
                        count: curve?.hands[index] ?? 0,
                        hands: number(curve?.hands[index] ?? 0),
                      }),
                    formatTick: (index) => (days[index] === undefined ? "" : dayAt(index)),
                    ticks: wholeTicks,
                  },
                  y: { label: t("results.net"), format: each },
                  series: [
                    {
                      label: t("results.net"),
                      colour: 1,
                      shape: "points",
                      values: curve?.net ?? [],
                      format: each,
                    },
                    {
                      label: t("results.evNet"),
                      colour: 2,
                      shape: "points",
                      dashed: true,
                      values: curve?.evNet ?? [],
                      format: each,
                    },
                  ],
                }}
              />
            </div>
          );
        })}
      </div>
    </section>
  );
}
