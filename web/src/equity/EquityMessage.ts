/** What is said to the worker that computes, and what it answers. */
import type { EquityAnswer, EquityProgress, EquityQuestion } from "../../../rpc/equity.ts";
import type { Refusal } from "../../../src/compute/equity/plan.ts";

export interface AskEquity {
  readonly question: EquityQuestion;
}

export type EquityNews =
  | { readonly kind: "progress"; readonly progress: EquityProgress }
  | { readonly kind: "answer"; readonly answer: EquityAnswer; readonly elapsedMs: number }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "failed" };
