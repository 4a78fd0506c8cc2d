/**
 * A raffle's state as its snapshot has it: short texts, since there may be a hundred thousand sold numbers in it, and one
 * text is written and read many times faster than as many records. What follows from the rest is left out: bitmaps and
 * indexes are made again.
 *
 * A claim or sale is its fields joined by `|`, which no id contains, its numbers joined by commas. Reservation ids lack the
 * raffle's, with which they begin.
 */
import { HashMap, Schema } from "effect";
import {
  branded,
  type PaymentId,
  type PlayerId,
  RaffleId,
  type ReservationId,
} from "../../rpc/id.ts";
import * as Claims from "./Claims.ts";
import { Ended } from "./Ended.ts";
import { type Sale, Sales } from "./Sales.ts";
import { About, type RaffleState as State, Unanswered } from "./state.ts";

const Stored = Schema.Struct({
  raffleId: RaffleId,
  about: Schema.NullOr(About),
  stateVersion: Schema.Int,
  claims: Schema.Array(Schema.String),
  nextExpiry: Schema.NullOr(Schema.Int),
  ended: Ended,
  /** One after another, oldest first, parted by spaces. */
  sales: Schema.String,
  returned: Schema.Int,
  handedOver: Schema.Int,
  /** Later than the others. */
  unanswered: Schema.optionalWith(Schema.Array(Unanswered), { default: () => [] }),
});
type Stored = typeof Stored.Type;

/** Begins the few ids that are stored whole: those that do not begin with the raffle's, or would look like these. */
const WHOLE = ".";

const shortOf = (prefix: string, reservationId: string): string => {
  const rest = reservationId.slice(prefix.length);
  return reservationId.startsWith(prefix) && !rest.startsWith(WHOLE) ? rest : WHOLE + reservationId;
};

const fullOf = (prefix: string, short: string): ReservationId =>
  branded<ReservationId>(short.startsWith(WHOLE) ? short.slice(WHOLE.length) : prefix + short);

const claimText = (prefix: string, claim: Claims.Claim): string => {
  const { numbers, phase, playerId, reservationId, since, until } = claim;
  return `${shortOf(prefix, reservationId)}|${playerId}|${phase}|${until}|${since}|${numbers.join()}`;
};

const saleText = (
  prefix: string,
  { at, numbers, paymentId, playerId, reservationId }: Sale,
): string => `${shortOf(prefix, reservationId)}|${playerId}|${paymentId}|${at}|${numbers.join()}`;

const numbersIn = (text: string): ReadonlyArray<number> => text.split(",").map(Number);

const claimIn = (prefix: string, text: string): Claims.Claim => {
  const [short = "", playerId = "", phase, until, since, numbers = ""] = text.split("|");
  return {
    reservationId: fullOf(prefix, short),
    playerId: branded<PlayerId>(playerId),
    phase: phase === "checkout" ? "checkout" : "selection",
    numbers: numbersIn(numbers),
    until: Number(until),
    since: Number(since),
  };
};

const saleIn = (prefix: string, text: string): Sale => {
  const [short = "", playerId = "", paymentId = "", at, numbers = ""] = text.split("|");
  return {
    reservationId: fullOf(prefix, short),
    playerId: branded<PlayerId>(playerId),
    paymentId: branded<PaymentId>(paymentId),
    numbers: numbersIn(numbers),
    at: Number(at),
  };
};

/** Sales whose text is made and kept together. */
const SALES_PER_BLOCK = 256;
/**
 * The texts of full blocks, by their last sale: neither a sale nor what was sold before it ever changes, so each is made
 * once, and the next snapshot costs what was sold since the last.
 */
const blocks = new WeakMap<Sale, string>();

const blockText = (prefix: string, sales: ReadonlyArray<Sale>): string => {
  const last = sales[SALES_PER_BLOCK - 1];
  const known = last && blocks.get(last);
  if (known !== undefined) return known;
  const text = sales.map((sale) => saleText(prefix, sale)).join(" ");
  if (last !== undefined) blocks.set(last, text);
  return text;
};

const salesText = (prefix: string, sales: Sales): string => {
  const texts: Array<string> = [];
  for (let from = 0; from < sales.count; from += SALES_PER_BLOCK)
    texts.push(blockText(prefix, sales.slice(from, from + SALES_PER_BLOCK)));
  return texts.join(" ");
};

const salesIn = (prefix: string, text: string): ReadonlyArray<Sale> => {
  if (text === "") return [];
  const texts = text.split(" ");
  const sales = texts.map((sale) => saleIn(prefix, sale));
  for (let to = SALES_PER_BLOCK; to <= sales.length; to += SALES_PER_BLOCK)
    blocks.set(sales[to - 1]!, texts.slice(to - SALES_PER_BLOCK, to).join(" "));
  return sales;
};

const pack = ({ claims, sales, ...state }: State): Stored => {
  const prefix = `${state.raffleId}.`;
  return {
    ...state,
    claims: [...HashMap.values(claims.byId)].map((claim) => claimText(prefix, claim)),
    nextExpiry: claims.nextExpiry,
    sales: salesText(prefix, sales),
  };
};

const unpack = ({ claims, nextExpiry, sales, ...stored }: Stored): State => {
  const prefix = `${stored.raffleId}.`;
  const size = stored.about?.terms.totalNumbers ?? 0;
  return {
    ...stored,
    claims: Claims.of(
      size,
      claims.map((text) => claimIn(prefix, text)),
      nextExpiry,
    ),
    sales: Sales.of(size, salesIn(prefix, sales)),
  };
};

const isState = (value: unknown): value is State =>
  typeof value === "object" && value !== null && "sales" in value && value.sales instanceof Sales;

export const RaffleState = Schema.transform(Stored, Schema.declare(isState), {
  strict: true,
  decode: unpack,
  encode: pack,
});
