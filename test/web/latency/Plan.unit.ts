import { expect, test } from "vitest";
import { faultOf } from "../../../web/src/latency/Plan.ts";
import type { Plan } from "../../../web/src/latency/Plan.ts";

const PLAN: Plan = {
  transport: "both",
  market: "exacta",
  selection: [1, 2],
  stakeMinor: 100,
  budgetMinor: 2_000,
  pace: { kind: "burst", count: 20 },
};

test.each<[string, Partial<Plan>, ReturnType<typeof faultOf>]>([
  ["as it should be", {}, null],
  ["one runner twice", { selection: [2, 2] }, "selection"],
  ["a runner too few", { selection: [2] }, "selection"],
  ["no stake", { stakeMinor: 0 }, "stake"],
  ["no budget", { budgetMinor: 0 }, "budget"],
  ["a budget below the stake", { budgetMinor: 99 }, "budgetTooSmall"],
  ["a budget above the balance", { budgetMinor: 5_001 }, "budgetTooLarge"],
  ["more a second than a console makes", { pace: { kind: "rate", perSecond: 51 } }, "rate"],
  ["half a bet a second", { pace: { kind: "rate", perSecond: 0.5 } }, "rate"],
  ["a burst of none", { pace: { kind: "burst", count: 0 } }, "burst"],
  ["a burst of no number", { pace: { kind: "burst", count: Number.NaN } }, "burst"],
])("%s", (_, changes, fault) => {
  expect(faultOf({ ...PLAN, ...changes }, 5_000)).toBe(fault);
});
