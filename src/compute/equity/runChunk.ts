/** One chunk of a plan on one kernel. */
import type { Kernel } from "../kernel/Kernel.ts";
import type { Plan } from "./plan.ts";
import type { Tally } from "./Tally.ts";

/** Depends on the question and the number alone. Takes some ten milliseconds; the kernel does nothing else meanwhile. */
export const runChunk = (kernel: Kernel, plan: Plan, chunk: number): Tally =>
  plan.run(kernel, chunk);
