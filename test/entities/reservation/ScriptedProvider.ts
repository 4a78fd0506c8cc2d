/**
 * A payment provider that a test plays: an outside service with books of its own, which outlives every process. It answers at
 * once, late, never or with an error, and tells what has happened by webhooks that the test delivers when, as often and in
 * the order that it likes. It does not lie.
 */
import type { ProviderName } from "../../../rpc/payment.ts";
import type { PaymentId } from "../../../rpc/id.ts";
import {
  type PaymentOrder,
  type PaymentProvider,
  type PlacedPayment,
  ProviderError,
  type ProviderEvent,
  type ProviderPayment,
  type ProviderRefund,
} from "../../../src/payments/PaymentProvider.ts";

type Call = "create" | "get" | "capture" | "cancel" | "refund";
/**
 * What goes wrong with a call. `away`: it never arrives. `lost`: it is carried out, and the answer is lost. `refused`: it is
 * refused for ever. `failed`, of a refund: it is made and comes to nothing.
 */
export type Fault = "away" | "lost" | "refused" | "failed";

interface Booked {
  readonly order: PaymentOrder;
  readonly ref: string;
  status: "pending" | "succeeded" | "failed" | "cancelled";
  /** Cancelling does nothing while the provider is at work. */
  isProcessing: boolean;
  charges: number;
  readonly refunds: Set<string>;
  /** Refunds that came to nothing, and of these such as had succeeded before. */
  readonly failed: Set<string>;
  bounced: number;
}

export class ScriptedProvider {
  readonly name: ProviderName = "sandbox_card";
  readonly books = new Map<PaymentId, Booked>();
  /** All webhooks so far, in the order in which things happened. */
  readonly events: Array<ProviderEvent> = [];
  readonly calls: Array<Call> = [];
  /** The next faults, by call. */
  readonly faults = new Map<Call, Array<Fault>>();
  /** Answers to `create` wait for this. */
  gate: Promise<void> = Promise.resolve();
  /** Refunds stay pending until the test says otherwise. */
  slowRefunds = false;
  #failsRefund = false;

  /** What has been taken and not given back, in minor units. */
  get netMinor(): number {
    let net = 0;
    for (const { charges, order, refunds } of this.books.values())
      net += (charges - refunds.size) * order.amountMinor;
    return net;
  }

  /** The port, for a process: a dead one neither asks nor hears. */
  port(isOver: () => boolean): PaymentProvider {
    const call = async <A>(name: Call, work: () => A): Promise<A> => {
      if (isOver()) return never();
      this.calls.push(name);
      const fault = this.faults.get(name)?.shift();
      if (fault === "away" || fault === "refused") throw this.#error(fault);
      this.#failsRefund = fault === "failed";
      const answer = work();
      await this.gate;
      if (isOver()) return never();
      if (fault === "lost") throw this.#error(fault);
      return answer;
    };
    return {
      name: this.name,
      create: (order) => call("create", () => this.#view(this.#create(order))),
      get: (placed) => call("get", () => this.#view(this.#find(placed))),
      capture: () => Promise.reject(new Error("it authorizes nothing")),
      cancel: (placed) => call("cancel", () => this.#view(this.#cancel(placed))),
      refund: (placed, refundId) => call("refund", () => this.#refund(placed, refundId)),
    };
  }

  /** The customer pays on the provider's page; false when the page does not take it (any more). */
  pays(paymentId: PaymentId): boolean {
    const booked = this.books.get(paymentId);
    if (booked === undefined || (booked.status !== "pending" && booked.status !== "failed"))
      return false;
    Object.assign(booked, { status: "succeeded", isProcessing: false });
    booked.charges++;
    this.#tell(booked, "succeeded");
    return true;
  }

  /** The customer's card is declined; the page stays open for another. */
  declines(paymentId: PaymentId): boolean {
    const booked = this.books.get(paymentId);
    if (booked?.status !== "pending" || booked.isProcessing) return false;
    booked.status = "failed";
    this.#tell(booked, "failed");
    return true;
  }

  /** The bank is at it: the payment can be neither declined nor cancelled until it succeeds. */
  processes(paymentId: PaymentId): boolean {
    const booked = this.books.get(paymentId);
    if (booked?.status !== "pending") return false;
    booked.isProcessing = true;
    this.#tell(booked, "processing");
    return true;
  }

  /** The bank sends the money of a refund back; false when there is none to send. */
  sendsBack(paymentId: PaymentId): boolean {
    const booked = this.books.get(paymentId);
    const [refundId] = booked?.refunds ?? [];
    if (booked === undefined || refundId === undefined) return false;
    booked.refunds.delete(refundId);
    booked.failed.add(refundId);
    booked.bounced++;
    this.#tell(booked, "refund_failed");
    return true;
  }

  /** The house gives it back there by hand. */
  refundsByHand(paymentId: PaymentId): void {
    this.books.get(paymentId)?.refunds.add("by hand");
  }

  #create(order: PaymentOrder): Booked {
    const known = this.books.get(order.paymentId);
    if (known !== undefined) return known;
    const ref = `ref_${order.paymentId}`;
    const booked: Booked = {
      order,
      ref,
      status: "pending",
      isProcessing: false,
      charges: 0,
      refunds: new Set(),
      failed: new Set(),
      bounced: 0,
    };
    this.books.set(order.paymentId, booked);
    return booked;
  }

  #find({ paymentId, ref }: PlacedPayment): Booked {
    const booked = this.books.get(paymentId);
    if (booked?.ref !== ref)
      throw new ProviderError(this.name, `no payment ${ref}`, { retryable: false });
    return booked;
  }

  #cancel(placed: PlacedPayment): Booked {
    const booked = this.#find(placed);
    if (booked.isProcessing || booked.status === "succeeded" || booked.status === "cancelled")
      return booked;
    booked.status = "cancelled";
    this.#tell(booked, "cancelled");
    return booked;
  }

  #refund(placed: PlacedPayment, refundId: string): ProviderRefund {
    const booked = this.#find(placed);
    if (booked.charges === 0)
      throw new ProviderError(this.name, "nothing was taken", { retryable: false });
    if (this.#failsRefund && !booked.refunds.has(refundId)) booked.failed.add(refundId);
    if (booked.failed.has(refundId)) return { ref: refundId, status: "failed" };
    // What is given back already is not given back again, whatever it is called.
    if (booked.refunds.size > 0) return { ref: refundId, status: "succeeded" };
    if (this.slowRefunds && !booked.refunds.has(refundId))
      return { ref: refundId, status: "pending" };
    if (!booked.refunds.has(refundId)) {
      booked.refunds.add(refundId);
      this.#tell(booked, "refunded");
    }
    return { ref: refundId, status: "succeeded" };
  }

  #view({ order, ref, status }: Booked): ProviderPayment {
    const url = `https://card.test/${order.paymentId}`;
    return {
      ref,
      status,
      nextStep: status === "pending" ? { kind: "redirect", url } : null,
      failure: status === "failed" ? DECLINED : null,
    };
  }

  #tell({ order, ref }: Booked, status: ProviderEvent["status"]): void {
    const { paymentId, reservationId } = order;
    this.events.push({
      eventId: `evt_${this.events.length + 1}`,
      reservationId,
      paymentId,
      ref,
      status,
      failure: status === "failed" ? DECLINED : null,
    });
  }

  #error(fault: Fault): ProviderError {
    return new ProviderError(this.name, fault, { retryable: fault !== "refused" });
  }
}

const DECLINED = { code: "card_declined", detail: "The bank has declined the card." };

const never = <A>() => new Promise<A>(() => {});
