/** What a range of hands adds to each of its players: the rows of `hand_player`, summed by cell and by day. */
import { Schema } from "effect";
import { Cell, COUNTS, DayResult } from "../../../rpc/handStats.ts";
import { countColumns } from "./countColumns.ts";

export interface PlayerCounts {
  /** Epoch milliseconds of the first and the last hand. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly cells: ReadonlyArray<Cell>;
  /** Oldest first. */
  readonly days: ReadonlyArray<DayResult>;
}

export interface Reads {
  readonly read: <Row extends object>(
    text: string,
    values: ReadonlyArray<unknown>,
  ) => Promise<ReadonlyArray<Row>>;
}

interface CellRow {
  readonly player: string;
  readonly currency: string;
  readonly game: string;
  readonly limit_kind: string;
  readonly stakes: string;
  readonly players: number;
  readonly position: string | null;
  readonly first_at: string;
  readonly last_at: string;
  /** One for each of `COUNTS`. */
  readonly counts: ReadonlyArray<string>;
}

const CELLS = `
SELECT player, currency, game, limit_kind, stakes, players, position, min(played_at) AS first_at, max(played_at) AS last_at,
  ARRAY[${countColumns.map(({ name }) => `sum(${name})::bigint`).join(", ")}] AS counts
FROM hand_player WHERE player = ANY($3::text[]) AND seq BETWEEN $1 AND $2
GROUP BY player, currency, game, limit_kind, stakes, players, position`;

const DAY_MS = 86_400_000;

interface DayRow {
  readonly player: string;
  readonly currency: string;
  /** Days since 1970. */
  readonly day: string;
  readonly hands: string;
  readonly net: string;
  readonly ev_net: string;
}

const DAYS = `
SELECT player, currency, played_at / ${DAY_MS} AS day, sum(hands) AS hands, sum(net)::bigint AS net, sum(ev_net)::bigint AS ev_net
FROM hand_player WHERE player = ANY($3::text[]) AND seq BETWEEN $1 AND $2
GROUP BY player, currency, day ORDER BY day`;

const decodeCell = Schema.decodeUnknownSync(Cell);
const decodeDay = Schema.decodeUnknownSync(DayResult);

/** Hands, by their numbers, both included. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/** Who played any of the hands. */
export const readPlayers = async (
  reads: Reads,
  { from, to }: SeqRange,
): Promise<ReadonlyArray<string>> => {
  const rows = await reads.read<{ player: string }>(PLAYERS, [from, to]);
  return rows.map(({ player }) => player);
};

const PLAYERS = "SELECT DISTINCT player FROM hand_player WHERE seq BETWEEN $1 AND $2";

/** What the hands add to each of `names`. */
export const readCounts = async (
  reads: Reads,
  { from, to }: SeqRange,
  names: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, PlayerCounts>> => {
  const cellRows = await reads.read<CellRow>(CELLS, [from, to, names]);
  const dayRows = await reads.read<DayRow>(DAYS, [from, to, names]);
  const players = new Map<string, Counting>();
  for (const row of cellRows) {
    const counting = players.get(row.player) ?? new Counting();
    players.set(row.player, counting);
    counting.add(row);
  }
  for (const row of dayRows) players.get(row.player)?.days.push(dayOf(row));
  return players;
};

class Counting implements PlayerCounts {
  firstAt = Number.MAX_SAFE_INTEGER;
  lastAt = 0;
  readonly cells: Array<Cell> = [];
  readonly days: Array<DayResult> = [];

  add(row: CellRow): void {
    this.firstAt = Math.min(this.firstAt, Number(row.first_at));
    this.lastAt = Math.max(this.lastAt, Number(row.last_at));
    this.cells.push(cellOf(row));
  }
}

const cellOf = ({ counts, currency, game, limit_kind, players, position, stakes }: CellRow): Cell =>
  decodeCell({
    currency,
    game,
    limit: limit_kind,
    stakes,
    players,
    position,
    counts: COUNTS.map((_, n) => Number(counts[n])),
  });

const dayOf = ({ currency, day, ev_net, hands, net }: DayRow): DayResult =>
  decodeDay({
    day: new Date(Number(day) * DAY_MS).toISOString().slice(0, 10),
    currency,
    hands: Number(hands),
    net: Number(net),
    evNet: Number(ev_net),
  });
