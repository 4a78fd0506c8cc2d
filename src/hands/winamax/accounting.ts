/**
 * What each action put into the pot. A line does not always say: a raise tells its total on the street, and three things
 * have been written differently over the years. So a hand is read in the likeliest way first; if then what was put in is
 * not what the pot and the rake say it is, in the others, and the reading that balances is the right one. A hand that
 * balances in none is not believed.
 *
 * The identity: everything put in, an uncalled bet included, plus what the house put in, is the total pot plus the rake.
 */
import type { HandStreet } from "../../../rpc/hand.ts";
import type { WrittenAction } from "./playerLine.ts";

export interface WrittenStreet {
  readonly name: HandStreet["name"];
  readonly cards: ReadonlyArray<string>;
  readonly dealt: HandStreet["dealt"];
  readonly actions: Array<WrittenAction>;
}

/** How lines are meant. */
interface Reading {
  /** A `bets X` where there is a bet already raises it by X; else it puts in X. */
  readonly betRaises: boolean;
  /** The total of a raise holds the same player's bring-in. */
  readonly raiseHoldsBringIn: boolean;
}

/** In the order of their likelihood. */
const READINGS: ReadonlyArray<Reading> = [
  { betRaises: true, raiseHoldsBringIn: true },
  { betRaises: false, raiseHoldsBringIn: true },
  { betRaises: true, raiseHoldsBringIn: false },
  { betRaises: false, raiseHoldsBringIn: false },
];

/** What one action did. */
export interface Put {
  readonly put: number;
  /** The player's total on the street, of an action that raised; null of the others. */
  readonly raisedTo: number | null;
}

export interface Accounts {
  /** One for each action, street by street. */
  readonly puts: ReadonlyArray<ReadonlyArray<Put>>;
  /** Everything that the players put in. */
  readonly total: number;
}

const NOTHING: Put = { put: 0, raisedTo: null };

/**
 * The accounts under which the players put in `expected`. Where there are none: those of the likeliest reading, for the
 * report. `undefined` if a raise ends below what its player had already put in.
 */
export function balance(
  streets: ReadonlyArray<WrittenStreet>,
  seats: number,
  expected: number,
): Accounts | undefined {
  let likeliest: Accounts | undefined;
  for (const reading of READINGS) {
    const accounts = read(streets, seats, reading);
    if (accounts?.total === expected) return accounts;
    likeliest ??= accounts;
  }
  return likeliest;
}

function read(
  streets: ReadonlyArray<WrittenStreet>,
  seats: number,
  reading: Reading,
): Accounts | undefined {
  const round = new BettingRound(seats, reading);
  const puts: Array<Array<Put>> = [];
  let total = 0;
  for (const [at, street] of streets.entries()) {
    // Blinds are the beginning of the first round, not a round of their own.
    if (at > 1) round.begin();
    const row: Array<Put> = [];
    for (const action of street.actions) {
      const put = round.take(action);
      if (put.put < 0) return undefined;
      total += put.put;
      row.push(put);
    }
    puts.push(row);
  }
  return { puts, total };
}

class BettingRound {
  readonly #reading: Reading;
  /** What each has put in on this street, antes left out. */
  readonly #in: Array<number>;
  readonly #bringIn: Array<number>;
  #highest = 0;

  constructor(seats: number, reading: Reading) {
    this.#reading = reading;
    this.#in = Array.from({ length: seats }, () => 0);
    this.#bringIn = Array.from({ length: seats }, () => 0);
  }

  begin(): void {
    this.#in.fill(0);
    this.#bringIn.fill(0);
    this.#highest = 0;
  }

  take({ seat, kind, amount }: WrittenAction): Put {
    switch (kind) {
      case "ante":
        return { put: amount, raisedTo: null };
      case "bring_in":
        this.#bringIn[seat] = amount;
        return this.#add(seat, amount);
      case "small_blind":
      case "big_blind":
      case "late_small_blind":
      case "late_big_blind":
      case "call":
        return this.#add(seat, amount);
      case "bet":
        if (this.#highest === 0 || !this.#reading.betRaises) return this.#add(seat, amount);
        return this.#raiseTo(seat, this.#highest + amount);
      case "raise": {
        const own = this.#reading.raiseHoldsBringIn ? 0 : this.#bringIn[seat]!;
        return this.#raiseTo(seat, amount + own);
      }
      default:
        return NOTHING;
    }
  }

  #add(seat: number, put: number): Put {
    const total = this.#in[seat]! + put;
    this.#in[seat] = total;
    if (total > this.#highest) this.#highest = total;
    return { put, raisedTo: null };
  }

  #raiseTo(seat: number, total: number): Put {
    const { put } = this.#add(seat, total - this.#in[seat]!);
    return { put, raisedTo: total };
  }
}
