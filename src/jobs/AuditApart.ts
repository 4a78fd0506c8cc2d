/**
 * Runs the audit beside the server rather than in it: in a child process of low priority, so that it takes neither the
 * event loop (a block of 2.5 s moves entities), nor the heap, nor a core that a player waits for.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Either, Schema } from "effect";

export const AuditOrder = Schema.Struct({ url: Schema.String });
export type AuditOrder = typeof AuditOrder.Type;

export const AuditSummary = Schema.Struct({
  entities: Schema.Int,
  entries: Schema.Int,
  /** All findings; `findings` are the first of them. */
  found: Schema.Int,
  findings: Schema.Array(Schema.Struct({ entity: Schema.String, sentence: Schema.String })),
});
export type AuditSummary = typeof AuditSummary.Type;

/** More than a page of the journal and what is open take; an audit that swells fails alone. */
const MAX_HEAP_MB = 1024;
/** The end of what it said is kept: a reason, or the end of a stack trace. */
const MAX_SAID_CHARACTERS = 2000;

/** Built, the program is JavaScript; run from its sources, as in tests, it is compiled on the way. */
const isSource = import.meta.url.endsWith(".ts");
export const AUDIT_PROGRAM = fileURLToPath(
  new URL(isSource ? "./AuditProgram.ts" : "./AuditProgram.js", import.meta.url),
);
export const COMPILER = isSource ? ["--import", "tsx"] : [];

const decodeSummary = Schema.decodeUnknownEither(AuditSummary);

/** Rejects when the books could not be read, with the reason, and when `signal` was aborted: then the process is killed. */
export const auditApart = ({ url }: AuditOrder, signal: AbortSignal): Promise<AuditSummary> =>
  new Promise((resolve, reject) => {
    const child = fork(AUDIT_PROGRAM, {
      execArgv: [`--max-old-space-size=${MAX_HEAP_MB}`, ...COMPILER],
      signal,
      killSignal: "SIGKILL",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-MAX_SAID_CHARACTERS);
    });
    // What comes first counts: the summary, an error, or an end without either.
    child.once("message", (message) => {
      Either.match(decodeSummary(message), { onLeft: reject, onRight: resolve });
    });
    child.on("error", reject);
    child.once("close", (code, killedBy) => {
      reject(new Error(`the audit ended with ${code ?? killedBy}: ${said.trim()}`));
    });
    // The URL may hold a password: not in the arguments, which anyone may list.
    child.send({ url } satisfies AuditOrder);
  });
