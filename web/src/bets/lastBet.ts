/** The last bet that this browser placed, so that it can be placed again on another race. */
import { MARKETS, SELECTION_COUNT } from "../../../entities/lobby/race/market.ts";
import { isRecord } from "../http/request.ts";
import type { Draft } from "./draft.ts";

export interface LastBet extends Draft {
  readonly stakeMinor: number;
}

const STORAGE_KEY = "croupier.last-bet";

export function keepLastBet(storage: Storage, bet: LastBet): void {
  storage.setItem(STORAGE_KEY, JSON.stringify(bet));
}

/** Null when there is none, or when it cannot be read. */
export function lastBet(storage: Storage): LastBet | null {
  const text = storage.getItem(STORAGE_KEY);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isLastBet(value) ? value : null;
  } catch {
    return null;
  }
}

function isLastBet(value: unknown): value is LastBet {
  if (!isRecord(value)) return false;
  const { market, selection, stakeMinor } = value;
  const known = MARKETS.find((one) => one === market);
  return (
    known !== undefined &&
    Array.isArray(selection) &&
    selection.length === SELECTION_COUNT[known] &&
    selection.every((number) => Number.isSafeInteger(number)) &&
    Number.isSafeInteger(stakeMinor)
  );
}
