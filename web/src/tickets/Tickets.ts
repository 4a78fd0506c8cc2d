/** The player's reservations, as one reads them: by raffle, what calls for something first. Pure. */
import type { TicketsBody } from "../../../sdk/src/index.ts";

export type Reservation = TicketsBody["reservations"][number];

/** What is known of the list: its newest part, page by page. */
export interface Tickets {
  /** Newest first. */
  readonly reservations: readonly Reservation[];
  /** Asks for what comes after; null when that is all. */
  readonly nextBefore: string | null;
}

export const ticketsOf = ({ next_before, reservations }: TicketsBody): Tickets => ({
  reservations,
  nextBefore: next_before,
});

/** The newest page read again: what it does not reach stays as it was. */
export function withNewest(known: Tickets, page: TicketsBody): Tickets {
  const fresh = new Set(page.reservations.map(({ id }) => id));
  const rest = known.reservations.filter(({ id }) => !fresh.has(id));
  // A page that is not full is all there is, whatever was known.
  if (page.next_before === null) return ticketsOf(page);
  return {
    reservations: [...page.reservations, ...rest],
    nextBefore: rest.length === 0 ? page.next_before : known.nextBefore,
  };
}

/** The page after. */
export function withOlder(known: Tickets, page: TicketsBody): Tickets {
  const shown = new Set(known.reservations.map(({ id }) => id));
  const older = page.reservations.filter(({ id }) => !shown.has(id));
  return { reservations: [...known.reservations, ...older], nextBefore: page.next_before };
}

/** A ticket with a number; with the prize if it has won one. */
export interface Stub {
  readonly number: number;
  readonly reservationId: string;
  readonly prizeName: string | null;
}

export interface TicketGroup {
  readonly raffle: Reservation["raffle"];
  /** In selection or at the checkout, and its time is not up. */
  readonly live: Reservation | null;
  /** Bought, ascending. */
  readonly stubs: readonly Stub[];
  readonly won: Reservation["won"];
  /** Expired, cancelled or refunded, newest first. */
  readonly over: readonly Reservation[];
  /** Bought, of a raffle that was cancelled: the money is on its way back. */
  readonly isRefunding: boolean;
}

export const isLive = ({ phase }: Pick<Reservation, "phase">): boolean =>
  phase === "selection" || phase === "checkout";

/**
 * A group a raffle. First those with a reservation that runs out, soonest first; then those to be drawn, soonest first;
 * then those that are over, newest first.
 */
export function groupsOf(
  reservations: readonly Reservation[],
  nowMs: number,
): readonly TicketGroup[] {
  const byRaffle = new Map<string, Reservation[]>();
  for (const reservation of reservations) {
    const own = byRaffle.get(reservation.raffle_id);
    if (own === undefined) byRaffle.set(reservation.raffle_id, [reservation]);
    else own.push(reservation);
  }
  const groups = [...byRaffle.values()].flatMap((own): readonly TicketGroup[] => {
    const newest = own[0];
    return newest === undefined ? [] : [groupOf(newest.raffle, own, nowMs)];
  });
  return groups.toSorted((a, b) => rankOf(a) - rankOf(b) || orderIn(a, b));
}

function groupOf(
  raffle: Reservation["raffle"],
  own: readonly Reservation[],
  nowMs: number,
): TicketGroup {
  const sold = own.filter(({ phase }) => phase === "sold");
  const won = own.flatMap(({ won }) => won);
  const prizes = new Map(won.map(({ number, prize_name }) => [number, prize_name]));
  return {
    raffle,
    live: own.find((one) => isLive(one) && Date.parse(one.expires_at) > nowMs) ?? null,
    stubs: sold
      .flatMap(({ id, numbers }) =>
        numbers.map(({ number }) => ({
          number,
          reservationId: id,
          prizeName: prizes.get(number) ?? null,
        })),
      )
      .toSorted((a, b) => a.number - b.number),
    won: won.toSorted((a, b) => a.prize - b.prize),
    over: own.filter(({ phase }) => phase !== "sold" && !isLive({ phase })),
    isRefunding: raffle.status === "cancelled" && sold.length > 0,
  };
}

const isEnded = (status: string): boolean => status === "completed" || status === "cancelled";

function rankOf({ live, raffle, stubs }: TicketGroup): number {
  if (live !== null) return 0;
  if (isEnded(raffle.status)) return 2;
  return stubs.length > 0 ? 1 : 2;
}

function orderIn(a: TicketGroup, b: TicketGroup): number {
  if (a.live !== null && b.live !== null) {
    return Date.parse(a.live.expires_at) - Date.parse(b.live.expires_at);
  }
  const between = Date.parse(a.raffle.draw_at) - Date.parse(b.raffle.draw_at);
  return rankOf(a) === 1 ? between : -between;
}
