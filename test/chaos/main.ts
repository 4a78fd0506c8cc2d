/**
 * `npm run chaos -- --seed N --minutes M`: a chaos run. Ends with 0 when every promise was kept and every counter met, else
 * with 1. The same seed gives the same faults at the same times and the same decisions of the players; what meets what
 * is up to the machine.
 */
import { parseArgs } from "node:util";
import { runChaos } from "./Chaos.ts";
import { reportText } from "./reportText.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "1" },
    processes: { type: "string", default: "3" },
  },
});

const report = await runChaos({
  seed: Number(values.seed),
  faultsMs: Number(values.minutes) * 60_000,
  processes: Number(values.processes),
  print: console.log,
});
console.log(reportText(report));
const isWell =
  report.findings.length === 0 && report.unfinished.length === 0 && report.missed.length === 0;
process.exitCode = isWell ? 0 : 1;
