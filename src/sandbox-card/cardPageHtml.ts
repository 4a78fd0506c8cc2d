/** The card page as HTML, without any script: whatever a browser makes of a form is enough. */
import { createHash } from "node:crypto";
import { type CardField, type CardProblems, TEST_CARDS } from "./Card.ts";
import { CARD_PAGE_STYLE } from "./cardPageStyle.ts";
import { type CardPageText, type Language, textIn } from "./cardPageText.ts";
import type { Payment } from "./Payment.ts";

export const STYLE_DIGEST = createHash("sha256").update(CARD_PAGE_STYLE).digest("base64");

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escape = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");

const grouped = (number: string) => number.replaceAll(/(\d{4})(?=\d)/g, "$1 ");

/** Minor units as people read them, with two decimals: our currencies have them. */
export const amountText = (payment: Payment, language: Language): string =>
  new Intl.NumberFormat(language, {
    style: "currency",
    currency: payment.currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(payment.amount / 100);

const document = (language: Language, title: string, content: string) => {
  const text = textIn(language);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escape(title)} · ${escape(text.brand)}</title>
<link rel="icon" href="data:,">
<style>${CARD_PAGE_STYLE}</style>
</head>
<body>
<main>
<header><span class="brand">${escape(text.brand)}</span><span class="mode">${escape(text.testMode)}</span></header>
${content}
</main>
</body>
</html>
`;
};

const sheet = (payment: Payment, language: Language, act: string) => `<div class="sheet">
<div class="due">
<p>${escape(textIn(language).toPay)}</p>
<p class="amount">${escape(amountText(payment, language))}</p>
<p>${escape(payment.description)}</p>
</div>
<div class="act">
${act}
</div>
</div>`;

export interface CardForm {
  readonly values: Readonly<Record<CardField, string>>;
  readonly problems: CardProblems;
}

interface FieldOptions {
  readonly name: CardField;
  readonly label: string;
  readonly hint?: string;
  readonly autocomplete: string;
  readonly maxLength: number;
  /** The first field that is wrong, or the first. */
  readonly isFirst: boolean;
}

const field = (form: CardForm, text: CardPageText, options: FieldOptions) => {
  const { autocomplete, hint, isFirst, label, maxLength, name } = options;
  const problem = form.problems[name];
  // What is wrong says again what is wanted: one of the two is enough.
  const notes =
    problem !== undefined
      ? [{ id: `${name}-problem`, look: "wrong", says: text.problem[problem] }]
      : hint === undefined
        ? []
        : [{ id: `${name}-hint`, look: "hint", says: hint }];
  const described = notes.map(({ id }) => id).join(" ");
  return `<div class="field">
<label for="${name}">${escape(label)}</label>
<input id="${name}" name="${name}" value="${escape(form.values[name])}" inputmode="numeric" autocomplete="${autocomplete}"
 maxlength="${maxLength}" required${described === "" ? "" : ` aria-describedby="${described}"`}${
   problem === undefined ? "" : ' aria-invalid="true"'
 }${isFirst ? " autofocus" : ""}>
${notes.map(({ id, look, says }) => `<span class="${look}" id="${id}">${escape(says)}</span>`).join("\n")}
</div>`;
};

const notice = (payment: Payment, form: CardForm, text: CardPageText) => {
  const problems = Object.entries(form.problems);
  if (problems.length > 0) {
    const items = problems.map(
      ([name, problem]) => `<li><a href="#${name}">${escape(text.problem[problem])}</a></li>`,
    );
    return `<div class="notice" role="alert"><p>${escape(text.problems)}</p><ul>${items.join("")}</ul></div>`;
  }
  if (payment.failure === null) return "";
  const { code, detail } = payment.failure;
  return `<div class="notice" role="alert" data-code="${escape(code)}"><p>${escape(text.failure[code] ?? detail)} ${escape(text.tryAgain)}</p></div>`;
};

/** The form for a card, with what was wrong about the one before. */
export const cardPage = (payment: Payment, language: Language, form: CardForm): string => {
  const text = textIn(language);
  const path = `/pay/${payment.id}`;
  const [firstProblem = "number"] = Object.keys(form.problems);
  const fieldOf = (options: Omit<FieldOptions, "isFirst">) =>
    field(form, text, { ...options, isFirst: options.name === firstProblem });
  const cards = [...TEST_CARDS.keys()].map(
    (number) =>
      `<li><a href="${path}?card=${number}" aria-label="${escape(`${text.use(grouped(number))}: ${text.card[number] ?? ""}`)}"><span class="number">${grouped(number)}</span><span>${escape(text.card[number] ?? "")}</span></a></li>`,
  );
  const act = `<h1>${escape(text.title)}</h1>
${notice(payment, form, text)}
<form method="post" action="${path}" novalidate>
${fieldOf({ name: "number", label: text.number, autocomplete: "cc-number", maxLength: 23 })}
<div class="pair">
${fieldOf({ name: "expiry", label: text.expiry, hint: text.expiryHint, autocomplete: "cc-exp", maxLength: 7 })}
${fieldOf({ name: "cvc", label: text.cvc, hint: text.cvcHint, autocomplete: "cc-csc", maxLength: 4 })}
</div>
<button type="submit">${escape(text.pay(amountText(payment, language)))}</button>
</form>
<form method="post" action="${path}/cancel"><button type="submit" class="quiet">${escape(text.cancel)}</button></form>`;
  return document(
    language,
    text.title,
    `${sheet(payment, language, act)}
<section class="cards" aria-labelledby="cards"><h2 id="cards">${escape(text.cards)}</h2><p>${escape(text.cardsHint)}</p><ul>${cards.join("\n")}</ul></section>`,
  );
};

/** The bank's question. */
export const confirmPage = (payment: Payment, language: Language): string => {
  const text = textIn(language);
  const answer = (agrees: boolean, look: string, says: string) =>
    `<button type="submit" name="agrees" value="${agrees ? 1 : 0}" class="${look}">${escape(says)}</button>`;
  const act = `<h1>${escape(text.confirmTitle)}</h1>
<p>${escape(text.confirmHint(amountText(payment, language)))}</p>
<form method="post" action="/pay/${payment.id}/confirm">
${answer(true, "", text.confirm)}
${answer(false, "quiet", text.refuse)}
</form>`;
  return document(language, text.confirmTitle, sheet(payment, language, act));
};

/** A payment that is over. */
export const outcomePage = (
  payment: Payment,
  language: Language,
  { back, outcome }: { readonly back: string; readonly outcome: keyof CardPageText["outcome"] },
): string => {
  const text = textIn(language);
  const act = `<h1>${escape(text.outcome[outcome])}</h1>
<a class="button" href="${escape(back)}">${escape(text.back)}</a>`;
  return document(language, text.outcome[outcome], sheet(payment, language, act));
};

export const notFoundPage = (language: Language): string => {
  const { notFound } = textIn(language);
  return document(
    language,
    notFound,
    `<div class="sheet"><div class="act"><h1>${escape(notFound)}</h1></div></div>`,
  );
};
