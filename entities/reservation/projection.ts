/** What a reservation's events write beside the journal: its payments as the house reads them, and the ledger. */
import type { Meta } from "../../src/actor/Decider.ts";
import type { ProjectedRow, Projection } from "../../src/actor/Projection.ts";
import { clearing, house, post, reservationAccount, type Transfer } from "../ledger.ts";
import type { ReservationEvent } from "./events.ts";
import { checkoutOf, type Payment, paymentOf, type ReservationState } from "./state.ts";

export const PaymentTable: Projection = {
  table: "payment",
  columns: {
    payment_id: "text",
    reservation_id: "text",
    raffle_id: "text",
    player_id: "text",
    provider: "text",
    ref: "text",
    status: "text",
    amount: "bigint",
    failure_code: "text",
    started_at: "bigint",
    updated_at: "bigint",
  },
  key: ["payment_id"],
  write: "upsert",
};

export const project = (
  event: ReservationEvent,
  state: ReservationState,
  { at, entityId }: Meta,
  version: number,
): ReadonlyArray<ProjectedRow> => {
  if (!("paymentId" in event)) return [];
  const payment = paymentOf(state, event.paymentId);
  if (payment === undefined) throw new Error(`${event._tag} of a payment that never began`);
  const { amountMinor, playerId, raffleId } = checkoutOf(state);
  const row = {
    payment_id: payment.paymentId,
    reservation_id: entityId,
    raffle_id: raffleId,
    player_id: playerId,
    provider: payment.provider,
    ref: payment.ref,
    status: payment.status,
    amount: amountMinor,
    failure_code: payment.failure?.code ?? null,
    started_at: payment.startedAt,
    updated_at: at,
  };
  const posting = {
    kind: "reservation",
    entityId,
    version,
    // Of the payments of one entry, each has a line of its own.
    firstLine: state.payments.indexOf(payment),
    purpose: event._tag === "PaymentSucceeded" ? "payment" : "refund",
    ref: payment.paymentId,
    at,
  };
  const transfers = transfersOf(event, payment, reservationAccount(entityId), amountMinor);
  return [{ projection: PaymentTable, row }, ...post(posting, transfers)];
};

/** Outside money comes in and goes out here; a wallet's is moved by the wallet. */
const transfersOf = (
  { _tag }: ReservationEvent,
  { provider }: Payment,
  account: Transfer["debit"],
  amountMinor: number,
): ReadonlyArray<Transfer> => {
  const isOutside = provider !== "wallet";
  if (_tag === "PaymentSucceeded" && isOutside)
    return [{ debit: clearing(provider), credit: account, amountMinor }];
  if (_tag === "PaymentRefunded" && isOutside)
    return [{ debit: account, credit: clearing(provider), amountMinor }];
  if (_tag === "RefundUnclaimed") return [{ debit: account, credit: house.unclaimed, amountMinor }];
  return [];
};
