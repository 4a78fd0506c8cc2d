/** What is said to the worker that computes, and what it answers. */
import type { EquityAnswer, EquityProgress, EquityQuestion } from "../../../rpc/equity.ts";

export interface AskEquity {
  readonly question: EquityQuestion;
}

export type EquityNews =
  | { readonly kind: "progress"; readonly progress: EquityProgress }
  | { readonly kind: "answer"; readonly answer: EquityAnswer; readonly elapsedMs: number }
  /** `where` names the field as the question has it; empty where no one field is to blame. */
  | { readonly kind: "refused"; readonly where: string; readonly reason: string }
  | { readonly kind: "failed" };
