import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "../charts/Chart.tsx";
import type { ChartSpec } from "../charts/ChartSpec.ts";
import { wholeTicks } from "../charts/ticks.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { hoursOf } from "./hours.ts";
import type { HourRow } from "./hours.ts";

const HEIGHT_PX = 180;
/** Labelled lines on the axis of numbers. */
const MOST_TICKS = 5;

/** How many numbers were sold in each hour, as bars. */
export function SalesByHour({ rows }: { readonly rows: readonly HourRow[] }) {
  const { t } = useTranslation("organiser");
  const format = useFormat();
  const spec = useMemo((): ChartSpec => {
    const hours = hoursOf(rows);
    const at = (index: number) => hours[Math.round(index)]?.atMs;
    const said = (index: number, say: (ms: number) => string) => {
      const ms = at(index);
      return ms === undefined ? "" : say(ms);
    };
    return {
      x: {
        label: t("chart.hour"),
        values: hours.map((_, index) => index),
        format: (index) => said(index, format.dateTime),
        formatTick: (index) => said(index, format.hour),
        ticks: wholeTicks,
        range: [-0.6, hours.length - 0.4],
      },
      y: {
        label: t("chart.numbers"),
        format: (value) => format.number(value),
        range: (_, max) => [0, Math.max(1, max * 1.1)],
        ticks: (min, max) => wholeTicks(min, max, MOST_TICKS),
      },
      series: [
        {
          label: t("chart.numbers"),
          colour: 1,
          shape: "bars",
          values: hours.map(({ numbers }) => numbers),
          format: (value) => format.number(value),
        },
      ],
    };
  }, [rows, t, format]);
  const total = rows.reduce((sum, { numbers }) => sum + numbers, 0);
  return (
    <Chart
      title={t("chart.title")}
      summary={t("chart.summary", { count: total, formatted: format.number(total) })}
      spec={spec}
      empty={t("chart.empty")}
      heightPx={HEIGHT_PX}
    />
  );
}
