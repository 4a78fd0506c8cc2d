/**
 * The theme's colours for a canvas, which knows no custom properties. The tokens are `light-dark()` pairs, so the browser
 * is asked what each comes to here and now, by way of an element that wears it.
 */
import type { SeriesColour } from "./ChartSpec.ts";

export interface Palette {
  readonly series: (colour: SeriesColour) => string;
  /** The same, thin enough that two that overlap are both seen. */
  readonly seriesFill: (colour: SeriesColour) => string;
  readonly text: string;
  readonly line: string;
  readonly surface: string;
}

const COLOURS: readonly SeriesColour[] = [1, 2, 3, 4, 5, 6, 7, 8];
const FILL_ALPHA = 0.22;

export function readPalette(element: HTMLElement): Palette {
  const probe = document.createElement("span");
  element.append(probe);
  const resolve = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const strokes = COLOURS.map((colour) => resolve(`series-${colour}`));
  const palette = { text: resolve("muted"), line: resolve("line"), surface: resolve("surface") };
  probe.remove();
  const series = (colour: SeriesColour) => strokes[colour - 1] ?? palette.text;
  return {
    ...palette,
    series,
    seriesFill: (colour) => {
      const channels = series(colour).match(/[\d.]+/g) ?? [];
      return `rgb(${channels.slice(0, 3).join(" ")} / ${FILL_ALPHA})`;
    },
  };
}

/** Calls back when the player or the system changes between light and dark. Returns what ends it. */
export function watchTheme(changed: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = new MutationObserver(changed);
  system.addEventListener("change", changed);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    system.removeEventListener("change", changed);
    chosen.disconnect();
  };
}
