/** What a favor's events write beside the journal: the table that its readers read, and the house's ledger line. */
import type { Meta } from "../../src/actor/Decider.ts";
import type { ProjectedRow, Projection } from "../../src/actor/Projection.ts";
import { favorAccount, house, post } from "../ledger.ts";
import type { FavorEvent } from "./events.ts";
import type { FavorState } from "./state.ts";

export const FavorTable: Projection = {
  table: "favor",
  columns: {
    favor_id: "text",
    lender_id: "text",
    borrower_id: "text",
    amount: "bigint",
    repay: "bigint",
    due_in_ms: "bigint",
    status: "text",
    offered_at: "bigint",
    expires_at: "bigint",
    accepted_at: "bigint",
    due_at: "bigint",
    repaid_at: "bigint",
  },
  key: ["favor_id"],
  write: "upsert",
};

export const project = (
  event: FavorEvent,
  { favor }: FavorState,
  { at, entityId }: Meta,
  version: number,
): ReadonlyArray<ProjectedRow> => {
  if (favor === null || event._tag === "HoldVoided") return [];
  const { view } = favor;
  const row = {
    favor_id: view.favorId,
    lender_id: view.lenderId,
    borrower_id: view.borrowerId,
    amount: view.amountMinor,
    repay: view.repayMinor,
    due_in_ms: view.dueInMs,
    status: view.status,
    offered_at: view.offeredAt,
    expires_at: view.expiresAt,
    accepted_at: view.acceptedAt,
    due_at: view.dueAt,
    repaid_at: view.repaidAt,
  };
  const shown = { projection: FavorTable, row };
  if (event._tag !== "MoneyUnclaimed") return [shown];
  const ref = view.favorId;
  const posting = { kind: "favor", entityId, version, firstLine: 0, purpose: "unclaimed", ref, at };
  const { amountMinor } = event;
  return [
    shown,
    ...post(posting, [{ debit: favorAccount(entityId), credit: house.unclaimed, amountMinor }]),
  ];
};
