import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../../../entities/lobby/race/hash.ts";
import { POWERS } from "../../../../entities/lobby/race/power.ts";
import { formatOrder, framesDigest } from "../../../../entities/lobby/race/replay.ts";
import { evolveForm, startingField } from "../../../../entities/lobby/race/runner.ts";
import {
  activeTicks,
  frameAt,
  simulate,
  telegraphTicks,
} from "../../../../entities/lobby/race/simulation.ts";
import type { PowerCast, RaceRun } from "../../../../entities/lobby/race/simulation.ts";

const field = startingField("a1");

describe("a race", () => {
  it("of 10,000 seeds, run twice, is the same bit for bit, and the same as ever before", () => {
    const first = digestOfAll();
    expect(digestOfAll()).toBe(first);
    expect(first).toBe(GOLDEN_10_000);
  });

  it("of full length is the same as ever before", () => {
    const run = simulate({ seed: "golden", field, maxTicks: 800, powers: POWER_SAMPLE });
    expect([formatOrder(run.order), run.finishTick, framesDigest(run)]).toMatchInlineSnapshot(`
      [
        "5, 8, 7, 2, 6, 3, 4, 1",
        653,
        "cd22e64f4458351b558c28027e4361439219f650c75a1f310b885fcf76e52f64",
      ]
    `);
  });

  it.each([40, 200, 800, 1_200])(
    "of %i ticks is won at 75 to 85 %% of them and decided before they end",
    (maxTicks) => {
      let typical = 0;
      for (let race = 0; race < 200; race++) {
        const run = simulate({ seed: `length-${race}`, field, maxTicks, powers: [] });
        const winnerTick = Math.min(...run.finishTicks.map((tick) => tick ?? maxTicks));
        if (winnerTick >= maxTicks * 0.75 && winnerTick <= maxTicks * 0.85) typical += 1;
        expect(run.finishTicks).not.toContain(null);
        expect(run.finishTick).toBe(Math.max(...run.finishTicks.map((tick) => tick ?? maxTicks)));
      }
      expect(typical).toBeGreaterThanOrEqual(190);
    },
  );

  it("knows dead heats for first, and not many; photo finishes more", () => {
    let deadHeats = 0;
    let photoFinishes = 0;
    let runners = field;
    for (let race = 0; race < 4_000; race++) {
      const seed = `heat-${race}`;
      const run = simulate({ seed, field: runners, maxTicks: 100, powers: [] });
      if (run.order[0]!.length > 1) deadHeats += 1;
      if (run.photoFinish) photoFinishes += 1;
      runners = evolveForm(runners, run.order, seed);
    }
    expect(deadHeats).toBeGreaterThanOrEqual(3);
    expect(deadHeats).toBeLessThanOrEqual(40);
    expect(photoFinishes).toBeGreaterThan(200);
    expect(photoFinishes).toBeLessThan(1_200);
  });

  it("is decided in time even by the worst form there can be, oiled all the way", () => {
    const worst = { speed: 0, stamina: 0, start: 0, consistency: 0 };
    const slow = field.map((runner) => ({ ...runner, form: worst }));
    const powers = field.flatMap(({ number }) =>
      Array.from({ length: 20 }, (_, index): PowerCast => ({
        tick: index * 10,
        power: "pwr_oil_01",
        target: number,
      })),
    );
    for (let race = 0; race < 500; race++) {
      const run = simulate({ seed: `slow-${race}`, field: slow, maxTicks: 200, powers });
      expect(run.finishTicks).not.toContain(null);
    }
  });

  it("ranks by distance who is not home when time is up", () => {
    // No form is that low; only so can the race end first.
    const crawling = field.map((runner) => ({
      ...runner,
      form: { ...runner.form, speed: -5_000 },
    }));
    const run = simulate({ seed: "crawl", field: crawling, maxTicks: 800, powers: [] });
    expect(run.finishTick).toBe(800);
    expect(run.finishTicks.every((tick) => tick === null)).toBe(true);
    expect(run.photoFinish).toBe(false);
    const last = frameAt(run, 800);
    const distances = run.order.flat().map((number) => last[number - 1]!);
    expect(distances).toEqual(last.toSorted((a, b) => b - a));
  });

  it("of 800 ticks takes a few milliseconds at most, so that each cast can afford a new run", () => {
    const times = Array.from({ length: 101 }, (_, race) => {
      const begin = performance.now();
      simulate({ seed: `time-${race}`, field, maxTicks: 800, powers: POWER_SAMPLE });
      return performance.now() - begin;
    }).toSorted((a, b) => a - b);
    expect(times[50]!).toBeLessThan(4);
  });
});

describe("scratched runners", () => {
  it("neither move nor rank, and change nobody's luck", () => {
    const all = simulate({ seed: "s", field, maxTicks: 200, powers: [] });
    const some = simulate({ seed: "s", field, scratched: [1, 5], maxTicks: 200, powers: [] });
    expect(some.order).toEqual(without(all, [1, 5]));
    expect(some.finishTicks[0]).toBeNull();
    expect(some.finishTicks[4]).toBeNull();
    expect(frameAt(some, some.finishTick)[4]).toBe(0);
  });

  it("all eight of them make no race", () => {
    const scratched = field.map(({ number }) => number);
    const run = simulate({ seed: "s", field, scratched, maxTicks: 200, powers: [] });
    expect(run.order).toEqual([]);
    expect(run.finishTick).toBe(0);
  });
});

describe("powers", () => {
  it("change a runner's chance and do not decide it: one boost is worth ×1.3 to ×2", () => {
    const usual = shareOfWins(null);
    expect(usual).toBeGreaterThan(0.1);
    expect(usual).toBeLessThan(0.15);
    const boosted = shareOfWins("pwr_boost_01") / usual;
    expect(boosted).toBeGreaterThan(1.3);
    expect(boosted).toBeLessThan(2);
    const oiled = shareOfWins("pwr_oil_01") / usual;
    expect(oiled).toBeGreaterThan(0.3);
    expect(oiled).toBeLessThan(0.75);
  });

  it("of one kind on one runner, a hundred together stay below twice the first", () => {
    expect(gain(1)).toBeGreaterThan(0);
    expect(gain(2)).toBeGreaterThan(gain(1));
    expect(gain(100)).toBeGreaterThan(gain(2));
    expect(gain(100)).toBeLessThan(2 * gain(1));
  });

  it("begin after their telegraph, and last their time or that share of a shorter race", () => {
    expect(Object.values(POWERS).map(telegraphTicks)).toEqual([4, 10, 16]);
    const boost = POWERS.pwr_boost_01;
    expect([1_200, 800, 400, 40].map((ticks) => activeTicks(boost, ticks))).toEqual([
      80, 80, 40, 4,
    ]);
  });

  it("too late or on a scratched runner change nothing", () => {
    const plain = simulate({ seed: "s", field, scratched: [3], maxTicks: 200, powers: [] });
    const powers: PowerCast[] = [
      { tick: 199, power: "pwr_boost_01", target: 1 },
      { tick: 1e9, power: "pwr_boost_01", target: 1 },
      { tick: 10, power: "pwr_boost_01", target: 3 },
    ];
    expect(simulate({ seed: "s", field, scratched: [3], maxTicks: 200, powers })).toEqual(plain);
  });
});

describe("refuses", () => {
  it.each([39, 1_201, 100.5, Number.NaN])("a race of %s ticks", (maxTicks) => {
    expect(() => simulate({ seed: "s", field, maxTicks, powers: [] })).toThrow(RangeError);
  });

  it.each([
    [9, 10],
    [1, -1],
    [1, 0.5],
  ])("a cast on runner %s at tick %s", (target, tick) => {
    const powers: PowerCast[] = [{ tick, power: "pwr_oil_01", target }];
    expect(() => simulate({ seed: "s", field, maxTicks: 100, powers })).toThrow(RangeError);
  });
});

it("frameAt holds the first frame before the start and the last after the end", () => {
  const run = simulate({ seed: "s", field, maxTicks: 100, powers: [] });
  expect(frameAt(run, -5)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(frameAt(run, 10_000)).toEqual(field.map(() => run.trackLengthMm));
  expect(frameAt(run, 50)).toEqual(frameAt(run, 50.9));
});

const POWER_SAMPLE: readonly PowerCast[] = [
  { tick: 5, power: "pwr_boost_01", target: 2 },
  { tick: 9, power: "pwr_oil_01", target: 7 },
  { tick: 9, power: "pwr_stero_turbo", target: 2 },
];

/** Changes only together with the rules; then races recorded before can no longer be replayed. */
const GOLDEN_10_000 = "29cfe54b27ac0128864c6f963f7b7724f5186f9d6deba08b921f22020191f1f4";

function without(run: RaceRun, scratched: readonly number[]) {
  return run.order
    .map((group) => group.filter((number) => !scratched.includes(number)))
    .filter((group) => group.length > 0);
}

/** One hash over the frames and orders of 10,000 races. */
function digestOfAll(): string {
  let chain = "";
  for (let race = 0; race < 10_000; race++) {
    const run = simulate({ seed: `seed-${race}`, field, maxTicks: 60, powers: POWER_SAMPLE });
    chain = sha256Hex(`${chain}${framesDigest(run)}${JSON.stringify(run.order)}`);
  }
  return chain;
}

/** How often a runner wins on whom the power is cast at two fifths of the race; each number in turn. */
function shareOfWins(power: PowerCast["power"] | null): number {
  let wins = 0;
  let runners = field;
  for (let race = 0; race < 2_000; race++) {
    const seed = `power-${race}`;
    const target = 1 + (race % 8);
    const powers = power === null ? [] : [{ tick: 80, power, target }];
    const run = simulate({ seed, field: runners, maxTicks: 200, powers });
    const first = run.order[0]!;
    if (first.includes(target)) wins += 1 / first.length;
    runners = evolveForm(runners, [], seed);
  }
  return wins / 2_000;
}

/** Millimetres that so many boosts, cast at once, have brought when they end. */
function gain(count: number): number {
  const powers = Array.from({ length: count }, (): PowerCast => ({
    tick: 200,
    power: "pwr_boost_01",
    target: 1,
  }));
  const at = 200 + telegraphTicks(POWERS.pwr_boost_01) + 79;
  const boosted = frameAt(simulate({ seed: "s", field, maxTicks: 800, powers }), at)[0]!;
  return boosted - frameAt(simulate({ seed: "s", field, maxTicks: 800, powers: [] }), at)[0]!;
}
