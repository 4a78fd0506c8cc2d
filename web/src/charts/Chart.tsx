/**
 * A chart as a figure: caption, drawing, legend, and the same figures as a table for who would rather read them. The
 * drawing is a slider along x to keyboards and screen readers: arrows go from value to value, and each is read out.
 */
import "./Chart.css";
import { Suspense, lazy, useId, useState } from "react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { isEmpty, readAt } from "./ChartSpec.ts";
import type { ChartSpec } from "./ChartSpec.ts";
import { ChartTable } from "./ChartTable.tsx";
import { Otherwise } from "./Otherwise.tsx";

const Plot = lazy(() => import("./Plot.tsx"));

export interface ChartProps {
  readonly title: string;
  /** What the chart tells, in a sentence. */
  readonly summary?: string;
  readonly spec: ChartSpec;
  /** Said in place of a chart that has nothing to show. */
  readonly empty: string;
  readonly heightPx?: number;
}

const HEIGHT_PX = 220;
/** Values passed over by Page Up and Page Down. */
const PAGE_STEP = 10;

export function Chart({ title, summary, spec, empty, heightPx = HEIGHT_PX }: ChartProps) {
  const { t } = useTranslation("runners");
  const titleId = useId();
  const [isTable, setTable] = useState(false);
  const [index, setIndex] = useState<number | null>(null);
  const last = spec.x.values.length - 1;
  const at = index === null ? null : Math.min(index, last);
  const pointed = at === null ? undefined : spec.x.values[at];

  const move = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, at, last);
    if (next === undefined) return;
    event.preventDefault();
    setIndex(next);
  };

  return (
    <figure className="chart">
      <figcaption className="chart-head">
        <span>
          <strong id={titleId} className="chart-title">
            {title}
          </strong>
          {summary !== undefined && <span className="chart-summary muted">{summary}</span>}
        </span>
        {!isEmpty(spec) && (
          <button
            type="button"
            className="button is-quiet is-small"
            aria-pressed={isTable}
            aria-label={t("chart.asTable", { title })}
            onClick={() => setTable(!isTable)}
          >
            {t("chart.table")}
          </button>
        )}
      </figcaption>
      {isEmpty(spec) ? (
        <p className="empty">{empty}</p>
      ) : isTable ? (
        <ChartTable spec={spec} titleId={titleId} />
      ) : (
        <Otherwise instead={<ChartTable spec={spec} titleId={titleId} />}>
          <div
            className="chart-plot"
            role="slider"
            tabIndex={0}
            aria-label={t("chart.read", { title })}
            aria-valuemin={0}
            aria-valuemax={Math.max(0, last)}
            aria-valuenow={at ?? Math.max(0, last)}
            aria-valuetext={readAt(spec, at ?? last)}
            onKeyDown={move}
            onBlur={() => setIndex(null)}
          >
            <Suspense fallback={<div style={{ height: heightPx }} />}>
              <Plot spec={spec} heightPx={heightPx} index={at} onIndex={setIndex} />
            </Suspense>
          </div>
          <ul className="chart-legend">
            {spec.series.map(({ label, colour, values, format, dashed }) => {
              const value = at === null ? null : (values[at] ?? null);
              return (
                <li key={label}>
                  <span
                    className={dashed === true ? "chart-swatch is-dashed" : "chart-swatch"}
                    style={{ color: `var(--series-${colour})` }}
                    aria-hidden="true"
                  />
                  {label}
                  {value !== null && <strong className="figure">{format(value)}</strong>}
                </li>
              );
            })}
            <li className="chart-at muted figure">
              {pointed === undefined ? spec.x.label : spec.x.format(pointed)}
            </li>
          </ul>
        </Otherwise>
      )}
    </figure>
  );
}

/** Undefined for keys that are not the chart's. */
function nextIndex(key: string, at: number | null, last: number): number | null | undefined {
  const from = at ?? last;
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return Math.max(0, from - 1);
    case "ArrowRight":
    case "ArrowUp":
      return Math.min(last, from + 1);
    case "PageDown":
      return Math.max(0, from - PAGE_STEP);
    case "PageUp":
      return Math.min(last, from + PAGE_STEP);
    case "Home":
      return 0;
    case "End":
      return last;
    case "Escape":
      return null;
    default:
      return undefined;
  }
}
