/** A card company in memory: the payer pays when the test says so, and refunds arrive when it lets them. */
import type {
  PaymentOrder,
  PaymentProvider,
  PlacedPayment,
  ProviderPayment,
  ProviderRefund,
  ProviderStatus,
} from "../../src/payments/PaymentProvider.ts";

export class Card implements PaymentProvider {
  readonly name = "sandbox_card";
  /** What refunds come to. */
  refunds: ProviderRefund["status"] = "succeeded";
  readonly #statuses = new Map<string, ProviderStatus>();

  /** The payer has paid. */
  pay(paymentId: string): void {
    this.#statuses.set(paymentId, "succeeded");
  }

  async create(order: PaymentOrder): Promise<ProviderPayment> {
    if (!this.#statuses.has(order.paymentId)) this.#statuses.set(order.paymentId, "pending");
    return this.#read(order);
  }

  async get(payment: PlacedPayment): Promise<ProviderPayment> {
    return this.#read(payment);
  }

  async capture(payment: PlacedPayment): Promise<ProviderPayment> {
    return this.#read(payment);
  }

  async cancel(payment: PlacedPayment): Promise<ProviderPayment> {
    if (this.#statuses.get(payment.paymentId) === "pending")
      this.#statuses.set(payment.paymentId, "cancelled");
    return this.#read(payment);
  }

  async refund(_: PlacedPayment, refundId: string): Promise<ProviderRefund> {
    return { ref: refundId, status: this.refunds };
  }

  #read({ paymentId }: PaymentOrder): ProviderPayment {
    const status = this.#statuses.get(paymentId) ?? "cancelled";
    return { ref: `c_${paymentId}`, status, nextStep: null, failure: null };
  }
}
