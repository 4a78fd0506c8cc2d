/**
 * The program that answers questions about the exported tables. It keeps DuckDB open on them until they change, if it is told
 * to; else every question has a DuckDB of its own, and nothing that it does there outlives it. What DuckDB allocates beside the memory it counts, and what an answer takes, is watched here: beyond its share the program ends.
 */
import { Schema } from "effect";
import { answerOrders, endAtOnce } from "./answerOrders.ts";
import { isFileGone } from "./failureSentence.ts";
import { LockedTables } from "./LockedTables.ts";
import { QueryOrder } from "./QueryApart.ts";
import { select } from "./select.ts";

/** Node, DuckDB's code and a large answer, beside what DuckDB is allowed for its data. */
const OWN_MEMORY_MB = 400;
/** Memory grows by about a gigabyte a second at most. */
const WATCH_EVERY_MS = 50;
const BYTES_PER_MB = 1_048_576;

const decodeOrder = Schema.decodeUnknownSync(QueryOrder);

let open: { readonly key: string; readonly tables: LockedTables } | undefined;
let memoryMb = Number.POSITIVE_INFINITY;

setInterval(() => {
  if (process.memoryUsage.rss() > (memoryMb + OWN_MEMORY_MB) * BYTES_PER_MB) endAtOnce();
}, WATCH_EVERY_MS);

const close = () => {
  open?.tables.close();
  open = undefined;
};

answerOrders(async (unknown) => {
  const order = decodeOrder(unknown);
  if (order.kind === "ask") {
    if (open === undefined) throw new Error("no tables are open");
    const selected = await select(open.tables.connection, order);
    // After some failures DuckDB takes no more statements.
    if (selected.kind !== "selected" || !order.keep) close();
    return selected;
  }
  const key = JSON.stringify(order);
  if (open?.key === key) return true;
  close();
  ({ memoryMb } = order);
  try {
    // Without files there may be no folder yet.
    if (order.tables.some(({ files }) => files.length > 0)) process.chdir(order.folder);
    open = { key, tables: await LockedTables.open(order) };
    return true;
  } catch (cause) {
    if (cause instanceof Error && (isFileGone(cause.message) || isMissing(cause))) return false;
    throw cause;
  }
});

/** The folder itself is gone. */
const isMissing = (cause: Error): boolean => "code" in cause && cause.code === "ENOENT";
