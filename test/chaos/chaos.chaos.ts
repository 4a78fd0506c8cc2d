/**
 * Three processes, twenty seconds of faults, three times: by seeds that are known to meet together everything that seldom
 * happens. See `Chaos.ts` for what a run is, `checker.ts` for what is looked at.
 */
import { describe, expect, it } from "vitest";
import { type ChaosReport, runChaos } from "./Chaos.ts";
import { SOMETIMES, type What } from "./Counters.ts";
import { REGRESSIONS } from "./regressions.ts";
import { commandOf, reportText } from "./reportText.ts";
import { SIGHTS } from "./Sights.ts";

const FAULTS_MS = 20_000;
/** Start, faults, peace and check take some forty seconds; a busy machine takes longer. */
const RUN_TIMEOUT_MS = 180_000;

/** What each seed is known to meet; its schedule has every kind of fault. */
const SEEDS: ReadonlyArray<{
  readonly seed: number;
  readonly accident: boolean;
  readonly meets: ReadonlyArray<What>;
}> = [
  { seed: 32, accident: true, meets: ["holdReconciled", "streamResumed", "unknownCommit"] },
  { seed: 49, accident: false, meets: ["askRetriedElsewhere", "streamResumed", "fencedAppend"] },
  { seed: 58, accident: false, meets: ["settlementResumed", "streamResumed", "unknownCommit"] },
];

const reports: Array<ChaosReport> = [];

const wellOrExplained = (report: ChaosReport, command: string): void => {
  const { faults, findings, unfinished } = report;
  if (findings.length === 0 && unfinished.length === 0) return;
  expect.fail([reportText(report), `again: ${command}`, "the faults were", ...faults].join("\n"));
};

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
    async ({ accident, meets, seed }) => {
      const report = await runChaos({ seed, accident, faultsMs: FAULTS_MS });
      reports.push(report);
      wellOrExplained(report, commandOf(seed, FAULTS_MS));
      console.log(reportText(report));
      expect(meets.filter((what) => report.missed.includes(what))).toEqual([]);
    },
  );

  it("has met everything that seldom happens", () => {
    expect(reports).toHaveLength(SEEDS.length);
    const all = [...SOMETIMES, ...SIGHTS];
    const met = all.filter((what) => reports.some(({ missed }) => !missed.includes(what)));
    expect(met).toEqual(all);
  });
});
