/**
 * The payer's side: who has a payment's address may pay it. A form is answered with a redirect, so that a reload sends
 * nothing twice; a payment that is over leads back to the merchant.
 *
 *     GET, POST /pay/:id      POST /pay/:id/confirm      POST /pay/:id/cancel
 */
import { readCard } from "./Card.ts";
import {
  type CardForm,
  cardPage,
  confirmPage,
  notFoundPage,
  outcomePage,
  STYLE_DIGEST,
} from "./cardPageHtml.ts";
import { languageOf } from "./cardPageText.ts";
import type { Payment } from "./Payment.ts";
import type { Processor } from "./Processor.ts";

export interface PageRequest {
  readonly method: string;
  readonly url: URL;
  /** The `Accept-Language` header. */
  readonly language: string;
  readonly form: URLSearchParams;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A test card's expiry lies so far ahead. */
const YEARS_AHEAD = 5;

/** The merchant's page, told how the payment has ended; `payment` is the merchant's own id of it. */
const backOf = (payment: Payment): string => {
  const url = new URL(payment.returnUrl);
  url.searchParams.set("payment", payment.metadata["payment_id"] ?? payment.id);
  url.searchParams.set("status", payment.status);
  return url.href;
};

/** Nothing runs, nothing is loaded, nobody frames it; forms go here and, by way of a redirect, back to the merchant. */
const policy = (payment: Payment | undefined) =>
  [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_DIGEST}'`,
    "img-src data:",
    `form-action 'self'${payment === undefined ? "" : ` ${new URL(payment.returnUrl).origin}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  // The address is as good as a key.
  "referrer-policy": "no-referrer",
};

const redirect = (location: string): PageAnswer => ({
  status: 303,
  headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  body: "",
});

/** On from here: back to the merchant if it is over. */
const onward = (payment: Payment): PageAnswer =>
  redirect(
    payment.status === "open" || payment.status === "confirming"
      ? `/pay/${payment.id}`
      : backOf(payment),
  );

export const answerPage = (processor: Processor, request: PageRequest): PageAnswer => {
  const { form, method, url } = request;
  const language = languageOf(request.language);
  const [, , id = "", act, ...rest] = url.pathname.split("/");
  const payment = rest.length === 0 ? processor.find(id) : undefined;
  const page = (status: number, body: string): PageAnswer => ({
    status,
    headers: { ...HEADERS, "content-security-policy": policy(payment) },
    body,
  });
  if (payment === undefined) return page(404, notFoundPage(language));

  const show = (): PageAnswer => {
    if (payment.status === "open")
      return page(200, cardPage(payment, language, filled(url.searchParams.get("card") ?? "")));
    if (payment.status === "confirming") return page(200, confirmPage(payment, language));
    const { status } = payment;
    return page(200, outcomePage(payment, language, { back: backOf(payment), outcome: status }));
  };

  const pay = (): PageAnswer => {
    const values = {
      number: form.get("number") ?? "",
      expiry: form.get("expiry") ?? "",
      cvc: form.get("cvc") ?? "",
    };
    const read = readCard(values, Date.now());
    if ("problems" in read && payment.status === "open")
      return page(422, cardPage(payment, language, { values, problems: read.problems }));
    return onward("card" in read ? (processor.pay(id, read.card) ?? payment) : payment);
  };

  switch (`${method} ${act ?? ""}`) {
    case "GET ":
      return show();
    case "POST ":
      return pay();
    case "POST confirm":
      return onward(processor.confirm(id, form.get("agrees") === "1") ?? payment);
    case "POST cancel":
      return onward(processor.cancel(id) ?? payment);
    default:
      return page(404, notFoundPage(language));
  }
};

/** The form with a test card in it, or empty. */
const filled = (number: string): CardForm => {
  const isNumber = /^\d{12,19}$/.test(number);
  const year = String((new Date().getUTCFullYear() + YEARS_AHEAD) % 100).padStart(2, "0");
  return {
    values: isNumber
      ? { number: number.replaceAll(/(\d{4})(?=\d)/g, "$1 "), expiry: `12/${year}`, cvc: "123" }
      : { number: "", expiry: "", cvc: "" },
    problems: {},
  };
};
