import { useTranslation } from "react-i18next";
import type { RunnerStartBody } from "../../../sdk/src/index.ts";
import { Chart } from "../charts/Chart.tsx";
import type { ChartSpec, Series, SeriesColour } from "../charts/ChartSpec.ts";
import { wholeTicks } from "../charts/ticks.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { FORM_MAX, FORM_PARTS } from "./form.ts";
import { cumulativeReturn, meetings } from "./history.ts";
import type { Meeting } from "./history.ts";
import { useHistory } from "./useHistory.ts";

const MS_PER_SECOND = 1_000;
const COLOURS: readonly SeriesColour[] = [1, 3];
const FORM_COLOURS: readonly SeriesColour[] = [1, 2, 3, 4];
const PLACES = 8;

/** How the runner has done, race by race, and beside it another. */
export function HistoryCharts(props: {
  readonly name: string;
  readonly starts: readonly RunnerStartBody[];
  readonly rival: string | null;
}) {
  const { name, starts, rival } = props;
  return rival === null ? (
    <Charts runners={[{ name, starts }]} />
  ) : (
    <WithRival name={name} starts={starts} rival={rival} />
  );
}

function WithRival({
  name,
  starts,
  rival,
}: {
  readonly name: string;
  readonly starts: readonly RunnerStartBody[];
  readonly rival: string;
}) {
  const { history } = useHistory(rival);
  const others = history.kind === "read" ? history.body.starts : [];
  return (
    <Charts
      runners={[
        { name, starts },
        { name: rival, starts: others },
      ]}
    />
  );
}

interface Named {
  readonly name: string;
  readonly starts: readonly RunnerStartBody[];
}

function Charts({ runners }: { readonly runners: readonly Named[] }) {
  const { t } = useTranslation("runners");
  const format = useFormat();
  const races = meetings(runners.map(({ starts }) => starts));
  const first = runners[0]?.starts ?? [];

  const x: ChartSpec["x"] = {
    label: t("page.race"),
    values: races.map((_, index) => index),
    format: (index) => timeAt(races, index, format.dateTime),
    formatTick: (index) => timeAt(races, index, format.time),
    ticks: wholeTicks,
    ...(races.length > 1 ? { range: [-0.3, races.length - 0.7] as const } : {}),
  };
  /** A series for each runner, of one figure of its starts. */
  const series = (
    valuesOf: (starts: readonly (RunnerStartBody | null)[]) => readonly (number | null)[],
    formatValue: (value: number) => string,
  ): readonly Series[] =>
    runners.map(({ name }, which) => ({
      label: name,
      colour: COLOURS[which] ?? 1,
      shape: "points",
      // Where two lines are one, both are seen.
      dashed: which > 0,
      values: valuesOf(races.map(({ starts }) => starts[which] ?? null)),
      format: formatValue,
    }));
  const each =
    (valueOf: (start: RunnerStartBody) => number | null) =>
    (starts: readonly (RunnerStartBody | null)[]) =>
      starts.map((start) => (start === null ? null : valueOf(start)));
  const decimals = (value: number) => format.number(value, 2);
  const seconds = (value: number, decimals: number) =>
    t("page.seconds", { seconds: format.number(value, decimals) });
  const signed = (value: number) => `${value > 0 ? "+" : ""}${format.number(value, 2)}`;

  return (
    <section aria-labelledby="runner-history">
      <div className="panel-head runner-history-head">
        <h2 id="runner-history">{t("page.history")}</h2>
        <span className="muted">{t("page.historyOf", { count: first.length })}</span>
      </div>
      <div className="runner-charts">
        <HistoryChart
          chart="place"
          title={t("page.place")}
          summary={t("page.placeSummary")}
          empty={t("none")}
          x={x}
          y={{
            label: t("page.place"),
            isReversed: true,
            format: (place) => format.number(place),
            range: () => [0.5, PLACES + 0.5],
            ticks: (min, max) => wholeTicks(min, max, PLACES),
          }}
          series={series(
            each(({ place }) => place),
            (place) => format.number(place),
          )}
        />
        <HistoryChart
          chart="return"
          title={t("page.return")}
          summary={t("page.returnSummary")}
          empty={t("none")}
          x={x}
          y={{ label: t("page.return"), format: format.number }}
          series={series(cumulativeReturn, signed)}
        />
        <HistoryChart
          chart="odds"
          title={t("page.odds")}
          summary={t("page.oddsSummary")}
          empty={t("page.noOdds")}
          x={x}
          y={{ label: t("page.odds"), format: format.number }}
          series={series(
            each(({ odds }) => (odds === null ? null : Number(odds))),
            decimals,
          )}
        />
        <HistoryChart
          chart="finish"
          title={t("page.finish")}
          summary={t("page.finishSummary")}
          empty={t("page.noFinish")}
          x={x}
          y={{
            label: t("page.finish"),
            format: seconds,
          }}
          series={series(
            each(({ finish_ms: ms }) => (ms === null ? null : ms / MS_PER_SECOND)),
            (value) => seconds(value, 2),
          )}
        />
        <HistoryChart
          chart="form"
          title={t("page.formOver")}
          summary={t("page.formOverSummary")}
          empty={t("page.noFormKnown")}
          x={x}
          y={{
            label: t("page.formOver"),
            format: (value) => format.number(value),
            range: (min, max) => [Math.max(0, min - 40), Math.min(FORM_MAX, max + 40)],
          }}
          series={FORM_PARTS.map((part, which) => ({
            label: t(`page.${part}`),
            colour: FORM_COLOURS[which] ?? 1,
            shape: "points",
            values: races.map(({ starts }) => starts[0]?.form?.[part] ?? null),
            format: (value) => format.number(value),
          }))}
        />
      </div>
    </section>
  );
}

/** One figure, race by race. */
function HistoryChart({
  chart,
  title,
  summary,
  empty,
  ...spec
}: {
  readonly chart: string;
  readonly title: string;
  readonly summary: string;
  readonly empty: string;
} & ChartSpec) {
  return (
    <div className="panel" data-chart={chart}>
      <Chart title={title} summary={summary} empty={empty} spec={spec} />
    </div>
  );
}

function timeAt(races: readonly Meeting[], index: number, format: (at: string) => string): string {
  const race = races[index];
  return race === undefined ? "" : format(race.at);
}
