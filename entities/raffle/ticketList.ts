/**
 * The tickets of a raffle as they stand in the list that is hashed, and the hash (`draw/tickets.ts` says how). Both follow from
 * the sales, are made once of them and go with them: the hash at the close, the list for the first who verifies the draw.
 *
 * The close is one decision, and everyone waits for it. With the hash of the browser's rules 100,000 tickets would take a tenth
 * of a second; with the machine's own, piece by piece and without the list, they take some milliseconds.
 */
import { createHash } from "node:crypto";
import { ticketText } from "./draw/tickets.ts";
import type { Sales } from "./Sales.ts";

/** Tickets hashed at a time: some fifty kilobytes of text, which one call copies and none keeps. */
const TICKETS_PER_PIECE = 1_000;

/** By ascending number. */
function* ticketsIn(sales: Sales): Generator<string> {
  for (const number of sales.numbers)
    yield ticketText(number, sales.holding(number)?.reservationId ?? "");
}

const digestIn = (sales: Sales): string => {
  const hash = createHash("sha256");
  let piece = "";
  let tickets = 0;
  for (const ticket of ticketsIn(sales)) {
    piece += tickets === 0 ? ticket : `,${ticket}`;
    if (++tickets % TICKETS_PER_PIECE !== 0) continue;
    hash.update(piece);
    piece = "";
  }
  return hash.update(piece).digest("hex");
};

class TicketList {
  readonly #sales: Sales;
  #tickets: ReadonlyArray<string> | undefined;
  #digest: string | undefined;

  constructor(sales: Sales) {
    this.#sales = sales;
  }

  get tickets(): ReadonlyArray<string> {
    return (this.#tickets ??= [...ticketsIn(this.#sales)]);
  }

  /** SHA-256 of them, hex. */
  get digest(): string {
    return (this.#digest ??= digestIn(this.#sales));
  }
}

const lists = new WeakMap<Sales, TicketList>();

export const ticketListOf = (sales: Sales): TicketList => {
  const known = lists.get(sales);
  if (known !== undefined) return known;
  const list = new TicketList(sales);
  lists.set(sales, list);
  return list;
};
