/**
 * `npm run import -- <files or folders>`: stores the hands of hand histories, of a running server or a stopped one; a server
 * announces and counts them when it runs. Each hand is stored once, so an import may be broken off and done again. Ends with
 * 0 when all could be read, with 1 when some hands were refused or a folder could not be listed, with 2 when it could not go on.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Effect, Either } from "effect";
import pg from "pg";
import { systemClock } from "./actor/Clock.ts";
import { openDatabase } from "./ops/ProgramDatabase.ts";
import { makeAllInEquity } from "./compute/equity/allInEquity.ts";
import { loadKernel } from "./compute/kernel/Kernel.ts";
import { readKernelWasm } from "./compute/kernel/wasmFile.ts";
import { COUNTED_BOARDS } from "./hands/stats/AllInEquity.ts";
import { HandIntake, type IntakeServices } from "./hands/HandIntake.ts";
import { countHand } from "./hands/stats/countHand.ts";
import { HandStore } from "./hands/store/HandStore.ts";
import { historiesBelow } from "./hands/watch/folderFiles.ts";
import { Settings } from "./ops/Config.ts";
import { migrate, readMigrations } from "./ops/Migrations.ts";

const CONNECT_TIMEOUT_MS = 5000;
/** A line of progress this often: enough to see that it goes on. */
const PROGRESS_EVERY_MS = 2000;
/** Bytes read ahead while hands are stored. */
const READ_AHEAD_BYTES = 1 << 18;
const MS_PER_SECOND = 1000;

const USAGE = "Usage: npm run import -- <hand history or folder of them> …";

interface Totals {
  imported: number;
  duplicates: number;
  summaries: number;
  refused: number;
}

const main = async (args: ReadonlyArray<string>): Promise<number> => {
  if (args.length === 0) throw new Error(USAGE);
  const settings = Effect.runSync(Effect.either(Effect.provide(Settings, Settings.layer)));
  if (Either.isLeft(settings)) throw settings.left;
  const unlistable: Array<string> = [];
  const files = (await Promise.all(args.map((arg) => filesOf(resolve(arg), unlistable)))).flat();
  const database = await openDatabase(settings.right);
  try {
    console.error(`importing ${files.length} files into ${database.place}`);
    await migrate(database.url, await readMigrations());
    const totals = await importAll(database.url, files);
    for (const sentence of unlistable) console.log(sentence);
    return totals.refused === 0 && unlistable.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
};

interface ImportedFile {
  readonly path: string;
  readonly bytes: number;
}

/** A file whatever its name is, the histories in a folder and below. Rejects when there is no such path. */
const filesOf = async (
  path: string,
  unlistable: Array<string>,
): Promise<ReadonlyArray<ImportedFile>> => {
  const found = await stat(path);
  if (!found.isDirectory()) return [{ path, bytes: found.size }];
  const histories = await historiesBelow(path, (folder, { message }) =>
    unlistable.push(`${folder} cannot be listed: ${message}`),
  );
  const paths = histories.map((file) => file.path).toSorted();
  return Promise.all(paths.map(async (one) => ({ path: one, bytes: (await stat(one)).size })));
};

const importAll = async (url: string, files: ReadonlyArray<ImportedFile>): Promise<Totals> => {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "croupier import",
  });
  // Broken while nothing is stored, it is replaced at its next use; without a listener it would end the import.
  pool.on("error", () => undefined);
  const totals: Totals = { imported: 0, duplicates: 0, summaries: 0, refused: 0 };
  const allBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const since = performance.now();
  let bytes = 0;
  const told = () => {
    const seconds = (performance.now() - since) / MS_PER_SECOND;
    const rate = Math.round((totals.imported + totals.duplicates) / seconds);
    return `${totals.imported} hands, ${totals.duplicates} known before, ${totals.refused} refused: ${rate}/s`;
  };
  const progress = setInterval(() => {
    console.error(`${Math.floor((100 * bytes) / Math.max(1, allBytes))} %: ${told()}`);
  }, PROGRESS_EVERY_MS);
  try {
    const allInEquity = makeAllInEquity(await loadKernel(await readKernelWasm()), COUNTED_BOARDS);
    const services: IntakeServices = {
      store: new HandStore({ pool, now: systemClock.now }),
      count: (hand) => countHand(hand, allInEquity),
      onStored: ({ stored }) => void (totals.imported += stored.length),
    };
    for (const { path } of files) {
      const { duplicates, refusals, refused, summaries } = await importFile(services, path, (n) => {
        bytes += n;
      });
      totals.duplicates += duplicates;
      totals.summaries += summaries;
      totals.refused += refused;
      for (const { handId, line, reason } of refusals)
        console.log(`${path}:${line}: ${handId ?? "a hand"} is refused: ${reason}`);
      if (refused > refusals.length)
        console.log(`${path}: … and ${refused - refusals.length} more`);
    }
    console.log(`${told()}; ${totals.summaries} tournament summaries`);
    return totals;
  } finally {
    clearInterval(progress);
    await pool.end();
  }
};

const importFile = async (
  services: IntakeServices,
  path: string,
  onRead: (bytes: number) => void,
) => {
  const intake = new HandIntake(services, { name: path });
  const stream = createReadStream(path, { highWaterMark: READ_AHEAD_BYTES });
  for await (const piece of stream as AsyncIterable<Buffer>) {
    await intake.write(piece);
    onRead(piece.length);
  }
  await intake.end();
  return intake.tally;
};

process.exitCode = await main(process.argv.slice(2)).catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : String(cause));
  return 2;
});
