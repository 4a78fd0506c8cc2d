/**
 * Statistics of a part of a player's hands: of all hands up to a number from the exported files, of the others from
 * PostgreSQL. The files hold what PostgreSQL held and never change, so wherever the border is drawn the sums are the same.
 * It is drawn as high as the files of this process allow; without any, or when DuckDB fails, PostgreSQL is asked alone.
 */
import { constants } from "node:os";
import type pg from "pg";
import type { FilteredStats, StatsQuestion, StatsSums } from "../hands/stats/FilteredStats.ts";
import { fileName } from "./Dataset.ts";
import { handPlayers } from "./datasets/handDatasets.ts";
import { HAND } from "./handSource.ts";
import { isReadable, Published, tableOf, type Table } from "./Published.ts";
import { QueryApart } from "./QueryApart.ts";
import type { RecordedSegment } from "./Segments.ts";
import { addUp, parquetSums, postgresSums } from "./statsSql.ts";
import { Turns } from "./Turns.ts";

export interface ParquetFilteredStatsOptions {
  readonly pool: pg.Pool;
  /** The folder of exports. */
  readonly folder: string;
  /** Told when PostgreSQL had to answer what the files could have. */
  readonly warn: (sentence: string) => void;
  /** With fewer rows in the files PostgreSQL is asked alone. */
  readonly minRows?: number;
}

/** About as many as PostgreSQL reads in the time that a process needs to start. */
const MIN_ROWS = 200_000;
/** Sums of one player are small, whatever they are sums of. */
const MEMORY_MB = 256;
/** PostgreSQL would be done by then. */
const TIMEOUT_MS = 10_000;
const IDLE_MS = 300_000;
/** Who comes after them is answered by PostgreSQL. */
const MAX_WAITING = 8;
/** Groups of one player: days and kinds of game. */
const MAX_GROUPS = 100_000;

/** What of a question the files of this process answer. */
interface Cover {
  /** Up to this number all hands of the days are in `files`. */
  readonly border: number;
  readonly files: ReadonlyArray<string>;
  /** Rows in them, of all players. */
  readonly rows: number;
  /** All files that are here: opened for every question, so that they stay open for the next. */
  readonly table: Table;
}

export class ParquetFilteredStats implements FilteredStats {
  readonly #options: ParquetFilteredStatsOptions;
  readonly #published: Published;
  readonly #apart: QueryApart;
  readonly #turns = new Turns(MAX_WAITING);

  constructor(options: ParquetFilteredStatsOptions) {
    const { folder, pool } = options;
    this.#options = options;
    this.#published = new Published(pool, folder);
    this.#apart = new QueryApart({
      folder,
      memoryMb: MEMORY_MB,
      timeoutMs: TIMEOUT_MS,
      // As urgent as PostgreSQL, which would do it otherwise.
      nice: constants.priority.PRIORITY_NORMAL,
      idleMs: IDLE_MS,
      keepOpen: true,
    });
  }

  async ask(question: StatsQuestion): Promise<StatsSums> {
    const cover = await this.#cover(question);
    if (cover.rows >= (this.#options.minRows ?? MIN_ROWS)) {
      const turn = this.#turns.take(() => this.#askFiles(question, cover));
      const [exported, others] = await Promise.all([
        turn,
        this.#askPostgres(question, cover.border),
      ]);
      if (exported !== undefined) return addUp([...exported, ...others]);
    }
    return addUp(await this.#askPostgres(question, 0));
  }

  /** Ends the program that reads the files. */
  close(): void {
    this.#apart.close();
  }

  async #cover({ from = "", to }: StatsQuestion): Promise<Cover> {
    // First: what is recorded up to here is among the segments read after.
    const exportedTo = await this.#exportedTo();
    const { present, segments } = await this.#published.read(HAND);
    const isHere = (segment: RecordedSegment) => isReadable(segment, handPlayers, present);
    const asked = segments.filter(({ day }) => day >= from && (to === undefined || day <= to));
    const border = borderOf(exportedTo, asked, isHere);
    const useful = asked.filter((segment) => isHere(segment) && (segment.afterSeq ?? 0) < border);
    return {
      border,
      table: tableOf(handPlayers, segments.filter(isHere)),
      files: useful.map(({ segment }) => fileName(handPlayers.name, segment)),
      rows: useful.reduce((sum, { rows }) => sum + (rows?.[handPlayers.name] ?? 0), 0),
    };
  }

  async #exportedTo(): Promise<number> {
    const { rows } = await this.#options.pool.query<{ to_seq: string | null }>(
      "SELECT max(to_seq) AS to_seq FROM export_segment WHERE source = $1",
      [HAND],
    );
    return Number(rows[0]?.to_seq ?? 0);
  }

  async #askFiles(question: StatsQuestion, { border, files, table }: Cover) {
    const { sql, values } = parquetSums(files)(question, border);
    try {
      const answered = await this.#apart.ask([table], { sql, values, limit: MAX_GROUPS });
      if (answered.kind === "selected" && !answered.truncated) return answered.rows;
      // A file that has just been replaced is nothing to speak of.
      if (answered.kind !== "gone")
        this.#options.warn(`the exported hands could not be asked: ${answered.kind}`);
    } catch (cause) {
      this.#options.warn(
        `the exported hands could not be asked: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
    }
    return undefined;
  }

  async #askPostgres(question: StatsQuestion, border: number) {
    const { sql, values } = postgresSums(question, border);
    const { rows } = await this.#options.pool.query<Array<unknown>>({
      text: sql,
      values: [...values],
      rowMode: "array",
    });
    return rows;
  }
}

/** Up to this number every hand of the days is in a readable file. */
const borderOf = (
  exportedTo: number,
  segments: ReadonlyArray<RecordedSegment>,
  isHere: (segment: RecordedSegment) => boolean,
): number =>
  segments.reduce((border, segment) => {
    if (isHere(segment)) return border;
    // Not made yet: what it takes over from others is still in their files.
    const from = segment.rows === null ? segment.newAfterSeq : segment.afterSeq;
    return Math.min(border, from ?? 0);
  }, exportedTo);
