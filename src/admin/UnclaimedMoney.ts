/**
 * What is on `house:unclaimed`, as the administrator reads it. The ledger has the amounts; whose each is says the table of what
 * it was for, and why it came here the player's own wallet: its journal keeps the refusal under the step's command id.
 *
 * A favor's money belongs to the lender both ways: a loan that did not arrive, a repayment that was made.
 */
import { Schema } from "effect";
import type pg from "pg";
import { UnclaimedBody, type UnclaimedWhat } from "../../rpc/http/admin/unclaimed.ts";
import type { PlayerId } from "../../rpc/id.ts";

export interface UnclaimedPage {
  /** `next_before` of the page before; anything else starts anew. */
  readonly before?: string | undefined;
  readonly limit: number;
  readonly playerId?: PlayerId | undefined;
}

/** bigint comes as text. */
interface UnclaimedRow {
  readonly kind: string;
  readonly entity_id: string;
  readonly version: string;
  readonly line: number;
  readonly amount: string;
  readonly ref: string;
  readonly at: string;
  readonly player_id: string | null;
  readonly refusal: string | null;
}

const LIST = `
SELECT l.kind, l.entity_id, l.version, l.line, l.amount, l.ref, l.at, owner.player_id, wallet.refusal
FROM ledger l
CROSS JOIN LATERAL (SELECT CASE l.kind
  WHEN 'raffle' THEN (SELECT r.organiser_id FROM raffle r WHERE r.raffle_id = l.entity_id)
  WHEN 'reservation' THEN (SELECT p.player_id FROM payment p WHERE p.payment_id = l.ref)
  WHEN 'favor' THEN (SELECT f.lender_id FROM favor f WHERE f.favor_id = l.entity_id)
END AS player_id) AS owner
LEFT JOIN LATERAL (
  SELECT j.reply->'error'->>'_tag' AS refusal FROM journal j
  WHERE j.kind = 'wallet' AND j.entity_id = owner.player_id AND j.reply->>'ok' = 'false'
    AND j.command_id = ANY (CASE l.kind
      WHEN 'raffle' THEN ARRAY['payout:' || l.entity_id]
      WHEN 'reservation' THEN ARRAY['refund:' || l.ref]
      WHEN 'favor' THEN ARRAY['return:' || l.entity_id] || ARRAY(
        SELECT 'credit:' || (e->>'holdId') FROM journal f, json_array_elements(f.events) e
        WHERE f.kind = 'favor' AND f.entity_id = l.entity_id AND f.version < l.version
          AND e->>'_tag' = 'RepaymentAccepted')
    END)
  ORDER BY j.version DESC LIMIT 1
) AS wallet ON true
WHERE l.credit = 'house:unclaimed'
  AND ($1::bigint IS NULL OR (l.at, l.kind, l.entity_id, l.version, l.line) < ($1, $2, $3, $4::bigint, $5::integer))
  AND ($6::text IS NULL OR owner.player_id = $6)
ORDER BY l.at DESC, l.kind DESC, l.entity_id DESC, l.version DESC, l.line DESC LIMIT $7`;

/** No event takes anything off the account. */
const TOTAL =
  "SELECT COALESCE(sum(amount), 0) AS total FROM ledger WHERE credit = 'house:unclaimed'";

/** A page ends at a line of the ledger: its time, kind, version, number and entity. */
const MARK = /^(\d{1,15})\.(\w+)\.(\d{1,15})\.(\d{1,9})\.(.+)$/;

const markOf = ({ at, entity_id, kind, line, version }: UnclaimedRow) =>
  [at, kind, version, line, entity_id].join(".");

const WHAT: Readonly<Record<string, UnclaimedWhat>> = {
  raffle: "raffle_payout",
  reservation: "ticket_refund",
  favor: "favor",
};

const WHY: Readonly<Record<string, string>> = {
  BalanceLimit: "balance_limit",
  WalletNotFound: "wallet_not_found",
};

const decode = Schema.decodeUnknownSync(UnclaimedBody);

export const make = (pool: pg.Pool) => ({
  /** Newest first. */
  unclaimed: async ({ before, limit, playerId }: UnclaimedPage): Promise<UnclaimedBody> => {
    const [, at = null, kind = null, version = null, line = null, entityId = null] =
      MARK.exec(before ?? "") ?? [];
    const values = [at, kind, entityId, version, line, playerId ?? null, limit + 1];
    const [{ rows }, total] = await Promise.all([
      pool.query<UnclaimedRow>(LIST, values),
      pool.query<{ readonly total: string }>(TOTAL),
    ]);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return decode({
      unclaimed: shown.map((row) => ({
        what: WHAT[row.kind],
        player_id: row.player_id,
        amount: Number(row.amount),
        since: new Date(Number(row.at)).toISOString(),
        why: WHY[row.refusal ?? ""] ?? null,
        kind: row.kind,
        entity_id: row.entity_id,
        ref: row.ref,
      })),
      total: Number(total.rows[0]?.total),
      next_before: last === undefined ? null : markOf(last),
    });
  },
});
