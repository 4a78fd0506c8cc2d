/**
 * The six markets of a race and what a ticket in each must name.
 *
 * `win`, `place` and `show` name one runner, to finish first, in the first two or in the first three. `exacta` names the
 * first two in order, `quinella` the first two in any order, `trifecta` the first three in order.
 */
import type { Market } from "../../../rpc/lobby.ts";

export const MARKETS = [
  "win",
  "place",
  "show",
  "exacta",
  "quinella",
  "trifecta",
] as const satisfies readonly Market[];

/** How many runners a ticket names. */
export const SELECTION_COUNT: Readonly<Record<Market, number>> = {
  win: 1,
  place: 1,
  show: 1,
  exacta: 2,
  quinella: 2,
  trifecta: 3,
};

export type SelectionProblem =
  | "wrong_count"
  | "unknown_runner"
  | "scratched_runner"
  | "duplicate_runner";

/** The first thing wrong with a selection, or null if a bet on it can be accepted. */
export function validateSelection(
  market: Market,
  selection: readonly number[],
  runners: readonly { readonly number: number }[],
  scratched: readonly number[] = [],
): SelectionProblem | null {
  if (selection.length !== SELECTION_COUNT[market]) return "wrong_count";
  if (!selection.every((number) => runners.some((runner) => runner.number === number))) {
    return "unknown_runner";
  }
  if (selection.some((number) => scratched.includes(number))) return "scratched_runner";
  if (new Set(selection).size !== selection.length) return "duplicate_runner";
  return null;
}

/** The text under which equal tickets meet: `3-5`; for a quinella in ascending order, as 5-3 is the same ticket. */
export function selectionKey(market: Market, selection: readonly number[]): string {
  return (market === "quinella" ? selection.toSorted((a, b) => a - b) : selection).join("-");
}
