/**
 * A range: the hands that a player may have, each combination with a weight from 0 to 1. Written as a list of items, by
 * commas or blanks apart:
 *
 *     AhKd            one combination (`Ah Kd` too)
 *     QQ  AKs  AKo    a class of hands; `AK` is both, suited and offsuit
 *     QQ+             this pair and all higher ones
 *     KTs+            the same first card, the second from this one up: KTs, KJs, KQs
 *     22-66  A5s-A2s  pairs from one to the other; the same first card, the second from one to the other
 *     76s-T9s         the same gap between the cards, from one to the other
 *     random, 100%    every combination
 *     …@50            any item with a weight in percent, to two decimals
 *
 * An item overrules those before it where they meet, so that `QQ+,QhQs@0` is `QQ+` without `QhQs`. Capitals do not count.
 */
import { cardOf, RANKS, SUITS } from "../cards/Card.ts";
import { combinationOf, COMBINATIONS } from "./Combination.ts";
import { classAt, HAND_CLASSES } from "./HandClass.ts";

export interface Range {
  /** By combination (`Combination.ts`), 0 to 1. At least one is above 0. */
  readonly weights: Float32Array;
}

/** `at` counts characters from 0; `reason` is a sentence that says where, too. */
export type ParsedRange =
  | { readonly ok: true; readonly range: Range }
  | { readonly ok: false; readonly at: number; readonly reason: string };

/** Weights are kept in hundredths of a percent, so that what is written is what is read. */
export const WEIGHT_STEPS = 10_000;
const WEIGHT_DECIMALS = 2;

/** Of a word that is not understood, so much is shown. */
const MAX_EXCERPT = 12;

/** Time and memory grow with the length of the text and no faster. */
export const parseRange = (text: string): ParsedRange => {
  const weights = new Float32Array(COMBINATIONS);
  const scanner = new Scanner(text);
  try {
    while (scanner.toNextItem()) {
      const { combinations, weight } = readItem(scanner);
      for (const combination of combinations) weights[combination] = weight;
    }
  } catch (cause) {
    if (cause instanceof Refusal) return { ok: false, at: cause.at, reason: cause.message };
    throw cause;
  }
  if (isEmpty(weights)) return { ok: false, at: 0, reason: "The range leaves no hand." };
  return { ok: true, range: { weights } };
};

/** A loop, for it is most of what reading a single hand takes. */
const isEmpty = (weights: Float32Array): boolean => {
  for (let combination = 0; combination < COMBINATIONS; combination++)
    if (weights[combination] !== 0) return false;
  return true;
};

/** Never leaves this file: `parseRange` gives it back as a value. */
class Refusal extends Error {
  readonly at: number;
  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

/** Bounded, and tried where an item begins. */
const PERCENTAGE = /\d{1,3}(\.\d{1,9})?%/y;
const SEPARATORS = ", ;\t\r\n";
const BLANKS = " \t\r\n";

class Scanner {
  readonly #text: string;
  #at = 0;
  /** Where the item begins that is being read. */
  #itemAt = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** False at the end. */
  toNextItem(): boolean {
    this.#skip(SEPARATORS);
    this.#itemAt = this.#at;
    return this.#at < this.#text.length;
  }

  skipBlanks(): void {
    this.#skip(BLANKS);
  }

  /** Steps over this text if it comes next, in capitals or not. */
  takes(word: string): boolean {
    if (this.#text.slice(this.#at, this.#at + word.length).toLowerCase() !== word) return false;
    this.#at += word.length;
    return true;
  }

  /** Steps over this character if it comes next, after blanks or not. */
  takesAfterBlanks(character: string): boolean {
    const before = this.#at;
    this.skipBlanks();
    if (this.takes(character)) return true;
    this.#at = before;
    return false;
  }

  /** The place of the next character among `characters`, which is then stepped over; -1 when it is not there. */
  oneOf(characters: string): number {
    const found = this.#at < this.#text.length ? characters.indexOf(this.#text[this.#at]!) : -1;
    if (found >= 0) this.#at++;
    return found;
  }

  get isAtPercentage(): boolean {
    PERCENTAGE.lastIndex = this.#at;
    return PERCENTAGE.test(this.#text);
  }

  get next(): string {
    return this.#text[this.#at] ?? "";
  }

  get isAtItemsEnd(): boolean {
    return this.#at >= this.#text.length || SEPARATORS.includes(this.next);
  }

  refuse(reason: string): never {
    let end = this.#itemAt;
    const farthest = Math.min(this.#text.length, this.#itemAt + 2 * MAX_EXCERPT);
    while (end < farthest && !SEPARATORS.includes(this.#text[end]!)) end++;
    const excerpt = [...this.#text.slice(this.#itemAt, end)].slice(0, MAX_EXCERPT).join("");
    throw new Refusal(
      this.#at,
      `${JSON.stringify(excerpt)} (character ${this.#itemAt + 1}): ${reason}`,
    );
  }

  #skip(characters: string): void {
    while (this.#at < this.#text.length && characters.includes(this.next)) this.#at++;
  }
}

interface Item {
  readonly combinations: Iterable<number>;
  readonly weight: number;
}

const readItem = (scanner: Scanner): Item => {
  const combinations = readCombinations(scanner);
  const weight = scanner.takes("@") ? readWeight(scanner) : 1;
  if (!scanner.isAtItemsEnd)
    scanner.refuse(`${JSON.stringify(scanner.next)} is not expected there.`);
  return { combinations, weight };
};

const ALL = Array.from({ length: COMBINATIONS }, (_, combination) => combination);

const readCombinations = (scanner: Scanner): Iterable<number> => {
  if (scanner.takes("random") || scanner.takes("100%")) return ALL;
  if (scanner.isAtPercentage)
    scanner.refuse("which hands are the best so many percent is a matter of opinion: name them.");
  const hand = readHand(scanner);
  if (typeof hand === "number") return [hand];
  if (scanner.takes("+")) return upwards(hand);
  if (!scanner.takesAfterBlanks("-")) return combinationsOf([hand]);
  scanner.skipBlanks();
  const end = readHand(scanner);
  return typeof end === "number"
    ? scanner.refuse("one combination has no place in a row of hands.")
    : combinationsOf(between(scanner, hand, end));
};

/** One class of hands or, with `suited` undefined, two: both with the same two ranks. A pair has no `suited`. */
interface Kind {
  readonly high: number;
  readonly low: number;
  readonly suited: boolean | undefined;
}

/** A combination by its number, or a kind of hand. */
const readHand = (scanner: Scanner): number | Kind => {
  const first = readRank(scanner);
  const suit = readSuit(scanner);
  if (suit >= 0) return readSecondCard(scanner, cardOf(first, suit));
  const second = readRank(scanner);
  const [high, low] = [Math.max(first, second), Math.min(first, second)];
  const suitedness = [true, true, false, false][scanner.oneOf("sSoO")];
  if (high === low && suitedness !== undefined)
    scanner.refuse("a pair is neither suited nor offsuit.");
  return { high, low, suited: suitedness };
};

const readSecondCard = (scanner: Scanner, first: number): number => {
  scanner.skipBlanks();
  const rank = scanner.oneOf(RANK_LETTERS) % RANKS.length;
  const suit = rank < 0 ? -1 : readSuit(scanner);
  if (suit < 0) scanner.refuse("a card is followed by another, as in AhKd.");
  const second = cardOf(rank, suit);
  if (second === first) scanner.refuse("nobody holds the same card twice.");
  return combinationOf(first, second);
};

/** In capitals, then without. */
const RANK_LETTERS = RANKS + RANKS.toLowerCase();
const SUIT_LETTERS = SUITS + SUITS.toUpperCase();

const readRank = (scanner: Scanner): number => {
  const found = scanner.oneOf(RANK_LETTERS);
  if (found >= 0) return found % RANKS.length;
  return scanner.refuse(`ranks are ${RANKS}, suits ${SUITS}; hands are written as AhKd, QQ+, AKs.`);
};

/** -1 when none comes next. */
const readSuit = (scanner: Scanner): number => {
  const found = scanner.oneOf(SUIT_LETTERS);
  return found < 0 ? -1 : found % SUITS.length;
};

const readWeight = (scanner: Scanner): number => {
  let digits = "";
  const readDigits = (most: number) => {
    for (let left = most; left > 0; left--) {
      const digit = scanner.oneOf("0123456789");
      if (digit < 0) return;
      digits += String(digit);
    }
  };
  readDigits("100".length);
  if (digits === "") scanner.refuse("a weight is a number of percent, as in 76s@50.");
  const whole = digits.length;
  if (scanner.takes(".")) readDigits(WEIGHT_DECIMALS);
  scanner.takes("%");
  const percent = Number(`${digits.slice(0, whole)}.${digits.slice(whole) || "0"}`);
  if (percent > 100) scanner.refuse("a weight is at most 100 percent.");
  return Math.round(percent * (WEIGHT_STEPS / 100)) / WEIGHT_STEPS;
};

/** `QQ+`, `KTs+`. */
const upwards = ({ high, low, suited }: Kind): Iterable<number> =>
  combinationsOf(
    high === low
      ? steps(high, RANKS.length - 1, (rank) => ({ high: rank, low: rank, suited }))
      : steps(low, high - 1, (rank) => ({ high, low: rank, suited })),
  );

const between = (scanner: Scanner, from: Kind, to: Kind): ReadonlyArray<Kind> => {
  const { high, low, suited } = from;
  if (suited !== to.suited) scanner.refuse("both ends are suited, or both offsuit, or neither.");
  if ((high === low) !== (to.high === to.low)) scanner.refuse("both ends are pairs, or neither.");
  if (high === to.high && high !== low)
    return steps(low, to.low, (rank) => ({ high, low: rank, suited }));
  if (high - low === to.high - to.low)
    return steps(low, to.low, (rank) => ({ high: rank + high - low, low: rank, suited }));
  return scanner.refuse("both ends have the same first card, or the same gap between their cards.");
};

const steps = (from: number, to: number, kindAt: (rank: number) => Kind): ReadonlyArray<Kind> =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => kindAt(Math.min(from, to) + i));

const combinationsOf = (kinds: ReadonlyArray<Kind>): Iterable<number> =>
  kinds.flatMap(({ high, low, suited }) =>
    [true, false]
      .filter((one) => (high === low ? one : suited === undefined || one === suited))
      .flatMap((one) => HAND_CLASSES[classAt(high, low, one)]!.combinations),
  );
