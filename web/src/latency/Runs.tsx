import { useTranslation } from "react-i18next";
import { Chart } from "../charts/Chart.tsx";
import type { SeriesColour } from "../charts/ChartSpec.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Desk } from "./Desk.ts";
import { alignBars, logRange, logTicks, middleOf } from "./histogram.ts";
import type { Transport } from "./Measurements.ts";
import { MAX_RUNS } from "./Run.ts";
import type { Run, RunLane } from "./Run.ts";
import { saveMeasurements } from "./saveMeasurements.ts";
import { useLive } from "./useLive.ts";

const LIVE_MS = 500;
const TRANSPORTS: readonly Transport[] = ["websocket", "rest"];
const COLOURS: readonly SeriesColour[] = [1, 3, 4, 7, 5];

interface Row {
  readonly run: Run;
  readonly transport: Transport;
  readonly lane: RunLane;
}

/** The last runs beside each other, and all that was measured as files. */
export function Runs({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation("latency");
  const format = useFormat();
  useLive(desk, LIVE_MS);
  const runs = desk.runs();
  const rows = runs.flatMap((run) =>
    TRANSPORTS.flatMap((transport): readonly Row[] => {
      const lane = run.lanes[transport];
      return lane === undefined ? [] : [{ run, transport, lane }];
    }),
  );
  const timed = rows.filter(({ lane }) => lane.count > 0);
  const bars = alignBars(timed.map(({ lane }) => lane.bars));
  const span = (ms: number | null) => (ms === null ? "–" : format.span(ms));

  return (
    <section className="panel" aria-labelledby="latency-runs">
      <div className="panel-head">
        <h2 id="latency-runs">{t("runs.title")}</h2>
        <span className="muted">{t("runs.about", { count: MAX_RUNS })}</span>
        <span className="latency-export">
          <button
            type="button"
            className="button is-small"
            onClick={() => saveMeasurements(desk, "json")}
          >
            {t("runs.json")}
          </button>
          <button
            type="button"
            className="button is-small"
            onClick={() => saveMeasurements(desk, "csv")}
          >
            {t("runs.csv")}
          </button>
          <button type="button" className="button is-small is-quiet" onClick={() => desk.clear()}>
            {t("runs.clear")}
          </button>
        </span>
      </div>
      {rows.length === 0 ? (
        <p className="empty">{t("runs.empty")}</p>
      ) : (
        <>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keyboards must reach it */}
          <div className="latency-scroll" role="region" aria-labelledby="latency-runs" tabIndex={0}>
            <table className="latency-table">
              <thead>
                <tr>
                  <th scope="col">{t("runs.run")}</th>
                  <th scope="col">{t("runs.plan")}</th>
                  <th scope="col">{t("runs.accepted")}</th>
                  <th scope="col">{t("runs.refused")}</th>
                  <th scope="col">{t("figures.p50")}</th>
                  <th scope="col">{t("figures.p90")}</th>
                  <th scope="col">{t("figures.p99")}</th>
                  <th scope="col">{t("figures.max")}</th>
                  <th scope="col">{t("runs.perSecond")}</th>
                  <th scope="col">{t("runs.ended")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ run, transport, lane }) => (
                  <tr
                    key={`${run.number} ${transport}`}
                    data-run={run.number}
                    data-lane={transport}
                  >
                    <th scope="row">
                      {t("runs.number", { number: run.number, lane: t(`lane.${transport}`) })}
                      <span className="muted">{format.time(run.startedAtMs)}</span>
                    </th>
                    <td>
                      {run.plan.pace.kind === "burst"
                        ? t("runs.burst", { count: run.plan.pace.count })
                        : t("runs.rate", { count: run.plan.pace.perSecond })}
                    </td>
                    <td className="figure">{format.number(lane.count)}</td>
                    <td className="figure">
                      {format.number(Object.values(lane.refusals).reduce((a, b) => a + b, 0))}
                    </td>
                    <td className="figure">{span(lane.p50Ms)}</td>
                    <td className="figure">{span(lane.p90Ms)}</td>
                    <td className="figure">{span(lane.p99Ms)}</td>
                    <td className="figure">{span(lane.maxMs)}</td>
                    <td className="figure">{format.number(run.perSecond, 1)}</td>
                    <td>{t(`ending.${run.ending}`)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <Chart
            title={t("runs.chart")}
            summary={t("runs.chartAbout")}
            empty={t("histogram.empty")}
            spec={{
              x: {
                label: t("histogram.x"),
                values: bars.map(middleOf),
                format: (middle) => format.span(10 ** middle),
                formatTick: (middle) => format.span(Number((10 ** middle).toPrecision(1))),
                ticks: logTicks,
                range: logRange(bars),
              },
              y: {
                label: t("runs.share"),
                format: (share) => format.percent(share, 0),
                range: (_, max) => [0, Math.max(0.1, max * 1.1)],
              },
              series: timed.map(({ run, transport, lane }, which) => ({
                label: t("runs.number", { number: run.number, lane: t(`lane.${transport}`) }),
                colour: COLOURS[run.number % COLOURS.length] ?? 1,
                shape: "points",
                dashed: transport === "rest",
                values: bars.map(({ counts }) => (counts[which] ?? 0) / lane.count),
                format: (share) => format.percent(share, 1),
              })),
            }}
          />
        </>
      )}
    </section>
  );
}
