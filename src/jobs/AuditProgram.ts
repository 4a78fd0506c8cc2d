/**
 * The audit as a process of its own, started by `AuditApart.ts`: told which database, it answers with what it found and
 * ends. It ends as well when the process that started it does.
 */
import { constants, setPriority } from "node:os";
import { Schema } from "effect";
import pg from "pg";
import { audit } from "../audit/Audit.ts";
import { withBooks } from "../audit/PgBooks.ts";
import { AuditOrder, type AuditSummary } from "./AuditApart.ts";

const CONNECT_TIMEOUT_MS = 5000;
/** The longest statement adds the ledger up: 0.6 s for 10^6 lines. Beyond this the connection is taken for cut. */
const ANSWER_TIMEOUT_MS = 120_000;
/** A program that is paused in the middle gives the database's old rows free after this. */
const IDLE_TIMEOUT_MS = 30_000;

const run = async ({ url }: AuditOrder): Promise<AuditSummary> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    statement_timeout: ANSWER_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_TIMEOUT_MS,
    application_name: "croupier audit job",
  });
  await client.connect();
  try {
    const { entities, entries, findings, found } = await withBooks(client, audit);
    const count = [...entities.values()].reduce((sum, one) => sum + one, 0);
    return { entities: count, entries, found, findings };
  } finally {
    await client.end();
  }
};

// What players wait for comes first.
setPriority(constants.priority.PRIORITY_LOW);
process.once("disconnect", () => process.exit(1));
if (!process.connected) process.exit(1);
process.once("message", (order) => {
  run(Schema.decodeUnknownSync(AuditOrder)(order)).then(
    (summary) => process.send?.(summary, () => process.exit(0)),
    (cause: unknown) => {
      console.error(cause instanceof Error ? cause.message : String(cause));
      process.exit(2);
    },
  );
});
