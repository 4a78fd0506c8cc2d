/**
 * Three processes, twenty seconds of faults, three times, and again until everything that seldom happens was met. See
 * `Chaos.ts` for what a run is, `checker.ts` for what is looked at.
 */
import { describe, expect, it } from "vitest";
import { type ChaosReport, runChaos } from "./Chaos.ts";
import { SOMETIMES } from "./Counters.ts";
import { REGRESSIONS } from "./regressions.ts";
import { commandOf, reportText } from "./reportText.ts";
import { SIGHTS } from "./Sights.ts";

const FAULTS_MS = 20_000;
/** Start, faults, peace and check take some forty seconds; a busy machine takes longer. */
const RUN_TIMEOUT_MS = 180_000;

/** Their schedules have every kind of fault; the accident of the first leaves a hold to be reconciled. */
const SEEDS: ReadonlyArray<{ readonly seed: number; readonly accident: boolean }> = [
  { seed: 32, accident: true },
  { seed: 49, accident: false },
  { seed: 58, accident: false },
];

/**
 * A seed fixes the faults, and the machine what they meet: what the first three runs have not met is looked for in so
 * many more, under the schedules that meet the rarest most often.
 */
const FURTHER: typeof SEEDS = [58, 49, 32, 58, 49, 32].map((seed) => ({
  seed,
  accident: seed === 32,
}));

const reports: Array<ChaosReport> = [];

const wellOrExplained = (report: ChaosReport, command: string): void => {
  const { faults, findings, unfinished } = report;
  if (findings.length === 0 && unfinished.length === 0) return;
  expect.fail([reportText(report), `again: ${command}`, "the faults were", ...faults].join("\n"));
};

const strike = async ({ accident, seed }: (typeof SEEDS)[number]): Promise<void> => {
  const report = await runChaos({ seed, accident, faultsMs: FAULTS_MS });
  reports.push(report);
  wellOrExplained(report, commandOf(seed, FAULTS_MS));
  console.log(reportText(report));
};

const neverMet = (): ReadonlyArray<ChaosReport["missed"][number]> =>
  [...SOMETIMES, ...SIGHTS].filter((what) => reports.every(({ missed }) => missed.includes(what)));

describe("under faults that once broke a promise", () => {
  it.each(REGRESSIONS.map((regression, n) => ({ ...regression, n })))(
    "keeps it: $found",
    { timeout: RUN_TIMEOUT_MS },
    async ({ n, ...regression }) => {
      const report = await runChaos({ ...regression, accident: false });
      wellOrExplained(report, `npm run chaos -- --regression ${n}`);
    },
  );
});

describe("under faults", () => {
  it.each(SEEDS)(
    "keeps every promise, and comes to rest after it, by seed $seed",
    { timeout: RUN_TIMEOUT_MS },
    (run) => strike(run),
  );

  it(
    "has met everything that seldom happens",
    { timeout: FURTHER.length * RUN_TIMEOUT_MS },
    async () => {
      for (const run of FURTHER) {
        if (neverMet().length > 0) await strike(run);
      }
      expect(neverMet()).toEqual([]);
    },
  );
});
