/** What a reservation's events write beside the journal: its payments as the house reads them, and the ledger. */
import type { Meta } from "../../src/actor/Decider.ts";
import type { ProjectedRow, Projection } from "../../src/actor/Projection.ts";
import { clearing, house, post, reservationAccount, type Transfer } from "../ledger.ts";
import type { ReservationEvent } from "./events.ts";
import { checkoutOf, type Payment, paymentOf, refunderOf, type ReservationState } from "./state.ts";

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
    failure_code: payment.refusal ?? payment.failure?.code ?? null,
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

/**
 * Outside money comes in and goes out here; a wallet's is moved by the wallet. What was given back by hand is taken for
 * given back at the provider: where it came from otherwise is the house's own business with the provider.
 */
const transfersOf = (
  { _tag }: ReservationEvent,
  payment: Payment,
  account: Transfer["debit"],
  amountMinor: number,
): ReadonlyArray<Transfer> => {
  const { provider } = payment;
  const comes = [{ debit: clearing(provider), credit: account, amountMinor }];
  const goes = [{ debit: account, credit: clearing(provider), amountMinor }];
  switch (_tag) {
    case "PaymentSucceeded":
      return provider === "wallet" ? [] : comes;
    case "PaymentRefunded":
      return refunderOf(payment) === "wallet" ? [] : goes;
    case "RefundDoubted":
      return comes;
    case "RefundMadeByHand":
      return goes;
    case "RefundUnclaimed":
      return [{ debit: account, credit: house.unclaimed, amountMinor }];
    default:
      return [];
  }
};
