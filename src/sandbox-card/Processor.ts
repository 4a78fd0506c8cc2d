/**
 * The card processor: all payments, what happens to them by themselves, and who is told. Changes are made at once in memory
 * and are on disk before anyone hears of them: answers wait for `durable`, webhooks for their line.
 */
import { createHash, randomBytes } from "node:crypto";
import type { Card } from "./Card.ts";
import { Faults, type FaultsBody } from "./Faults.ts";
import * as Payments from "./Payment.ts";
import type { Announcement, Payment, Step } from "./Payment.ts";
import { type LogLine, PaymentLog } from "./PaymentLog.ts";
import { Webhooks, type WebhookEvent } from "./Webhooks.ts";

/** Some 20 MB. When there are more, the oldest of those that have ended are forgotten. */
export const MAX_PAYMENTS = 10_000;
/** Events that merchants have not taken; with more of them, no new payments are made. */
const MAX_EVENTS = 10_000;
/** The file is written anew when it has this many lines: a payment has about six of them. */
const MAX_LINES = 100_000;
/** 128 bits: who knows a payment's id may pay it. */
const ID_BYTES = 16;
/** After what happened later has been told. */
const SOON_MS = 200;

export interface ProcessorOptions {
  readonly file: string;
  readonly secrets: ReadonlyArray<string>;
  /** Where its own pages are, without a slash at the end. */
  readonly origin: string;
  /** How late a late webhook is. */
  readonly lateMs: number;
  /** How long a refund takes. */
  readonly refundMs: number;
  /** The first pause after a webhook that was not taken. */
  readonly retryMs: number;
  /** What it remembers cannot be written any more: it must not go on. */
  readonly failed: (cause: unknown) => void;
}

export interface PaymentRequest {
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  readonly returnUrl: string;
  readonly webhookUrl: string;
  readonly expiresAt: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** `reused`: the key was used before, for something else. `full`: not now. */
export type Placed = Payment | "reused" | "full";

export class Processor {
  readonly faults = new Faults();
  readonly #options: ProcessorOptions;
  readonly #log: PaymentLog;
  readonly #webhooks: Webhooks;
  /** Oldest first. */
  readonly #payments = new Map<string, Payment>();
  readonly #idOfKey = new Map<string, string>();
  /** Not told yet. */
  readonly #events = new Map<string, WebhookEvent>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #written: Promise<void> = Promise.resolve();

  private constructor(options: ProcessorOptions) {
    this.#options = options;
    this.#log = new PaymentLog(options.file);
    this.#webhooks = new Webhooks({
      secrets: options.secrets,
      retryMs: options.retryMs,
      told: (eventId) => {
        this.#events.delete(eventId);
        this.#write({ told: eventId });
      },
    });
  }

  /** With all that it knew when it ended. */
  static async open(options: ProcessorOptions): Promise<Processor> {
    const processor = new Processor(options);
    for (const line of await processor.#log.read()) processor.#recall(line);
    await processor.#log.rewrite(processor.#lines());
    for (const event of processor.#events.values()) processor.#webhooks.send(event);
    for (const payment of processor.#payments.values()) processor.#awaitRefunds(payment);
    return processor;
  }

  get origin(): string {
    return this.#options.origin;
  }

  /** Resolves when all that has happened so far is on disk. */
  durable(): Promise<void> {
    return this.#written;
  }

  /** The same key and request give the same payment, however often. */
  place(key: string, request: PaymentRequest): Placed {
    // A merchant of several processes asks again from another one, which wants the webhooks for itself.
    const { webhookUrl: _, ...compared } = request;
    const fingerprint = createHash("sha256").update(JSON.stringify(compared)).digest("hex");
    const known = this.#payments.get(this.#idOfKey.get(key) ?? "");
    if (known !== undefined)
      return known.fingerprint === fingerprint ? (this.find(known.id) ?? known) : "reused";
    if (this.#events.size >= MAX_EVENTS || !this.#makeRoom()) return "full";
    const payment: Payment = {
      id: `pay_${randomBytes(ID_BYTES).toString("hex")}`,
      key,
      fingerprint,
      ...request,
      createdAt: Date.now(),
      status: "open",
      failure: null,
      declines: 0,
      refunds: [],
      events: 0,
    };
    return this.#take({ payment, announced: [] });
  }

  /** As it stands at this moment. */
  find(id: string): Payment | undefined {
    const payment = this.#payments.get(id);
    return payment && this.#take(Payments.expire(payment, Date.now()));
  }

  pay(id: string, card: Card): Payment | undefined {
    return this.#change(id, (payment) => Payments.pay(payment, card));
  }

  confirm(id: string, agrees: boolean): Payment | undefined {
    return this.#change(id, (payment) => Payments.confirm(payment, agrees));
  }

  cancel(id: string): Payment | undefined {
    return this.#change(id, Payments.cancel);
  }

  /**
   * Gives all of it back, once: another key is refused, unless what was tried before has failed. Undefined when there is
   * nothing to give back.
   */
  refund(id: string, key: string): Payments.Refund | "reused" | undefined {
    const payment = this.find(id);
    if (payment?.status !== "succeeded") return undefined;
    const known = payment.refunds.find((one) => one.key === key);
    if (known !== undefined) return known;
    if (payment.refunds.some(({ status }) => status !== "failed")) return "reused";
    const made = {
      id: `ref_${randomBytes(ID_BYTES).toString("hex")}`,
      key,
      dueAt: Date.now() + this.#options.refundMs,
    };
    const act = this.faults.takeRefusal() ? Payments.refuseRefund : Payments.refund;
    const refunding = this.#take(act(payment, made));
    this.#awaitRefunds(refunding);
    return refunding.refunds.at(-1);
  }

  /** The switches as they stand, and how many webhooks wait to be released. */
  get faultsBody() {
    return { ...this.faults.body, held: this.#webhooks.held };
  }

  setFaults(order: FaultsBody): void {
    this.faults.set(order);
    if (order.hold_webhooks === true) this.#webhooks.hold();
    if (order.hold_webhooks === false) void this.#webhooks.release(false);
  }

  /** Tells what was held back, one after the other. */
  releaseWebhooks(reversed: boolean): Promise<void> {
    this.faults.holdsWebhooks = false;
    return this.#webhooks.release(reversed);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#webhooks.close();
    await this.#written;
    await this.#log.close();
  }

  #change(id: string, act: (payment: Payment) => Step): Payment | undefined {
    const payment = this.find(id);
    return payment && this.#take(act(payment));
  }

  /** What has happened, happens: in memory, on disk, and then to the merchant. */
  #take({ announced, payment }: Step): Payment {
    if (payment === this.#payments.get(payment.id)) return payment;
    const now = Date.now();
    const events = announced.map((one, n) => this.#event(one, payment.events + n + 1, now));
    const counted: Payment = { ...payment, events: payment.events + events.length };
    const line: LogLine = { payment: counted, ...(events.length === 0 ? {} : { events }) };
    this.#recall(line);
    this.#write(line, () => {
      for (const event of events) this.#webhooks.send(event);
    });
    return counted;
  }

  #event({ copies, of, type, when }: Announcement, n: number, now: number): WebhookEvent {
    const id = `evt_${of.id}_${n}`;
    const delayMs = { now: 0, soon: SOON_MS, late: this.#options.lateMs }[when];
    const body = {
      id,
      type,
      created_at: new Date(now).toISOString(),
      data: { payment: Payments.body(of, this.#options.origin) },
    };
    return {
      id,
      url: of.webhookUrl,
      body: JSON.stringify(body),
      createdAt: now,
      dueAt: now + delayMs,
      copies: this.faults.duplicatesWebhooks ? copies * 2 : copies,
    };
  }

  #recall({ events = [], payment, told }: LogLine): void {
    if (payment !== undefined) {
      this.#payments.set(payment.id, payment);
      this.#idOfKey.set(payment.key, payment.id);
    }
    for (const event of events) this.#events.set(event.id, event);
    if (told !== undefined) this.#events.delete(told);
  }

  #write(line: LogLine, then: () => void = () => {}): void {
    const write =
      this.#log.lines < MAX_LINES ? this.#log.append(line) : this.#log.rewrite(this.#lines());
    this.#written = write.then(then, this.#options.failed);
  }

  /** All that counts, as lines. */
  #lines(): ReadonlyArray<LogLine> {
    const payments = [...this.#payments.values()].map((payment) => ({ payment }));
    return this.#events.size === 0
      ? payments
      : [...payments, { events: [...this.#events.values()] }];
  }

  /** Whether there is a place for one more. */
  #makeRoom(): boolean {
    if (this.#payments.size < MAX_PAYMENTS) return true;
    for (const payment of this.#payments.values()) {
      if (Payments.isOpen(payment) && Date.now() < payment.expiresAt) continue;
      if (payment.refunds.some(({ status }) => status === "pending")) continue;
      this.#payments.delete(payment.id);
      this.#idOfKey.delete(payment.key);
      return true;
    }
    return false;
  }

  #awaitRefunds({ id, refunds }: Payment): void {
    for (const { dueAt, status } of refunds) {
      if (status !== "pending") continue;
      const timer = setTimeout(
        () => {
          this.#timers.delete(timer);
          const payment = this.#payments.get(id);
          if (payment !== undefined) this.#take(Payments.arrive(payment, dueAt));
        },
        Math.max(0, dueAt - Date.now()),
      );
      this.#timers.add(timer);
    }
  }
}
