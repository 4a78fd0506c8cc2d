/**
 * The statement that writes a batch: inserts into the journal, the alarms and the projections, as branches of one `WITH`,
 * each fed by an array a column. Branches that a batch has nothing for are left out; each combination is a statement of
 * its own, prepared once a connection.
 */
import type { Append } from "./Journal.ts";
import { arrayTypeOf, PgArrays } from "./PgArrays.ts";
import type { ColumnType, Projection, Row } from "./Projection.ts";

export interface Statement {
  readonly name: string;
  readonly text: string;
  /** From the fourth parameter on; the first three are the writer, its epoch and the batch's number. */
  readonly values: ReadonlyArray<Buffer>;
}

interface Column<Item> {
  readonly type: ColumnType;
  readonly read: (item: Item) => unknown;
}

const FIRST_ARRAY = 4;

const ENTRY_COLUMNS: ReadonlyArray<Column<Append>> = [
  { type: "text", read: ({ entry }) => entry.kind },
  { type: "text", read: ({ entry }) => entry.entityId },
  { type: "bigint", read: ({ entry }) => entry.version },
  { type: "text", read: ({ entry }) => entry.commandId },
  { type: "text", read: ({ entry }) => entry.command },
  { type: "text", read: ({ entry }) => entry.fingerprint },
  { type: "json", read: ({ entry }) => entry.events },
  { type: "json", read: ({ entry }) => entry.reply },
  { type: "bigint", read: ({ entry }) => entry.at },
  { type: "text", read: ({ entry }) => entry.by },
  { type: "text", read: ({ entry }) => entry.requestId },
];

const ALARM_COLUMNS: ReadonlyArray<Column<Append>> = [
  { type: "text", read: ({ entry }) => entry.kind },
  { type: "text", read: ({ entry }) => entry.entityId },
  { type: "bigint", read: ({ alarmDueAt }) => alarmDueAt },
];

/** A projection's columns with their readers, and what tells rows of one key. */
interface Table {
  readonly projection: Projection;
  readonly columns: ReadonlyArray<Column<Row>>;
  readonly keyOf: (row: Row) => unknown;
}

const tableOf = (projection: Projection): Table => {
  const [first, ...others] = projection.key;
  return {
    projection,
    columns: Object.entries(projection.columns).map(([name, type]) => ({
      type,
      read: (row) => row[name],
    })),
    keyOf: (row) =>
      others.length === 0
        ? row[String(first)]
        : projection.key.map((column) => row[column]).join("\n"),
  };
};

export class CommitStatement {
  readonly #tables: ReadonlyArray<Table>;
  readonly #index: ReadonlyMap<Projection, number>;
  readonly #arrays = new PgArrays();
  readonly #prepared = new Map<string, { readonly name: string; readonly text: string }>();

  constructor(projections: ReadonlyArray<Projection>) {
    this.#tables = projections.map(tableOf);
    this.#index = new Map(projections.map((projection, i) => [projection, i]));
  }

  /** The statement for a batch. Its values are good until the next call. */
  of(batch: ReadonlyArray<Append>): Statement {
    const alarms = lastAlarms(batch);
    const rows = this.#rows(batch);
    const arrays = this.#arrays;
    arrays.begin();
    const values = ENTRY_COLUMNS.map(({ read, type }) => arrays.array(type, batch, read));
    if (alarms.length > 0) {
      for (const { read, type } of ALARM_COLUMNS) values.push(arrays.array(type, alarms, read));
    }
    let used = alarms.length > 0 ? "a" : "";
    this.#tables.forEach(({ columns }, i) => {
      const items = rows[i];
      if (items === undefined) return;
      used += `,${i}`;
      for (const { read, type } of columns) values.push(arrays.array(type, items, read));
    });
    let prepared = this.#prepared.get(used);
    if (prepared === undefined) {
      const tables = this.#tables.filter((_, i) => rows[i] !== undefined);
      const text = textOf(tables, alarms.length > 0);
      this.#prepared.set(used, (prepared = { name: `commit_${used}`, text }));
    }
    return { ...prepared, values };
  }

  /** The rows for each table; an upsert cannot touch a row twice in one statement, so the last of a key stands for all. */
  #rows(batch: ReadonlyArray<Append>): ReadonlyArray<ReadonlyArray<Row> | undefined> {
    const all: Array<Array<Row> | undefined> = this.#tables.map(() => undefined);
    for (const { rows } of batch) {
      for (const { projection, row } of rows) {
        const i = this.#index.get(projection);
        if (i === undefined) throw new Error(`no projection into "${projection.table}" is known`);
        (all[i] ??= []).push(row);
      }
    }
    return all.map((rows, i) => {
      const table = this.#tables[i];
      if (rows === undefined || table?.projection.write !== "upsert" || rows.length === 1)
        return rows;
      return [...new Map(rows.map((row) => [table.keyOf(row), row])).values()];
    });
  }
}

/** Each entity's last word on its alarm. */
const lastAlarms = (batch: ReadonlyArray<Append>): ReadonlyArray<Append> => {
  const said = batch.filter((append) => append.alarmDueAt !== undefined);
  if (said.length < 2) return said;
  return [
    ...new Map(said.map((one) => [`${one.entry.kind}\n${one.entry.entityId}`, one])).values(),
  ];
};

/** `FROM` for columns handed over as arrays, beginning with parameter `first`, under the names c1, c2, …. */
const fromArrays = (columns: ReadonlyArray<Column<never>>, first: number): string => {
  const parameters = columns.map(({ type }, i) => `$${first + i}::${arrayTypeOf(type)}`);
  const names = columns.map((_, i) => `c${i + 1}`);
  return `this, unnest(${parameters.join(", ")}) AS r(${names.join(", ")})`;
};

const selected = (columns: ReadonlyArray<Column<never>>): string =>
  columns.map(({ type }, i) => `r.c${i + 1}${type === "json" ? "::json" : ""}`).join(", ");

const textOf = (tables: ReadonlyArray<Table>, withAlarms: boolean): string => {
  let next = FIRST_ARRAY;
  const branch = (
    name: string,
    into: string,
    columns: ReadonlyArray<Column<never>>,
    after = "",
  ) => {
    const text = `, ${name} AS (
  INSERT INTO ${into}
  SELECT ${selected(columns)} FROM ${fromArrays(columns, next)} ${after}
)`;
    next += columns.length;
    return text;
  };
  const entries = branch("entries", `journal (${JOURNAL_COLUMNS})`, ENTRY_COLUMNS);
  const alarms = withAlarms
    ? branch("alarms", "alarm (kind, entity_id, due_at)", ALARM_COLUMNS, UPSERT_ALARM)
    : "";
  const projections = tables.map(({ columns, projection }) => {
    const names = Object.keys(projection.columns);
    return branch(
      `in_${projection.table}`,
      `${projection.table} (${names.join(", ")})`,
      columns,
      onConflict(projection),
    );
  });
  return `
WITH this AS (
  UPDATE writer SET last_batch = $3::bigint WHERE writer_id = $1::uuid AND epoch = $2::integer RETURNING 1
)${entries}${alarms}${projections.join("")}
SELECT 1 FROM this`;
};

const JOURNAL_COLUMNS =
  "kind, entity_id, version, command_id, command, fingerprint, events, reply, at, by, request_id";
const UPSERT_ALARM = "ON CONFLICT (kind, entity_id) DO UPDATE SET due_at = excluded.due_at";

const onConflict = ({ columns, key, write }: Projection): string => {
  if (write === "insert") return "";
  const kept = Object.keys(columns).filter((name) => !key.includes(name));
  return `ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${kept.map((name) => `${name} = excluded.${name}`).join(", ")}`;
};
