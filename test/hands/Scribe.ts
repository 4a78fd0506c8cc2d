/**
 * Writes hands as the client does: any number of them, of a table of three where the button raises and the blinds fold. What
 * matters here is that each is another hand, and nothing about how it is played.
 */
import type { Hand } from "../../rpc/hand.ts";
import type { PlayerHand } from "../../src/hands/PlayerHand.ts";
import { countHand } from "../../src/hands/stats/countHand.ts";
import type { ParsedHand } from "../../src/hands/store/ParsedHand.ts";
import { HandReader } from "../../src/hands/winamax/HandReader.ts";

export const FIRST_AT = Date.UTC(2024, 4, 1, 18, 0, 0);
const SECONDS_BETWEEN = 40;

const twoDigits = (n: number) => String(n).padStart(2, "0");

const dateText = (epochMs: number) => {
  const at = new Date(epochMs);
  const day = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()].map(twoDigits);
  const time = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(twoDigits);
  return `${day.join("/")} ${time.join(":")} UTC`;
};

export interface Told {
  /** The table's number; hands of one table are counted from 1. */
  readonly table?: number;
  readonly players?: readonly [string, string, string];
}

export const handId = (n: number, table = 1): string =>
  `winamax:${7_000_000 + table}-${n}-${1_700_000_000 + n}`;

/** The hand number `n` of a table, without the blank lines after it. The players change their seats with each. */
export const bareHand = (n: number, told: Told = {}): string => {
  const { players = ["ada", "Bob  the 2nd", "çyd"], table = 1 } = told;
  const [button, small, big] = [0, 1, 2].map((seat) => players[(seat + n) % 3] ?? "");
  return `Winamax Poker - CashGame - HandId: #${handId(n, table).slice("winamax:".length)} - Holdem no limit (0.02€/0.05€) - ${dateText(FIRST_AT + n * SECONDS_BETWEEN * 1000)}
Table: 'Nice ${twoDigits(table)}' 5-max (real money) Seat #1 is the button
Seat 1: ${button} (5€)
Seat 2: ${small} (4.20€)
Seat 3: ${big} (7.77€)
*** ANTE/BLINDS ***
${small} posts small blind 0.02€
${big} posts big blind 0.05€
Dealt to ${players[0]} [Ah Kd]
*** PRE-FLOP *** 
${button} raises 0.10€ to 0.15€
${small} folds
${big} folds
${button} collected 0.22€ from pot
*** SUMMARY ***
Total pot 0.22€ | No rake
Seat 1: ${button} (button) won 0.22€
`;
};

export const handText = (n: number, told: Told = {}): string => `${bareHand(n, told)}\n\n`;

/** The hands `first` to `last`. */
export const handsText = (first: number, last: number, told: Told = {}): string =>
  Array.from({ length: last - first + 1 }, (_, n) => handText(first + n, told)).join("");

export const count = (hand: Hand): ReadonlyArray<PlayerHand> => countHand(hand, () => undefined);

/** What an intake makes of a text. */
export const parsed = (text: string): ReadonlyArray<ParsedHand> => {
  const hands: Array<ParsedHand> = [];
  const reader = new HandReader({
    onHand: (hand) => void hands.push({ hand, players: count(hand) }),
    onRefused: ({ line, reason }) => {
      throw new Error(`line ${line}: ${reason}`);
    },
    onSummary: () => undefined,
  });
  reader.write(Buffer.from(text));
  reader.end();
  return hands;
};
