import { beforeAll, describe, expect, it } from "vitest";
import { winChancesPpm } from "../../../../entities/lobby/race/odds.ts";
import { startingField, strength } from "../../../../entities/lobby/race/runner.ts";
import { simulate } from "../../../../entities/lobby/race/simulation.ts";

const FIELDS = 20;
const RACES_PER_FIELD = 500;

describe("over 10,000 races of 20 fields", () => {
  const runners: { strength: number; promised: number; won: number }[] = [];

  beforeAll(() => {
    for (let each = 0; each < FIELDS; each++) {
      const field = startingField(`field-${each}`);
      const wins = field.map(() => 0);
      for (let race = 0; race < RACES_PER_FIELD; race++) {
        const seed = `odds-${each}-${race}`;
        const first = simulate({ seed, field, maxTicks: 120, powers: [] }).order[0]!;
        for (const number of first) wins[number - 1]! += 1 / first.length;
      }
      winChancesPpm(field).forEach((chancePpm, lane) =>
        runners.push({
          strength: strength(field[lane]!.form),
          promised: chancePpm / 1_000_000,
          won: wins[lane]! / RACES_PER_FIELD,
        }),
      );
    }
  });

  it("strength and win rate rank the runners of a field alike", () => {
    for (let each = 0; each < FIELDS; each++) {
      const field = runners.slice(each * 8, each * 8 + 8);
      const correlation = spearman(
        field.map((runner) => runner.strength),
        field.map((runner) => runner.won),
      );
      expect(correlation).toBeGreaterThan(0.7);
    }
    const promised = runners.map((runner) => runner.promised);
    expect(
      spearman(
        promised,
        runners.map((runner) => runner.won),
      ),
    ).toBeGreaterThan(0.95);
  });

  it("a promised chance is the rate that comes true, from outsiders to favourites", () => {
    const BORDERS = [0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.45, 1];
    const buckets = BORDERS.slice(1).map((to, index) =>
      runners.filter(({ promised }) => promised >= BORDERS[index]! && promised < to),
    );
    for (const bucket of buckets) {
      expect(bucket.length).toBeGreaterThan(0);
      const promised = mean(bucket.map((runner) => runner.promised));
      const won = mean(bucket.map((runner) => runner.won));
      const races = bucket.length * RACES_PER_FIELD;
      const standardError = Math.sqrt((promised * (1 - promised)) / races);
      expect(Math.abs(won - promised)).toBeLessThan(3 * standardError + 0.02);
    }
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Pearson's correlation of the ranks. */
function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, index) => (value - mx) * (y[index]! - my)));
  const deviation = (values: number[], centre: number) =>
    Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  return covariance / (deviation(x, mx) * deviation(y, my));
}

/** Rank of each value, from 1; equal values share their mean rank. */
function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}
