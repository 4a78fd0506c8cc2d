/**
 * What a reservation owes to providers and to its raffle: for each payment that is due one step after another until it has
 * to wait or is at its end. Each step may be done again, by whichever process: the provider knows the payment by its id,
 * the raffle the sale by the payment's.
 *
 * Money that was taken is sold for or given back, nothing else ends it; so a step that brings no answer is tried again for ever,
 * with growing pauses, and the log says why. A refund that is refused comes to rest, and the house decides.
 */
import { branded, type CommandId, type PaymentId, type ReservationId } from "../../rpc/id.ts";
import { CURRENCY } from "../../rpc/money.ts";
import { Raffle } from "../../rpc/raffle.ts";
import type { Ask, AskOptions } from "../../src/actor/Ask.ts";
import type { Process, ProcessContext } from "../../src/actor/DurableActor.ts";
import {
  type PaymentOrder,
  type PaymentProvider,
  type PaymentProviders,
  type PlacedPayment,
  ProviderError,
  type ProviderPayment,
} from "../../src/payments/PaymentProvider.ts";
import type { ReservationInternal, SaleRefusal } from "./decider.ts";
import { raffleOf } from "./raffleOf.ts";
import { checkoutOf, type Payment, paymentOf, refunderOf, type ReservationState } from "./state.ts";

/** No payment has more in a row: create, capture, sell, refund, and what it learns between. */
const MAX_STEPS = 10;

/** As much of a provider's reason as is kept. */
const MAX_WHY_CHARACTERS = 200;

type RefundOutcome = Extract<ReservationInternal, { readonly _tag: "FinishRefund" }>["outcome"];
type Context = ProcessContext<ReservationState, ReservationInternal>;

/** The numbers are not wanted any more: one command, whether the reservation gives it or the one who waits for it. */
export const free = (ask: Ask, { playerId, reservationId }: Claimant, options?: AskOptions) => {
  const raffleId = raffleOf(reservationId);
  if (raffleId === undefined) throw new Error(`${reservationId} names no raffle`);
  return ask(
    Raffle,
    "Free",
    {
      entityId: raffleId,
      commandId: branded<CommandId>(`free:${reservationId}`),
      playerId,
      reservationId,
    },
    options,
  );
};

type Claimant = Pick<PaymentOrder, "playerId" | "reservationId">;

export const process = (
  providers: PaymentProviders,
): Process<ReservationState, ReservationInternal> => ({
  outstanding: ({ isFreeing, payments }) => isFreeing || payments.some(({ isDue }) => isDue),
  run: async (context) => {
    const { isFreeing, payments } = context.state();
    const failures: Array<unknown> = [];
    // What cannot be done keeps nothing else waiting.
    const attempt = (work: Promise<void>) =>
      work.catch((cause: unknown) => void failures.push(cause));
    await Promise.all([
      ...(isFreeing ? [attempt(freeNumbers(context))] : []),
      ...payments
        .filter(({ isDue }) => isDue)
        .map(({ paymentId }) => attempt(drive(context, providers, paymentId))),
    ]);
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join("; "));
  },
});

const freeNumbers = async (context: Context): Promise<void> => {
  const { playerId } = checkoutOf(context.state());
  const reservationId = branded<ReservationId>(context.entityId);
  const freed = await free(context.ask, { playerId, reservationId });
  // Any answer of the raffle is final: there was a claim or there was none.
  if (!freed.ok && freed.error._tag === "Unavailable") throw freed.error;
  await context.tell({ _tag: "FinishFreeing" });
};

const drive = async (
  context: Context,
  providers: PaymentProviders,
  paymentId: PaymentId,
): Promise<void> => {
  for (let n = 0; n < MAX_STEPS; n++) {
    const state = context.state();
    const payment = paymentOf(state, paymentId);
    if (payment === undefined || !payment.isDue) return;
    const isSale = payment.status === "succeeded";
    const learnt = isSale
      ? await sell(context, state, payment)
      : await pay(providers, orderOf(context.entityId, state, payment), payment);
    if (!(await context.tell(learnt))) return;
  }
};

/** Does at the provider what a payment is due for, and brings back what came of it. */
const pay = async (
  providers: PaymentProviders,
  order: PaymentOrder,
  payment: Payment,
): Promise<ReservationInternal> => {
  const { paymentId, ref, status } = payment;
  const name = status === "refunding" ? refunderOf(payment) : payment.provider;
  const provider = providers.of(name);
  if (provider === undefined) throw new Error(`payment ${paymentId}: ${name} is not set up here`);
  const placed: PlacedPayment = { ...order, ref: ref ?? "" };
  switch (status) {
    case "creating":
      return asked(paymentId, provider.create(order), "give up");
    case "authorized":
      return asked(paymentId, provider.capture(placed), "give up");
    case "pending":
      return asked(paymentId, provider.get(placed), "look again");
    case "failed":
    case "cancelling":
      // Whether it was ever made is not known: making it once more tells its name, and makes no second one.
      return ref === null
        ? asked(paymentId, provider.create(order), "give up")
        : asked(paymentId, provider.cancel(placed), "retry");
    case "refunding":
      return refund(provider, placed, payment);
    case "succeeded":
    case "cancelled":
    case "refunded":
    case "refund_refused":
      throw new Error(`payment ${paymentId} is ${status}, and nothing is to be done at ${name}`);
  }
};

/** Each attempt that the house has asked for is a refund of its own: the provider's word on the one before stands. */
const refundIdOf = ({ paymentId, retries = 0 }: Payment): string =>
  retries === 0 ? `refund:${paymentId}` : `refund:${paymentId}:${retries}`;

const refund = async (
  provider: PaymentProvider,
  placed: PlacedPayment,
  payment: Payment,
): Promise<ReservationInternal> => {
  const { paymentId } = payment;
  const finish = (outcome: RefundOutcome, why = "") =>
    ({ _tag: "FinishRefund", paymentId, outcome, why }) as const;
  try {
    const { status } = await provider.refund(placed, refundIdOf(payment));
    if (status !== "failed") return finish(status === "pending" ? "pending" : "refunded");
    // A wallet that cannot take it has said so for good: the house keeps it.
    if (provider.name === "wallet") return finish("unclaimed");
    return finish("failed", "refund_failed");
  } catch (cause) {
    if (!(cause instanceof ProviderError) || cause.retryable) throw cause;
    return finish("refused", cause.message.slice(0, MAX_WHY_CHARACTERS));
  }
};

/** What a provider answers. Without an answer it is asked again; `otherwise` is what a refusal leads to. */
const asked = (
  paymentId: PaymentId,
  answer: Promise<ProviderPayment>,
  otherwise: "give up" | "look again" | "retry",
): Promise<ReservationInternal> =>
  answer.then(
    (news) => ({ _tag: "Learn", paymentId, news }),
    (cause: unknown) => {
      if (!(cause instanceof ProviderError)) throw cause;
      if (otherwise === "look again") return { _tag: "LookAgain", paymentId };
      if (cause.retryable) throw cause;
      // It will not say now what has become of a payment that it has: time may help, haste does not.
      return { _tag: otherwise === "retry" ? "LookAgain" : "GiveUp", paymentId };
    },
  );

/** The money is on the reservation's account: the raffle sells for it, or says why not. */
const sell = async (
  { ask, entityId }: Context,
  state: ReservationState,
  { paymentId }: Payment,
): Promise<ReservationInternal> => {
  const { amountMinor, numbers, playerId, raffleId } = checkoutOf(state);
  const sold = await ask(Raffle, "Sell", {
    entityId: raffleId,
    commandId: branded<CommandId>(`sell:${paymentId}`),
    reservationId: branded<ReservationId>(entityId),
    playerId,
    paymentId,
    numbers,
    amountMinor,
  });
  const refusal = sold.ok ? null : refusalOf(sold.error);
  return { _tag: "FinishSale", paymentId, refusal };
};

const refusalOf = (failure: {
  readonly _tag: string;
  readonly message: string;
  readonly phase?: string;
}): SaleRefusal => {
  switch (failure._tag) {
    case "ReservationClosed":
      return failure.phase === "sold" ? "sold" : "gone";
    case "NumberTaken":
      return "gone";
    case "RaffleNotOpen":
    case "RaffleNotFound":
      return "not_open";
    default:
      throw new Error(`a sale: ${failure.message}`, { cause: failure });
  }
};

const orderOf = (
  reservationId: string,
  state: ReservationState,
  { paymentId, returnUrl }: Payment,
): PaymentOrder => {
  const { amountMinor, expiresAt, playerId, raffleId } = checkoutOf(state);
  return {
    paymentId,
    reservationId: branded<ReservationId>(reservationId),
    raffleId,
    playerId,
    amountMinor,
    currency: CURRENCY,
    returnUrl,
    expiresAt,
  };
};
