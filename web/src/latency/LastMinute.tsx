import { useTranslation } from "react-i18next";
import { Chart } from "../charts/Chart.tsx";
import type { Series } from "../charts/ChartSpec.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Desk } from "./Desk.ts";
import { LANE_COLOURS } from "./laneColours.ts";
import type { Transport } from "./Measurements.ts";
import { TIMELINE_SECONDS } from "./Timeline.ts";
import { useLive } from "./useLive.ts";

/** It has a value a second. */
const LIVE_MS = 1_000;
const LANES: readonly Transport[] = ["websocket", "rest"];

/** The last minute, second by second: how long bets took, and how many came through. */
export function LastMinute({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation("latency");
  const format = useFormat();
  const nowMs = useLive(desk, LIVE_MS);
  const measured = desk.measured();
  const lanes = LANES.filter((lane) => measured.figures(lane).count > 0).map((lane) => ({
    lane,
    seconds: measured.timeline(lane).seconds(nowMs),
  }));
  const x = {
    label: t("minute.x"),
    values: Array.from({ length: TIMELINE_SECONDS }, (_, age) => age - (TIMELINE_SECONDS - 1)),
    format: (second: number) => t("minute.ago", { count: -second }),
    formatTick: (second: number) => t("minute.tick", { seconds: format.number(second) }),
  };
  const span = (ms: number) => format.span(ms);

  return (
    <section className="panel latency-minute">
      <Chart
        title={t("minute.title")}
        summary={t("minute.about")}
        empty={t("minute.empty")}
        spec={{
          x,
          y: {
            label: t("minute.y"),
            format: span,
            range: (_, max) => [0, Math.max(1, max * 1.1)],
          },
          series: lanes.flatMap(({ lane, seconds }): readonly Series[] => [
            {
              label: t("minute.p50", { lane: t(`lane.${lane}`) }),
              colour: LANE_COLOURS[lane],
              shape: "points",
              values: seconds.map(({ p50Ms }) => p50Ms),
              format: span,
            },
            {
              label: t("minute.p99", { lane: t(`lane.${lane}`) }),
              colour: LANE_COLOURS[lane],
              shape: "line",
              dashed: true,
              values: seconds.map(({ p99Ms }) => p99Ms),
              format: span,
            },
          ]),
        }}
      />
      <Chart
        title={t("minute.rateTitle")}
        summary={t("minute.rateAbout")}
        empty={t("minute.empty")}
        spec={{
          x,
          y: {
            label: t("minute.rateY"),
            format: (count, decimals) => (decimals === 0 ? format.number(count) : ""),
            range: (_, max) => [0, Math.max(2, max * 1.1)],
          },
          series: lanes.map(({ lane, seconds }) => ({
            label: t(`lane.${lane}`),
            colour: LANE_COLOURS[lane],
            shape: "area",
            values: seconds.map(({ count }) => count),
            format: (count) => format.number(count),
          })),
        }}
      />
    </section>
  );
}
