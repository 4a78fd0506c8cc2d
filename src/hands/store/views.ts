/** What is read of recorded hands, as the wire has it. */
import { Schema } from "effect";
import type pg from "pg";
import { handSummaryBody } from "../../../entities/handFeed/body.ts";
import { Hand, Position } from "../../../rpc/hand.ts";
import {
  type HandBody,
  HandKindsBody,
  type HandsBody,
  PlayerAmbiguous,
} from "../../../rpc/http/hand.ts";
import { handBody } from "./handBody.ts";
import type { HandFilter, HandsPage } from "../../gateway/PokerDesks.ts";
import { HandLister } from "./HandList.ts";
import { isStorable } from "./isStorable.ts";
import { findPlayer, type SitePlayer } from "./SitePlayer.ts";
import { SUMMARY_COLUMNS, summaryFrom, type SummaryRow } from "./summary.ts";

/** Hands are numbered without a gap. */
const TOTAL = "SELECT COALESCE(max(seq), 0) AS total FROM hand";
/** As the player's entity has counted them: a moment old. Counting the rows takes as long as there are any. */
const TOTAL_OF =
  "SELECT COALESCE(sum(hands), 0) AS total FROM hand_player_total WHERE site = $1 AND player = $2";

const HAND = `SELECT ${SUMMARY_COLUMNS}, h.detail FROM hand h WHERE h.hand_id = $1`;
const POSITIONS = "SELECT player, position FROM hand_player WHERE seq = $1";

const decodeHand = Schema.decodeUnknownSync(Schema.parseJson(Hand));
const decodeKinds = Schema.decodeUnknownSync(HandKindsBody.fields.kinds);
const decodePosition = Schema.decodeUnknownSync(Schema.NullOr(Position));

export const make = (pool: pg.Pool) => {
  const lister = new HandLister(pool);

  /** Null where the list is sifted. */
  const total = async (player: SitePlayer | undefined, filter: HandFilter) => {
    if (Object.values(filter).some((wanted) => wanted !== undefined)) return null;
    const { rows } = await (player === undefined
      ? pool.query<{ total: string }>(TOTAL)
      : pool.query<{ total: string }>(TOTAL_OF, [player.site, player.player]));
    return Number(rows[0]?.total);
  };

  return {
    /** The newest first, of those that fit. */
    recent: async ({ player: asked, ...page }: HandsPage): Promise<HandsBody | PlayerAmbiguous> => {
      const { filter } = page;
      const player = asked && (await findPlayer(pool, asked));
      if (player instanceof PlayerAmbiguous) return player;
      const isNobody = asked !== undefined && player === undefined;
      if (isNobody || !isStorable(filter.stakes ?? "")) return NONE;
      const [{ nextBefore, rows }, all] = await Promise.all([
        lister.list({ ...page, player }),
        total(player, filter),
      ]);
      return {
        hands: rows.map((row) => handSummaryBody(summaryFrom(row))),
        total: all,
        next_before: nextBefore === null ? null : String(nextBefore),
      };
    },

    kinds: async (): Promise<HandKindsBody> => {
      const { all, kinds } = await lister.kinds();
      return {
        kinds: decodeKinds(kinds.map(({ stakes: stake, ...kind }) => ({ ...kind, stake }))),
        complete: all,
      };
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
  };
};

const NONE: HandsBody = { hands: [], total: 0, next_before: null };
