import type { Market } from "../../../rpc/lobby.ts";

/**
 * How a bet stands in the middle of the race: would it win if this were the order (`leading` for the winner's backers,
 * `inMoney` for the others'), is a part of an exotic in its place, or is it behind.
 */
export type Standing = "leading" | "inMoney" | "partly" | "behind";

/** `order` has runners' numbers from the leader back. */
export function standingOf(
  { market, selection }: { readonly market: Market; readonly selection: readonly number[] },
  order: readonly number[],
): Standing {
  const placed = order.slice(0, PLACES[market]);
  if (market === "win" || market === "place" || market === "show") {
    const [number = 0] = selection;
    if (order[0] === number) return "leading";
    return placed.includes(number) ? "inMoney" : "behind";
  }
  const hits =
    market === "quinella"
      ? selection.filter((number) => placed.includes(number)).length
      : selection.filter((number, index) => placed[index] === number).length;
  if (hits === selection.length) return "inMoney";
  return hits > 0 ? "partly" : "behind";
}

const PLACES: Readonly<Record<Market, number>> = {
  win: 1,
  place: 2,
  show: 3,
  exacta: 2,
  quinella: 2,
  trifecta: 3,
};
