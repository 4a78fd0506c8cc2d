/**
 * What of the export can be read in this process: files that count and lie in its folder. Other processes may have others,
 * unless they share the folder. A file may be replaced at any moment; who finds it gone looks here again.
 */
import type pg from "pg";
import { type Dataset, fileName } from "./Dataset.ts";
import { ExportFolder } from "./ExportFolder.ts";
import { readSegments, type RecordedSegment } from "./Segments.ts";
import { SOURCES } from "./sources.ts";

/** A table as DuckDB is to see it. */
export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, string>>;
  /** Names of files in the folder of exports. */
  readonly files: ReadonlyArray<string>;
}

export interface PublishedTable extends Table {
  readonly about: string;
  readonly rows: number;
  /** Epoch milliseconds of the newest file; undefined without files. */
  readonly exportedAt: number | undefined;
}

export class Published {
  readonly folder: ExportFolder;
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool, folder: string) {
    this.#pool = pool;
    this.folder = new ExportFolder(folder);
  }

  /** Every dataset, with the files that are here. */
  async tables(): Promise<ReadonlyArray<PublishedTable>> {
    const { present, segments } = await this.read();
    return SOURCES.flatMap(({ datasets, name: source }) =>
      datasets.map((dataset) => {
        const here = segments.filter(
          (segment) => segment.source === source && isReadable(segment, dataset, present),
        );
        return {
          ...tableOf(dataset, here),
          about: dataset.about,
          rows: here.reduce((sum, { rows }) => sum + (rows?.[dataset.name] ?? 0), 0),
          exportedAt: here.reduce<number | undefined>(
            (newest, { publishedAt }) => Math.max(newest ?? 0, publishedAt ?? 0),
            undefined,
          ),
        };
      }),
    );
  }

  /** Segments, and the names of the files in the folder. */
  async read(source?: string) {
    const segments = await readSegments(
      async (sql, values) => (await this.#pool.query(sql, [...values])).rows,
      source,
    );
    // After the segments: what was published since is of no use without its segment, what is gone is known to be.
    return { segments, present: await this.folder.names() };
  }
}

export const isReadable = (
  { rows, segment }: RecordedSegment,
  { name }: Dataset,
  present: ReadonlySet<string>,
): boolean => rows !== null && present.has(fileName(name, segment));

export const tableOf = (
  { columns, name }: Dataset,
  segments: ReadonlyArray<RecordedSegment>,
): Table => ({ name, columns, files: segments.map(({ segment }) => fileName(name, segment)) });
