/**
 * Tells merchants what has happened: signed, at least once, in no order. Each event goes its own way, again and again with
 * longer pauses until the merchant answers 2xx; what comes first or twice is for the merchant to sort out, as with any
 * processor.
 */
import { Schema } from "effect";
import { sign, SIGNATURE_HEADER } from "../payments/WebhookSignature.ts";

export const WebhookEvent = Schema.Struct({
  id: Schema.String,
  url: Schema.String,
  /** The bytes that are signed and sent, JSON. */
  body: Schema.String,
  createdAt: Schema.Int,
  /** Not told before, epoch milliseconds. */
  dueAt: Schema.Int,
  copies: Schema.Int,
});
export type WebhookEvent = typeof WebhookEvent.Type;

/** A merchant that is slower has not answered. */
const ANSWER_TIMEOUT_MS = 10_000;
/** Enough to keep a merchant busy, few enough to leave it room for players. */
const MAX_IN_FLIGHT = 16;
/** As long as Stripe tries. A merchant that is away for longer has to ask. */
const GIVE_UP_AFTER_MS = 3 * 86_400_000;
/** The pause doubles with each attempt up to this. */
const MAX_PAUSE_MS = 60_000;
/** Between two copies of one event. */
const COPY_PAUSE_MS = 50;

export interface WebhooksOptions {
  readonly secrets: ReadonlyArray<string>;
  /** The first pause after an attempt that failed, ms. */
  readonly retryMs: number;
  /** The event need not be told any more. */
  readonly told: (eventId: string) => void;
}

interface Delivery {
  readonly event: WebhookEvent;
  copies: number;
  attempts: number;
  timer: NodeJS.Timeout | undefined;
}

export class Webhooks {
  readonly #options: WebhooksOptions;
  readonly #deliveries = new Set<Delivery>();
  /** Due, and waiting for a place in flight. */
  #ready: Array<Delivery> = [];
  #inFlight = 0;
  /** Held back until `release`. */
  #held: Array<Delivery> | undefined;
  readonly #closing = new AbortController();

  constructor(options: WebhooksOptions) {
    this.#options = options;
  }

  /** Events that are not told yet. */
  get size(): number {
    return this.#deliveries.size;
  }

  /** Events that wait for `release`. */
  get held(): number {
    return this.#held?.length ?? 0;
  }

  send(event: WebhookEvent): void {
    const delivery: Delivery = { event, copies: event.copies, attempts: 0, timer: undefined };
    this.#deliveries.add(delivery);
    this.#schedule(delivery, event.dueAt - Date.now());
  }

  /** From now on, what is due waits. */
  hold(): void {
    this.#held ??= [];
  }

  /** Lets go what was held, one after the other; the last first with `reversed`. */
  async release(reversed: boolean): Promise<void> {
    const held = this.#held ?? [];
    this.#held = undefined;
    if (reversed) held.reverse();
    for (const delivery of held) await this.#deliver(delivery);
  }

  close(): void {
    this.#closing.abort();
    for (const { timer } of this.#deliveries) clearTimeout(timer);
  }

  #schedule(delivery: Delivery, delayMs: number): void {
    if (this.#closing.signal.aborted) return;
    delivery.timer = setTimeout(
      () => {
        if (this.#held !== undefined) return void this.#held.push(delivery);
        this.#ready.push(delivery);
        this.#deliverReady();
      },
      Math.max(0, delayMs),
    );
  }

  #deliverReady(): void {
    while (this.#inFlight < MAX_IN_FLIGHT) {
      const delivery = this.#ready.shift();
      if (delivery === undefined) return;
      this.#inFlight++;
      void this.#deliver(delivery).finally(() => {
        this.#inFlight--;
        this.#deliverReady();
      });
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { event } = delivery;
    if (await this.#isTaken(event)) {
      delivery.copies--;
      delivery.attempts = 0;
      if (delivery.copies > 0) return this.#schedule(delivery, COPY_PAUSE_MS);
      this.#deliveries.delete(delivery);
      return this.#options.told(event.id);
    }
    if (Date.now() - event.createdAt > GIVE_UP_AFTER_MS) {
      this.#deliveries.delete(delivery);
      return this.#options.told(event.id);
    }
    const pauseMs = Math.min(this.#options.retryMs * 2 ** delivery.attempts, MAX_PAUSE_MS);
    delivery.attempts++;
    this.#schedule(delivery, pauseMs);
  }

  async #isTaken({ body, url }: WebhookEvent): Promise<boolean> {
    const bytes = Buffer.from(body);
    try {
      const answered = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          [SIGNATURE_HEADER]: sign(bytes, this.#options.secrets, Date.now()),
        },
        body: bytes,
        // Where it leads is not where it was allowed to go.
        redirect: "manual",
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      });
      await answered.body?.cancel();
      return answered.ok;
    } catch {
      // Away, or too slow: that is what the next attempt is for.
      return false;
    }
  }
}

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether events may be sent there: this machine, or an origin that the operator named. Anything else is somebody else. */
export const isAllowedTarget = (url: string, allowedOrigins: ReadonlyArray<string>): boolean => {
  if (!URL.canParse(url)) return false;
  const { hostname, origin, protocol } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return false;
  return LOOPBACK.has(hostname) || allowedOrigins.includes(origin);
};
