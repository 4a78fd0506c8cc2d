/**
 * `npm run chaos -- --seed N --minutes M`, or `--regression N`: a chaos run. Ends with 0 when every promise was kept and every counter met, else
 * with 1. The same seed gives the same faults at the same times and the same decisions of the players; what meets what
 * is up to the machine.
 */
import { parseArgs } from "node:util";
import { runChaos } from "./Chaos.ts";
import { REGRESSIONS } from "./regressions.ts";
import { commandOf, reportText } from "./reportText.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "1" },
    processes: { type: "string", default: "3" },
    /** Plays one of `regressions.ts` instead, counted from 0. */
    regression: { type: "string" },
  },
});

const regression = REGRESSIONS[Number(values.regression ?? -1)];
const faultsMs = Number(values.minutes) * 60_000;
const report = await runChaos({
  seed: Number(values.seed),
  faultsMs,
  processes: Number(values.processes),
  ...regression,
  print: console.log,
});
console.log(reportText(report));
const isWell = report.findings.length === 0 && report.unfinished.length === 0;
// A regression is about what it broke, and need not meet anything else.
const isWhole = regression !== undefined || report.missed.length === 0;
if (!isWell && regression === undefined) console.log(`again: ${commandOf(report.seed, faultsMs)}`);
process.exitCode = isWell && isWhole ? 0 : 1;
