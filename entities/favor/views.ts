/** What is read of favors: from the projection, as the wire has it. */
import { Schema } from "effect";
import type pg from "pg";
import type { FavorsBody, LoyaltiesBody, LoyaltyBody } from "../../rpc/http/favor.ts";
import { FavorView } from "../../rpc/favor.ts";
import type { PlayerId } from "../../rpc/id.ts";
import { favorBody } from "./body.ts";
import { loyaltyScore } from "./loyalty.ts";

/** bigint comes as text. */
interface FavorRow {
  readonly favor_id: string;
  readonly lender_id: string;
  readonly borrower_id: string;
  readonly amount: string;
  readonly repay: string;
  readonly due_in_ms: string;
  readonly status: string;
  readonly offered_at: string;
  readonly expires_at: string;
  readonly accepted_at: string | null;
  readonly due_at: string | null;
  readonly repaid_at: string | null;
}

const decodeView = Schema.decodeUnknownSync(FavorView);
const numberOrNull = (text: string | null) => (text === null ? null : Number(text));

const viewOf = (row: FavorRow): FavorView =>
  decodeView({
    favorId: row.favor_id,
    lenderId: row.lender_id,
    borrowerId: row.borrower_id,
    amountMinor: Number(row.amount),
    repayMinor: Number(row.repay),
    dueInMs: Number(row.due_in_ms),
    status: row.status,
    offeredAt: Number(row.offered_at),
    expiresAt: Number(row.expires_at),
    acceptedAt: numberOrNull(row.accepted_at),
    dueAt: numberOrNull(row.due_at),
    repaidAt: numberOrNull(row.repaid_at),
  });

const halfOf = (party: "lender_id" | "borrower_id") => `
SELECT * FROM favor WHERE ${party} = $1 AND ($2::bigint IS NULL OR (offered_at, favor_id) < ($2, $3))
ORDER BY offered_at DESC, favor_id DESC LIMIT $4`;

/** Each half walks its own index. */
const FAVORS = `
(${halfOf("lender_id")})
UNION ALL
(${halfOf("borrower_id")})
ORDER BY offered_at DESC, favor_id DESC LIMIT $4`;

/** Where a page ended: the time of its last favor, and its id. */
const PLACE = /^(\d{1,15})\.(.+)$/;
const placeOf = (before: string | undefined) => {
  const [, at = null, id = null] = PLACE.exec(before ?? "") ?? [];
  return [at, id] as const;
};

const trackRecord = (party: "lender_id" | "borrower_id") => `
SELECT count(*) FILTER (WHERE status = 'repaid' AND repaid_at <= due_at) AS on_time,
  count(*) FILTER (WHERE status = 'repaid' AND repaid_at > due_at) AS late,
  count(*) FILTER (WHERE status = 'overdue') AS overdue
FROM favor WHERE ${party} = $1`;

export const make = (pool: pg.Pool) => {
  const loyalty = async (playerId: PlayerId, party: "lender_id" | "borrower_id") => {
    const { rows } = await pool.query<{ on_time: string; late: string; overdue: string }>(
      trackRecord(party),
      [playerId],
    );
    const onTime = Number(rows[0]?.on_time ?? 0);
    const late = Number(rows[0]?.late ?? 0);
    const overdue = Number(rows[0]?.overdue ?? 0);
    return {
      score: loyaltyScore({ onTime, late, overdue }),
      repaid_on_time: onTime,
      repaid_late: late,
      overdue,
    } satisfies LoyaltyBody;
  };

  return {
    /** Newest first, as lender and as borrower. */
    favors: async (
      playerId: PlayerId,
      { before, limit }: { readonly before?: string | undefined; readonly limit: number },
    ): Promise<Omit<FavorsBody, "loyalty">> => {
      // One more tells whether there is another page.
      const { rows } = await pool.query<FavorRow>(FAVORS, [
        playerId,
        ...placeOf(before),
        limit + 1,
      ]);
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return {
        favors: page.map((row) => favorBody(viewOf(row))),
        next_before: last === undefined ? null : `${last.offered_at}.${last.favor_id}`,
      };
    },

    loyalty: async (playerId: PlayerId): Promise<LoyaltiesBody> => {
      const [asBorrower, asLender] = await Promise.all([
        loyalty(playerId, "borrower_id"),
        loyalty(playerId, "lender_id"),
      ]);
      return { as_borrower: asBorrower, as_lender: asLender };
    },
  };
};
