/**
 * Paying: the reservation begins a payment, drives it itself (`process.ts`), and keeps the answer that its first outcome
 * makes. Whoever asked waits for that answer; whoever asks again with the same key gets it from there, made of what never
 * changes, whatever has come of the payment since.
 */
import type { FailureOf } from "../../rpc/contract.ts";
import { Unavailable } from "../../rpc/failure.ts";
import { branded, type CommandId, type PaymentId, type ReservationId } from "../../rpc/id.ts";
import type { PaidAnswer } from "../../rpc/http/reservation.ts";
import type { Intent } from "../../rpc/intent.ts";
import type { PaymentView, ProviderName } from "../../rpc/payment.ts";
import { type NotInCheckout, ReservationClosed } from "../../rpc/raffle.ts";
import {
  type PaymentAnswer,
  PaymentDeclined,
  type ProviderUnavailable,
  Reservation,
  type ReservationView,
} from "../../rpc/reservation.ts";
import { Wallet } from "../../rpc/wallet.ts";
import type { Ask, Outcome } from "../../src/actor/Ask.ts";
import { intentDigest } from "../intent.ts";
import { paymentBody, reservationBody } from "./body.ts";
import { failure, known, type LookUp } from "./known.ts";
import { actCommand, by, checkoutFor, type ReadReservationFailure } from "./reservation.ts";

/** Looks for the answer: soon at first, for a wallet's payment takes milliseconds, and no more often than this later. */
const FIRST_PAUSE_MS = 5;
const MAX_PAUSE_MS = 250;
/** As long as any answer is waited for. */
const MAX_WAIT_MS = 10_000;
const ASK_AGAIN_MS = 1_000;

export interface PayTools {
  readonly ask: Ask;
  readonly lookUp: LookUp;
  readonly pause: (ms: number) => Promise<void>;
}

export interface HowToPay {
  readonly provider: ProviderName;
  readonly returnUrl: string;
  /** The same as the payer has asked for it: what it is otherwise depends on the gateway, and a key goes to any of them. */
  readonly askedReturnUrl?: string | undefined;
  /** Why it takes no new payment now; what was begun with the same key goes on. */
  readonly unavailable: () => ProviderUnavailable | undefined;
}

export type PayReservationFailure =
  | ReadReservationFailure
  | FailureOf<typeof Reservation, "Pay" | "GetPayment">
  | NotInCheckout
  | PaymentDeclined
  | ProviderUnavailable;

type Paid = Outcome<PaidAnswer & { readonly isOver: boolean }, PayReservationFailure>;

export const paymentIdOf = (intent: Intent): PaymentId =>
  branded<PaymentId>(`p_${intentDigest(intent)}`);

export const payReservation = async (
  tools: PayTools,
  intent: Intent,
  reservationId: ReservationId,
  { askedReturnUrl, provider, returnUrl, unavailable }: HowToPay,
): Promise<Paid> => {
  const { ask, lookUp } = tools;
  const { playerId } = intent;
  const paymentId = paymentIdOf(intent);
  const found = await known(ask, lookUp, playerId, reservationId, by(intent));
  if (!found.ok) return found;
  const away = unavailable();
  if (away !== undefined) {
    const begun = await ask(Reservation, "GetPayment", { entityId: reservationId, paymentId });
    if (!begun.ok) return failure(begun.error._tag === "ReservationNotFound" ? away : begun.error);
  }
  const options = by(intent, ["pay", reservationId, provider, askedReturnUrl]);
  const taken = await takeKey(ask, intent, reservationId, options.fingerprint ?? "");
  if (taken !== undefined) return taken;
  const pay = { entityId: reservationId, commandId: actCommand(intent), playerId };
  // Without anything to pay for, the reservation says that it is not at the checkout.
  const checkout = found.value.phase === "selection" ? {} : { checkout: checkoutFor(found.value) };
  const begun = await ask(
    Reservation,
    "Pay",
    { ...pay, ...checkout, paymentId, provider, returnUrl },
    options,
  );
  if (!begun.ok) return begun;
  const answered = await waitForAnswer(tools, reservationId, begun.value.paymentId);
  if (!answered.ok) return answered;
  return { ...told(answered.value), replayed: begun.replayed };
};

/**
 * Takes the key in the player's own wallet, under the name that every money command takes it (see `favor.ts`), so that
 * a key that was used for a bet is refused here. Undefined when it is ours.
 */
const takeKey = async (ask: Ask, intent: Intent, reservationId: ReservationId, asked: string) => {
  const taken = await ask(
    Wallet,
    "Settle",
    {
      entityId: intent.playerId,
      commandId: branded<CommandId>(`hold:${intentDigest(intent)}`),
      items: [],
      ref: reservationId,
    },
    { ...by(intent), fingerprint: asked },
  );
  if (taken.ok) return undefined;
  const { error } = taken;
  // Who pays by other means needs no wallet.
  return error._tag === "Unavailable" || error._tag === "IdempotencyKeyReused"
    ? failure(error)
    : undefined;
};

interface Answered {
  readonly answer: PaymentAnswer;
  readonly payment: PaymentView;
  readonly reservation: ReservationView;
}

const waitForAnswer = async (
  { ask, pause }: PayTools,
  reservationId: ReservationId,
  paymentId: PaymentId,
): Promise<Outcome<Answered, FailureOf<typeof Reservation, "GetPayment">>> => {
  let pauseMs = FIRST_PAUSE_MS;
  for (let waitedMs = 0; waitedMs < MAX_WAIT_MS; waitedMs += pauseMs) {
    const read = await ask(Reservation, "GetPayment", { entityId: reservationId, paymentId });
    if (!read.ok) return read;
    const { answer } = read.value;
    if (answer !== null) return { ...read, value: { ...read.value, answer } };
    await pause(pauseMs);
    pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
  }
  const reason = "the provider has not answered yet";
  return failure(new Unavailable({ reason, retryAfterMs: ASK_AGAIN_MS }));
};

const told = ({ answer, payment, reservation }: Answered): Paid => {
  switch (answer._tag) {
    case "declined": {
      const { code, detail } = answer.failure;
      return failure(new PaymentDeclined({ reason: code, explanation: detail }));
    }
    case "over":
      return failure(new ReservationClosed({ phase: answer.phase }));
    case "placed": {
      const view = {
        ...payment,
        status: "pending",
        failure: null,
        nextStep: answer.nextStep,
      } as const;
      return paid({ ...reservation, phase: "checkout" }, view, false);
    }
    case "sold": {
      const view = { ...payment, status: "succeeded", failure: null, nextStep: null } as const;
      return paid({ ...reservation, phase: "sold" }, view, true);
    }
  }
};

const paid = (reservation: ReservationView, payment: PaymentView, isOver: boolean): Paid => ({
  ok: true,
  value: {
    reservation: reservationBody(reservation, payment),
    payment: paymentBody(payment),
    isOver,
  },
  replayed: false,
});
