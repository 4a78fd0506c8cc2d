/**
 * Raffles and reservations, brought together with each other, with the ledger and with the tables that are read of them.
 *
 * A raffle's money is what its sold numbers cost, until it is drawn or gives it back. A reservation's is what its payments
 * have brought, less what its raffle took for the numbers. Two steps are taken in a player's wallet before the reservation
 * hears of them, the capture and the refund: of a payment that waits for one, the money may be there or not. Whether a
 * capture has been made the wallet's hold tells, so that is judged when the wallets have been read.
 *
 * The raffles are read first and compared with their rows in the tables of claims. What a reservation has to agree with is
 * then looked up in these rows, so no raffle has to be remembered.
 */
import { HashMap } from "effect";
import { raffleEscrow, reservationAccount } from "../../entities/ledger.ts";
import type { RaffleState, Unanswered } from "../../entities/raffle/state.ts";
import {
  isBuying,
  type Payment,
  refunderOf,
  type ReservationState,
} from "../../entities/reservation/state.ts";
import type { PaymentStatus } from "../../rpc/payment.ts";
import type { Checkout } from "../../rpc/reservation.ts";
import { type Books, type ClaimRow, entityName, type PaymentRow, type RaffleRow } from "./Books.ts";
import { RaffleAccount } from "./RaffleAccount.ts";

/** A reservation that has not answered for so long was not only moved or restarted. */
const ANSWER_WITHIN_MS = 120_000;

/** Its money is on the account, or the raffle has it. */
const IS_TAKEN: ReadonlySet<PaymentStatus> = new Set(["succeeded", "refunding", "refund_refused"]);

type Find = (entity: string, sentence: string) => void;

/** Of a reservation's payments by wallet, those whose money may have moved unheard of. */
interface Unsure {
  readonly reservationId: string;
  readonly amountMinor: number;
  readonly byLedger: number;
  /** How many times the amount is surely there. */
  readonly sure: number;
  readonly refunds: number;
  readonly captures: ReadonlyArray<Payment>;
}

export class Tickets {
  readonly #find: Find;
  #raffles: Array<readonly [raffleId: string, state: RaffleState]> = [];
  #reservations: Array<readonly [reservationId: string, state: ReservationState]> = [];
  /** Reservations whose sale was taken back, and whose raffle does not know yet that they have heard of it. */
  readonly #untold = new Set<string>();
  /** Those of them that have been told and do not answer. */
  readonly #unanswered: Array<Unanswered & { readonly raffleId: string }> = [];
  readonly #unsure: Array<Unsure> = [];

  constructor(find: Find) {
    this.#find = find;
  }

  raffle(raffleId: string, state: RaffleState): void {
    this.#raffles.push([raffleId, state]);
  }

  reservation(reservationId: string, state: ReservationState): void {
    this.#reservations.push([reservationId, state]);
  }

  /** Compares what has been folded since the last call with all else that is stored about it. */
  async compare(books: Books): Promise<void> {
    const raffles = this.#raffles.splice(0);
    if (raffles.length > 0) await this.#compareRaffles(books, raffles);
    const reservations = this.#reservations.splice(0);
    if (reservations.length > 0) await this.#compareReservations(books, reservations);
  }

  /**
   * Once the wallets are read: `isHeld` tells whether the money of a payment is still set aside in one, `lastAt` is when the
   * journal's last entry was decided.
   */
  finish(isHeld: (paymentId: string) => boolean, lastAt: number): void {
    for (const { raffleId, reservationId, since, why } of this.#unanswered)
      if (since + ANSWER_WITHIN_MS < lastAt)
        this.#find(
          entityName("raffle", raffleId),
          `it is cancelled, and ${reservationId} has been told since ${since} to give its money back and does not answer (${why})`,
        );
    for (const { amountMinor, byLedger, captures, refunds, reservationId, sure } of this.#unsure) {
      const ended = captures.filter(({ paymentId }) => !isHeld(paymentId));
      // What was authorized and is not set aside any more was taken; what is being called off may have been released.
      const least = sure + ended.filter(({ status }) => status === "authorized").length;
      const most = sure + ended.length + refunds;
      const times = byLedger / amountMinor;
      if (!Number.isInteger(times) || times < least || times > most)
        this.#find(
          entityName("reservation", reservationId),
          `the ledger has ${byLedger} on ${reservationAccount(reservationId)}, and its payments, its raffle and the wallet lead to ${least * amountMinor} to ${most * amountMinor}`,
        );
    }
  }

  async #compareRaffles(books: Books, raffles: ReadonlyArray<readonly [string, RaffleState]>) {
    const balances = await books.balances(raffles.map(([id]) => raffleEscrow(id)));
    const rows = await books.raffles(raffles.map(([id]) => id));
    for (const [raffleId, state] of raffles) {
      const find = (sentence: string) => this.#find(entityName("raffle", raffleId), sentence);
      const is = new RaffleAccount(state);
      const account = raffleEscrow(raffleId);
      const byLedger = balances.get(account) ?? 0;
      const owed = is.escrow();
      if (!owed.includes(byLedger))
        find(
          `the ledger has ${byLedger} on ${account}, and its journal leads to ${owed.join(" or ")}`,
        );
      const says = rowSentence(rows.get(raffleId));
      if (says !== is.row())
        find(`its row says ${says ?? "nothing"}, and its journal ${is.row() ?? "nothing"}`);
      await compareClaims(state, is, books.claims(raffleId), find);
      for (const { reservationId } of state.sales.slice(state.handedOver, state.returned))
        this.#untold.add(reservationId);
      for (const one of state.unanswered) {
        this.#untold.add(one.reservationId);
        this.#unanswered.push({ ...one, raffleId });
      }
    }
  }

  async #compareReservations(
    books: Books,
    reservations: ReadonlyArray<readonly [string, ReservationState]>,
  ): Promise<void> {
    const ids = reservations.map(([id]) => id);
    const balances = await books.balances(ids.map(reservationAccount));
    const rows = await books.reservations(ids);
    for (const [reservationId, state] of reservations) {
      const { claim, payments } = rows.get(reservationId) ?? { claim: undefined, payments: [] };
      const find = (sentence: string) =>
        this.#find(entityName("reservation", reservationId), sentence);
      comparePayments(state, payments, find);
      for (const sentence of contradictions(state, claim, this.#untold.has(reservationId)))
        find(sentence);
      for (const { paymentId, provider, refusal } of state.payments)
        if (refusal !== undefined)
          find(
            `${provider} does not give payment ${paymentId} of ${state.checkout?.amountMinor} back (${refusal}): an administrator has to resolve it`,
          );
      const account = reservationAccount(reservationId);
      this.#compareMoney(
        reservationId,
        state,
        claim?.outcome === "sold",
        balances.get(account) ?? 0,
      );
    }
  }

  #compareMoney(
    reservationId: string,
    { checkout, payments }: ReservationState,
    isSold: boolean,
    byLedger: number,
  ): void {
    const amountMinor = checkout?.amountMinor ?? 0;
    const inWallet = payments.filter(({ provider }) => provider === "wallet");
    const captures = inWallet.filter(
      ({ status }) => status === "authorized" || status === "cancelling",
    );
    // Into a wallet goes too what the house has diverted there.
    const refunds = payments.filter(
      (payment) => payment.status === "refunding" && refunderOf(payment) === "wallet",
    ).length;
    const paid = payments.filter(({ status }) => IS_TAKEN.has(status));
    const sure = paid.length - refunds - (isSold ? 1 : 0);
    if (captures.length + refunds > 0)
      this.#unsure.push({ reservationId, amountMinor, byLedger, sure, refunds, captures });
    else if (byLedger !== sure * amountMinor)
      this.#find(
        entityName("reservation", reservationId),
        `the ledger has ${byLedger} on ${reservationAccount(reservationId)}, and its payments and its raffle lead to ${sure * amountMinor}: a drift of ${byLedger - sure * amountMinor}`,
      );
  }
}

/** Each row says what the state says of that reservation, and none is missing. */
const compareClaims = async (
  { claims, returned, sales }: RaffleState,
  account: RaffleAccount,
  rows: AsyncIterable<ClaimRow>,
  find: (sentence: string) => void,
): Promise<void> => {
  const counts = { claimed: 0, sold: 0, returned: 0, over: 0 };
  for await (const row of rows) {
    const said = claimSentence(row);
    const { sale, sentence, standing } = account.standingOf(row.reservationId);
    counts[standing]++;
    if (said !== sentence)
      find(`the row of ${row.reservationId} says that ${said}, and its journal that ${sentence}`);
    else if (sale !== undefined && !row.paid.includes(sale.paymentId))
      find(
        `it has sold to ${row.reservationId} for payment ${sale.paymentId}, and the table of payments does not say that it was paid`,
      );
  }
  const missing = [
    ["claims", HashMap.size(claims.byId) - counts.claimed],
    ["sales", sales.count - returned - counts.sold],
    ["returned sales", returned - counts.returned],
  ] as const;
  for (const [what, count] of missing)
    if (count !== 0) find(`${count} of its ${what} have no row in the tables of reservations`);
};

/** The words of `RaffleAccount` for what rows say. */
const rowSentence = (row: RaffleRow | undefined) =>
  row && `${row.status}, ${row.sold} sold, won by ${row.winners.join() || "nobody"}`;

const claimSentence = ({ amountMinor, expiresAt, numbers, outcome, phase, playerId }: ClaimRow) => {
  const what = `${numbers.join()} for ${amountMinor}`;
  switch (outcome) {
    case "sold":
      return `${playerId} has bought ${what}`;
    case "returned":
      return `${playerId} had bought ${what}`;
    case "cancelled":
    case "expired":
      return "it is over";
    default:
      return `${playerId} has ${what} in ${phase} until ${expiresAt}`;
  }
};

/** What does not fit together of a reservation and of what its raffle says of it. */
const contradictions = (
  state: ReservationState,
  claim: ClaimRow | undefined,
  isUntold: boolean,
): ReadonlyArray<string> => {
  const { boughtBy, checkout, isFreeing, isReturned, payments, phase } = state;
  // One that was only ever asked about a hold has come from no raffle.
  if (checkout === null) return [];
  if (claim === undefined) return [`${checkout.raffleId} has never had such a reservation`];
  const found: Array<string> = [];
  // One that was cancelled without ever being paid for takes with it whatever numbers there are.
  const isPaidFor = payments.length > 0;
  const [its, theirs] = [orderSentence(checkout, isPaidFor), orderSentence(claim, isPaidFor)];
  if (its !== theirs) found.push(`it is to pay for ${its}, and its raffle has ${theirs}`);
  const isSale = claim.outcome === "sold" || claim.outcome === "returned";
  if (boughtBy !== null && !isSale)
    found.push(`payment ${boughtBy} has bought its numbers, and its raffle has not sold them`);
  if (boughtBy === null && isSale && !payments.some((payment) => isBuying(state, payment)))
    found.push("its raffle has sold to it, and none of its payments has the money to have bought");
  if (isReturned && claim.outcome !== "returned")
    found.push("it is to give back a sale that its raffle has not taken back");
  if (!isReturned && claim.outcome === "returned" && !isUntold)
    found.push("its raffle has taken the sale back, and it does not know that it has to refund it");
  if (claim.outcome === null) {
    const isSame = claim.phase === "checkout" && claim.expiresAt === checkout.expiresAt;
    if (isPaidFor && !isSame)
      found.push(
        `its checkout ends at ${checkout.expiresAt}, and its raffle has it in ${claim.phase} until ${claim.expiresAt}`,
      );
    if (phase === "cancelled" && !isFreeing)
      found.push("it is cancelled, and its raffle still keeps its numbers");
  }
  return found;
};

const orderSentence = (
  { amountMinor, numbers, playerId, raffleId }: Omit<typeof Checkout.Encoded, "expiresAt">,
  isPaidFor: boolean,
): string =>
  `${isPaidFor ? `${numbers.join()} for ${amountMinor}` : "numbers"} of ${raffleId} by ${playerId}`;

const paymentSentence = (it: PaymentRow) =>
  `${it.amountMinor} by ${it.provider} for ${it.playerId} is ${it.status}`;

const comparePayments = (
  { checkout, payments }: ReservationState,
  rows: ReadonlyArray<PaymentRow>,
  find: (sentence: string) => void,
): void => {
  const said = new Map(rows.map((row) => [row.paymentId, paymentSentence(row)]));
  for (const { paymentId, provider, status } of payments) {
    if (checkout === null) continue;
    const { amountMinor, playerId } = checkout;
    const is = paymentSentence({ paymentId, provider, status, amountMinor, playerId });
    const says = said.get(paymentId);
    said.delete(paymentId);
    if (says !== is)
      find(
        `the row of payment ${paymentId} says that ${says ?? "there is none"}, and its journal that ${is}`,
      );
  }
  for (const [paymentId, says] of said)
    find(
      `the row of payment ${paymentId} says that ${says}, and its journal knows no such payment`,
    );
};
