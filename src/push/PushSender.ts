/**
 * Hands notices to the browsers' push services (RFC 8030), encrypted for the browser that subscribed (RFC 8291) and signed
 * by this server (RFC 8292). The library makes the request, this sends it: with a deadline, without following a
 * redirect, and without reading an answer, for none of the services is ours.
 *
 * What is posted here is on its way in memory alone, and lost with the process: a notice comes once or not at all.
 */
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import webPush from "web-push";
import type { Notice } from "./Notice.ts";
import type { PushServices } from "./PushServices.ts";
import type { VapidKeys } from "./VapidKeys.ts";

/** Requests at a time: some services of some hosts, each answering within a fraction of a second. */
const MAX_REQUESTS = 32;
/** Notices under way, waiting and pausing ones too; a second's worth at what the services take. */
const MAX_UNDERWAY = 1000;
/** A service that takes longer is down for this notice's purpose. */
const ANSWER_WITHIN_MS = 5000;
/** Before the second attempt and the third; a service that asks for a longer pause is not asked again. */
const PAUSES_MS = [1000, 5000] as const;
const MAX_PAUSE_MS = 30_000;

/** Of the statuses that are no success, those that another attempt may change. */
const isPassing = (status: number): boolean => status === 429 || status >= 500;
/** The browser has taken its subscription back, or it has run out. */
const isGone = (status: number): boolean => status === 404 || status === 410;

export interface Browser {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export interface Delivery {
  readonly browser: Browser;
  readonly notice: Notice;
  readonly urgency: "normal" | "high";
  /** Epoch milliseconds: of no use later, neither to be sent nor to be kept by the service for a browser that is off. */
  readonly expiresAt: number;
}

/** What became of a notice; `gone`: its subscription was over and is removed. `late`: it expired before it was taken. */
export type PushOutcome = "sent" | "gone" | "failed" | "late";

export interface PushSenderOptions {
  readonly pool: pg.Pool;
  readonly keys: VapidKeys;
  readonly services: PushServices;
  /** Whom a push service may write to about this server: a `mailto:` or `https:` URL. */
  readonly contact: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly onOutcome: (outcome: PushOutcome) => void;
  /** Resolves after so long; by default when the time has passed. */
  readonly pause?: (ms: number) => Promise<void>;
}

export class PushSender {
  readonly #options: PushSenderOptions;
  readonly #closed = new AbortController();
  readonly #underway = new Set<Promise<void>>();
  #requests = 0;
  /** Those that wait for one of the requests to end, the oldest first. */
  readonly #waiting: Array<() => void> = [];

  constructor(options: PushSenderOptions) {
    this.#options = options;
  }

  /** How many more notices it takes now. */
  get room(): number {
    return Math.max(0, MAX_UNDERWAY - this.#underway.size);
  }

  /** Begins to send; what becomes of it is told to `onOutcome`. Whoever posts keeps within `room`. */
  post(delivery: Delivery): void {
    const sent = this.#deliver(delivery)
      .catch((cause: unknown): PushOutcome => {
        this.#warn(delivery, String(cause));
        return "failed";
      })
      .then((outcome) => {
        this.#underway.delete(sent);
        this.#options.onOutcome(outcome);
      });
    this.#underway.add(sent);
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway);
  }

  /** Gives up what is under way. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.idle();
  }

  async #deliver(delivery: Delivery): Promise<PushOutcome> {
    const { now } = this.#options;
    let because = "the process stops";
    for (const pauseMs of [...PAUSES_MS, undefined]) {
      const asked = await this.#inTurn(async () =>
        now() < delivery.expiresAt ? this.#request(delivery) : "late",
      );
      if (asked === "late") return "late";
      const { retryAfterMs, status } = asked;
      because = asked.because;
      if (status >= 200 && status < 300) return "sent";
      if (isGone(status)) return this.#remove(delivery.browser);
      const wait = Math.max(pauseMs ?? 0, retryAfterMs);
      if (pauseMs === undefined || !isPassing(status) || wait > MAX_PAUSE_MS) break;
      if (this.#closed.signal.aborted) break;
      await this.#pause(wait);
    }
    this.#warn(delivery, because);
    return "failed";
  }

  /** Does `request` when fewer than `MAX_REQUESTS` are under way. */
  async #inTurn<A>(request: () => Promise<A>): Promise<A> {
    if (this.#requests >= MAX_REQUESTS)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#requests++;
    try {
      return await request();
    } finally {
      const next = this.#waiting.shift();
      // The place is handed on, or free.
      if (next !== undefined) next();
      else this.#requests--;
    }
  }

  /** What the service says; one that does not answer counts as one that is overloaded. */
  async #request({ browser, expiresAt, notice, urgency }: Delivery) {
    const { contact, keys, now, services } = this.#options;
    const { auth, endpoint, p256dh } = browser;
    if (!services.allows(endpoint))
      return {
        status: 403,
        retryAfterMs: 0,
        because: "its push service is not among PUSH_SERVICES",
      };
    const { body, headers } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify(notice),
      {
        vapidDetails: { subject: contact, ...(await keys.pair()) },
        TTL: Math.ceil((expiresAt - now()) / 1000),
        urgency,
      },
    );
    try {
      const response = await fetch(endpoint, {
        method: "POST",
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, String(value)]),
        ),
        body,
        redirect: "manual",
        signal: AbortSignal.any([this.#closed.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      await response.body?.cancel();
      const { status } = response;
      const retryAfterMs = 1000 * (Number(response.headers.get("retry-after")) || 0);
      return { status, retryAfterMs, because: `its push service answers ${status}` };
    } catch (cause) {
      return {
        status: 503,
        retryAfterMs: 0,
        because: `its push service does not answer: ${String(cause)}`,
      };
    }
  }

  /** Unless the browser has renewed it meanwhile. */
  async #remove({ endpoint, p256dh }: Browser): Promise<PushOutcome> {
    await this.#options.pool.query(
      "DELETE FROM push_subscription WHERE endpoint = $1 AND p256dh = $2",
      [endpoint, p256dh],
    );
    return "gone";
  }

  async #pause(ms: number): Promise<void> {
    const { pause } = this.#options;
    if (pause !== undefined) return pause(ms);
    await delay(ms, undefined, { signal: this.#closed.signal, ref: false }).catch(
      (cause: unknown) => {
        if (!this.#closed.signal.aborted) throw cause;
      },
    );
  }

  /** An endpoint is a secret: who knows it can ask for pushes. Its service is enough to look for the fault. */
  #warn({ browser, notice }: Delivery, because: string): void {
    this.#options.log("a notice was not taken", {
      notice: notice.tag,
      service: new URL(browser.endpoint).host,
      because,
    });
  }
}
