/** Cards: which numbers there are, what each of them does, and what a form's fields must look like. */

/** When the webhook of a payment comes: at once; much later; or more than once and in the wrong order. */
export type Delivery = "prompt" | "late" | "repeated";

export type CardConduct =
  | { readonly kind: "pays"; readonly delivery: Delivery }
  | { readonly kind: "declines"; readonly code: "card_declined" | "insufficient_funds" }
  /** The bank asks its customer first. */
  | { readonly kind: "asks" };

/**
 * The only cards there are: a real one has no business here. The numbers are those that Stripe's test mode made common, so
 * that nobody learns others.
 */
export const TEST_CARDS: ReadonlyMap<string, CardConduct> = new Map([
  ["4242424242424242", { kind: "pays", delivery: "prompt" }],
  ["4000000000000002", { kind: "declines", code: "card_declined" }],
  ["4000000000009995", { kind: "declines", code: "insufficient_funds" }],
  ["4000000000003220", { kind: "asks" }],
  ["4000000000000341", { kind: "pays", delivery: "late" }],
  ["4000000000000259", { kind: "pays", delivery: "repeated" }],
]);

/** A card as it was typed in, all of it checked. */
export interface Card {
  readonly number: string;
  readonly conduct: CardConduct;
}

export type CardField = "number" | "expiry" | "cvc";
/** What is wrong with a field; the page has a sentence for each. */
export type CardProblem =
  | "number_incomplete"
  | "number_mistyped"
  | "number_unknown"
  | "expiry_unreadable"
  | "expiry_past"
  | "cvc_unreadable";
export type CardProblems = Partial<Record<CardField, CardProblem>>;

/** The lengths that card numbers have (ISO/IEC 7812). */
const NUMBER = /^\d{12,19}$/;
const EXPIRY = /^(0?[1-9]|1[0-2])\s*\/?\s*(\d{2}|20\d{2})$/;
const CVC = /^\d{3,4}$/;
const CENTURY = 2000;

/** Whether the last digit is the check digit of the others: every second one from the right doubled, digits summed. */
export const passesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighed = i % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
};

const readNumber = (number: string): CardConduct | CardProblem => {
  if (!NUMBER.test(number)) return "number_incomplete";
  if (!passesLuhn(number)) return "number_mistyped";
  return TEST_CARDS.get(number) ?? "number_unknown";
};

/** A card is good to the end of the month that is printed on it. `now`: epoch milliseconds. */
const readExpiry = (text: string, now: number): CardProblem | undefined => {
  const read = EXPIRY.exec(text.trim());
  if (read === null) return "expiry_unreadable";
  const year = Number(read[2]) % CENTURY;
  // Months are counted from 0: this is the first moment of the month after.
  return Date.UTC(CENTURY + year, Number(read[1])) > now ? undefined : "expiry_past";
};

/** What a form says, as a card, or what is wrong with it. `now`: epoch milliseconds. */
export const readCard = (
  fields: Readonly<Record<CardField, string>>,
  now: number,
): { readonly card: Card } | { readonly problems: CardProblems } => {
  const number = fields.number.replaceAll(/[\s-]/g, "");
  const conduct = readNumber(number);
  const expiry = readExpiry(fields.expiry, now);
  const cvc = CVC.test(fields.cvc.trim()) ? undefined : ("cvc_unreadable" as const);
  if (typeof conduct !== "string" && expiry === undefined && cvc === undefined)
    return { card: { number, conduct } };
  return {
    problems: {
      ...(typeof conduct === "string" ? { number: conduct } : {}),
      ...(expiry === undefined ? {} : { expiry }),
      ...(cvc === undefined ? {} : { cvc }),
    },
  };
};
