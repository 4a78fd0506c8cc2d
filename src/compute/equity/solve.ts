/** All of a plan at once, on this thread: for light questions, and where there is no other thread. */
import type { EquityAnswer } from "../../../rpc/equity.ts";
import type { Kernel } from "../kernel/Kernel.ts";
import { startMerge } from "./Merge.ts";
import type { Plan } from "./plan.ts";
import { runChunk } from "./runChunk.ts";

/** `undefined` when no deal was found that gives every player a hand. */
export const solve = (kernel: Kernel, plan: Plan): EquityAnswer | undefined => {
  const merge = startMerge(plan);
  while (!merge.done) merge.add(runChunk(kernel, plan, merge.added));
  return merge.answer();
};
