/**
 * A player's range, painted on 13 × 13 classes of hands: press and draw over it, or go there with the arrows and press
 * space. What is painted already is wiped out. One tab stop.
 */
import "./RangeGrid.css";
import { memo, useEffect, useId, useMemo, useRef, useState } from "react";
import type { KeyboardEvent, PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { GRID_SIZE, HAND_CLASSES } from "../../../src/compute/range/HandClass.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { BRUSHES, neighbour, paint, paintedIn, strokeBetween } from "./rangePaint.ts";

/** Ranges that many begin with. */
const PRESETS = ["QQ+,AK", "TT+,AQ+", "22+,A2s+,KTs+,QTs+,JTs,ATo+,KJo+", "random"] as const;

const ROWS = Array.from({ length: GRID_SIZE }, (_, row) => row);
const PERCENT = 100;

export function RangeGrid({
  text,
  onText,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
}) {
  const { t } = useTranslation("equity");
  const { number, percent } = useFormat();
  const [brush, setBrush] = useState<number>(BRUSHES[0]);
  const [at, setAt] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  /** While the pointer is down: the weight that is drawn with, and the class it is over, if any. */
  const stroke = useRef<{ readonly weight: number; over: number | undefined } | null>(null);
  /** Several classes may be painted before the page is drawn again. */
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  const brushName = useId();
  const { combinations, share, weights } = useMemo(() => paintedIn(text), [text]);

  const put = (classes: readonly number[], weight: number) => {
    const painted = paint(latest.current, classes, weight);
    if (painted === latest.current) return;
    latest.current = painted;
    onText(painted);
  };
  const opposite = (place: number) => (isAt(weights[place], brush) ? 0 : brush / PERCENT);

  const press = (event: PointerEvent<HTMLDivElement>) => {
    const place = placeOf(event.target);
    if (place === undefined || event.button !== 0) return;
    // Also of what happens outside the grid, so that it is heard where the stroke ends.
    event.currentTarget.setPointerCapture(event.pointerId);
    stroke.current = { weight: opposite(place), over: place };
    setAt(place);
    put([place], stroke.current.weight);
  };
  const draw = (event: PointerEvent) => {
    const { current } = stroke;
    if (current === null) return;
    const place = placeOf(document.elementFromPoint(event.clientX, event.clientY));
    if (place === current.over) return;
    const from = current.over;
    current.over = place;
    if (place === undefined) return;
    put(from === undefined ? [place] : strokeBetween(from, place), current.weight);
  };
  const lift = () => {
    stroke.current = null;
  };
  const type = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      return put([at], opposite(at));
    }
    const next = neighbour(event.key, at);
    if (next === undefined) return undefined;
    event.preventDefault();
    // With Shift, what is gone over is painted as where one comes from.
    if (event.shiftKey) put(strokeBetween(at, next), weights[at] ?? 0);
    setAt(next);
    grid.current?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus();
    return undefined;
  };

  return (
    <div className="range-grid">
      <div className="range-grid-tools">
        <fieldset>
          <legend>{t("range.brush")}</legend>
          {BRUSHES.map((each) => (
            <label key={each}>
              <input
                type="radio"
                className="unseen"
                name={brushName}
                checked={brush === each}
                onChange={() => setBrush(each)}
              />
              <span>{percent(each / PERCENT, 0)}</span>
            </label>
          ))}
        </fieldset>
        <p className="muted" role="status">
          {t("range.size", {
            count: Math.round(combinations),
            combinations: number(Math.round(combinations * 10) / 10),
            share: percent(share),
          })}
        </p>
      </div>
      <div
        className="range-grid-cells"
        ref={grid}
        role="grid"
        aria-label={t("range.grid")}
        aria-multiselectable="true"
        onPointerDown={press}
        onPointerMove={draw}
        onPointerUp={lift}
        onPointerCancel={lift}
        onLostPointerCapture={lift}
        onKeyDown={type}
      >
        {ROWS.map((row) => (
          <div key={row} role="row">
            {HAND_CLASSES.slice(row * GRID_SIZE, (row + 1) * GRID_SIZE).map(({ name }, column) => {
              const place = row * GRID_SIZE + column;
              return (
                <Cell
                  key={name}
                  name={name}
                  place={place}
                  weight={weights[place] ?? 0}
                  isHere={place === at}
                  onHere={setAt}
                />
              );
            })}
          </div>
        ))}
      </div>
      <div className="range-grid-presets">
        {PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            className="button is-small"
            onClick={() => onText(preset)}
          >
            {preset === "random" ? t("range.random") : preset}
          </button>
        ))}
        <button type="button" className="button is-small is-quiet" onClick={() => onText("")}>
          {t("range.clear")}
        </button>
      </div>
      <p className="range-grid-hint muted">{t("range.hint")}</p>
    </div>
  );
}

/** Of 169, few change with a stroke. */
const Cell = memo(function Cell({
  name,
  place,
  weight,
  isHere,
  onHere,
}: {
  readonly name: string;
  readonly place: number;
  readonly weight: number;
  readonly isHere: boolean;
  readonly onHere: (place: number) => void;
}) {
  const { t } = useTranslation("equity");
  const { percent } = useFormat();
  return (
    <div
      role="gridcell"
      data-at={place}
      data-kind={kindOf(name)}
      data-weight={isAt(weight, 0) ? "none" : isAt(weight, PERCENT) ? "full" : "part"}
      tabIndex={isHere ? 0 : -1}
      aria-selected={weight > 0}
      aria-label={t("range.cell", { hand: name, share: percent(weight) })}
      style={{ "--weight": weight } as React.CSSProperties}
      onFocus={() => onHere(place)}
    >
      <span aria-hidden="true">{name}</span>
    </div>
  );
});

/** Weights are kept in single precision. */
const TOLERANCE = 1e-4;
const isAt = (weight: number | undefined, percent: number): boolean =>
  Math.abs((weight ?? 0) - percent / PERCENT) < TOLERANCE;

const kindOf = (name: string): string =>
  name.length === 2 ? "pair" : name.endsWith("s") ? "suited" : "offsuit";

function placeOf(target: EventTarget | null): number | undefined {
  const cell = target instanceof Element ? target.closest("[data-at]") : null;
  return cell === null ? undefined : Number(cell.getAttribute("data-at"));
}
