/** What a range of hands adds to each of its players: the rows of `hand_player`, summed by cell and by day. */
import { Schema } from "effect";
import { handPlayerId } from "../../../rpc/handPlayer.ts";
import { Cell, COUNTS, DayResult } from "../../../rpc/handStats.ts";
import { countColumns } from "./countColumns.ts";
import type { SitePlayer } from "./SitePlayer.ts";

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

interface CellRow extends SitePlayer {
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

const ASKED = "site = ANY($3::text[]) AND player = ANY($4::text[]) AND seq BETWEEN $1 AND $2";

const CELLS = `
SELECT site, player, currency, game, limit_kind, stakes, players, position, min(played_at) AS first_at, max(played_at) AS last_at,
  ARRAY[${countColumns.map(({ name }) => `sum(${name})::bigint`).join(", ")}] AS counts
FROM hand_player WHERE ${ASKED}
GROUP BY site, player, currency, game, limit_kind, stakes, players, position`;

const DAY_MS = 86_400_000;

interface DayRow extends SitePlayer {
  readonly currency: string;
  /** Days since 1970. */
  readonly day: string;
  readonly hands: string;
  readonly net: string;
  readonly ev_net: string;
}

const DAYS = `
SELECT site, player, currency, played_at / ${DAY_MS} AS day, sum(hands) AS hands, sum(net)::bigint AS net, sum(ev_net)::bigint AS ev_net
FROM hand_player WHERE ${ASKED}
GROUP BY site, player, currency, day ORDER BY day`;

const decodeCell = Schema.decodeUnknownSync(Cell);
const decodeDay = Schema.decodeUnknownSync(DayResult);

/** Hands, by their numbers, both included. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/** Who played any of the hands. */
export const readPlayers = (
  reads: Reads,
  { from, to }: SeqRange,
): Promise<ReadonlyArray<SitePlayer>> => reads.read<SitePlayer>(PLAYERS, [from, to]);

const PLAYERS = "SELECT DISTINCT site, player FROM hand_player WHERE seq BETWEEN $1 AND $2";

/** What the hands add to each of `asked`, by `handPlayerId`; and to who has the name of one on the site of another. */
export const readCounts = async (
  reads: Reads,
  { from, to }: SeqRange,
  asked: ReadonlyArray<SitePlayer>,
): Promise<ReadonlyMap<string, PlayerCounts>> => {
  const sites = [...new Set(asked.map(({ site }) => site))];
  const names = asked.map(({ player }) => player);
  const cellRows = await reads.read<CellRow>(CELLS, [from, to, sites, names]);
  const dayRows = await reads.read<DayRow>(DAYS, [from, to, sites, names]);
  const players = new Map<string, Counting>();
  for (const row of cellRows) {
    const id = handPlayerId(row.site, row.player);
    const counting = players.get(id) ?? new Counting();
    players.set(id, counting);
    counting.add(row);
  }
  for (const row of dayRows) players.get(handPlayerId(row.site, row.player))?.days.push(dayOf(row));
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
