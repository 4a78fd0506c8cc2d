/** Makes the files of the export beside the server, in a process of low priority (`ExportProgram.ts`). */
import { constants } from "node:os";
import { Schema } from "effect";
import { Apart } from "./Apart.ts";
import type { MakeOrder } from "./FileMaker.ts";

export const ExportOrder = Schema.Struct({
  /** The database. It may hold a password: not in the arguments, which anyone may list. */
  url: Schema.String,
  dataset: Schema.String,
  segment: Schema.Struct({
    segment: Schema.String,
    source: Schema.String,
    day: Schema.String,
    afterSeq: Schema.NullOr(Schema.Int),
    toSeq: Schema.NullOr(Schema.Int),
  }),
  path: Schema.String,
});
export type ExportOrder = typeof ExportOrder.Type;

/** Rows pass by it, they do not stay. */
const MAX_HEAP_MB = 256;
/** Between two runs it ends. */
const IDLE_MS = 10_000;

const decodeRows = Schema.decodeUnknownSync(Schema.Int);

/** `close` when a run is over; it may be used again. */
export interface Maker {
  /** Makes the file, whole and on the disk when the promise resolves: to how many rows it has. */
  readonly make: (order: MakeOrder, signal: AbortSignal) => Promise<number>;
  readonly close: () => void;
}

export const exportApart = (url: string): Maker => {
  const apart = new Apart({
    program: "ExportProgram",
    maxHeapMb: MAX_HEAP_MB,
    nice: constants.priority.PRIORITY_LOW,
    idleMs: IDLE_MS,
  });
  return {
    make: async ({ dataset, path, segment }, signal) => {
      const order: ExportOrder = { url, dataset: dataset.name, segment, path };
      return decodeRows(await apart.ask(order, signal));
    },
    close: () => apart.kill(),
  };
};
