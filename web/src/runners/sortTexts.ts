import type { SortKey } from "./sortRunners.ts";

/** The columns' names among the page's texts. */
export const SORT_TEXTS = {
  name: "name",
  starts: "starts",
  wins: "wins",
  win_rate: "winRate",
  place_rate: "placeRate",
  average_odds: "averageOdds",
  return_per_unit: "returnPerUnit",
} as const satisfies Readonly<Record<SortKey, string>>;
