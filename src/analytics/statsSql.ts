/** A player's sums in SQL: the same question to PostgreSQL's `hand_player` and to the exported `hand_players`. */
import type { Cell, DayResult } from "../../rpc/handStats.ts";
import { Cell as CellSchema, COUNTS, DayResult as DayResultSchema } from "../../rpc/handStats.ts";
import { Schema } from "effect";
import { countColumns } from "../hands/store/countColumns.ts";
import type { StatsQuestion, StatsSums } from "../hands/stats/FilteredStats.ts";
import { DAY_MS } from "./Dataset.ts";

type Value = string | number;

/** How the two differ. */
interface Dialect {
  readonly table: string;
  /** Days since 1970, of `played_at`. */
  readonly day: string;
  /** A sum as an integer. */
  readonly sum: (column: string) => string;
  /** Which hands are asked about, by their numbers. */
  readonly hands: (seq: string) => string;
}

const POSTGRES: Dialect = {
  table: "hand_player",
  day: `played_at / ${DAY_MS}`,
  sum: (column) => `sum(${column})::bigint`,
  hands: (seq) => `seq > ${seq}`,
};

const parquet = (files: ReadonlyArray<string>): Dialect => ({
  table: `read_parquet([${files.map((name) => `'${name}'`).join(", ")}])`,
  day: `epoch_ms(played_at) // ${DAY_MS}`,
  sum: (column) => `sum(${column})`,
  hands: (seq) => `seq <= ${seq}`,
});

/** The player's days and cells, each with the sums of all counts. A row has the columns `KEYS`, then the sums. */
const sumsSql =
  ({ day, hands, sum, table }: Dialect) =>
  ({ filter, from, player, site, to }: StatsQuestion, seq: number) => {
    const values: Array<Value> = [player, seq, site];
    const conditions = ["player = $1", hands("$2"), "site = $3"];
    const where = (condition: (value: string) => string, value: Value | null | undefined) => {
      if (value === null || value === undefined) return;
      values.push(value);
      conditions.push(condition(`$${values.length}`));
    };
    // The columns' own order, so that an index or a file's statistics can be used.
    where((value) => `${day} >= ${value}`, from === undefined ? undefined : dayNumber(from));
    where((value) => `${day} <= ${value}`, to === undefined ? undefined : dayNumber(to));
    where((value) => `currency = ${value}`, filter.currency);
    where((value) => `game = ${value}`, filter.game);
    where((value) => `stakes = ${value}`, filter.stakes);
    where((value) => `players = ${value}`, filter.players);
    where((value) => `position = ${value}`, filter.position);
    const sql = `
SELECT grouping(day), day, ${CELL.join(", ")}, ${countColumns.map(({ name }) => sum(name)).join(", ")}
FROM (SELECT *, ${day} AS day FROM ${table} WHERE ${conditions.join(" AND ")}) AS played
GROUP BY GROUPING SETS ((${CELL.join(", ")}), (day, currency))`;
    return { sql, values };
  };

const CELL = ["currency", "game", "limit_kind", "stakes", "players", "position"] as const;
const FIRST_COUNT = 2 + CELL.length;

const dayNumber = (day: string) => Date.parse(day) / DAY_MS;
const dayText = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** Of hands numbered above `seq`. */
export const postgresSums = sumsSql(POSTGRES);
/** Of hands numbered up to `seq`, in files of `hand_players`: at least one. */
export const parquetSums = (files: ReadonlyArray<string>) => sumsSql(parquet(files));

const decodeCell = Schema.decodeUnknownSync(CellSchema);
const decodeDay = Schema.decodeUnknownSync(DayResultSchema);

/** The rows of either, and of both, added up. */
export const addUp = (rows: ReadonlyArray<ReadonlyArray<unknown>>): StatsSums => {
  const cells = new Map<string, Cell>();
  const days = new Map<string, DayResult>();
  for (const row of rows) {
    const counts = row.slice(FIRST_COUNT).map(Number);
    const [isCell, day, currency, game, limit, stakes, players, position] = row;
    if (Number(isCell) === 1) {
      const key = JSON.stringify([currency, game, limit, stakes, Number(players), position]);
      const before = cells.get(key)?.counts;
      const sums = counts.map((count, n) => count + (before?.[n] ?? 0));
      cells.set(
        key,
        decodeCell({
          currency,
          game,
          limit,
          stakes,
          players: Number(players),
          position,
          counts: sums,
        }),
      );
    } else {
      const of = (count: (typeof COUNTS)[number]) => counts[COUNTS.indexOf(count)] ?? 0;
      const key = `${dayText(Number(day))} ${String(currency)}`;
      const before = days.get(key);
      days.set(
        key,
        decodeDay({
          day: dayText(Number(day)),
          currency,
          hands: of("hands") + (before?.hands ?? 0),
          net: of("net") + (before?.net ?? 0),
          evNet: of("evNet") + (before?.evNet ?? 0),
        }),
      );
    }
  }
  return {
    cells: [...cells.values()],
    days: [...days].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day),
  };
};
