/** Acts as a table: machine-made names and times, for it may be worked with. */
import type { ActBody } from "../../../../rpc/http/admin/acts.ts";
import { csvOf } from "../csv.ts";

const COLUMNS = [
  "act_id",
  "at",
  "by",
  "act",
  "target",
  "reason",
  "details",
  "outcome",
  "code",
  "replayed",
  "finished_at",
  "request_id",
  "idempotency_key",
] as const;

export const actsCsv = (acts: readonly ActBody[]): string =>
  csvOf(
    COLUMNS,
    acts.map((act) => COLUMNS.map((column) => act[column])),
  );
