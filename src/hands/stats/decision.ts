import type { ActionKind } from "../../../rpc/hand.ts";

/** Whether it was the player's turn and choice, unlike what the rules demand: antes, blinds, bring-in. */
export const isDecision = (kind: ActionKind): boolean =>
  kind === "fold" || kind === "check" || isVoluntary(kind);

/** Money put in by choice. */
export const isVoluntary = (kind: ActionKind): boolean => kind === "call" || isAggressive(kind);

export const isAggressive = (kind: ActionKind): boolean => kind === "bet" || kind === "raise";
