import fc from "fast-check";
import { expect, test } from "vitest";
import { createSimulator } from "../../../web/src/latency/Simulator.ts";

const CODES = [
  null,
  null,
  null,
  "rate_limited",
  "unavailable",
  "offline",
  "stake_below_min",
  "betting_closed",
  "abandoned",
];

/** A server that carries out a key once, and now and then loses the answer. */
test("whatever the server answers and loses, no key is placed twice and the budget is never exceeded", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        stakeMinor: fc.integer({ min: 1, max: 50 }),
        budgetMinor: fc.integer({ min: 50, max: 900 }),
        count: fc.integer({ min: 1, max: 60 }),
        answers: fc.array(fc.constantFrom(...CODES), { minLength: 20, maxLength: 120 }),
        stopAt: fc.integer({ min: 0, max: 150 }),
      }),
      async ({ stakeMinor, budgetMinor, count, answers, stopAt }) => {
        let nowMs = 0;
        let turn = 0;
        let keys = 0;
        const placed = new Set<string>();
        const simulator = createSimulator({
          plan: {
            transport: "rest",
            market: "win",
            selection: [1],
            stakeMinor,
            budgetMinor,
            pace: { kind: "burst", count },
          },
          nowMs: () => nowMs,
          makeKey: () => String((keys += 1)),
          openRace: () => "r",
          place: async ({ key }) => {
            const code = turn < answers.length ? answers[turn]! : null;
            turn += 1;
            if (placed.has(key)) return null;
            if (code === null || code === "offline" || code === "abandoned") placed.add(key);
            return code === null ? null : { code };
          },
          onProgress: () => undefined,
        });
        for (let step = 0; step < 400 && simulator.progress().status !== "ended"; step += 1) {
          if (step === stopAt) simulator.stop("stopped");
          simulator.pump();
          nowMs += 2_000;
          for (let i = 0; i < 4; i += 1) await Promise.resolve();
          expect(placed.size * stakeMinor).toBeLessThanOrEqual(budgetMinor);
          expect(simulator.progress().committedMinor).toBeLessThanOrEqual(budgetMinor);
        }
        const { status, committedMinor } = simulator.progress();
        expect(status).toBe("ended");
        expect(committedMinor).toBe(placed.size * stakeMinor);
      },
    ),
    { numRuns: 200 },
  );
});
