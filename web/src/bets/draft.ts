import { SELECTION_COUNT } from "../../../entities/lobby/race/market.ts";
import type { Market } from "../../../rpc/lobby.ts";

/** A bet being put together; `selection` in the order in which the runners were picked. */
export interface Draft {
  readonly market: Market;
  readonly selection: readonly number[];
}

export const EMPTY_DRAFT: Draft = { market: "win", selection: [] };

/**
 * The draft after a runner was pressed: a picked one is let go, another is added; where only one can be named it
 * takes the place of the one before. A full exotic stays as it is.
 */
export function togglePick({ market, selection }: Draft, number: number): Draft {
  const count = SELECTION_COUNT[market];
  if (selection.includes(number)) {
    return { market, selection: selection.filter((picked) => picked !== number) };
  }
  if (count === 1) return { market, selection: [number] };
  return selection.length < count
    ? { market, selection: [...selection, number] }
    : { market, selection };
}

/** The draft for another market, with as many of the picks as that one names. */
export function changeMarket(draft: Draft, market: Market): Draft {
  return { market, selection: draft.selection.slice(0, SELECTION_COUNT[market]) };
}

/** Without runners that cannot be bet on (any more). */
export function withoutRunners(draft: Draft, numbers: readonly number[]): Draft {
  const selection = draft.selection.filter((number) => !numbers.includes(number));
  return selection.length === draft.selection.length ? draft : { ...draft, selection };
}

export function isComplete({ market, selection }: Draft): boolean {
  return selection.length === SELECTION_COUNT[market];
}
