/** A seed decides the faults of a run and what its players mean to do: again and again the same. */
import { describe, expect, it } from "vitest";
import { nextDecision } from "./Decisions.ts";
import { Random } from "./Random.ts";
import { scheduleOf } from "./Schedule.ts";

const OPTIONS = { durationMs: 60_000, processes: 3 };
const ALL_KINDS = 14;

describe("a schedule", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(scheduleOf(7, OPTIONS)).toEqual(scheduleOf(7, OPTIONS));
    expect(scheduleOf(7, OPTIONS)).not.toEqual(scheduleOf(8, OPTIONS));
  });

  it("has met every kind of fault when a pack of them has been dealt, whatever the seed", () => {
    for (let seed = 0; seed < 100; seed++) {
      const pack = scheduleOf(seed, OPTIONS).slice(0, ALL_KINDS);
      expect(new Set(pack.map(({ fault }) => fault.kind)).size).toBe(ALL_KINDS);
    }
  });

  it("is in the order of time, and within its time", () => {
    const times = scheduleOf(7, OPTIONS).map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times.every((atMs) => atMs > 0 && atMs < OPTIONS.durationMs)).toBe(true);
  });

  it("is the same at its beginning, however long the run", () => {
    const short = scheduleOf(7, { ...OPTIONS, durationMs: 20_000 });
    expect(scheduleOf(7, OPTIONS).slice(0, short.length)).toEqual(short);
  });
});

describe("decisions", () => {
  const decisions = (seed: number) => {
    const random = new Random(seed, 100);
    return Array.from({ length: 500 }, () => nextDecision(random));
  };

  it("are the same for the same seed, and of every kind", () => {
    expect(decisions(1)).toEqual(decisions(1));
    expect(decisions(1)).not.toEqual(decisions(2));
    expect(new Set(decisions(1).map(({ kind }) => kind)).size).toBe(16);
  });

  it("are spread evenly", () => {
    const random = new Random(5);
    const mean =
      Array.from({ length: 10_000 }, () => random.next()).reduce((a, b) => a + b) / 10_000;
    expect(mean).toBeGreaterThan(0.48);
    expect(mean).toBeLessThan(0.52);
  });
});
