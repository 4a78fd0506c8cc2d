/** The journal and the ledger as they were found after a run, as plain data. */
import { Schema } from "effect";
import type pg from "pg";

const Reply = Schema.Union(
  Schema.Struct({ ok: Schema.Literal(true), value: Schema.Unknown }),
  Schema.Struct({ ok: Schema.Literal(false), error: Schema.Struct({ _tag: Schema.String }) }),
);

const Tagged = Schema.Struct(
  { _tag: Schema.String },
  Schema.Record({ key: Schema.String, value: Schema.Unknown }),
);
export type TaggedEvent = typeof Tagged.Type;

const Line = Schema.Struct({ debit: Schema.String, credit: Schema.String, amount: Schema.Int });
export type Line = typeof Line.Type;

export const Entry = Schema.Struct({
  kind: Schema.String,
  entityId: Schema.String,
  version: Schema.Int,
  commandId: Schema.String,
  command: Schema.String,
  events: Schema.Array(Tagged),
  reply: Schema.NullOr(Reply),
  /** When it was decided, epoch milliseconds. */
  at: Schema.Number,
  /** Ledger lines that were written with it. */
  lines: Schema.Array(Line),
});
export type Entry = typeof Entry.Type;

export const nameOf = ({ entityId, kind }: Entry): string => `${kind} ${entityId}`;

/** The entries of each entity, in the order of their versions. */
export const byEntity = (
  journal: ReadonlyArray<Entry>,
): ReadonlyMap<string, ReadonlyArray<Entry>> => {
  const entities = new Map<string, Array<Entry>>();
  for (const entry of journal) {
    const entries = entities.get(nameOf(entry));
    if (entries === undefined) entities.set(nameOf(entry), [entry]);
    else entries.push(entry);
  }
  for (const entries of entities.values())
    entries.sort((one, other) => one.version - other.version);
  return entities;
};

const decode = Schema.decodeUnknownSync(Schema.Array(Entry));

export const readJournal = async (client: pg.ClientBase): Promise<ReadonlyArray<Entry>> => {
  const { rows } = await client.query(
    `SELECT kind, entity_id AS "entityId", version::float8, command_id AS "commandId", command, events, reply, at::float8,
       COALESCE((SELECT json_agg(json_build_object('debit', debit, 'credit', credit, 'amount', amount) ORDER BY line)
         FROM ledger l WHERE (l.kind, l.entity_id, l.version) = (j.kind, j.entity_id, j.version)), '[]') AS lines
     FROM journal j ORDER BY kind, entity_id, version`,
  );
  return decode(rows);
};
