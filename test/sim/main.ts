/**
 * `npm run sim -- --seeds 10000 [--from 1]` simulates so many seeds, those kept as regressions first;
 * `npm run sim -- --seed 1234` repeats one, with `--steps` showing every step. Ends with exit code 1 and the last steps at the first seed that fails.
 */
import { parseArgs } from "node:util";
import { REGRESSIONS } from "./regressions.ts";
import { simulate, type Verdict } from "./Simulation.ts";

const DEFAULT_SEEDS = 1000;
const REPORT_EVERY_MS = 5000;

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string", default: String(DEFAULT_SEEDS) },
    steps: { type: "boolean", default: false },
    from: { type: "string", default: "1" },
  },
});

const met = new Map<string, number>();

const fail = ({ hash, lastSteps, seed, violation }: Verdict): never => {
  console.error(lastSteps.join("\n"));
  console.error(`\nseed ${seed} fails (trace ${hash}): ${violation}`);
  console.error(`repeat it with: npm run sim -- --seed ${seed}`);
  process.exit(1);
};

const run = async (seed: number): Promise<Verdict> => {
  const verdict = await simulate(seed, {}, values.steps ? console.log : undefined);
  for (const [what, count] of verdict.met) met.set(what, (met.get(what) ?? 0) + count);
  return verdict.violation === undefined ? verdict : fail(verdict);
};

if (values.seed !== undefined) {
  const { answers, entries, hash, steps } = await run(Number(values.seed));
  console.log(
    `seed ${values.seed} is well: ${steps} steps, ${entries} entries, ${answers} answers, trace ${hash}`,
  );
} else {
  const from = Number(values.from);
  const seeds = [
    ...REGRESSIONS.map(({ seed }) => seed),
    ...Array.from({ length: Number(values.seeds) }, (_, i) => from + i),
  ];
  const began = performance.now();
  let reportedAt = began;
  let done = 0;
  const rate = () => (done / ((performance.now() - began) / 1000)).toFixed(1);
  for (const seed of seeds) {
    await run(seed);
    done++;
    if (performance.now() - reportedAt < REPORT_EVERY_MS) continue;
    reportedAt = performance.now();
    console.log(`${done} of ${seeds.length} seeds, ${rate()} a second`);
  }
  console.log(`${done} seeds are well, ${rate()} a second`);
}
for (const [what, count] of [...met].toSorted(([, one], [, other]) => other - one))
  console.log(`${String(count).padStart(10)}  ${what}`);
