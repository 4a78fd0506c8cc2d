import type { PowerId } from "../../../entities/lobby/race/power.ts";

/** One SVG path each in a box of 24 by 24, for buttons and the canvas alike. */
export const POWER_ICONS: Readonly<Record<PowerId, string>> = {
  pwr_boost_01: "M13.5 1.5 4 14h6.2L8.8 22.5 19 9.5h-6.8z",
  pwr_oil_01: "M12 1.5c4.2 5.2 7 9 7 12.8a7 7 0 0 1-14 0c0-3.8 2.8-7.6 7-12.8z",
  pwr_stero_turbo: "M3 4l8.5 8L3 20zM12 4l9 8-9 8z",
};
