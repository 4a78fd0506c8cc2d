/**
 * Reads one line from left to right. Each method takes what it names and moves on, or says that it is not there and stays.
 * No regular expressions: lines come by the hundred thousand, and none can be written that makes this slow.
 */

const RANKS = "23456789TJQKA";
const SUITS = "shdc";

/** Each card's text exists once, however many hands are held: `CARDS[rank * 4 + suit]`. */
const CARDS: ReadonlyArray<string> = [...RANKS].flatMap((rank) =>
  [...SUITS].map((suit) => rank + suit),
);

/** Rank and suit by character code; -1 for what is neither. */
const RANK_OF = new Int8Array(128).fill(-1);
const SUIT_OF = new Int8Array(128).fill(-1);
for (let rank = 0; rank < RANKS.length; rank++) RANK_OF[RANKS.charCodeAt(rank)] = rank;
for (let suit = 0; suit < SUITS.length; suit++) SUIT_OF[SUITS.charCodeAt(suit)] = suit;

const ZERO = 48;
const NINE = 57;
const BLANK = 32;
const COMMA = 44;
const DOT = 46;
const EURO = 0x20ac;
const BRACKET = 91;
/** `X`. */
const UNKNOWN_CARD = 88;
const QUESTION_MARK = 63;
const FIRST_BEYOND_ASCII = 0x80;
/** Encoded twice it is three letters, with a blank before it four. */
const MAX_EURO_LENGTH = 4;

/** Twelve digits and two decimals stay below 2^53. */
const MAX_INTEGER_DIGITS = 12;
const DECIMALS = 2;
const SCALE = 100;
const THOUSAND = 1_000;
const MILLION = 1_000_000;
/** Not a number, for methods that answer with one. */
export const NONE = -1;

/** Cards dealt or shown: no game gives anyone more than seven. */
const MAX_CARDS = 7;

export class LineCursor {
  text = "";
  at = 0;
  /** The last amount was written in thousands or millions, and so is rounded. */
  rounded = false;

  reset(text: string, at = 0): void {
    this.text = text;
    this.at = at;
  }

  /** Nothing but blanks is left. */
  get ended(): boolean {
    for (let at = this.at; at < this.text.length; at++) {
      if (this.text.charCodeAt(at) !== BLANK) return false;
    }
    return true;
  }

  take(literal: string): boolean {
    if (!this.text.startsWith(literal, this.at)) return false;
    this.at += literal.length;
    return true;
  }

  /** A whole number of at most twelve digits, or `NONE`. */
  integer(): number {
    const from = this.at;
    let value = 0;
    let at = from;
    for (; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code < ZERO || code > NINE) break;
      value = value * 10 + (code - ZERO);
    }
    if (at === from || at - from > MAX_INTEGER_DIGITS) return NONE;
    this.at = at;
    return value;
  }

  /** `20`, `0.05€`, `0,90 €`, `3.37k`, in hundredths, or `NONE`. More than two decimals are not believed. */
  amount(): number {
    const from = this.at;
    if (this.text.charCodeAt(this.at) === EURO) this.at += 1;
    const whole = this.integer();
    const value = whole === NONE ? NONE : this.#rest(whole);
    if (value === NONE) this.at = from;
    return value;
  }

  #rest(whole: number): number {
    let value = whole * SCALE;
    const mark = this.text.charCodeAt(this.at);
    // A comma before a blank is not a decimal one: `(18694, 9€ bounty)`.
    if ((mark === DOT || mark === COMMA) && this.text.charCodeAt(this.at + 1) !== BLANK) {
      this.at += 1;
      const from = this.at;
      const fraction = this.integer();
      const digits = this.at - from;
      if (fraction === NONE || digits > DECIMALS) return NONE;
      value += digits === 1 ? fraction * 10 : fraction;
    }
    this.rounded = true;
    if (this.take("k")) value *= THOUSAND;
    else if (this.take("M")) value *= MILLION;
    else this.rounded = false;
    this.#currency();
    return Number.isSafeInteger(value) ? value : NONE;
  }

  /** The euro sign, or what became of it where a program did not know it; a blank may come before it. */
  #currency(): void {
    if (this.text.charCodeAt(this.at) === BLANK && this.text.charCodeAt(this.at + 1) === EURO) {
      this.at += 1;
    }
    for (let count = 0; count < MAX_EURO_LENGTH; count++) {
      const code = this.text.charCodeAt(this.at);
      if (!(code >= FIRST_BEYOND_ASCII) && code !== QUESTION_MARK) return;
      this.at += 1;
    }
  }

  /** `[As Kd]`; unknown ones (`X`) are left out. `undefined` where there is no such list, or one of impossible cards. */
  cards(): Array<string> | undefined {
    const { text } = this;
    if (text.charCodeAt(this.at) !== BRACKET) return undefined;
    const close = text.indexOf("]", this.at);
    if (close === -1) return undefined;
    const cards: Array<string> = [];
    let at = this.at + 1;
    for (let count = 0; at < close; count++) {
      if (count === MAX_CARDS) return undefined;
      if (text.charCodeAt(at) === UNKNOWN_CARD) {
        at += 1;
      } else {
        const card = cardAt(text, at);
        if (card === undefined) return undefined;
        cards.push(card);
        at += 2;
      }
      if (at < close && text.charCodeAt(at++) !== BLANK) return undefined;
    }
    this.at = close + 1;
    return cards;
  }
}

function cardAt(text: string, at: number): string | undefined {
  const rank = RANK_OF[text.charCodeAt(at)] ?? -1;
  const suit = SUIT_OF[text.charCodeAt(at + 1)] ?? -1;
  return rank < 0 || suit < 0 ? undefined : CARDS[rank * SUITS.length + suit];
}
