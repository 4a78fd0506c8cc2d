/**
 * `npm run bench`: every figure the project claims, measured here and now. Prints the machine, what is run, and a table;
 * `--json` gives the results as one object a line.
 */
import { activation } from "./activation.ts";
import { betLatency } from "./bet-latency.ts";
import { betsCluster } from "./bets-cluster.ts";
import { betsPgbench } from "./bets-pgbench.ts";
import { betsRemote } from "./bets-remote.ts";
import { betsService } from "./bets-service.ts";
import { judge, type Bench, type Result, type Stage } from "./Bench.ts";
import { consoleBenches } from "./console.ts";
import { equityBets } from "./equity-bets.ts";
import { equityKernelBenches } from "./equity-kernel.ts";
import { equityRest } from "./equity-rest.ts";
import { equityWorkers } from "./equity-workers.ts";
import { failOver } from "./fail-over.ts";
import { fanOut } from "./fan-out.ts";
import { growth } from "./growth.ts";
import { handsImport } from "./hands-import.ts";
import { handsList } from "./hands-list.ts";
import { handsLive } from "./hands-live.ts";
import { handsParse } from "./hands-parse.ts";
import { handsStats } from "./hands-stats.ts";
import { idleSockets } from "./idle-sockets.ts";
import { raffleExpiry } from "./raffle-expiry.ts";
import { raffleStampede } from "./raffle-stampede.ts";
import { raffleWatchers } from "./raffle-watchers.ts";
import { smallEndpoint } from "./small-endpoint.ts";
import { machineLine } from "./support/Machine.ts";
import { readOptions, USAGE, type Options } from "./support/Options.ts";
import { openPostgres, type Postgres } from "./support/Postgres.ts";
import { resultTable } from "./support/Table.ts";

const BENCHES: ReadonlyArray<Bench> = [
  betsPgbench,
  betsService,
  betsCluster,
  betsRemote,
  betLatency,
  smallEndpoint,
  fanOut,
  failOver,
  activation,
  growth,
  idleSockets,
  raffleStampede,
  raffleWatchers,
  raffleExpiry,
  ...consoleBenches,
  ...equityKernelBenches,
  equityWorkers,
  equityBets,
  equityRest,
  handsParse,
  handsImport,
  handsLive,
  handsList,
  handsStats,
];

/** Names for several: `console` is all that begin with it. */
const GROUPS: ReadonlyArray<string> = ["console", "raffle", "equity", "hands"];

const isAsked = ({ name }: Bench, names: ReadonlyArray<string>): boolean =>
  names.length === 0 ||
  names.includes(name) ||
  GROUPS.some((group) => names.includes(group) && name.startsWith(`${group}-`));

class Interrupted extends Error {
  constructor() {
    super("interrupted");
  }
}

/** Rejects at Ctrl-C: then what was started is stopped in order, as at the end of any run. */
const interrupted = new Promise<never>((_, reject) => {
  process.once("SIGINT", () => reject(new Interrupted()));
  process.once("SIGTERM", () => reject(new Interrupted()));
});

/** Runs the benchmark and then, whatever happened, what it deferred. */
const run = async (bench: Bench, stage: Omit<Stage, "defer">) => {
  const ends: Array<() => Promise<void>> = [];
  try {
    const outcome = bench.run({ ...stage, defer: (end) => ends.push(end) });
    return await Promise.race([outcome, interrupted]);
  } finally {
    for (const end of ends.toReversed()) await end();
  }
};

const runAll = async (options: Options, postgres: Postgres) => {
  // With --json stdout has the results and nothing else.
  const say = options.json ? console.error : console.log;
  const { rounds, seconds } = options;
  say(machineLine(postgres.version));
  say(`PostgreSQL: ${postgres.durability}`);
  say(`command: npm run bench -- ${process.argv.slice(2).join(" ")}`.trimEnd());
  say(`rounds: ${rounds} of ${seconds} s each side, in turns; medians\n`);
  const results: Array<Result> = [];
  const failed: Array<string> = [];
  for (const bench of BENCHES) {
    if (!isAsked(bench, options.names)) continue;
    say(`${bench.name}: ${bench.about}`);
    const progress = (line: string) => say(`  … ${line}`);
    try {
      const outcome = await run(bench, { ...options, postgres, progress });
      const result = judge(bench, outcome);
      results.push(result);
      for (const note of outcome.notes) say(`  ${note}`);
      if (options.json) console.log(JSON.stringify(result));
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      failed.push(bench.name);
      say(`  failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    say("");
  }
  if (!options.json) console.log(resultTable(results));
  if (failed.length > 0) say(`failed: ${failed.join(", ")}`);
  return failed.length === 0 && (!options.strict || results.every(({ pass }) => pass));
};

const main = async () => {
  const names = BENCHES.map(({ name }) => name);
  const options = readOptions(process.argv.slice(2), [...names, ...GROUPS]);
  if (options === "help") return console.log(USAGE);
  const postgres = await openPostgres(process.env["DATABASE_URL"]);
  try {
    if (!(await runAll(options, postgres))) process.exitCode = 1;
  } finally {
    await postgres.stop();
  }
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
