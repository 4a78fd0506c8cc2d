/** The list of tickets as the server makes it is the one of the rules, and is cheap enough that 100,000 hold nobody up. */
import { describe, expect, it } from "vitest";
import { ticketsDigest, ticketText } from "../../../entities/raffle/draw/tickets.ts";
import { type Sale, Sales } from "../../../entities/raffle/Sales.ts";
import { ticketListOf } from "../../../entities/raffle/ticketList.ts";
import { PaymentId, PlayerId, ReservationId } from "../../../rpc/id.ts";
import { MAX_NUMBERS } from "../../../rpc/raffle.ts";

/** `count` numbers of a raffle twice as large, each second one, sold five at a time in falling order. */
const sold = (count: number): Sales => {
  const numbers = Array.from({ length: count }, (_, i) => (count - 1 - i) * 2);
  const list: Array<Sale> = [];
  for (let i = 0; i < count; i += 5)
    list.push({
      reservationId: ReservationId.make(`spring.k3vQ-Zx_9bT7mN${String(i).padStart(6, "0")}`),
      playerId: PlayerId.make(`p${i}`),
      paymentId: PaymentId.make(`p_${i}`),
      numbers: numbers.slice(i, i + 5).toReversed(),
      at: i,
    });
  return Sales.of(count * 2, list);
};

const listed = (sales: Sales): ReadonlyArray<string> =>
  [...sales.numbers].map((number) => ticketText(number, sales.holding(number)!.reservationId));

describe.each([0, 1, 999, 1_000, 1_001, 2_000, 12_345])("%i tickets", (count) => {
  const sales = sold(count);

  it("are those of the rules, and hashed as the rules say", () => {
    const { digest, tickets } = ticketListOf(sales);
    expect(tickets).toEqual(listed(sales));
    expect(digest).toBe(ticketsDigest(listed(sales)));
  });

  it("are listed and hashed once", () => {
    expect(ticketListOf(sales).tickets).toBe(ticketListOf(sales).tickets);
    expect(ticketListOf(sales)).toBe(ticketListOf(sales));
  });
});

/** A third of it once both are compiled, and a twentieth before that, as a server's first close is. */
const MIN_RATIO = 1.3;
const RUNS = 5;

it("the hash of 100,000 tickets takes less than by the way of a browser", () => {
  const sales = [...sold(MAX_NUMBERS)];
  const took = (work: () => string): number => {
    const from = performance.now();
    expect(work()).toHaveLength(64);
    return performance.now() - from;
  };
  let own = Infinity;
  let browser = Infinity;
  // The best counts: the first runs are compiled meanwhile, and others take their share.
  for (let run = 0; run < RUNS; run++) {
    const fresh = Sales.of(MAX_NUMBERS * 2, sales);
    own = Math.min(
      own,
      took(() => ticketListOf(fresh).digest),
    );
    browser = Math.min(
      browser,
      took(() => ticketsDigest(listed(fresh))),
    );
  }
  expect(browser / own).toBeGreaterThan(MIN_RATIO);
});
