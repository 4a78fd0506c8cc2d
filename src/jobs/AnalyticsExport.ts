/**
 * What is over, for analysts: hands, races and bets as Parquet files in a folder, each row in exactly one file that counts.
 *
 * A file system knows no fence, so files are made such that none is needed. The database decides which rows a file has, and
 * what a file holds is a function of what is recorded there, for what is exported never changes. Therefore, in this order:
 *
 * 1. recorded: rows are given to a segment of a name that was never used, in one fenced act;
 * 2. written: its files are made under other names, whole and forced to disk;
 * 3. published: they are renamed to their names;
 * 4. marked as published, in a fenced act. A segment that took over the rows of a smaller one of its day counts from
 *    here, and the other does not any more;
 * 5. removed: files in the folder that do not count.
 *
 * Whoever dies has left a segment of which a file is missing, and that is all a successor has to know: it makes every file
 * that counts and is not in its folder. By the same rule a folder that was lost, or one of another machine, fills itself
 * again. A zombie is refused at 1 and 4, and between them makes what its successor has made already, under the same
 * name with the same rows. It may leave a file that counts no more, which 5 finds; and as 5 looks into the folder
 * before it asks the database, it never takes what its successor has brought: names are recorded before they appear.
 *
 * A day that goes on would have a file for each run. So a segment that is still small is open: the next rows of its day
 * come with its own into a new one.
 */
import { randomUUID } from "node:crypto";
import { Layer } from "effect";
import { fileName, segmentName } from "../analytics/Dataset.ts";
import type { Dataset } from "../analytics/Dataset.ts";
import { exportApart, type Maker } from "../analytics/ExportApart.ts";
import { ExportFolder } from "../analytics/ExportFolder.ts";
import { readSegments, type RecordedSegment } from "../analytics/Segments.ts";
import { SOURCES } from "../analytics/sources.ts";
import { type Job, layer as layerSingleton, type Office } from "./FencedSingleton.ts";
import type { Term } from "./Term.ts";

export const ANALYTICS_EXPORT = "analytics-export";

/** Of the largest file of an open segment: some seconds of work are done again for each run that adds to it. */
const OPEN_ROWS = 500_000;

/** The steps above, for who wants to know that one is about to begin. */
export type ExportStep = "record" | "write" | "publish" | "mark" | "remove";

/** A file that was made. */
export interface MadeFile {
  readonly name: string;
  readonly dataset: string;
  readonly rows: number;
}

export interface AnalyticsExportOptions {
  readonly folder: string;
  readonly everyMs: number;
  /** Makes the files; closed after each run. */
  readonly maker: Maker;
  readonly onStep?: (step: ExportStep) => Promise<void>;
  readonly onMade?: (file: MadeFile) => void;
  /** An open segment has fewer rows in each of its files. */
  readonly openRows?: number;
}

export class AnalyticsExport implements Job {
  readonly name = ANALYTICS_EXPORT;
  readonly #options: AnalyticsExportOptions;
  readonly #folder: ExportFolder;
  /** The term that has cleared the folder. */
  #term = 0;

  constructor(options: AnalyticsExportOptions) {
    this.#options = options;
    this.#folder = new ExportFolder(options.folder);
  }

  async run(term: Term, signal: AbortSignal): Promise<number> {
    try {
      if (this.#term !== term.number) {
        await this.#folder.clear();
        this.#term = term.number;
      }
      await this.#makeMissing(term, signal);
      for (const source of SOURCES) {
        for (;;) {
          signal.throwIfAborted();
          const batch = await source.nextBatch((sql, values) => term.read(sql, values));
          if (batch === undefined) break;
          const tag = randomUUID().replaceAll("-", "");
          const { branches, values } = batch.record(batch.days.map((day) => segmentName(day, tag)));
          await this.#step("record");
          await term.act(branches, values);
          await this.#makeMissing(term, signal);
        }
      }
      await this.#removeOthers(term);
    } finally {
      this.#options.maker.close();
    }
    return this.#options.everyMs;
  }

  /** Makes all files that count and are not in the folder, of segments that were recorded a moment or a year ago. */
  async #makeMissing(term: Term, signal: AbortSignal): Promise<void> {
    const present = await this.#folder.names();
    const segments = await readSegments((sql, values) => term.read(sql, values));
    for (const segment of segments) {
      if (segment.isReplaced) continue;
      const datasets = SOURCES.find(({ name }) => name === segment.source)?.datasets ?? [];
      const missing = datasets.filter(
        ({ name }) => segment.rows === null || !present.has(fileName(name, segment.segment)),
      );
      if (missing.length > 0) await this.#make(term, segment, missing, signal);
    }
  }

  async #make(
    term: Term,
    segment: RecordedSegment,
    datasets: ReadonlyArray<Dataset>,
    signal: AbortSignal,
  ): Promise<void> {
    const rows: Record<string, number> = { ...segment.rows };
    for (const dataset of datasets) {
      signal.throwIfAborted();
      await this.#step("write");
      const name = fileName(dataset.name, segment.segment);
      const path = this.#folder.partOf(name, term.number);
      const made = await this.#options.maker.make({ dataset, segment, path }, signal);
      // The rows have gone to another segment while this process stood still.
      if (made !== (rows[dataset.name] ?? made))
        throw new Error(`${name} would have ${made} rows instead of ${rows[dataset.name]}`);
      rows[dataset.name] = made;
      this.#options.onMade?.({ name, dataset: dataset.name, rows: made });
    }
    await this.#step("publish");
    const names = datasets.map(({ name }) => fileName(name, segment.segment));
    await this.#folder.publish(names, term.number);
    await this.#step("mark");
    const isOpen = Math.max(...Object.values(rows)) < (this.#options.openRows ?? OPEN_ROWS);
    await term.act(MARK, [segment.segment, JSON.stringify(rows), isOpen]);
  }

  async #removeOthers(term: Term): Promise<void> {
    const present = await this.#folder.names();
    await this.#step("remove");
    const segments = await readSegments((sql, values) => term.read(sql, values));
    const counting = new Set(
      segments.flatMap(({ segment, source }) =>
        (SOURCES.find(({ name }) => name === source)?.datasets ?? []).map(({ name }) =>
          fileName(name, segment),
        ),
      ),
    );
    await this.#folder.remove([...present].filter((name) => !counting.has(name)));
  }

  async #step(step: ExportStep): Promise<void> {
    await this.#options.onStep?.(step);
  }
}

// Made again in another folder, a closed segment stays closed, whatever is called small by then: its day may have an open one.
const MARK = `
marked AS (
  UPDATE export_segment SET rows = $4::jsonb, is_open = CASE WHEN published_at IS NULL THEN $5 ELSE is_open END,
    published_at = COALESCE(published_at, now())
  FROM office WHERE segment = $3
), replaced AS (
  DELETE FROM export_segment USING office
  WHERE segment = (SELECT replaces FROM export_segment WHERE segment = $3)
)`;

export interface AnalyticsExportSettings {
  readonly url: string;
  readonly folder: string;
  /** 0: no exports. */
  readonly everySeconds: number;
}

/** The export as a singleton of the cluster. */
export const layer = ({ everySeconds, folder, url }: AnalyticsExportSettings, office: Office) =>
  everySeconds === 0
    ? Layer.empty
    : layerSingleton(
        new AnalyticsExport({ folder, everyMs: everySeconds * 1000, maker: exportApart(url) }),
        office,
      );
