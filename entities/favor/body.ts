import type { FavorView } from "../../rpc/favor.ts";
import type { FavorBody } from "../../rpc/http/favor.ts";

const MS_PER_SECOND = 1000;

const iso = (epochMs: number) => new Date(epochMs).toISOString();
const isoOrNull = (epochMs: number | null) => (epochMs === null ? null : iso(epochMs));

/** A favor as the wire has it. */
export const favorBody = (view: FavorView): FavorBody => ({
  favor_id: view.favorId,
  lender_id: view.lenderId,
  borrower_id: view.borrowerId,
  amount: view.amountMinor,
  repay: view.repayMinor,
  due_in_seconds: view.dueInMs / MS_PER_SECOND,
  status: view.status,
  offered_at: iso(view.offeredAt),
  expires_at: iso(view.expiresAt),
  accepted_at: isoOrNull(view.acceptedAt),
  due_at: isoOrNull(view.dueAt),
  repaid_at: isoOrNull(view.repaidAt),
});
