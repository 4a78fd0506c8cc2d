import type { SeriesColour } from "../charts/ChartSpec.ts";
import type { Lane } from "./Measurements.ts";

/** The same in every chart of the page. */
export const LANE_COLOURS: Readonly<Record<Lane, SeriesColour>> = {
  websocket: 1,
  rest: 3,
  ping: 2,
};
