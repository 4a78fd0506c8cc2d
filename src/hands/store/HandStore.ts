/**
 * Recorded hands in PostgreSQL. Hands come in batches, each in one transaction with all that follows from it: the hands,
 * what they count for their players, the batch's row by which it will be announced and counted, and how far the file has
 * been read that they came from. So whatever dies when, a hand is stored once, and what is owed for it is written down.
 *
 * - **Once.** A hand is known by its id; one that is there already is a duplicate, whatever file it comes in.
 * - **In order.** One transaction at a time writes hands or summaries, by an advisory lock that it holds to its end. So `seq` is the order of
 *   the commits and has no gap, and a reader that remembers the last one it has seen has missed nothing before it. Batches are
 *   numbered likewise.
 *
 * Rows travel as one array a column (`PgArrays.ts`): of an import's time PostgreSQL has a half.
 */
import type pg from "pg";
import type { HandSummary } from "../../../rpc/hand.ts";
import { PgArrays } from "../../actor/PgArrays.ts";
import type { FilePlace } from "../winamax/HandReader.ts";
import type { TournamentSummary } from "../winamax/Summary.ts";
import type { ParsedHand } from "./ParsedHand.ts";
import {
  type HandRow,
  insertHands,
  insertPlayers,
  type PlayerRow,
  upsertTournament,
} from "./rows.ts";
import { playersAtShowdown } from "./showdown.ts";
import { summaryOf } from "./summary.ts";

/** Held by the transaction that writes hands: "hands" in ASCII. */
const HANDS_LOCK = 0x68616e6473;

/** How far a file has been read, and by what it is known again. */
export interface FileMark {
  readonly path: string;
  readonly place: FilePlace;
  readonly fingerprint: string;
}

export interface Batch {
  readonly hands: ReadonlyArray<ParsedHand>;
  readonly summaries: ReadonlyArray<TournamentSummary>;
  /** The file, or who sent it: for people. */
  readonly source: string;
  /** Moved in the same transaction. */
  readonly file?: FileMark | undefined;
}

export interface Stored {
  /** Null when no hand was new. */
  readonly batchId: number | null;
  /** The new ones, in the order given. */
  readonly stored: ReadonlyArray<HandSummary>;
  readonly duplicates: number;
}

export interface HandStoreOptions {
  readonly pool: pg.Pool;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export class HandStore {
  readonly #pool: pg.Pool;
  readonly #now: () => number;
  readonly #arrays = new PgArrays();
  /** The last transaction of this process: one at a time, since they would wait for each other in the database anyway. */
  #last: Promise<unknown> = Promise.resolve();

  constructor({ now, pool }: HandStoreOptions) {
    this.#pool = pool;
    this.#now = now;
  }

  /**
   * Stores what is new of a batch. Rejects with `pg`'s own error; then nothing was stored, unless the connection broke while
   * it committed: storing it again finds out, since what is there is a duplicate.
   */
  store(batch: Batch): Promise<Stored> {
    const stored = this.#last.then(() => this.#transaction((client) => this.#store(client, batch)));
    this.#last = stored.catch(() => undefined);
    return stored;
  }

  /** How far the files have been read that anything is known of. */
  async marks(paths: ReadonlyArray<string>): Promise<ReadonlyArray<FileMark>> {
    const { rows } = await this.#pool.query<FileRow>(MARKS, [paths]);
    return rows.map(({ fingerprint, line, path, read_to: offset }) => ({
      path,
      place: { offset: Number(offset), line: Number(line) },
      fingerprint,
    }));
  }

  async #store(client: pg.PoolClient, batch: Batch): Promise<Stored> {
    const { file, hands, source, summaries } = batch;
    // A statement of its own: the next must see what the one before has committed. Summaries are under it, too: two importers
    // that brought the same ones in different orders would wait for each other.
    if (hands.length > 0 || summaries.length > 0)
      await client.query("SELECT pg_advisory_xact_lock($1)", [HANDS_LOCK]);
    const stored = hands.length === 0 ? NOTHING : await this.#storeHands(client, hands, source);
    for (const summary of summaries) await client.query(upsertTournament(summary));
    if (file !== undefined) {
      const { fingerprint, path, place } = file;
      await client.query(MOVE, [path, place.offset, place.line, fingerprint, this.#now()]);
    }
    return stored;
  }

  async #storeHands(
    client: pg.PoolClient,
    hands: ReadonlyArray<ParsedHand>,
    source: string,
  ): Promise<Stored> {
    const { rows } = await client.query<LastRow>(LAST, [hands.map(({ hand }) => hand.handId)]);
    const last = rows[0] ?? NONE;
    const firstSeq = Number(last.seq) + 1;
    const batchId = Number(last.batch_id) + 1;
    const seen = new Set(last.known);
    const handRows: Array<HandRow> = [];
    const playerRows: Array<PlayerRow> = [];
    for (const parsed of hands) {
      const { hand, players } = parsed;
      if (seen.has(hand.handId)) continue;
      seen.add(hand.handId);
      const summary = summaryOf(parsed, firstSeq + handRows.length);
      handRows.push({ summary, detail: JSON.stringify(hand) });
      const atShowdown = playersAtShowdown(hand);
      for (const one of players) {
        const isAtShowdown = atShowdown.has(one.player);
        playerRows.push({ site: hand.site, summary, one, isAtShowdown });
      }
    }
    const duplicates = hands.length - handRows.length;
    if (handRows.length === 0) return { ...NOTHING, duplicates };
    const lastSeq = firstSeq + handRows.length - 1;
    await client.query(insertHands(this.#arrays, handRows));
    await client.query(insertPlayers(this.#arrays, playerRows));
    await client.query(INSERT_BATCH, [batchId, source, firstSeq, lastSeq, this.#now()]);
    return { batchId, stored: handRows.map(({ summary }) => summary), duplicates };
  }

  async #transaction<A>(work: (client: pg.PoolClient) => Promise<A>): Promise<A> {
    const client = await this.#pool.connect();
    // The pool listens while a connection is idle. One that breaks here fails the statement under way or the next; without
    // a listener it would end the process.
    client.on("error", ignore);
    try {
      await client.query("BEGIN");
      const answer = await work(client);
      await client.query("COMMIT");
      client.release();
      return answer;
    } catch (cause) {
      // Whatever state it is in, its end rolls back what was not committed.
      client.release(true);
      throw cause;
    } finally {
      client.off("error", ignore);
    }
  }
}

const ignore = () => undefined;

const NOTHING: Stored = { batchId: null, stored: [], duplicates: 0 };

interface LastRow {
  readonly seq: string;
  readonly batch_id: string;
  readonly known: ReadonlyArray<string>;
}

const NONE: LastRow = { seq: "0", batch_id: "0", known: [] };

const LAST = `
SELECT (SELECT COALESCE(max(seq), 0) FROM hand) AS seq, (SELECT COALESCE(max(batch_id), 0) FROM hand_batch) AS batch_id,
  ARRAY(SELECT hand_id FROM hand WHERE hand_id = ANY($1::text[])) AS known`;

const INSERT_BATCH =
  "INSERT INTO hand_batch (batch_id, source, first_seq, last_seq, stored_at) VALUES ($1, $2, $3, $4, $5)";

interface FileRow {
  readonly path: string;
  readonly read_to: string;
  readonly line: string;
  readonly fingerprint: string;
}

const MARKS = "SELECT path, read_to, line, fingerprint FROM hand_file WHERE path = ANY($1::text[])";

const MOVE = `
INSERT INTO hand_file (path, read_to, line, fingerprint, updated_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (path) DO UPDATE SET read_to = excluded.read_to, line = excluded.line, fingerprint = excluded.fingerprint,
  updated_at = excluded.updated_at`;
