/** The steps of a race's verification, and what may be wrong at each. */
import { firstFalse } from "../proof/Step.ts";
import type { StepOf } from "../proof/Step.ts";

export const STEP_IDS = [
  "race",
  "noted",
  "commitment",
  "digest",
  "own",
  "seed",
  "frames",
  "order",
  "payouts",
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** Money in minor units, positions in millimetres. */
export type Finding =
  | { readonly kind: "other_race"; readonly asked: string; readonly answered: string }
  | { readonly kind: "nothing_noted" }
  | { readonly kind: "other_commitment" }
  | { readonly kind: "other_form" }
  | { readonly kind: "not_committed" }
  | { readonly kind: "other_digest"; readonly bets: number }
  | { readonly kind: "nobody_asked" }
  | { readonly kind: "no_own_bets" }
  | { readonly kind: "own_missing"; readonly betId: string }
  | { readonly kind: "own_changed"; readonly betId: string }
  | { readonly kind: "own_cancelled"; readonly betId: string }
  | {
      readonly kind: "own_payout";
      readonly betId: string;
      readonly paidMinor: number;
      readonly claimedMinor: number;
    }
  | { readonly kind: "other_seed" }
  | { readonly kind: "no_frames" }
  | { readonly kind: "frame_count"; readonly here: number; readonly house: number }
  | {
      readonly kind: "frame";
      readonly tick: number;
      readonly number: number;
      readonly hereMm: number;
      readonly houseMm: number;
    }
  | { readonly kind: "other_order"; readonly here: string; readonly house: string }
  | { readonly kind: "payout_count"; readonly bets: number; readonly payouts: number }
  | {
      readonly kind: "payout";
      readonly betId: string;
      readonly dueMinor: number;
      readonly claimedMinor: number;
    }
  | { readonly kind: "more_payouts"; readonly count: number }
  /** No race can have such data, so nothing can be computed from them. */
  | { readonly kind: "impossible"; readonly reason: string }
  /** A step that this one needs gave nothing. */
  | { readonly kind: "not_reached" };

export type Step = StepOf<StepId, Finding>;

/** Each is computed from what the ones before it gave. */
const CHAIN: readonly StepId[] = ["commitment", "digest", "seed", "frames", "order", "payouts"];

/** The earlier step that a difference may come from; null for one that is a cause of its own. */
export function mayFollowFrom(steps: readonly Step[], id: StepId): StepId | null {
  // Bets are digested as they are, whatever the seed is.
  if (id === "digest") return null;
  return firstFalse(steps, CHAIN.slice(0, Math.max(0, CHAIN.indexOf(id))));
}
