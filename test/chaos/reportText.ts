import type { ChaosReport } from "./Chaos.ts";

/** Enough to see what is wrong; the rest is in the folder that is kept. */
const SHOWN = 20;

/** The command that plays a run again: its faults and decisions, if not its timing. */
export const commandOf = (seed: number, faultsMs: number): string =>
  `npm run chaos -- --seed ${seed} --minutes ${(faultsMs / 60_000).toFixed(3)}`;

/** A run's outcome, for people. */
export const reportText = (report: ChaosReport): string => {
  const {
    answeredMs,
    counts,
    entries,
    findings,
    internalErrors,
    frames,
    kept,
    missed,
    requests,
    seed,
    settledMs,
    unfinished,
  } = report;
  return [
    `seed ${seed}: ${requests} requests, ${frames} frames, ${entries} journal entries`,
    `peace: every request answered after ${answeredMs} ms, everything settled after ${settledMs} ms`,
    `counted: ${[...counts].map(([what, count]) => `${what} ${count}`).join(", ")}`,
    ...(internalErrors === 0 ? [] : [`answered with internal_error: ${internalErrors} times`]),
    ...(missed.length === 0 ? [] : [`never met: ${missed.join(", ")}`]),
    ...unfinished.map((sentence) => `unfinished: ${sentence}`),
    ...findings
      .slice(0, SHOWN)
      .map(({ promise, sentence, subject }) => `BROKEN ${promise}: ${subject}: ${sentence}`),
    findings.length === 0 ? "every promise was kept" : `${findings.length} findings`,
    ...(kept === undefined ? [] : [`kept in ${kept}`]),
  ].join("\n");
};
