/**
 * As much of Stripe's API as the adapter uses, over real HTTP: sessions, their intents, refunds, idempotency keys and the
 * errors. A test plays the payer, and says what goes wrong.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface Session {
  readonly id: string;
  readonly object: "checkout.session";
  readonly url: string;
  readonly metadata: Record<string, string>;
  readonly client_reference_id: string | null;
  readonly amount_total: number;
  readonly currency: string;
  readonly success_url: string | null;
  readonly cancel_url: string | null;
  status: string;
  payment_status: string;
  payment_intent: string | null;
}
interface Intent {
  readonly id: string;
  status: string;
  last_payment_error: object | null;
  latest_charge: { id: string; refunded: boolean } | null;
}
interface Refund {
  readonly id: string;
  readonly object: "refund";
  readonly payment_intent: string;
  status: string;
}
interface Answer {
  readonly status: number;
  readonly body: object;
}

const refusal = (status: number, error: object): Answer => ({ status, body: { error } });

export class StripeServer {
  readonly sessions = new Map<string, Session>();
  readonly intents = new Map<string, Intent>();
  readonly refunds = new Map<string, Refund>();
  /** Requests as they came: method, path and idempotency key. */
  readonly requests: Array<{ readonly line: string; readonly key: string | undefined }> = [];
  /** How new refunds stand. */
  refundStatus = "succeeded";
  readonly #answers = new Map<string, { readonly body: string; readonly answer: Answer }>();
  #next: Array<Answer | "drop"> = [];
  readonly #server = createServer((request, response) => {
    const chunks: Array<Buffer> = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      const fault = this.#next.shift();
      if (fault === "drop") return void request.socket.destroy();
      const body = Buffer.concat(chunks).toString();
      const key = request.headers["idempotency-key"]?.toString();
      const line = `${request.method} ${request.url}`;
      this.requests.push({ line, key });
      const answer = fault ?? this.#answer(line, key, body);
      response.writeHead(answer.status, { "content-type": "application/json" });
      response.end(JSON.stringify(answer.body));
    });
  });
  url = "";

  static async open(): Promise<StripeServer> {
    const stripe = new StripeServer();
    await new Promise<void>((resolve) => void stripe.#server.listen(0, "127.0.0.1", resolve));
    stripe.url = `http://127.0.0.1:${(stripe.#server.address() as AddressInfo).port}`;
    return stripe;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** What the next request is answered, whatever it says. */
  failNext(status: number, error: object): void {
    this.#next.push(refusal(status, error));
  }

  dropNext(): void {
    this.#next.push("drop");
  }

  /** The payer pays on Stripe's page; `intent`: how the payment then stands. */
  complete(sessionId: string, intent = "succeeded"): void {
    const session = this.#openSession(sessionId);
    session.status = "complete";
    session.payment_status = intent === "succeeded" ? "paid" : "unpaid";
    const made = this.#intentOf(session);
    made.status = intent;
    made.latest_charge = { id: `ch_${this.intents.size}`, refunded: false };
  }

  /** The payer's card is declined; the page goes on. */
  decline(sessionId: string): void {
    const made = this.#intentOf(this.#openSession(sessionId));
    made.last_payment_error = {
      code: "card_declined",
      decline_code: "insufficient_funds",
      message: "Your card has insufficient funds.",
    };
  }

  #openSession(sessionId: string): Session {
    const session = this.sessions.get(sessionId);
    if (session?.status !== "open") throw new Error(`${sessionId} is not open`);
    return session;
  }

  #intentOf(session: Session): Intent {
    const known = this.intents.get(session.payment_intent ?? "");
    if (known !== undefined) return known;
    const id = `pi_${this.intents.size + 1}`;
    const intent: Intent = {
      id,
      status: "requires_payment_method",
      last_payment_error: null,
      latest_charge: null,
    };
    this.intents.set(id, intent);
    session.payment_intent = id;
    return intent;
  }

  #answer(line: string, key: string | undefined, body: string): Answer {
    const known = key === undefined ? undefined : this.#answers.get(key);
    if (known !== undefined)
      return known.body === body
        ? known.answer
        : refusal(400, { type: "idempotency_error", message: "Keys are for one request." });
    const answer = this.#carryOut(line, new URLSearchParams(body));
    // As it is now: a later change must not show in the stored answer.
    if (key !== undefined) this.#answers.set(key, { body, answer: structuredClone(answer) });
    return answer;
  }

  #carryOut(line: string, form: URLSearchParams): Answer {
    const [method, target = ""] = line.split(" ");
    const url = new URL(target, this.url);
    const [, , ...path] = url.pathname.split("/");
    const missing = refusal(404, { type: "invalid_request_error", code: "resource_missing" });
    if (path[0] === "checkout" && path[1] === "sessions") {
      if (path[2] === undefined) return this.#createSession(form);
      const session = this.sessions.get(path[2]);
      if (session === undefined) return missing;
      if (path[3] === "expire") {
        if (session.status !== "open")
          return refusal(400, { type: "invalid_request_error", message: "It is not open." });
        session.status = "expired";
      }
      return { status: 200, body: this.#expanded(session, url) };
    }
    if (path[0] !== "refunds") return missing;
    if (path[1] !== undefined) {
      const refund = this.refunds.get(path[1]);
      return refund === undefined ? missing : { status: 200, body: refund };
    }
    if (method === "POST") return this.#createRefund(form.get("payment_intent") ?? "");
    const of = url.searchParams.get("payment_intent");
    const data = [...this.refunds.values()].filter((one) => one.payment_intent === of);
    return { status: 200, body: { object: "list", data, has_more: false } };
  }

  #createSession(form: URLSearchParams): Answer {
    const amount = Number(form.get("line_items[0][price_data][unit_amount]"));
    if (amount < 50)
      return refusal(400, {
        type: "invalid_request_error",
        code: "amount_too_small",
        message: "The amount must be at least 50 cents.",
      });
    const id = `cs_test_${this.sessions.size + 1}`;
    const metadata: Record<string, string> = {};
    for (const [name, value] of form) {
      const field = /^metadata\[(\w+)\]$/.exec(name)?.[1];
      if (field !== undefined) metadata[field] = value;
    }
    const session: Session = {
      id,
      object: "checkout.session",
      url: `https://checkout.stripe.test/c/${id}`,
      metadata,
      client_reference_id: form.get("client_reference_id"),
      amount_total: amount,
      currency: form.get("line_items[0][price_data][currency]") ?? "",
      success_url: form.get("success_url"),
      cancel_url: form.get("cancel_url"),
      status: "open",
      payment_status: "unpaid",
      payment_intent: null,
    };
    this.sessions.set(id, session);
    return { status: 200, body: this.#expanded(session, new URL(this.url)) };
  }

  #createRefund(intentId: string): Answer {
    const charge = this.intents.get(intentId)?.latest_charge;
    if (!charge) return refusal(404, { type: "invalid_request_error", code: "resource_missing" });
    if (charge.refunded)
      return refusal(400, { type: "invalid_request_error", code: "charge_already_refunded" });
    charge.refunded = true;
    const refund: Refund = {
      id: `re_${this.refunds.size + 1}`,
      object: "refund",
      payment_intent: intentId,
      status: this.refundStatus,
    };
    this.refunds.set(refund.id, refund);
    return { status: 200, body: refund };
  }

  #expanded(session: Session, url: URL): object {
    const isExpanded = url.searchParams.get("expand[0]") === "payment_intent.latest_charge";
    const intent = this.intents.get(session.payment_intent ?? "");
    return {
      ...session,
      url: session.status === "open" ? session.url : null,
      payment_intent: isExpanded && intent !== undefined ? intent : session.payment_intent,
    };
  }
}
