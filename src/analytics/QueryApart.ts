/** Asks the exported tables beside the server, in a process of its own (`QueryProgram.ts`). */
import { Schema } from "effect";
import { Apart, ProgramEnded } from "./Apart.ts";
import type { PublishedTable, Table } from "./Published.ts";
import type { Question, Selected } from "./select.ts";

const TableOrder = Schema.Struct({
  name: Schema.String,
  columns: Schema.Record({ key: Schema.String, value: Schema.String }),
  files: Schema.Array(Schema.String),
});

/** The tables to be asked; opened unless they are open already. */
const OpenOrder = Schema.Struct({
  kind: Schema.Literal("open"),
  folder: Schema.String,
  memoryMb: Schema.Int,
  tables: Schema.Array(TableOrder),
});
const AskOrder = Schema.Struct({
  kind: Schema.Literal("ask"),
  sql: Schema.String,
  values: Schema.Array(Schema.Union(Schema.String, Schema.Number, Schema.Null)),
  limit: Schema.Int,
  /** Whether the tables stay open for the next question. */
  keep: Schema.Boolean,
});
export const QueryOrder = Schema.Union(OpenOrder, AskOrder);
type QueryOrder = typeof QueryOrder.Type;

const Answer = Schema.Union(
  Schema.Struct({
    kind: Schema.Literal("selected"),
    columns: Schema.Array(Schema.Struct({ name: Schema.String, type: Schema.String })),
    rows: Schema.Array(
      Schema.Array(Schema.Union(Schema.String, Schema.Number, Schema.Boolean, Schema.Null)),
    ),
    truncated: Schema.Boolean,
  }),
  Schema.Struct({ kind: Schema.Literal("refused"), reason: Schema.String }),
  Schema.Struct({ kind: Schema.Literal("gone") }),
);
const decodeAnswer: (answer: unknown) => Selected = Schema.decodeUnknownSync(Answer);

/** False when a file was gone before the tables were open. */
const decodeOpened = Schema.decodeUnknownSync(Schema.Boolean);

/** It ended itself, or the system did, for the memory it took; or its JavaScript heap was exhausted. */
const OUT_OF_MEMORY: ReadonlyArray<string | null> = ["SIGKILL", "SIGABRT"];

/** Starting the program takes 0.3 s, and some seconds where everything else is busy: it is not the question's time. */
const OPEN_TIMEOUT_MS = 20_000;

/** An answer, twice: as values, and as text on its way. */
const MAX_HEAP_MB = 256;

export interface QueryApartOptions {
  /** The folder of exports. */
  readonly folder: string;
  /** For what DuckDB sorts, groups and joins. */
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** 0 is as urgent as the server, 19 is what runs when nothing else wants to. */
  readonly nice: number;
  /** Without a question for so long the program ends. */
  readonly idleMs: number;
  /**
   * Whether one question's tables serve the next, which saves some milliseconds. Not where anyone writes the questions: there
   * are functions that can stand in a SELECT and configure DuckDB, whatever is locked.
   */
  readonly keepOpen: boolean;
}

export type Answered =
  | Selected
  | { readonly kind: "too-long" }
  | { readonly kind: "too-much-memory" };

export class QueryApart {
  readonly #options: QueryApartOptions;
  readonly #apart: Apart;

  constructor(options: QueryApartOptions) {
    this.#options = options;
    this.#apart = new Apart({
      program: "QueryProgram",
      maxHeapMb: MAX_HEAP_MB,
      nice: options.nice,
      idleMs: options.idleMs,
    });
  }

  /** One question at a time. The program is ended when it takes longer than `timeoutMs`, and started by the next. */
  async ask(tables: ReadonlyArray<Table | PublishedTable>, question: Question): Promise<Answered> {
    const { folder, keepOpen: keep, memoryMb, timeoutMs } = this.#options;
    const open: QueryOrder = {
      kind: "open",
      folder,
      memoryMb,
      tables: tables.map(({ columns, files, name }) => ({ name, columns, files })),
    };
    if (!(await this.#open(open))) return { kind: "gone" };
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const order: QueryOrder = { kind: "ask", keep, ...question };
      return decodeAnswer(await this.#apart.ask(order, deadline));
    } catch (cause) {
      if (deadline.aborted) return { kind: "too-long" };
      if (cause instanceof ProgramEnded && OUT_OF_MEMORY.includes(cause.killedBy))
        return { kind: "too-much-memory" };
      throw cause;
    }
  }

  async #open(order: QueryOrder): Promise<boolean> {
    const deadline = AbortSignal.timeout(OPEN_TIMEOUT_MS);
    try {
      return decodeOpened(await this.#apart.ask(order, deadline));
    } catch (cause) {
      if (deadline.aborted) return false;
      throw cause;
    }
  }

  close(): void {
    this.#apart.kill();
  }
}
