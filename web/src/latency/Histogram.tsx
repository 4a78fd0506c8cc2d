import { useTranslation } from "react-i18next";
import { Chart } from "../charts/Chart.tsx";
import type { Mark } from "../charts/ChartSpec.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Desk } from "./Desk.ts";
import { alignBars, logOf, logRange, logTicks, middleOf } from "./histogram.ts";
import { LANE_COLOURS } from "./laneColours.ts";
import type { Transport } from "./Measurements.ts";
import { useLive } from "./useLive.ts";

const LIVE_MS = 200;
/** Above the highest bar, where the marks are named. */
const ROOM_FOR_MARKS = 1.4;
const LANES: readonly Transport[] = ["websocket", "rest"];

/** How many bets took how long, on a logarithmic axis, as they are answered. */
export function Histogram({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation("latency");
  const format = useFormat();
  useLive(desk, LIVE_MS);
  const measured = desk.measured();
  const lanes = LANES.filter((lane) => measured.figures(lane).count > 0);
  const bars = alignBars(lanes.map((lane) => measured.bars(lane)));
  const middles = bars.map(middleOf);
  const marks = lanes.flatMap((lane): readonly Mark[] => {
    const { p50Ms, p99Ms } = measured.figures(lane);
    if (p50Ms === null || p99Ms === null) return [];
    const colour = LANE_COLOURS[lane];
    return [
      {
        at: logOf(p50Ms),
        label: t("histogram.p50", { lane: t(`lane.${lane}`), ms: format.span(p50Ms) }),
        colour,
      },
      {
        at: logOf(p99Ms),
        label: t("histogram.p99", { lane: t(`lane.${lane}`), ms: format.span(p99Ms) }),
        colour,
      },
    ];
  });

  return (
    <section className="panel">
      <Chart
        title={t("histogram.title")}
        summary={t("histogram.about")}
        empty={t("histogram.empty")}
        heightPx={260}
        spec={{
          x: {
            label: t("histogram.x"),
            values: middles,
            format: (middle) => {
              const bar = bars[middles.indexOf(middle)];
              return bar === undefined
                ? format.span(10 ** middle)
                : t("histogram.range", {
                    from: format.span(bar.fromMs),
                    to: format.span(bar.toMs),
                  });
            },
            formatTick: (at) => format.span(Number((10 ** at).toPrecision(1))),
            ticks: logTicks,
            range: logRange(bars),
          },
          y: {
            label: t("histogram.y"),
            format: (count, decimals) => (decimals === 0 ? format.number(count) : ""),
            range: (_, max) => [0, Math.max(2, max * ROOM_FOR_MARKS)],
          },
          series: lanes.map((lane, which) => ({
            label: t(`lane.${lane}`),
            colour: LANE_COLOURS[lane],
            shape: "bars",
            values: bars.map(({ counts }) => counts[which] ?? 0),
            format: (count) => format.number(count),
          })),
          marks,
        }}
      />
    </section>
  );
}
