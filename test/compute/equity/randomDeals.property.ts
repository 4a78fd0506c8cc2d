import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EquityAnswer } from "../../../rpc/equity.ts";
import { startMerge } from "../../../src/compute/equity/Merge.ts";
import { runChunk } from "../../../src/compute/equity/runChunk.ts";
import { solve } from "../../../src/compute/equity/solve.ts";
import { kernel } from "../kernel/testKernel.ts";
import { answer, plan, type Asked } from "./asking.ts";

/** So far from the truth only one answer in some millions is; the seeds are fixed, so that none of these is. */
const FAR = 5;

const isNear = (sampled: EquityAnswer, exact: EquityAnswer) =>
  sampled.players.forEach(({ equity, stdError, win, tie }, player) => {
    const truth = exact.players[player]!;
    expect(Math.abs(equity - truth.equity)).toBeLessThan(FAR * stdError);
    // A share of the deals varies no more than a fair coin.
    const widest = (FAR * 0.5) / Math.sqrt(sampled.samples);
    expect(Math.abs(win - truth.win)).toBeLessThan(widest);
    expect(Math.abs(tie - truth.tie)).toBeLessThan(widest);
  });

describe("Monte Carlo", () => {
  it.each<[string, Asked]>([
    ["known hands", { players: ["AhKd", "QsQc"] }],
    ["six known hands", { players: ["AhKd", "QsQc", "7h6h", "2c2d", "AsTs", "Jc9c"] }],
    ["a known hand and any two", { players: ["AhKd", "random"] }],
    ["any two and a range", { players: ["random", "TT+,AQ+"] }],
    ["any two before and after a range", { players: ["random", "QQ+", "random"], board: "2h7h9c" }],
    ["ranges", { players: ["TT+,AQ+", "22+,A2s+,KTs+"] }],
    ["ranges that collide", { players: ["QQ+,AKs", "QQ+,AKs", "QQ+,AKs"], board: "2h7h9c" }],
    ["weights", { players: ["AA@12.5,KQs,72o@1", "22+@50,A5s-A2s@3.25", "JJ"], board: "2hTh9c" }],
    ["dead cards", { players: ["KhQh", "AA,JTs"], dead: "AhKdQs2c2d" }],
    ["a turn and dead cards", { players: ["KhQh", "random"], board: "2hTh9c4s", dead: "AhAd" }],
    ["a river", { players: ["KhQh", "random"], board: "2hTh9c4s4d" }],
  ])("is near the exact answer: %s", (_, asked) => {
    const exact = answer({ ...asked, mode: "exact" });
    const sampled = answer({ ...asked, mode: "monte_carlo", targetStdError: 0.0005 });
    expect(exact.method).toBe("exact");
    expect(sampled.method).toBe("monte_carlo");
    isNear(sampled, exact);
  });

  it("has the truth in its interval as often as it says", () => {
    const asked = { players: ["AhKd", "random"], board: "2h7h9c" };
    const truth = answer({ ...asked, mode: "exact" }).players[0]!.equity;
    const RUNS = 400;
    const hits = Array.from({ length: RUNS }, (_, seed) =>
      answer({ ...asked, mode: "monte_carlo", seed, maxSamples: 5000 }),
    ).filter(({ players: [first] }) => first!.low <= truth && truth <= first!.high).length;
    // 95 % of 400 are 380, with a standard deviation of 4.4.
    expect(hits).toBeGreaterThan(362);
    expect(hits).toBeLessThan(398);
  });

  it("ends with the first chunk that meets the target", () => {
    const wide = plan({ players: ["random", "random", "TT+"], targetStdError: 0.0006 });
    const merge = startMerge(wide);
    const errors: Array<number> = [];
    while (!merge.done) {
      merge.add(runChunk(kernel, wide, merge.added));
      errors.push(Math.max(...merge.answer()!.players.map(({ stdError }) => stdError)));
    }
    expect(errors.length).toBeGreaterThan(2);
    expect(errors.length).toBeLessThan(wide.chunks);
    expect(errors.at(-1)).toBeLessThanOrEqual(0.0006);
    expect(errors.slice(0, -1).every((error) => error > 0.0006)).toBe(true);
    expect(merge.answer()!.converged).toBe(true);
    const before = merge.answer();
    merge.add(runChunk(kernel, wide, merge.added));
    expect(merge.answer()).toEqual(before);
  });

  it("ends with the last sample that was asked for", () => {
    const solved = answer({
      players: ["random", "random", "TT+"],
      targetStdError: 0.00005,
      maxSamples: 300_001,
    });
    expect(solved.samples).toBe(300_001);
    expect(solved.converged).toBe(false);
  });

  it("does not end on a few deals that all went alike", () => {
    const asked = { players: ["AhAd", "2c7d"], board: "AsAc3h4h5d", mode: "monte_carlo" } as const;
    expect(answer({ ...asked, maxSamples: 10 }).converged).toBe(false);
  });

  it("gives the same for the same seed, in whatever order chunks are computed, and another for another", () => {
    const asked = { players: ["TT+,AQ+", "22+@50", "random"], targetStdError: 0.0005 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (seed) => {
        const ours = plan({ ...asked, seed });
        const solved = solve(kernel, ours);
        const CHUNKS = 12;
        const tallies = Array.from({ length: CHUNKS }, (_, i) => CHUNKS - 1 - i)
          .map((chunk) => ({ chunk, tally: runChunk(kernel, ours, chunk) }))
          .toSorted((a, b) => a.chunk - b.chunk);
        const merge = startMerge(ours);
        for (const { tally } of tallies) merge.add(tally);
        expect(merge.done).toBe(true);
        expect(merge.answer()).toEqual(solved);
        expect(answer({ ...asked, seed: (seed + 1) % 2 ** 32 })).not.toEqual(solved);
      }),
      { numRuns: 4 },
    );
  });

  it("is fair to every seat", () => {
    const solved = answer({ players: Array.from({ length: 9 }, () => "random") });
    const equities = solved.players.map(({ equity }) => equity);
    expect(equities.reduce((sum, equity) => sum + equity, 0)).toBeCloseTo(1, 10);
    for (const { equity, stdError } of solved.players)
      expect(Math.abs(equity - 1 / 9)).toBeLessThan(FAR * stdError);
  });
});
