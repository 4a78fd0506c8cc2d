/**
 * `npm run export`: exports what is new for analysts, of a running server or a stopped one, into DATA_DIR/exports, and
 * says what is there. Ends with 0, or with 2 when it could not.
 */
import { hostname } from "node:os";
import { join } from "node:path";
import { Effect, Either } from "effect";
import pg from "pg";
import { exportApart } from "./analytics/ExportApart.ts";
import { Published } from "./analytics/Published.ts";
import { openDatabase } from "./ops/ProgramDatabase.ts";
import { ANALYTICS_EXPORT, AnalyticsExport, type MadeFile } from "./jobs/AnalyticsExport.ts";
import { Term, TermEnded } from "./jobs/Term.ts";
import { Settings } from "./ops/Config.ts";

const CONNECT_TIMEOUT_MS = 5000;
/** Its own statements, one after another, and the list of files at the end. */
const CONNECTIONS = 2;
/** A line of progress this often: enough to see that it goes on. */
const PROGRESS_EVERY_MS = 2000;
/**
 * A server that exports at the same time takes the office back within seconds, and each of the two goes on where the other
 * was: together they come to the end.
 */
const MAX_TERMS = 100;

const main = async (): Promise<void> => {
  const settings = Effect.runSync(Effect.either(Effect.provide(Settings, Settings.layer)));
  if (Either.isLeft(settings)) throw settings.left;
  const database = await openDatabase(settings.right);
  try {
    const folder = join(settings.right.dataDir, "exports");
    console.error(`exporting ${database.place} to ${folder}`);
    await run(database.url, folder);
  } finally {
    await database.close();
  }
};

const run = async (url: string, folder: string): Promise<void> => {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "croupier export",
  });
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort(new Error("interrupted")));
  const made = new Made();
  const job = new AnalyticsExport({
    folder,
    everyMs: 0,
    maker: exportApart(url),
    onMade: (file) => made.add(file),
  });
  try {
    const { rows } = await pool.query("SELECT to_regclass('export_segment') AS found");
    if (rows[0]?.found === null)
      throw new Error(
        "The database is of an older release. Start the server once, it brings it up to date.",
      );
    await exportOnce(job, pool, stop.signal);
    console.log(made.sentence);
    for (const { files, name, rows } of await new Published(pool, folder).tables())
      console.log(
        `${name}: ${rows} rows in ${files.length} files, ${join(folder, name)}-*.parquet`,
      );
  } finally {
    await pool.end();
  }
};

/** Takes office as often as another takes it away. */
const exportOnce = async (job: AnalyticsExport, pool: pg.Pool, signal: AbortSignal) => {
  for (let term = 1; ; term += 1) {
    try {
      const holder = `npm run export on ${hostname()}`;
      await job.run(await Term.take(pool, { name: ANALYTICS_EXPORT, holder }), signal);
      return;
    } catch (cause) {
      if (!(cause instanceof TermEnded) || term === MAX_TERMS) throw cause;
    }
  }
};

/** What has been made, and a line about it from time to time. */
class Made {
  #files = 0;
  #rows = 0;
  #shownAt = performance.now();

  get sentence(): string {
    return this.#files === 0
      ? "nothing is new"
      : `${this.#rows} rows written in ${this.#files} files`;
  }

  add({ rows }: MadeFile): void {
    this.#files += 1;
    this.#rows += rows;
    if (performance.now() - this.#shownAt < PROGRESS_EVERY_MS) return;
    this.#shownAt = performance.now();
    console.error(`${this.sentence} so far`);
  }
}

try {
  await main();
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : String(cause));
  process.exitCode = 2;
}
