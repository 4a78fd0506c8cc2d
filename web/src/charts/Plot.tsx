/**
 * The drawing of a chart, by uPlot, which is loaded with the first chart that is shown. Data that change are given to the
 * drawing that is there; only another set of series makes it anew. Nothing in it is animated.
 */
import "uplot/dist/uPlot.min.css";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import type { ChartSpec, Series } from "./ChartSpec.ts";
import { readPalette, watchTheme } from "./Palette.ts";
import type { Palette } from "./Palette.ts";
import { decimalsOf } from "./ticks.ts";

export interface PlotProps {
  readonly spec: ChartSpec;
  readonly heightPx: number;
  /** Which x is pointed at; null for none. */
  readonly index: number | null;
  readonly onIndex: (index: number | null) => void;
}

const POINT_PX = 7;
const LINE_PX = 2;
/** The least room for a label below the x axis. */
const TICK_SPACE_PX = 70;
const X_AXIS_PX = 34;
const FONT_PX = 12;
/** A bar fills this share of the room that it has. */
const BAR_SHARE = 0.9;
const MAX_BAR_PX = 60;

/** Another structure, another drawing. */
export default function Plot(props: PlotProps) {
  return <Drawing key={structureOf(props.spec)} {...props} />;
}

function Drawing({ spec, heightPx, index, onIndex }: PlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const latest = useRef({ spec, onIndex });
  useEffect(() => {
    latest.current = { spec, onIndex };
  });

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let palette = readPalette(element);
    const size = () => ({ width: Math.max(1, element.clientWidth), height: heightPx });
    const drawn = new uPlot(
      {
        ...size(),
        ...optionsOf(
          () => latest.current.spec,
          () => palette,
        ),
        hooks: {
          draw: [(u) => drawMarks(u, latest.current.spec, palette)],
          setCursor: [(u) => latest.current.onIndex(u.cursor.idx ?? null)],
        },
      },
      dataOf(latest.current.spec),
      element,
    );
    plot.current = drawn;
    const endTheme = watchTheme(() => {
      palette = readPalette(element);
      drawn.redraw(false);
    });
    const resized = new ResizeObserver(() => drawn.setSize(size()));
    resized.observe(element);
    return () => {
      resized.disconnect();
      endTheme();
      drawn.destroy();
      plot.current = null;
    };
  }, [heightPx]);

  useEffect(() => {
    const drawn = plot.current;
    if (drawn === null) return;
    drawn.setData(dataOf(spec));
  }, [spec]);

  useEffect(() => {
    const drawn = plot.current;
    if (drawn === null || (drawn.cursor.idx ?? null) === index) return;
    const at = index === null ? undefined : spec.x.values[index];
    // Outside of the plot the cursor is not shown.
    const left = at === undefined ? -10 : drawn.valToPos(at, "x");
    drawn.setCursor({ left, top: at === undefined ? -10 : 0 }, false);
  }, [index, spec]);

  return <div ref={frame} className="chart-canvas" style={{ height: heightPx }} />;
}

/** What cannot be changed in a drawing that is there. */
function structureOf({ y, series }: ChartSpec): string {
  const each = series.map(({ shape, colour, dashed }) => `${shape} ${colour} ${dashed ?? false}`);
  return [y.isReversed ?? false, ...each].join("; ");
}

function dataOf({ x, series }: ChartSpec): uPlot.AlignedData {
  return [[...x.values], ...series.map(({ values }) => [...values])];
}

/** Colours and texts are asked for at each drawing, since theme and language change under it. */
function optionsOf(
  spec: () => ChartSpec,
  palette: () => Palette,
): Omit<uPlot.Options, "width" | "height"> {
  const axis = {
    stroke: () => palette().text,
    font: `${FONT_PX}px system-ui, sans-serif`,
    ticks: { stroke: () => palette().line, width: 1, size: 5 },
  };
  const { y, series } = spec();
  return {
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: POINT_PX + 2 } },
    scales: {
      x: { time: false, range: (_, min, max) => rangeX(spec(), min, max) },
      y: {
        dir: y.isReversed === true ? -1 : 1,
        range: (_, min, max) => {
          const own = spec().y.range;
          if (own !== undefined) return [...own(min, max)];
          return uPlot.rangeNum(min ?? 0, max ?? 1, 0.1, true);
        },
      },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: X_AXIS_PX,
        space: TICK_SPACE_PX,
        values: (_, splits) => splits.map((at) => (spec().x.formatTick ?? spec().x.format)(at)),
        ...(spec().x.ticks === undefined
          ? {}
          : {
              splits: (u: uPlot, _: number, min: number, max: number) => {
                const most = Math.max(1, Math.floor(u.bbox.width / uPlot.pxRatio / TICK_SPACE_PX));
                return [...(spec().x.ticks?.(min, max, most) ?? [])];
              },
            }),
      },
      {
        ...axis,
        grid: { stroke: () => palette().line, width: 1 },
        size: (_, values) =>
          18 + Math.max(2, ...(values ?? []).map((text) => text.length)) * (FONT_PX * 0.6),
        values: (_, splits, __, ___, step) =>
          splits.map((value) => spec().y.format(value, decimalsOf(step))),
        ...(y.ticks === undefined
          ? {}
          : {
              splits: (_: uPlot, __: number, min: number, max: number) => [
                ...(spec().y.ticks?.(min, max) ?? []),
              ],
            }),
      },
    ],
    series: [{}, ...series.map((one) => seriesOptions(one, palette))],
  };
}

/** A lone x value stands in the middle. */
function rangeX({ x }: ChartSpec, min: number | null, max: number | null): [number, number] {
  if (x.range !== undefined) return [...x.range];
  const [low, high] = [min ?? 0, max ?? 1];
  return low === high ? [low - 1, high + 1] : [low, high];
}

function seriesOptions({ shape, colour, dashed }: Series, palette: () => Palette): uPlot.Series {
  const stroke = () => palette().series(colour);
  const fill = () => palette().seriesFill(colour);
  const common = {
    stroke,
    width: LINE_PX,
    spanGaps: true,
    ...(dashed === true ? { dash: [6, 5] } : {}),
  };
  switch (shape) {
    case "bars": {
      const paths = uPlot.paths.bars?.({ size: [BAR_SHARE, MAX_BAR_PX] });
      return {
        ...common,
        width: 1,
        fill,
        points: { show: false },
        ...(paths === undefined ? {} : { paths }),
      };
    }
    case "area":
      return { ...common, fill, points: { show: false } };
    case "line":
      return { ...common, points: { show: false } };
    case "points":
      return { ...common, points: { show: true, size: POINT_PX, stroke, fill: stroke } };
  }
}

/** Lines first, so that none runs through another's text. */
function drawMarks(u: uPlot, { marks = [] }: ChartSpec, palette: Palette): void {
  const { ctx, bbox } = u;
  const ratio = uPlot.pxRatio;
  const lineHeight = FONT_PX * 1.3 * ratio;
  const gap = 4 * ratio;
  const placed = marks.map((mark) => ({
    ...mark,
    x: Math.round(u.valToPos(mark.at, "x", true)) + 0.5,
  }));
  ctx.save();
  ctx.lineWidth = ratio;
  ctx.setLineDash([gap, gap]);
  for (const { x, colour } of placed) {
    ctx.strokeStyle = palette.series(colour);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.font = `${FONT_PX * ratio}px system-ui, sans-serif`;
  ctx.textBaseline = "top";
  ctx.textAlign = "left";
  for (const [row, { x, label }] of placed.entries()) {
    // Beside its line, on the side where there is room.
    const isLate = x > bbox.left + bbox.width / 2;
    const { width } = ctx.measureText(label);
    const left = isLate ? x - gap - width : x + gap;
    const top = bbox.top + row * lineHeight;
    ctx.fillStyle = palette.surface;
    ctx.fillRect(left, top, width, lineHeight);
    ctx.fillStyle = palette.text;
    ctx.fillText(label, left, top);
  }
  ctx.restore();
}
