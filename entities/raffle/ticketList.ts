/**
 * The tickets of a raffle as they stand in the list that is hashed, and the hash. Of the sales that they follow from they are
 * made once, for a hundred thousand of them take the process a tenth of a second: at the close, for the draw, and for
 * everyone who verifies it. What is kept goes with the sales.
 */
import { ticketsDigest, ticketText } from "./draw/tickets.ts";
import type { Sales } from "./Sales.ts";

export interface TicketList {
  /** By ascending number. */
  readonly tickets: ReadonlyArray<string>;
  /** SHA-256 of them, hex. */
  readonly digest: string;
}

const lists = new WeakMap<Sales, TicketList>();

export const ticketListOf = (sales: Sales): TicketList => {
  const known = lists.get(sales);
  if (known !== undefined) return known;
  const tickets: Array<string> = [];
  for (const number of sales.numbers)
    tickets.push(ticketText(number, sales.holding(number)?.reservationId ?? ""));
  const list = { tickets, digest: ticketsDigest(tickets) };
  lists.set(sales, list);
  return list;
};
