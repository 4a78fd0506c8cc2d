/** Every seed is a cluster's bad day, and all promises hold in each. More seeds: `npm run sim -- --seeds 10000`. */
import { describe, expect, it } from "vitest";
import { REGRESSIONS } from "./regressions.ts";
import { simulate, type Verdict } from "./Simulation.ts";

const SEEDS = 250;
const PART = 50;
const TIMEOUT_MS = 120_000;

/** What at least one of so many runs must have met, or they were too calm to show anything. */
const MUST_MEET = [
  "kill",
  "pause",
  "stop",
  "fenced append",
  "unknown commit",
  "ask retried elsewhere",
  "stream resumed",
  "lobby resumed",
  "wallet resumed",
  "wallet recovered from a snapshot",
  "wallet VoidHold",
  "lost a shard without knowing",
  "raffle recovered from a snapshot",
  "raffle resumed",
  "raffle Tick",
  "raffle ReturnSales",
  "raffle FinishPayout",
  "reservation resumed",
  "reservation FinishRefund",
  "reservation FinishFreeing",
  "number taken",
  "sold",
  "card asked for",
];

const explained = ({ lastSteps, seed, violation }: Verdict) =>
  violation === undefined
    ? undefined
    : `${violation}\nrepeat it with: npm run sim -- --seed ${seed}\n${lastSteps.slice(-40).join("\n")}`;

describe("simulation", () => {
  it.each(REGRESSIONS)("finds seed $seed well that failed once: $found", async ({ seed }) => {
    expect(explained(await simulate(seed))).toBeUndefined();
  });

  it("runs the same way twice from one seed, and another way from another", async () => {
    const [one, again, other] = [await simulate(7), await simulate(7), await simulate(8)];
    expect(again.hash).toBe(one.hash);
    expect(again.steps).toBe(one.steps);
    expect(other.hash).not.toBe(one.hash);
  });

  const met = new Set<string>();
  const parts = Array.from({ length: SEEDS / PART }, (_, i) => 1 + i * PART);
  it.each(parts)(
    `keeps every promise in ${PART} runs, from seed %i on`,
    async (from) => {
      for (let seed = from; seed < from + PART; seed++) {
        const verdict = await simulate(seed);
        expect(explained(verdict)).toBeUndefined();
        for (const what of verdict.met.keys()) met.add(what);
      }
    },
    TIMEOUT_MS,
  );

  it("has met what it is for", () => {
    expect(MUST_MEET.filter((what) => !met.has(what))).toEqual([]);
  });
});
