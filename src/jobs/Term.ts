/**
 * A term of office: the fence of what a singleton does. The cluster starts each singleton in one process, but it cannot
 * stop one that stands still: a process that was paused, lost its shards and woke up ticks once more beside its successor.
 *
 * Whoever takes an office raises its term in the database. Each act is one statement that locks the office's row where
 * the term is its own, and writes only from that row. So the two exclude each other: a successor waits for an act under
 * way, and after it has taken over no older act writes anything. What it reads then is all that its predecessors have
 * written. As the act is one statement, a process that is paused holds no lock while it sleeps.
 */
import { Schema } from "effect";
import type pg from "pg";

/** Another has taken the office; the act wrote nothing. */
export class TermEnded extends Schema.TaggedError<TermEnded>()("TermEnded", {
  name: Schema.String,
  term: Schema.Number,
}) {
  override get message() {
    return `term ${this.term} of ${this.name} has ended: another process holds the office`;
  }
}

export class Term {
  /** The office's name. */
  readonly name: string;
  /** From 1, one higher each time that the office is taken. */
  readonly number: number;
  readonly holder: string;
  readonly #pool: pg.Pool;

  private constructor(pool: pg.Pool, name: string, holder: string, number: number) {
    this.#pool = pool;
    this.name = name;
    this.holder = holder;
    this.number = number;
  }

  /** Takes the office and so ends the term of whoever has it. Rejects only when the database is away. */
  static async take(
    pool: pg.Pool,
    { holder, name }: { readonly name: string; readonly holder: string },
  ): Promise<Term> {
    const { rows } = await pool.query<{ term: string }>(TAKE, [name, holder]);
    return new Term(pool, name, holder, Number(rows[0]?.term));
  }

  /**
   * Carries out `branches`: comma-separated branches of a `WITH`, such as `run AS (INSERT INTO … SELECT … FROM office)`. Each
   * must select `FROM office`, which has one row with `term` and `holder`, and none when the term has ended. Parameters
   * begin with `$3`.
   *
   * Rejects with `TermEnded`, and then nothing was written. Rejects with `pg`'s own error when the database is away or
   * refuses; if the connection was lost, the act may have been carried out.
   */
  async act(branches: string, values: ReadonlyArray<unknown>): Promise<void> {
    const { rowCount } = await this.#pool.query(`${OFFICE}, ${branches} SELECT FROM office`, [
      this.name,
      this.number,
      ...values,
    ]);
    if (rowCount !== 1) throw new TermEnded({ name: this.name, term: this.number });
  }

  /** Reads, whether or not the term has ended; while it has not, all that earlier terms have written is there. */
  async read<Row extends object>(
    text: string,
    values: ReadonlyArray<unknown>,
  ): Promise<ReadonlyArray<Row>> {
    const { rows } = await this.#pool.query<Row>(text, [...values]);
    return rows;
  }
}

const TAKE = `
INSERT INTO singleton (name, term, holder) VALUES ($1, 1, $2)
ON CONFLICT (name) DO UPDATE SET term = singleton.term + 1, holder = excluded.holder, since = now()
RETURNING term`;

const OFFICE = `
WITH office AS (SELECT term, holder FROM singleton WHERE name = $1 AND term = $2 FOR SHARE)`;
