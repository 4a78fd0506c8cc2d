/** What the house decides about a refund that the provider refuses: once for each key that the administrator makes. */
import type { FailureOf } from "../../rpc/contract.ts";
import { PaymentNotFound, type ResolveRefundBody } from "../../rpc/http/payment.ts";
import { branded, type CommandId, type PaymentId, type ReservationId } from "../../rpc/id.ts";
import type { Intent } from "../../rpc/intent.ts";
import type { PaymentView } from "../../rpc/payment.ts";
import { Reservation } from "../../rpc/reservation.ts";
import type { Ask, Outcome } from "../../src/actor/Ask.ts";
import { fingerprint, intentDigest } from "../intent.ts";
import { failure } from "./known.ts";

export type ResolveRefundFailure =
  | PaymentNotFound
  | Exclude<
      FailureOf<typeof Reservation, "ResolveRefund">,
      { readonly _tag: "ReservationNotFound" }
    >;

/** Whose payment it is, by the table; undefined when there is none. */
export type ReservationOf = (paymentId: PaymentId) => Promise<ReservationId | undefined>;

/** `intent` is the administrator's. */
export const resolveRefund = async (
  ask: Ask,
  reservationOf: ReservationOf,
  intent: Intent,
  paymentId: PaymentId,
  { reason, remedy }: ResolveRefundBody,
): Promise<Outcome<PaymentView, ResolveRefundFailure>> => {
  const reservationId = await reservationOf(paymentId);
  if (reservationId === undefined) return failure(new PaymentNotFound({ paymentId }));
  const resolved = await ask(
    Reservation,
    "ResolveRefund",
    {
      entityId: reservationId,
      // As the inspector names an administrator's commands: one key, one command.
      commandId: branded<CommandId>(`admin:${intentDigest(intent)}`),
      paymentId,
      remedy,
      reason,
    },
    {
      requestId: intent.requestId,
      by: intent.playerId,
      fingerprint: fingerprint(["resolve", paymentId, remedy, reason]),
    },
  );
  if (resolved.ok) return resolved;
  const { error } = resolved;
  return error._tag === "ReservationNotFound"
    ? failure(new PaymentNotFound({ paymentId }))
    : { ...resolved, error };
};
