/** The steps of a draw's verification, and what may be wrong at each. */
import { firstFalse } from "../proof/Step.ts";
import type { StepOf } from "../proof/Step.ts";

export const DRAW_STEP_IDS = [
  "raffle",
  "noted",
  "commitment",
  "digest",
  "own",
  "round",
  "beacon",
  "winners",
] as const;
export type DrawStepId = (typeof DRAW_STEP_IDS)[number];

const OF_BEACON: readonly DrawStepId[] = ["round", "beacon"];

/** The steps of a draw with or without a beacon, in their order. */
export const stepIds = (hasBeacon: boolean): readonly DrawStepId[] =>
  hasBeacon ? DRAW_STEP_IDS : DRAW_STEP_IDS.filter((id) => !OF_BEACON.includes(id));

export type DrawFinding =
  | { readonly kind: "nobody_asked" }
  | { readonly kind: "other_raffle"; readonly asked: string; readonly answered: string }
  | { readonly kind: "nothing_noted" }
  | { readonly kind: "other_commitment" }
  | { readonly kind: "other_chain" }
  | { readonly kind: "not_committed" }
  | { readonly kind: "other_digest"; readonly tickets: number }
  | { readonly kind: "other_count"; readonly here: number; readonly house: number }
  | { readonly kind: "no_ticket"; readonly ticket: string }
  | { readonly kind: "out_of_order"; readonly ticket: string }
  | { readonly kind: "no_own" }
  | { readonly kind: "own_missing"; readonly ticket: string }
  | { readonly kind: "round_missing" }
  | { readonly kind: "other_round"; readonly here: number; readonly house: number }
  | { readonly kind: "other_randomness" }
  | { readonly kind: "not_signed" }
  | { readonly kind: "winner_count"; readonly here: number; readonly house: number }
  | {
      readonly kind: "other_winner";
      readonly prize: number;
      readonly here: string;
      readonly house: string;
    };

/** A hash that was drawn, and whether it was thrown away. */
export interface Attempt {
  readonly label: string;
  readonly hash: string;
}

/** How the winner of one prize comes about. */
export interface PrizeDraw {
  /** From 0. */
  readonly prize: number;
  /** Tickets that had not won yet. */
  readonly remaining: number;
  /** The last one counts; those before it were in the incomplete last run. */
  readonly attempts: readonly Attempt[];
  /** Its place among those that had not won yet. */
  readonly index: number;
  /** Its place in the whole list, from 0. */
  readonly place: number;
  readonly ticket: string;
}

export interface DrawStep extends StepOf<DrawStepId, DrawFinding> {
  /** Of the last step; none of the others. */
  readonly draws: readonly PrizeDraw[];
}

/** What each is computed from. */
const CAUSES: Readonly<Partial<Record<DrawStepId, readonly DrawStepId[]>>> = {
  own: ["digest"],
  winners: ["commitment", "digest", "round", "beacon"],
};

/** The earlier step that a difference may come from; null for one that is a cause of its own. */
export const mayFollowFrom = (steps: readonly DrawStep[], id: DrawStepId): DrawStepId | null =>
  firstFalse(steps, CAUSES[id] ?? []);
