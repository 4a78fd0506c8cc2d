/**
 * The tables that are read instead of entities, against the journal that has written them: each row as the last entry about it
 * left it, none missing and none more. What else is compared with them (`Tickets.ts`, `Stakes.ts`) is not compared here again.
 *
 * A row that may still change is kept until its entity's journal has been read; one that is final at once is compared with
 * the page that it stands in, so that a lobby's past bets take no room.
 */
import { Array as Arr } from "effect";
import type { ColumnType, Projection, Row } from "../actor/Projection.ts";
import { type Books, entityName } from "./Books.ts";
import { canonical } from "./Canonical.ts";

type Find = (entity: string, sentence: string) => void;

interface Compared {
  /** What every release has written alike: columns that came later are empty in older rows. */
  readonly columns: ReadonlyArray<string>;
  /** No later entry writes it again. */
  readonly isFinal: (row: Row) => boolean;
}

const never = () => false;
const always = () => true;

const COMPARED: Readonly<Record<string, Compared>> = {
  bet: {
    columns: [
      "player_id",
      "lobby_id",
      "race_id",
      "market",
      "selection",
      "stake",
      "status",
      "payout",
      "placed_at",
      "settled_at",
    ],
    isFinal: ({ status }) => status !== "accepted",
  },
  race: {
    columns: ["lobby_id", "status", "opened_at", "settled_at"],
    isFinal: ({ status }) => status === "settled",
  },
  lobby: { columns: ["name", "running", "created_at"], isFinal: never },
  favor: {
    columns: [
      "lender_id",
      "borrower_id",
      "amount",
      "repay",
      "due_in_ms",
      "status",
      "offered_at",
      "expires_at",
      "accepted_at",
      "due_at",
      "repaid_at",
    ],
    isFinal: never,
  },
  raffle: { columns: ["title", "organiser_id", "draw_at", "created_at"], isFinal: never },
  raffle_winner: { columns: ["prize_name", "at"], isFinal: always },
  reservation_claim: { columns: ["created_at"], isFinal: never },
  reservation_end: { columns: ["raffle_id", "outcome", "numbers", "at"], isFinal: never },
  payment: {
    columns: ["raffle_id", "ref", "failure_code", "started_at", "updated_at"],
    isFinal: never,
  },
};

interface Written {
  readonly entity: string;
  readonly projection: Projection;
  readonly key: Row;
  readonly values: ReadonlyArray<string>;
}

export class Rows {
  readonly #find: Find;
  /** By table and key. */
  readonly #pending = new Map<string, Written>();
  #ready: Array<Written> = [];
  /** Rows that are there and were written, by table. */
  readonly #present = new Map<string, number>();
  /** A journal that cannot be folded may have written any of the rows that are left. */
  #isPartial = false;

  constructor(find: Find) {
    this.#find = find;
  }

  /** An entry has written this row. */
  wrote(kind: string, entityId: string, projection: Projection, row: Row): void {
    const compared = COMPARED[projection.table];
    if (compared === undefined) return;
    const key = Object.fromEntries(projection.key.map((column) => [column, row[column]]));
    const name = `${projection.table}\n${keyText(projection, key)}`;
    const values = compared.columns.map((column) => textOf(projection, column, row));
    const written = { entity: entityName(kind, entityId), projection, key, values };
    this.#pending.delete(name);
    if (compared.isFinal(row)) this.#ready.push(written);
    else this.#pending.set(name, written);
  }

  /** The entity's journal has been read; `isWhole` unless it could not be folded. */
  ends(isWhole: boolean): void {
    if (isWhole) for (const written of this.#pending.values()) this.#ready.push(written);
    else this.#isPartial = true;
    this.#pending.clear();
  }

  /** Compares what has become final since the last call. */
  async compare(books: Books): Promise<void> {
    const ready = Arr.groupBy(this.#ready, ({ projection }) => projection.table);
    this.#ready = [];
    for (const written of Object.values(ready))
      await this.#compareTable(books, written[0].projection, written);
  }

  /** Once everything has been read. */
  async finish(books: Books): Promise<void> {
    if (this.#isPartial) return;
    for (const table of Object.keys(COMPARED)) {
      const more = (await books.count(table)) - (this.#present.get(table) ?? 0);
      if (more !== 0) this.#find(`table ${table}`, `it has ${more} rows that no entry has written`);
    }
  }

  async #compareTable(
    books: Books,
    projection: Projection,
    written: ReadonlyArray<Written>,
  ): Promise<void> {
    const { table } = projection;
    const columns = COMPARED[table]?.columns ?? [];
    const stored = new Map<string, Row>();
    const keys = written.map(({ key }) => key);
    for await (const row of books.rows(projection, columns, keys))
      stored.set(keyText(projection, row), row);
    this.#present.set(table, (this.#present.get(table) ?? 0) + stored.size);
    for (const { entity, key, values } of written) {
      const name = keyText(projection, key);
      const row = stored.get(name);
      if (row === undefined) {
        this.#find(entity, `its row ${name} in table ${table} is not there`);
        continue;
      }
      columns.forEach((column, i) => {
        const says = textOf(projection, column, row);
        if (says !== values[i])
          this.#find(
            entity,
            `its row ${name} in table ${table} has the ${column} ${says}, and its journal ${values[i]}`,
          );
      });
    }
  }
}

const keyText = ({ key }: Projection, row: Row): string =>
  key.map((column) => String(row[column])).join("/");

/** A column's value in one way, whether it comes from the journal or from the database, where numbers may come as text. */
const textOf = ({ columns }: Projection, column: string, row: Row): string => {
  const value = row[column] ?? null;
  if (value === null) return "null";
  const type: ColumnType | undefined = columns[column];
  return type === "json" ? JSON.stringify(canonical(value)) : String(value);
};
