/** What is read of recorded hands, as the wire has it. */
import { Schema } from "effect";
import type pg from "pg";
import { handSummaryBody } from "../../../entities/handFeed/body.ts";
import { Hand, Position } from "../../../rpc/hand.ts";
import type { HandBody, HandsBody } from "../../../rpc/http/hand.ts";
import { handBody } from "./handBody.ts";
import { SUMMARY_COLUMNS, summaryFrom, type SummaryRow } from "./summary.ts";

export interface HandsPage {
  readonly limit: number;
  readonly offset: number;
  readonly before?: number | undefined;
  readonly player?: string | undefined;
}

/** Before any hand that was ever stored. */
const NO_END = Number.MAX_SAFE_INTEGER;

const RECENT = `SELECT ${SUMMARY_COLUMNS} FROM hand h WHERE h.seq < $1 ORDER BY h.seq DESC LIMIT $2 OFFSET $3`;
/** Hands are numbered without a gap. */
const TOTAL = "SELECT COALESCE(max(seq), 0) AS total FROM hand";

/** The page is taken from the index before the hands themselves are looked up. */
const RECENT_OF = `
SELECT ${SUMMARY_COLUMNS} FROM (
  SELECT seq FROM hand_player WHERE player = $4 AND seq < $1 ORDER BY seq DESC LIMIT $2 OFFSET $3
) p JOIN hand h USING (seq) ORDER BY h.seq DESC`;
const TOTAL_OF = "SELECT count(*) AS total FROM hand_player WHERE player = $1";

const HAND = `SELECT ${SUMMARY_COLUMNS}, h.detail FROM hand h WHERE h.hand_id = $1`;
const POSITIONS = "SELECT player, position FROM hand_player WHERE seq = $1";

const decodeHand = Schema.decodeUnknownSync(Schema.parseJson(Hand));
const decodePosition = Schema.decodeUnknownSync(Schema.NullOr(Position));

export const make = (pool: pg.Pool) => ({
  /** The newest first. */
  recent: async ({ before, limit, offset, player }: HandsPage): Promise<HandsBody> => {
    // One more tells whether there are older ones.
    const page = [before ?? NO_END, limit + 1, offset];
    const [{ rows }, totals] = await Promise.all([
      player === undefined
        ? pool.query<SummaryRow>(RECENT, page)
        : pool.query<SummaryRow>(RECENT_OF, [...page, player]),
      player === undefined
        ? pool.query<{ total: string }>(TOTAL)
        : pool.query<{ total: string }>(TOTAL_OF, [player]),
    ]);
    const hands = rows.slice(0, limit).map((row) => handSummaryBody(summaryFrom(row)));
    const oldest = hands.at(-1);
    const nextBefore = rows.length > limit && oldest !== undefined ? String(oldest.seq) : null;
    return { hands, total: Number(totals.rows[0]?.total), next_before: nextBefore };
  },

  hand: async (handId: string): Promise<HandBody | undefined> => {
    const { rows } = await pool.query<SummaryRow & { detail: string }>(HAND, [handId]);
    const row = rows[0];
    if (row === undefined) return undefined;
    const placed = await pool.query<{ player: string; position: string | null }>(POSITIONS, [
      row.seq,
    ]);
    const positions = new Map(
      placed.rows.map(({ player, position }) => [player, decodePosition(position)]),
    );
    return handBody(summaryFrom(row), decodeHand(row.detail), positions);
  },
});
