/**
 * Raffles and reservations by the journal and the ledger that are left when all is at rest. Each number has had one owner at a
 * time; nobody was put out before the deadline; and every reservation has ended in one of: sold and paid, not sold and not
 * charged, not sold (or sold and taken back) and refunded. What raffles took is what they sold, and none of it is left over.
 */
import type { Find } from "./Finding.ts";
import { byEntity, type Entry, nameOf, type TaggedEvent } from "./Journal.ts";
import { NumberBook } from "./NumberBook.ts";

/** What passed through an account: in and out by the other account's kind. */
class Account {
  in = 0;
  out = 0;

  get balance(): number {
    return this.in - this.out;
  }
}

const ESCROW = /^raffle:(.+):escrow$/;
const RESERVATION = /^reservation:(.+)$/;

/** What each reservation has paid, bought for and been given back, and what each raffle's escrow has seen. */
class Flows {
  /** Money from a player, and back to one. */
  readonly paid = new Map<string, Account>();
  /** Money into escrow, and back from it. */
  readonly bought = new Map<string, Account>();
  readonly escrow = new Map<string, Account>();

  add(entry: Entry): void {
    for (const { amount, credit, debit } of entry.lines) {
      const [, to] = RESERVATION.exec(credit) ?? [];
      const [, from] = RESERVATION.exec(debit) ?? [];
      if (to !== undefined) {
        if (ESCROW.test(debit)) accountOf(this.bought, to).out += amount;
        else accountOf(this.paid, to).in += amount;
      }
      if (from !== undefined) {
        if (ESCROW.test(credit)) accountOf(this.bought, from).in += amount;
        else accountOf(this.paid, from).out += amount;
      }
      const [, filled] = ESCROW.exec(credit) ?? [];
      const [, emptied] = ESCROW.exec(debit) ?? [];
      if (filled !== undefined) accountOf(this.escrow, filled).in += amount;
      if (emptied !== undefined) accountOf(this.escrow, emptied).out += amount;
    }
  }
}

const accountOf = (accounts: Map<string, Account>, id: string): Account => {
  let account = accounts.get(id);
  if (account === undefined) accounts.set(id, (account = new Account()));
  return account;
};

interface Sale {
  readonly numbers: ReadonlyArray<number>;
  readonly amountMinor: number;
}

/** One raffle, folded. */
interface Folded {
  readonly subject: string;
  readonly isMade: boolean;
  readonly numbers: NumberBook;
  readonly sales: ReadonlyMap<string, Sale>;
  readonly reservations: ReadonlySet<string>;
  readonly ending: "drawn" | "cancelled" | undefined;
}

export const checkTickets = (journal: ReadonlyArray<Entry>, find: Find): void => {
  const flows = new Flows();
  for (const entry of journal) flows.add(entry);
  for (const entries of byEntity(journal).values()) {
    const first = entries[0];
    if (first?.kind !== "raffle") continue;
    const folded = fold(entries, find);
    // Of one that was never made there is nothing but refusals.
    if (!folded.isMade) continue;
    checkRest(folded, flows, find);
    checkRevenue(first.entityId, folded, flows, find);
  }
};

const fold = (entries: ReadonlyArray<Entry>, find: Find): Folded => {
  const numbers = new NumberBook();
  const sales = new Map<string, Sale>();
  const reservations = new Set<string>();
  const subject = entries[0] === undefined ? "" : nameOf(entries[0]);
  let isMade = false;
  let ending: Folded["ending"];
  for (const entry of entries) {
    const at = ` in version ${entry.version}`;
    const endsSale = entry.events.some(({ _tag }) => /^(SaleClosed|RaffleCancelled)$/.test(_tag));
    for (const event of entry.events) {
      if (event._tag === "ClaimsExpired" && !endsSale)
        for (const sentence of early(event, numbers, entry.at))
          find({ promise: "nobody is put out before the deadline", subject, sentence });
      for (const sentence of numbers.apply(event))
        find({ promise: "a number has one owner", subject, sentence: sentence + at });
      if (event._tag === "RaffleCreated") isMade = true;
      if (event._tag === "NumbersReserved") reservations.add(String(event["reservationId"]));
      if (event._tag === "NumbersSold")
        sales.set(String(event["reservationId"]), event as unknown as Sale);
      if (event._tag === "RaffleDrawn") ending = "drawn";
      if (event._tag === "RaffleCancelled") ending = "cancelled";
    }
  }
  return { subject, isMade, numbers, sales, reservations, ending };
};

const early = (event: TaggedEvent, { until }: NumberBook, at: number): ReadonlyArray<string> =>
  (event["claims"] as ReadonlyArray<{ readonly reservationId: string }>).flatMap(
    ({ reservationId }) => {
      const deadline = until.get(reservationId) ?? 0;
      return at >= deadline
        ? []
        : [`${reservationId} expired at ${at}, and its time was up at ${deadline}`];
    },
  );

const checkRest = (
  { ending, numbers, reservations, sales, subject }: Folded,
  { bought, paid }: Flows,
  find: Find,
): void => {
  const bad = (sentence: string) =>
    find({ promise: "a reservation comes to rest", subject, sentence });
  if (ending === undefined) bad("it is neither drawn nor cancelled");
  for (const reservationId of numbers.until.keys()) bad(`${reservationId} is not over`);
  for (const reservationId of new Set([...reservations, ...sales.keys()])) {
    const price = sales.get(reservationId)?.amountMinor ?? 0;
    const { in: spent, out: returned } = bought.get(reservationId) ?? new Account();
    const { balance: charged, in: taken } = paid.get(reservationId) ?? new Account();
    const isKept = price > 0 && ending === "drawn";
    if (spent !== price) bad(`${reservationId} has bought for ${price}, and escrow got ${spent}`);
    if (returned !== (isKept ? 0 : price))
      bad(`${reservationId} has bought for ${price}, and escrow gave back ${returned}`);
    if (charged !== (isKept ? price : 0))
      bad(
        `${reservationId} was charged ${taken} and given back ${taken - charged}, and has ${isKept ? `tickets for ${price}` : "no tickets"}`,
      );
  }
};

/** What was sold is the price of what was sold; drawn, it is shared out; cancelled, given back. */
const checkRevenue = (
  raffleId: string,
  { sales, subject }: Folded,
  { escrow }: Flows,
  find: Find,
): void => {
  const sold = [...sales.values()].reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const { balance, in: came } = escrow.get(raffleId) ?? new Account();
  const bad = (sentence: string) => find({ promise: "money is conserved", subject, sentence });
  if (came !== sold) bad(`it has sold for ${sold}, and ${came} came into its escrow`);
  if (balance !== 0) bad(`${balance} is left in its escrow`);
};
