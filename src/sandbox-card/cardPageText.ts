/** What the card page says, in the languages that it speaks. */
import type { CardProblem } from "./Card.ts";

const english = {
  title: "Pay by card",
  brand: "Sandbox card",
  testMode: "Test mode: no money is taken",
  toPay: "To pay",
  number: "Card number",
  expiry: "Expiry date",
  expiryHint: "Month and year, such as 12/34",
  cvc: "Security code",
  cvcHint: "3 digits on the back",
  pay: (amount: string) => `Pay ${amount}`,
  cancel: "Cancel and go back",
  problems: "The card cannot be read yet:",
  tryAgain: "Nothing was charged. Try again, or take another card.",
  cards: "Test cards",
  cardsHint: "Choose one to fill in the form.",
  use: (number: string) => `Use ${number}`,
  confirmTitle: "Your bank asks: is this you?",
  confirmHint: (amount: string) => `A payment of ${amount} waits for your confirmation.`,
  confirm: "Yes, pay",
  refuse: "No, refuse",
  back: "Go back to the shop",
  notFound: "There is no such payment.",
  outcome: {
    succeeded: "This payment is done.",
    failed: "This payment has failed. Nothing was charged.",
    cancelled: "This payment was called off. Nothing was charged.",
  },
  failure: {
    card_declined: "The card was declined.",
    insufficient_funds: "The card has insufficient funds.",
    confirmation_refused: "The payment was not confirmed.",
  } as Readonly<Record<string, string>>,
  problem: {
    number_incomplete: "A card number has 12 to 19 digits.",
    number_mistyped: "There is a digit wrong in the card number.",
    number_unknown: "Only the test cards on this page work here.",
    expiry_unreadable: "Write the expiry date as month and year, such as 12/34.",
    expiry_past: "The card has expired.",
    cvc_unreadable: "The security code has 3 or 4 digits.",
  } satisfies Record<CardProblem, string>,
  card: {
    "4242424242424242": "pays",
    "4000000000000002": "is declined",
    "4000000000009995": "has insufficient funds",
    "4000000000003220": "asks for a confirmation",
    "4000000000000341": "pays; the shop hears of it late",
    "4000000000000259": "pays; the shop hears of it twice and in the wrong order",
  } as Readonly<Record<string, string>>,
};

export type CardPageText = typeof english;

const spanish: CardPageText = {
  title: "Pagar con tarjeta",
  brand: "Tarjeta de pruebas",
  testMode: "Modo de prueba: no se cobra nada",
  toPay: "A pagar",
  number: "Número de tarjeta",
  expiry: "Caducidad",
  expiryHint: "Mes y año, por ejemplo 12/34",
  cvc: "Código CVC",
  cvcHint: "3 cifras en el reverso",
  pay: (amount) => `Pagar ${amount}`,
  cancel: "Cancelar y volver",
  problems: "Todavía no se puede leer la tarjeta:",
  tryAgain: "No se ha cobrado nada. Inténtalo de nuevo o usa otra tarjeta.",
  cards: "Tarjetas de prueba",
  cardsHint: "Elige una para rellenar el formulario.",
  use: (number) => `Usar ${number}`,
  confirmTitle: "Tu banco pregunta: ¿eres tú?",
  confirmHint: (amount) => `Un pago de ${amount} espera tu confirmación.`,
  confirm: "Sí, pagar",
  refuse: "No, rechazar",
  back: "Volver a la tienda",
  notFound: "Este pago no existe.",
  outcome: {
    succeeded: "Este pago está hecho.",
    failed: "Este pago ha fallado. No se ha cobrado nada.",
    cancelled: "Este pago se ha cancelado. No se ha cobrado nada.",
  },
  failure: {
    card_declined: "La tarjeta ha sido rechazada.",
    insufficient_funds: "La tarjeta no tiene saldo suficiente.",
    confirmation_refused: "El pago no se ha confirmado.",
  },
  problem: {
    number_incomplete: "Un número de tarjeta tiene de 12 a 19 cifras.",
    number_mistyped: "Hay una cifra equivocada en el número de tarjeta.",
    number_unknown: "Aquí solo funcionan las tarjetas de prueba de esta página.",
    expiry_unreadable: "Escribe la caducidad con mes y año, por ejemplo 12/34.",
    expiry_past: "La tarjeta ha caducado.",
    cvc_unreadable: "El código de seguridad tiene 3 o 4 cifras.",
  },
  card: {
    "4242424242424242": "paga",
    "4000000000000002": "es rechazada",
    "4000000000009995": "no tiene saldo suficiente",
    "4000000000003220": "pide una confirmación",
    "4000000000000341": "paga; la tienda se entera tarde",
    "4000000000000259": "paga; la tienda se entera dos veces y en desorden",
  },
};

const TEXTS = { en: english, es: spanish };
export type Language = keyof typeof TEXTS;

export const textIn = (language: Language): CardPageText => TEXTS[language];

/** The language that an `Accept-Language` header prefers among ours; English without one of them. */
export const languageOf = (acceptLanguage: string): Language => {
  const wanted = acceptLanguage.split(",").map((range) => {
    const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
    const weight = parameters.find((one) => one.trim().startsWith("q="));
    return {
      language: tag.split("-")[0],
      weight: weight === undefined ? 1 : Number(weight.trim().slice(2)),
    };
  });
  const [best] = wanted
    .filter(({ language, weight }) => (language === "en" || language === "es") && weight > 0)
    .toSorted((one, other) => other.weight - one.weight);
  return best?.language === "es" ? "es" : "en";
};
