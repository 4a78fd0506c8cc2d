import { migrate, readMigrations } from "../src/ops/Migrations.ts";
import type { Bench, Stage } from "./Bench.ts";
import type { WalletsReport, WalletsRequest } from "./load/wallets.ts";
import { median } from "./support/Rounds.ts";
import { startWorker } from "./support/Worker.ts";

const WALLETS = { full: 2_000, quick: 400 };
const EVENTS = 50;
const FILL_MS = 60_000;
const ACTIVATE_MS = 60_000;

/** Each request has a process of its own: in one that made the wallets they would not be cold. */
export const inNewProcess = async (stage: Stage, request: WalletsRequest, deadlineMs: number) => {
  const worker = await startWorker<WalletsRequest, WalletsReport | undefined>(
    new URL("load/wallets.ts", import.meta.url),
  );
  stage.defer(worker.stop);
  const report = await worker.ask(request, deadlineMs);
  await worker.stop();
  return report;
};

export const activation: Bench = {
  name: "activation",
  about: `a cold wallet with ${EVENTS} events: from the question to its answer, cluster and journal included; p50`,
  unit: "ms",
  bar: { oursAtMost: 3 },
  run: async (stage) => {
    const database = await stage.postgres.createDatabase("activation");
    stage.defer(database.drop);
    await migrate(database.url, await readMigrations());
    const { url } = database;
    const wallets = stage.quick ? WALLETS.quick : WALLETS.full;
    stage.progress(`making ${wallets} wallets with ${EVENTS} events each`);
    await inNewProcess(stage, { type: "fill", url, wallets, events: EVENTS }, FILL_MS);
    const rounds: Array<WalletsReport> = [];
    for (let round = 0; round < stage.rounds; round += 1) {
      const report = await inNewProcess(stage, { type: "activate", url, wallets }, ACTIVATE_MS);
      if (report === undefined) throw new Error("The wallets gave no report.");
      rounds.push(report);
    }
    const of = (field: keyof WalletsReport) => median(rounds.map((round) => round[field]));
    return {
      ours: of("p50Ms"),
      notes: [
        `one after another: p50 ${of("p50Ms").toFixed(2)} ms, p99 ${of("p99Ms").toFixed(2)} ms; all at once: ${Math.round(of("perSecondAtOnce"))} a second`,
        `an active wallet holds ${Math.round(of("bytesEach"))} bytes of heap, its cluster entity included`,
      ],
    };
  },
};
