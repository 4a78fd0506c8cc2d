import type { Cast, Runner } from "../../../sdk/src/index.ts";
import type { View } from "./Camera.ts";
import type { Palette } from "./palette.ts";
import type { SceneTexts } from "./sceneTexts.ts";

/** What one picture of the race is to show. */
export interface SceneInput {
  readonly width: number;
  readonly height: number;
  readonly view: View;
  readonly trackMm: number;
  /** Fractional; 20 a second. */
  readonly tick: number;
  /** Millimetres by lane; a little beyond the track for who runs out. */
  readonly positions: readonly number[];
  /** Millimetres a tick, by lane; sets gait and dust. */
  readonly speeds: readonly number[];
  readonly runners: readonly Runner[];
  readonly casts: readonly Cast[];
  /** Whether a cast is the viewer's own; left out, none is. */
  readonly isOwn?: (cast: Cast) => boolean;
  /** A still of the moment in which the winner reached the line. */
  readonly isFinishPicture: boolean;
  /** Without gait, dust and pulses. */
  readonly isCalm: boolean;
}

/** The same with what the page gives to it. */
export interface Scene extends SceneInput {
  readonly palette: Palette;
  readonly texts: SceneTexts;
}

export const FONT = `system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;

/** Where things stand in the picture, in pixels from its top. */
export interface Layout {
  readonly mapHeight: number;
  /** The stands and the sky above them, down to the far rail. */
  readonly horizon: number;
  /** Where the turf ends and the near rail begins. */
  readonly foot: number;
  /** Middle of each lane's ground, and the runner's height there: farther lanes are smaller. */
  readonly lanes: readonly { readonly ground: number; readonly size: number }[];
}

const MAP_HEIGHT = 34;
/** Share of the farthest lane's height of the nearest's. */
const FAR = 0.66;
/** A runner is taller than its lane is wide: in a view from the side they stand before one another. */
const TALL = 1.5;
const MAX_SIZE = 50;

export function layoutOf(width: number, height: number, laneCount: number): Layout {
  const isNarrow = width < 560;
  const horizon = MAP_HEIGHT + Math.round((height - MAP_HEIGHT) * (isNarrow ? 0.2 : 0.27));
  const foot = height - (isNarrow ? 14 : 20);
  const count = Math.max(1, laneCount);
  const weights = Array.from(
    { length: count },
    (_, lane) => FAR + ((1 - FAR) * lane) / Math.max(1, count - 1),
  );
  const unit = (foot - horizon - 8) / weights.reduce((sum, weight) => sum + weight, 0);
  let top = horizon + 8;
  const lanes = weights.map((weight) => {
    const laneHeight = unit * weight;
    top += laneHeight;
    return { ground: top - laneHeight * 0.18, size: Math.min(MAX_SIZE, laneHeight * TALL) };
  });
  return { mapHeight: MAP_HEIGHT, horizon, foot, lanes };
}

export const toX = ({ view, width }: Pick<Scene, "view" | "width">, mm: number): number =>
  ((mm - view.fromMm) / view.spanMm) * width;
