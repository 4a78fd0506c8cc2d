/** The rows that a stored hand leaves, and the statements that write many of them at once. */
import type { HandSite, HandSummary } from "../../../rpc/hand.ts";
import { COUNTS } from "../../../rpc/handStats.ts";
import { arrayTypeOf, type PgArrays } from "../../actor/PgArrays.ts";
import type { ColumnType } from "../../actor/Projection.ts";
import type { PlayerHand } from "../PlayerHand.ts";
import type { TournamentSummary } from "../winamax/Summary.ts";
import { countColumns } from "./countColumns.ts";

interface Column<Row> {
  readonly name: string;
  readonly type: ColumnType;
  readonly of: (row: Row) => unknown;
}

/** Writes all rows at once: a column is one array. Values are those of `valuesOf`. */
const insert = <Row>(table: string, columns: ReadonlyArray<Column<Row>>): string =>
  `INSERT INTO ${table} (${columns.map(({ name }) => name).join(", ")})
  SELECT * FROM unnest(${columns.map(({ type }, n) => `$${n + 1}::${arrayTypeOf(type)}`).join(", ")})`;

const valuesOf = <Row>(
  arrays: PgArrays,
  columns: ReadonlyArray<Column<Row>>,
  rows: ReadonlyArray<Row>,
) => {
  arrays.begin();
  return columns.map(({ of, type }) => arrays.array(type, rows, of));
};

/** Prepared once a connection. The values are good until the next statement is made of the same `arrays`. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: Array<unknown>;
}

const statementOf = <Row>(name: string, text: string, columns: ReadonlyArray<Column<Row>>) => {
  return (arrays: PgArrays, rows: ReadonlyArray<Row>): Statement => ({
    name,
    text,
    values: valuesOf(arrays, columns, rows),
  });
};

export interface HandRow {
  readonly summary: HandSummary;
  /** The hand as JSON. */
  readonly detail: string;
}

const HAND: ReadonlyArray<Column<HandRow>> = [
  { name: "seq", type: "bigint", of: ({ summary }) => summary.seq },
  { name: "hand_id", type: "text", of: ({ summary }) => summary.handId },
  { name: "played_at", type: "bigint", of: ({ summary }) => summary.playedAt },
  { name: "format", type: "text", of: ({ summary }) => summary.format },
  { name: "game", type: "text", of: ({ summary }) => summary.game },
  { name: "limit_kind", type: "text", of: ({ summary }) => summary.limit },
  { name: "currency", type: "text", of: ({ summary }) => summary.currency },
  { name: "stakes", type: "text", of: ({ summary }) => summary.stakes },
  { name: "table_name", type: "text", of: ({ summary }) => summary.table },
  { name: "players", type: "integer", of: ({ summary }) => summary.players },
  { name: "total_pot", type: "bigint", of: ({ summary }) => summary.totalPot },
  { name: "rake", type: "bigint", of: ({ summary }) => summary.rake },
  { name: "board", type: "text", of: ({ summary }) => summary.board.join("") },
  { name: "hero", type: "text", of: ({ summary }) => summary.hero?.player },
  { name: "hero_cards", type: "text", of: ({ summary }) => summary.hero?.cards.join("") ?? "" },
  { name: "hero_position", type: "text", of: ({ summary }) => summary.hero?.position },
  { name: "hero_net", type: "bigint", of: ({ summary }) => summary.hero?.net },
  { name: "detail", type: "text", of: ({ detail }) => detail },
];

export const insertHands = statementOf("insert hands", insert("hand", HAND), HAND);

export interface PlayerRow {
  readonly site: HandSite;
  readonly summary: HandSummary;
  readonly one: PlayerHand;
  readonly isAtShowdown: boolean;
}

const PLAYER: ReadonlyArray<Column<PlayerRow>> = [
  { name: "seq", type: "bigint", of: ({ summary }) => summary.seq },
  { name: "played_at", type: "bigint", of: ({ summary }) => summary.playedAt },
  { name: "total_pot", type: "bigint", of: ({ summary }) => summary.totalPot },
  { name: "site", type: "text", of: ({ site }) => site },
  { name: "player", type: "text", of: ({ one }) => one.player },
  { name: "currency", type: "text", of: ({ summary }) => summary.currency },
  { name: "game", type: "text", of: ({ summary }) => summary.game },
  { name: "limit_kind", type: "text", of: ({ summary }) => summary.limit },
  { name: "stakes", type: "text", of: ({ summary }) => summary.stakes },
  { name: "format", type: "text", of: ({ summary }) => summary.format },
  { name: "players", type: "integer", of: ({ one }) => one.players },
  { name: "position", type: "text", of: ({ one }) => one.position },
  { name: "at_showdown", type: "boolean", of: ({ isAtShowdown }) => isAtShowdown },
  ...COUNTS.map((_, n): Column<PlayerRow> => {
    const { name, type } = countColumns[n] ?? unknownCount(n);
    return { name, type, of: ({ one }) => one.counts[n] };
  }),
];

const unknownCount = (n: number): never => {
  throw new Error(`there is no count number ${n}`);
};

export const insertPlayers = statementOf("insert players", insert("hand_player", PLAYER), PLAYER);

/** An Expresso is played by three. */
const EXPRESSO_PLAYERS = 3;

const buyInOf = ({ buyIn }: TournamentSummary) => buyIn.prize + buyIn.bounty + buyIn.fee;

const multiplierOf = (summary: TournamentSummary): number | null => {
  const { name, prizePool } = summary;
  const buyIns = EXPRESSO_PLAYERS * buyInOf(summary);
  return /^expresso/i.test(name) && prizePool !== null && buyIns > 0 ? prizePool / buyIns : null;
};

const TOURNAMENT_COLUMNS = [
  "site",
  "tournament_id",
  "player",
  "name",
  "started_at",
  "buy_in",
  "place",
  "registered",
  "won",
  "multiplier",
];

/** A summary that comes again, longer, takes the place of the one before. */
const UPSERT_TOURNAMENT = `
INSERT INTO tournament_result (${TOURNAMENT_COLUMNS.join(", ")}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (site, tournament_id, player) DO UPDATE SET ${TOURNAMENT_COLUMNS.slice(3)
  .map((name) => `${name} = excluded.${name}`)
  .join(", ")}`;

export const upsertTournament = (summary: TournamentSummary): Statement => ({
  name: "upsert tournament",
  text: UPSERT_TOURNAMENT,
  values: [
    summary.site,
    summary.tournamentId,
    summary.player,
    summary.name,
    summary.startedAt,
    buyInOf(summary),
    summary.place,
    summary.registeredPlayers,
    summary.won + summary.wonBounty,
    multiplierOf(summary),
  ],
});
