import { useLayoutEffect, useRef } from "react";
import { rolled } from "./figures.ts";

/** Long enough to be seen as one movement, over well before the next report. */
const ROLL_MS = 450;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * A number that rolls to its next value, so that the eye is drawn to what changes. Writes past React: a page of figures
 * would otherwise be rendered sixty times a second. `format` must be the same function each time.
 */
export function Figure({
  value,
  format,
}: {
  readonly value: number | null;
  readonly format: (value: number) => string;
}) {
  const ref = useRef<HTMLSpanElement>(null);
  const shownRef = useRef<number | null>(null);
  useLayoutEffect(() => {
    const show = (next: number | null) => {
      shownRef.current = next;
      if (ref.current !== null) ref.current.textContent = next === null ? "–" : format(next);
    };
    const from = shownRef.current;
    if (value === null || from === null || from === value || stillness.matches) {
      show(value);
      return;
    }
    const startMs = performance.now();
    let frame = requestAnimationFrame(function roll(nowMs) {
      const part = Math.min(1, Math.max(0, (nowMs - startMs) / ROLL_MS));
      const eased = 1 - (1 - part) ** 3;
      show(part === 1 ? value : rolled(from, value, eased));
      if (part < 1) frame = requestAnimationFrame(roll);
    });
    return () => cancelAnimationFrame(frame);
  }, [value, format]);
  return <span ref={ref} className="figure" />;
}
