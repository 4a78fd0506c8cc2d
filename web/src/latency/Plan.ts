/** What the simulator is asked to do. */
import { SELECTION_COUNT } from "../../../entities/lobby/race/market.ts";
import type { Market } from "../../../rpc/lobby.ts";
import type { Transport } from "./Measurements.ts";

export type Pace =
  | { readonly kind: "burst"; readonly count: number }
  | { readonly kind: "rate"; readonly perSecond: number };

export interface Plan {
  /** `both` takes them in turns, so that what else happens falls on either alike. */
  readonly transport: Transport | "both";
  readonly market: Market;
  readonly selection: readonly number[];
  readonly stakeMinor: number;
  /** Stakes of all bets that are accepted or may be never sum up to more. */
  readonly budgetMinor: number;
  readonly pace: Pace;
}

/** A person's console, not a load generator: `npm run bench` is that. */
export const MAX_PER_SECOND = 50;
export const MAX_BURST = 500;

/** What is wrong with a plan, as a key of the page's texts; null when it can be carried out. */
export type Fault =
  | "selection"
  | "stake"
  | "budget"
  | "budgetTooSmall"
  | "budgetTooLarge"
  | "rate"
  | "burst";

export function faultOf(plan: Plan, availableMinor: number): Fault | null {
  const { market, selection, stakeMinor, budgetMinor, pace } = plan;
  const distinct = new Set(selection);
  if (distinct.size !== SELECTION_COUNT[market]) return "selection";
  if (!isWhole(stakeMinor, 1, Number.MAX_SAFE_INTEGER)) return "stake";
  if (!isWhole(budgetMinor, 1, Number.MAX_SAFE_INTEGER)) return "budget";
  if (budgetMinor < stakeMinor) return "budgetTooSmall";
  if (budgetMinor > availableMinor) return "budgetTooLarge";
  if (pace.kind === "rate") return isWhole(pace.perSecond, 1, MAX_PER_SECOND) ? null : "rate";
  return isWhole(pace.count, 1, MAX_BURST) ? null : "burst";
}

const isWhole = (value: number, least: number, most: number) =>
  Number.isSafeInteger(value) && value >= least && value <= most;
