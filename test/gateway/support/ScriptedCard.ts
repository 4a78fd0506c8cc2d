/** A card provider whose payments wait for what the test has their payers do. */
import {
  type PaymentOrder,
  type PaymentProvider,
  ProviderError,
  type ProviderPayment,
  type ProviderStatus,
} from "../../../src/payments/PaymentProvider.ts";

export class ScriptedCard implements PaymentProvider {
  readonly name = "sandbox_card";
  readonly orders: Array<PaymentOrder> = [];
  /** What `create` answers next. */
  next: ProviderStatus = "pending";
  /** What becomes of refunds. */
  refunds: "succeeded" | "failed" = "succeeded";
  private readonly payments = new Map<string, ProviderPayment>();

  readonly create = async (order: PaymentOrder) => {
    const known = this.payments.get(order.paymentId);
    if (known !== undefined) return known;
    this.orders.push(order);
    return this.set(order.paymentId, this.next);
  };

  readonly get = async ({ paymentId }: PaymentOrder) => this.known(paymentId);
  readonly capture = async ({ paymentId }: PaymentOrder) => this.known(paymentId);
  readonly cancel = async ({ paymentId }: PaymentOrder) =>
    this.known(paymentId).status === "pending"
      ? this.set(paymentId, "cancelled")
      : this.known(paymentId);
  readonly refund = async (_: PaymentOrder, refundId: string) => ({
    ref: refundId,
    status: this.refunds,
  });

  private known(paymentId: string): ProviderPayment {
    const payment = this.payments.get(paymentId);
    if (payment === undefined)
      throw new ProviderError(this.name, "no such payment", { retryable: false });
    return payment;
  }

  private set(paymentId: string, status: ProviderStatus): ProviderPayment {
    const payment: ProviderPayment = {
      ref: `card-${paymentId}`,
      status,
      nextStep:
        status === "pending"
          ? { kind: "redirect", url: `https://card.example/${paymentId}` }
          : null,
      failure:
        status === "failed" ? { code: "card_declined", detail: "The card was declined." } : null,
    };
    this.payments.set(paymentId, payment);
    return payment;
  }
}
