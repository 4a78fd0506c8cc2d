import "./NumberGrid.css";
import {
  memo,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { KeyboardEvent, MouseEvent, PointerEvent, Ref } from "react";
import { useTranslation } from "react-i18next";
import { useTheme } from "../../theme/useTheme.ts";
import type { Board } from "./Board.ts";
import { HELD, PICKED } from "./Board.ts";
import { openGridView } from "./GridView.ts";
import type { GridView } from "./GridView.ts";
import { moved } from "./keys.ts";
import { boxOf, layoutOf, numberAt, numbersAlong, numberText, rowOf } from "./layout.ts";
import type { Box, Layout, Zoom } from "./layout.ts";
import { LOOK_NAMES } from "./lookTexts.ts";
import { Overview } from "./Overview.tsx";
import { gridPalette } from "./palette.ts";

export interface GridHandle {
  /** Brings a number into the middle and rings it. */
  readonly goTo: (number: number) => void;
}

export interface NumberGridProps {
  readonly board: Board;
  readonly zoom: Zoom;
  /** A number was tapped in a grid too small for fingers: come nearer. */
  readonly onNearer: () => void;
  /** A number was chosen, or given up when it was chosen before. */
  readonly onToggle: (number: number) => void;
  /** Numbers were passed with the pointer down; null when that does nothing. */
  readonly onSweep: ((numbers: readonly number[], isPicking: boolean) => void) | null;
  readonly ref: Ref<GridHandle>;
}

/** With more than so many screens of numbers an overview is of use. */
const OVERVIEW_SCREENS = 3;
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * The numbers of a raffle to pick from. They are painted, so for the keyboard and for those who hear the page there is one
 * real cell: the one that the cursor is on. It goes along with the arrow keys, and says its number and how it stands.
 */
export const NumberGrid = memo(function NumberGrid({
  board,
  zoom,
  onNearer,
  onToggle,
  onSweep,
  ref,
}: NumberGridProps) {
  const { t } = useTranslation("raffle");
  const { theme } = useTheme();
  const palette = gridPalette(theme);
  const id = useId();
  const scrollerRef = useRef<HTMLDivElement>(null);
  const sheetRef = useRef<HTMLDivElement>(null);
  const viewRef = useRef<GridView | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [cursor, setCursor] = useState<number | null>(null);
  const [found, setFound] = useState<{ readonly number: number; readonly time: number } | null>(
    null,
  );
  const sweep = useRef<Sweep | null>(null);
  const layout = useMemo(
    () => layoutOf({ total: board.total, width: size.width, zoom }),
    [board.total, size.width, zoom],
  );
  const look = useSyncExternalStore(board.subscribe, () => board.lookOf(cursor ?? 0));

  useEffect(() => {
    const [scroller, sheet] = [scrollerRef.current, sheetRef.current];
    if (scroller === null || sheet === null) return undefined;
    const view = openGridView({ board, scroller, sheet, isCalm: () => CALM.matches });
    viewRef.current = view;
    const observer = new ResizeObserver(() => {
      setSize({ width: scroller.clientWidth, height: scroller.clientHeight });
      view.look();
    });
    observer.observe(scroller);
    scroller.addEventListener("scroll", view.look, { passive: true });
    return () => {
      scroller.removeEventListener("scroll", view.look);
      observer.disconnect();
      view.close();
      viewRef.current = null;
    };
  }, [board]);

  /** What was in the middle stays there when columns become more or fewer. */
  const before = useRef<Layout | null>(null);
  useLayoutEffect(() => {
    const scroller = scrollerRef.current;
    if (scroller === null || size.width === 0) return;
    const was = before.current;
    before.current = layout;
    const middle =
      was === null || was.total !== layout.total
        ? null
        : Math.floor((scroller.scrollTop + scroller.clientHeight / 2) / was.rowHeight) *
          was.columns;
    viewRef.current?.show(layout, palette);
    if (middle !== null && scroller.scrollTop > 0) centre(scroller, layout, middle);
  }, [layout, palette, size.width]);

  useImperativeHandle(
    ref,
    () => ({
      goTo: (number) => {
        const scroller = scrollerRef.current;
        const { current: layout } = before;
        if (scroller === null || layout === null) return;
        setCursor(number);
        setFound((found) => ({ number, time: (found?.time ?? 0) + 1 }));
        centre(scroller, layout, number);
        scroller.parentElement?.scrollIntoView({ block: "nearest", behavior: "instant" });
      },
    }),
    [],
  );

  const pointOf = (event: MouseEvent): Point => {
    const { left, top } = (sheetRef.current ?? event.currentTarget).getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const onClick = (event: MouseEvent) => {
    const wasSweep = sweep.current?.isPicking !== undefined;
    sweep.current = null;
    const { x, y } = pointOf(event);
    const number = numberAt(layout, x, y);
    if (number === null || wasSweep) return;
    setCursor(number);
    setFound(null);
    if (layout.fontPx !== null) return onToggle(number);
    onNearer();
    // The nearer grid is there with the next frame.
    requestAnimationFrame(() => {
      if (scrollerRef.current !== null && before.current !== null)
        centre(scrollerRef.current, before.current, number);
    });
  };
  const onPointerDown = (event: PointerEvent) => {
    sweep.current = null;
    if (onSweep === null || event.pointerType !== "mouse" || event.button !== 0) return;
    const at = pointOf(event);
    const first = numberAt(layout, at.x, at.y);
    if (first !== null && layout.fontPx !== null) sweep.current = { first, at };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { current: begun } = sweep;
    if (begun === null || onSweep === null || event.buttons !== 1) return;
    const at = pointOf(event);
    const passed = numbersAlong(layout, begun.at, at);
    if (begun.isPicking === undefined && passed.every((number) => number === begun.first)) return;
    const isPicking = begun.isPicking ?? board.lookOf(begun.first) !== PICKED;
    if (begun.isPicking === undefined) event.currentTarget.setPointerCapture(event.pointerId);
    sweep.current = { ...begun, at, isPicking };
    onSweep(passed, isPicking);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const scroller = scrollerRef.current;
    if (scroller === null) return;
    const at = cursor ?? firstInSight(scroller, layout);
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      setCursor(at);
      return onToggle(at);
    }
    const rowsInView = Math.floor(scroller.clientHeight / layout.rowHeight);
    const next = moved(layout, at, event, rowsInView);
    if (next === null) return;
    event.preventDefault();
    setCursor(next);
    setFound(null);
    show(scroller, layout, next);
  };
  const onFocus = () => {
    if (cursor === null && scrollerRef.current !== null)
      setCursor(firstInSight(scrollerRef.current, layout));
  };

  const isLong = layout.height > size.height * OVERVIEW_SCREENS && size.height > 0;
  return (
    <div className="grid-frame" data-zoom={zoom}>
      <div
        ref={scrollerRef}
        className="number-grid"
        role="grid"
        tabIndex={0}
        aria-label={t("grid.label", { total: board.total })}
        aria-rowcount={layout.rows}
        aria-colcount={layout.columns}
        aria-multiselectable="true"
        aria-activedescendant={cursor === null ? undefined : `${id}-${cursor}`}
        aria-describedby={`${id}-keys`}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        <div
          ref={sheetRef}
          className="grid-sheet"
          role="row"
          aria-rowindex={rowOf(layout, cursor ?? 0) + 1}
          onClick={onClick}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
        >
          <div
            // Another element each time, or it would not be read out.
            key={cursor ?? "none"}
            id={`${id}-${cursor}`}
            // Before anyone has been here it stands at the first number: a row has at least one cell.
            className="grid-cursor"
            role="gridcell"
            aria-colindex={((cursor ?? 0) % layout.columns) + 1}
            aria-selected={look === PICKED || look === HELD}
            style={placeOf(boxOf(layout, cursor ?? 0))}
          >
            <span className="unseen">
              {t("grid.cell", {
                number: numberText(cursor ?? 0, board.total),
                look: t(`look.${LOOK_NAMES[look]}`),
              })}
            </span>
          </div>
          {found !== null && (
            <div
              key={`found-${found.time}`}
              className="grid-found"
              role="presentation"
              style={placeOf(boxOf(layout, found.number))}
            />
          )}
        </div>
      </div>
      <p className="unseen" id={`${id}-keys`}>
        {t("grid.keys")}
      </p>
      {isLong && (
        <Overview
          board={board}
          palette={palette}
          scroller={scrollerRef}
          sheetHeight={layout.height}
          height={size.height}
        />
      )}
    </div>
  );
});

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Sweep {
  readonly first: number;
  readonly at: Point;
  /** Undefined until the pointer has left the first number: till then it may become a click. */
  readonly isPicking?: boolean;
}

const placeOf = ({ x, y, width, height }: Box) => ({ left: x, top: y, width, height });

function firstInSight({ scrollTop }: HTMLElement, layout: Layout): number {
  return Math.min(layout.total - 1, Math.ceil(scrollTop / layout.rowHeight) * layout.columns);
}

function centre(scroller: HTMLElement, layout: Layout, number: number): void {
  const { height, y } = boxOf(layout, number);
  scroller.scrollTo({ top: y + height / 2 - scroller.clientHeight / 2, behavior: "instant" });
}

/** Scrolls as little as is needed. */
function show(scroller: HTMLElement, layout: Layout, number: number): void {
  const { height, y } = boxOf(layout, number);
  const { clientHeight, scrollTop } = scroller;
  if (y < scrollTop) scroller.scrollTo({ top: y, behavior: "instant" });
  else if (y + height > scrollTop + clientHeight)
    scroller.scrollTo({ top: y + height - clientHeight, behavior: "instant" });
}
