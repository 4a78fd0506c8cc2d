/**
 * `npm run audit`: folds and adds up the whole database again, of a running server or a stopped one, and says what does
 * not agree. Ends with 0 when all does, with 1 on any drift, with 2 when it could not look.
 */
import { Effect, Either } from "effect";
import pg from "pg";
import { audit, type Report } from "./audit/Audit.ts";
import { openDatabase } from "./ops/ProgramDatabase.ts";
import { withBooks } from "./audit/PgBooks.ts";
import { Settings } from "./ops/Config.ts";

const CONNECT_TIMEOUT_MS = 5000;
/** A line of progress this often: enough to see that it goes on. */
const PROGRESS_EVERY_MS = 2000;

const main = async (): Promise<number> => {
  const settings = Effect.runSync(Effect.either(Effect.provide(Settings, Settings.layer)));
  if (Either.isLeft(settings)) throw settings.left;
  const database = await openDatabase(settings.right);
  try {
    console.error(`auditing ${database.place}`);
    const report = await run(database.url);
    print(report);
    return report.found === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
};

const run = async (url: string): Promise<Report> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "croupier audit",
  });
  await client.connect();
  try {
    let shownAt = performance.now();
    return await withBooks(client, (books) =>
      audit(books, ({ entities, entries, found }) => {
        if (performance.now() - shownAt < PROGRESS_EVERY_MS) return;
        shownAt = performance.now();
        console.error(`${entities} entities, ${entries} entries, ${found} findings so far`);
      }),
    );
  } finally {
    await client.end();
  }
};

const print = ({ entities, entries, findings, found, lines }: Report): void => {
  for (const { entity, sentence } of findings) console.log(`${entity}: ${sentence}`);
  if (found > findings.length) console.log(`… and ${found - findings.length} more`);
  const counts = [...entities].map(([kind, count]) => `${count} of kind ${kind}`).join(", ");
  console.log(
    `${found === 0 ? "clean" : `${found} findings`}: ${counts || "no entities"}; ${entries} journal entries, ${lines} ledger lines`,
  );
};

process.exitCode = await main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : String(cause));
  return 2;
});
