/**
 * Settled races for analysts, as files of JSON Lines in `folder`: each race in exactly one line of exactly one file. Beside
 * them `runners.jsonl` has the statistics of all runners, as of the last export.
 *
 * A file system knows no fence, so files are made such that none is needed. The database decides which races a file has:
 * each race's row names its file, written in a fenced act. A file's name is used once (it has the term in it), and what
 * it holds is a function of the rows that name it, for a settled race never changes. Therefore, in this order:
 *
 * 1. the file is written under another name, whole and forced to disk;
 * 2. recorded: the races name it, in one act. What fails here leaves a file without a name that counts, removed later;
 * 3. published: renamed to its name. What fails here is found recorded and not published, and is made again from the rows.
 *
 * A zombie is refused at step 2. If it had passed that before it stood still, it renames the bytes that its successor has
 * published already. Processes need not share the folder: files that were made twice have one name and one content, so
 * folders of several machines are merged by copying them together.
 */
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Layer } from "effect";
import { type Job, layer as layerSingleton, type Office } from "./FencedSingleton.ts";
import type { Term } from "./Term.ts";

export const ANALYTICS_EXPORT = "analytics-export";

/** Some megabytes of lines, held in memory while they are written. */
const MAX_RACES_PER_FILE = 1000;
/** Of a file that is not published. */
const PART = ".part";
const RUNNERS_FILE = "runners.jsonl";

/** The steps above, for who wants to know that one is about to begin; the last marks the file as published. */
export type ExportStep = "write" | "record" | "publish" | "mark";

export interface AnalyticsExportOptions {
  readonly folder: string;
  readonly everyMs: number;
  readonly onStep?: (step: ExportStep) => Promise<void>;
}

export class AnalyticsExport implements Job {
  readonly name = ANALYTICS_EXPORT;
  readonly #options: AnalyticsExportOptions;
  /** The term that has cleared the folder, and the files it has recorded. */
  #term = 0;
  #files = 0;

  constructor(options: AnalyticsExportOptions) {
    this.#options = options;
  }

  async run(term: Term, signal: AbortSignal): Promise<number> {
    if (this.#term !== term.number) {
      await mkdir(this.#options.folder, { recursive: true });
      await this.#removeParts();
      this.#term = term.number;
      this.#files = 0;
    }
    await this.#publishRecorded(term);
    let exported = 0;
    for (;;) {
      signal.throwIfAborted();
      const races = await this.#exportDay(term);
      if (races === 0) break;
      exported += races;
    }
    if (exported > 0) await this.#replace(RUNNERS_FILE, linesOf(await term.read(RUNNERS, [])));
    return this.#options.everyMs;
  }

  /** Exports races of the first day that has some left; resolves to how many. */
  async #exportDay(term: Term): Promise<number> {
    const rows = await term.read<RaceLine>(NEXT, [MAX_RACES_PER_FILE]);
    const first = rows[0];
    if (first === undefined) return 0;
    const name = `races-${first.day}-${term.number}.${++this.#files}.jsonl`;
    const part = await this.#write(name, linesOf(rows));
    await this.#step("record");
    try {
      await term.act(RECORD, [name, rows.map(({ race_id }) => race_id)]);
    } catch (cause) {
      // Should it have been recorded all the same, it is made again.
      await rm(part, { force: true });
      throw cause;
    }
    await this.#publish(term, name);
    return rows.length;
  }

  /** Publishes what was recorded by whoever came no further. */
  async #publishRecorded(term: Term): Promise<void> {
    const files = await term.read<{ name: string }>(RECORDED, []);
    for (const { name } of files) {
      await this.#write(name, linesOf(await term.read<RaceLine>(OF_FILE, [name])));
      await this.#publish(term, name);
    }
  }

  async #publish(term: Term, name: string): Promise<void> {
    await this.#step("publish");
    await this.#rename(name);
    await this.#step("mark");
    await term.act(PUBLISHED, [name]);
  }

  async #replace(name: string, text: string): Promise<void> {
    await this.#write(name, text);
    await this.#rename(name);
  }

  async #write(name: string, text: string): Promise<string> {
    await this.#step("write");
    const part = join(this.#options.folder, name + PART);
    const file = await open(part, "w");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    return part;
  }

  async #rename(name: string): Promise<void> {
    const { folder } = this.#options;
    await rename(join(folder, name + PART), join(folder, name));
    const directory = await open(folder, "r");
    try {
      // Not before this is the new name on the disk.
      await directory.sync();
    } finally {
      await directory.close();
    }
  }

  async #removeParts(): Promise<void> {
    const { folder } = this.#options;
    const left = (await readdir(folder)).filter((name) => name.endsWith(PART));
    await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
  }

  async #step(step: ExportStep): Promise<void> {
    await this.#options.onStep?.(step);
  }
}

interface RaceLine {
  readonly race_id: string;
  readonly day: string;
  readonly line: unknown;
}

const linesOf = (rows: ReadonlyArray<{ readonly line: unknown }>): string =>
  rows.map(({ line }) => `${JSON.stringify(line)}\n`).join("");

const iso = (epochMs: string) =>
  `to_char(to_timestamp(${epochMs} / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Amounts are in minor units, shares per mille, as everywhere on the wire. */
const LINE = `
json_build_object(
  'race_id', r.race_id, 'lobby_id', r.lobby_id,
  'opened_at', ${iso("r.opened_at")}, 'started_at', ${iso("(r.data ->> 'started_at')::bigint")}, 'settled_at', ${iso("r.settled_at")},
  'takeout_per_mille', r.data -> 'takeout_per_mille', 'scratched', r.data -> 'scratched',
  'order', r.data -> 'order', 'photo_finish', r.data -> 'photo_finish',
  'powers', json_array_length(r.data -> 'powers'),
  'runners', (SELECT json_agg(json_build_object('number', number, 'name', name, 'place', place, 'odds_per_100', odds, 'won', won)
    ORDER BY number) FROM race_runner WHERE race_id = r.race_id),
  'markets', COALESCE((SELECT json_agg(m ORDER BY market) FROM (
    SELECT market, count(*) AS bets, count(DISTINCT player_id) AS players, sum(stake)::bigint AS staked, sum(payout)::bigint AS paid
    FROM bet WHERE race_id = r.race_id AND status <> 'cancelled' GROUP BY market) AS m), '[]'),
  'takeout', (SELECT sum((p ->> 'takeoutMinor')::bigint)::bigint FROM json_array_elements(r.data -> 'pools') AS p),
  'breakage', (SELECT sum((p ->> 'breakageMinor')::bigint)::bigint FROM json_array_elements(r.data -> 'pools') AS p)
) AS line`;

const DAY_MS = 86_400_000;

/** Of the first day with races that are in no file yet. */
const NEXT = `
WITH first AS MATERIALIZED (
  SELECT (settled_at / ${DAY_MS} + 1) * ${DAY_MS} AS next_day FROM race
  WHERE status = 'settled' AND exported_in IS NULL ORDER BY settled_at, race_id LIMIT 1
)
SELECT r.race_id, to_char(to_timestamp(r.settled_at / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, ${LINE}
FROM race r, first WHERE r.status = 'settled' AND r.exported_in IS NULL AND r.settled_at < first.next_day
ORDER BY r.settled_at, r.race_id LIMIT $1`;

/** The same lines in the same order. */
const OF_FILE = `SELECT ${LINE} FROM race r WHERE r.exported_in = $1 ORDER BY r.settled_at, r.race_id`;

const RECORD = `
file AS (
  INSERT INTO export_file (name, term, holder, races)
  SELECT $3, term, holder, cardinality($4::text[]) FROM office
), races AS (
  UPDATE race SET exported_in = $3 FROM office WHERE race_id = ANY($4::text[])
)`;

const RECORDED = "SELECT name FROM export_file WHERE published_at IS NULL ORDER BY recorded_at";

const PUBLISHED =
  "file AS (UPDATE export_file SET published_at = now() FROM office WHERE name = $3)";

/** Odds are decimal, times 100. */
const RUNNERS = `
SELECT json_build_object(
  'name', name, 'starts', count(*), 'wins', count(*) FILTER (WHERE won), 'placed', count(*) FILTER (WHERE place <= 2),
  'average_place', round(avg(place), 4), 'average_odds_per_100', round(avg(odds), 4),
  'average_return_per_100', round(avg(CASE WHEN won THEN odds ELSE 0 END), 4),
  'first_at', ${iso("min(at)")}, 'last_at', ${iso("max(at)")}
) AS line
FROM race_runner GROUP BY name ORDER BY name`;

export interface AnalyticsExportSettings {
  readonly folder: string;
  /** 0: no exports. */
  readonly everySeconds: number;
}

/** The export as a singleton of the cluster. */
export const layer = ({ everySeconds, folder }: AnalyticsExportSettings, office: Office) =>
  everySeconds === 0
    ? Layer.empty
    : layerSingleton(new AnalyticsExport({ folder, everyMs: everySeconds * 1000 }), office);
