import { describe, expect, it } from "vitest";
import {
  evolveForm,
  RUNNER_NAMES,
  startingField,
  strength,
} from "../../../../entities/lobby/race/runner.ts";

const ABILITIES = ["speed", "stamina", "start", "consistency"] as const;

describe("startingField", () => {
  it("is eight runners, numbered in order, with their own names and forms", () => {
    const field = startingField("a1");
    expect(field.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(field.map(({ name }) => name)).toEqual(RUNNER_NAMES);
    expect(new Set(field.map(({ name }) => name)).size).toBe(8);
    expect(new Set(field.map(({ form }) => JSON.stringify(form))).size).toBe(8);
  });

  it("depends on the seed alone", () => {
    expect(startingField("a1")).toEqual(startingField("a1"));
    expect(startingField("a1")).not.toEqual(startingField("a2"));
  });
});

describe("strength", () => {
  const form = { speed: 500, stamina: 500, start: 500, consistency: 500 };

  it("runs from 0 to 1000, and is 500 for the ordinary form", () => {
    expect(strength({ speed: 0, stamina: 0, start: 0, consistency: 0 })).toBe(0);
    expect(strength(form)).toBe(500);
    expect(strength({ speed: 1000, stamina: 1000, start: 1000, consistency: 1000 })).toBe(1000);
  });

  it.each(ABILITIES)("rises with %s", (ability) => {
    expect(strength({ ...form, [ability]: 600 })).toBeGreaterThan(strength(form));
  });
});

describe("evolveForm", () => {
  const field = startingField("a1");
  const restedAll = (seed: string) => evolveForm(field, [], seed);

  it("given the same race and seed gives the same forms", () => {
    const order = [[3], [1, 2], [4], [5], [6], [7], [8]];
    expect(evolveForm(field, order, "s")).toEqual(evolveForm(field, order, "s"));
    expect(evolveForm(field, order, "s")).not.toEqual(evolveForm(field, order, "t"));
  });

  it("tires the winner: less speed and stamina than the same runner rested", () => {
    const raced = evolveForm(field, [[3], [1], [2], [4], [5], [6], [7], [8]], "s");
    const rested = restedAll("s");
    expect(rested[2]!.form.stamina - raced[2]!.form.stamina).toBe(30);
    expect(rested[2]!.form.speed - raced[2]!.form.speed).toBe(12);
    expect(rested[0]!.form.stamina - raced[0]!.form.stamina).toBe(15);
    expect(raced.slice(3)).toEqual(rested.slice(3));
  });

  it("tires the runners of a dead heat alike, and the next as the place after both", () => {
    const raced = evolveForm(field, [[1, 2], [3], [4], [5], [6], [7], [8]], "s");
    const rested = restedAll("s");
    const lost = raced.map((runner, lane) => rested[lane]!.form.stamina - runner.form.stamina);
    expect(lost.slice(0, 4)).toEqual([30, 30, 8, 0]);
  });

  it("stays within bounds and keeps a field of unlike, ordinary runners over 2,000 races", () => {
    let runners = field;
    const speeds: number[] = [];
    for (let race = 0; race < 2_000; race++) {
      const best = runners.toSorted((a, b) => strength(b.form) - strength(a.form));
      runners = evolveForm(
        runners,
        best.map(({ number }) => [number]),
        `race-${race}`,
      );
      for (const { form } of runners) {
        const values = ABILITIES.map((ability) => form[ability]);
        expect(values.every(Number.isInteger)).toBe(true);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...values)).toBeLessThanOrEqual(1000);
        speeds.push(form.speed);
      }
    }
    const mean = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
    const variance = speeds.reduce((sum, speed) => sum + (speed - mean) ** 2, 0) / speeds.length;
    expect(mean).toBeGreaterThan(430);
    expect(mean).toBeLessThan(520);
    expect(Math.sqrt(variance)).toBeGreaterThan(80);
    expect(Math.sqrt(variance)).toBeLessThan(140);
  });
});
