/** Questions as tests ask them. */
import type { EquityAnswer, EquityQuestion } from "../../../rpc/equity.ts";
import { planOf, type Plan } from "../../../src/compute/equity/plan.ts";
import { solve } from "../../../src/compute/equity/solve.ts";
import { kernel } from "../kernel/testKernel.ts";

export type Asked = Partial<EquityQuestion> & Pick<EquityQuestion, "players">;

export const question = (asked: Asked): EquityQuestion => ({
  board: "",
  dead: "",
  mode: "auto",
  targetStdError: 0.001,
  maxSamples: 20_000_000,
  seed: 1,
  ...asked,
});

export const plan = (asked: Asked): Plan => {
  const planned = planOf(question(asked));
  if (!planned.ok) throw new Error(planned.refusal.reason);
  return planned.plan;
};

export const answer = (asked: Asked): EquityAnswer => {
  const solved = solve(kernel, plan(asked));
  if (solved === undefined) throw new Error("no deal");
  return solved;
};
