/** What is read of raffles and reservations: from the projections, as the wire has it. */
import { Schema } from "effect";
import type pg from "pg";
import type { RafflesBody } from "../../rpc/http/raffle.ts";
import type { TicketsBody } from "../../rpc/http/reservation.ts";
import type { PlayerId, RaffleId } from "../../rpc/id.ts";
import type { PaymentStatus, ProviderName } from "../../rpc/payment.ts";
import { type RaffleStatus, RaffleView } from "../../rpc/raffle.ts";
import type { ReservationPhase } from "../../rpc/reservation.ts";
import { iso, numberBodies, raffleBody } from "./body.ts";

interface Page {
  /** `next_before` of the page before; anything else starts anew. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** A page ends at a time and, for things of one time, at an id. */
const PLACE = /^(\d{1,15})\.(.+)$/;
const placeOf = (before: string | undefined) => {
  const [, at = null, id = null] = PLACE.exec(before ?? "") ?? [];
  return [at, id] as const;
};

/** What was read with one row more than the page has: the page, and where it ended if there is another. */
const paged = <Row extends { readonly created_at: string }>(
  rows: ReadonlyArray<Row>,
  limit: number,
  id: (row: Row) => string,
) => {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { page, nextBefore: last === undefined ? null : `${last.created_at}.${id(last)}` };
};

const RAFFLES = `
SELECT raffle_id, created_at, view FROM raffle
WHERE ($1::bigint IS NULL OR (created_at, raffle_id) < ($1, $2))
  AND ($3::text IS NULL OR status = $3) AND ($4::boolean OR view ->> 'publishedAt' IS NOT NULL)`;
const RAFFLES_NEWEST_FIRST = "ORDER BY created_at DESC, raffle_id DESC LIMIT $5";

const MS_PER_HOUR = 3_600_000;
/** Hours with sales that are told, the newest: three days without a break. */
const MAX_HOURS = 72;
const SOLD_BY_HOUR = `
SELECT at / ${MS_PER_HOUR} AS hour, sum(numbers) AS numbers FROM reservation_end
WHERE raffle_id = $1 AND outcome = 'sold' GROUP BY hour ORDER BY hour DESC LIMIT ${MAX_HOURS}`;

/** A claim is live until it has ended or its time is up, which the clock may know before the table. */
const RESERVATIONS = `
SELECT c.*, e.outcome, r.title, r.status AS raffle_status, r.draw_at, (r.view -> 'terms' ->> 'totalNumbers')::integer AS total_numbers, p.payment, w.won
FROM reservation_claim c
JOIN raffle r USING (raffle_id)
LEFT JOIN reservation_end e USING (reservation_id)
LEFT JOIN LATERAL (SELECT jsonb_build_object('id', payment_id, 'provider', provider, 'status', status, 'amount', amount,
    'failure', failure_code, 'started_at', started_at) AS payment
  FROM payment WHERE reservation_id = c.reservation_id ORDER BY started_at DESC, payment_id DESC LIMIT 1) p ON true
LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('prize', prize + 1, 'prize_name', prize_name, 'number', number)
    ORDER BY prize) AS won
  FROM raffle_winner WHERE reservation_id = c.reservation_id) w ON true
WHERE c.player_id = $1 AND ($2::bigint IS NULL OR (c.created_at, c.reservation_id) < ($2, $3))
  AND ($4::text IS NULL OR c.raffle_id = $4)
  AND ($5::text IS NULL OR CASE $5 WHEN 'live' THEN e.outcome IS NULL AND c.expires_at > $6::bigint
                                   ELSE e.outcome = 'sold' END)
ORDER BY c.created_at DESC, c.reservation_id DESC LIMIT $7`;

export const make = (pool: pg.Pool) => ({
  /** Newest first, as of their last change other than a reservation. */
  raffles: async ({
    before,
    drafts,
    limit,
    organiserId,
    status,
  }: Page & {
    readonly status?: RaffleStatus | undefined;
    readonly organiserId?: PlayerId | undefined;
    readonly drafts: boolean;
  }): Promise<RafflesBody> => {
    const values = [...placeOf(before), status ?? null, drafts, limit + 1];
    // Two texts, so that each finds its own index whatever the planner knows of its parameters.
    const { rows } = await (organiserId === undefined
      ? pool.query<RaffleRow>(`${RAFFLES} ${RAFFLES_NEWEST_FIRST}`, values)
      : pool.query<RaffleRow>(`${RAFFLES} AND organiser_id = $6 ${RAFFLES_NEWEST_FIRST}`, [
          ...values,
          organiserId,
        ]));
    const { nextBefore, page } = paged(rows, limit, ({ raffle_id }) => raffle_id);
    return {
      raffles: page.map(({ view }) => raffleBody(decodeView(view))),
      next_before: nextBefore,
    };
  },

  /** Numbers sold by hour, oldest first: the last 72 hours with any. */
  soldByHour: async (
    raffleId: RaffleId,
  ): Promise<ReadonlyArray<{ readonly hour: string; readonly numbers: number }>> => {
    const { rows } = await pool.query<{ hour: string; numbers: string }>(SOLD_BY_HOUR, [raffleId]);
    return rows.toReversed().map(({ hour, numbers }) => ({
      hour: iso(Number(hour) * MS_PER_HOUR),
      numbers: Number(numbers),
    }));
  },

  /** A player's, newest first. */
  reservations: async (
    playerId: PlayerId,
    {
      before,
      limit,
      now,
      phase,
      raffleId,
    }: Page & {
      readonly raffleId?: RaffleId | undefined;
      readonly phase?: "live" | "sold" | undefined;
      /** Epoch milliseconds; what is past its time is not live. */
      readonly now: number;
    },
  ): Promise<TicketsBody> => {
    const { rows } = await pool.query<ReservationRow>(RESERVATIONS, [
      playerId,
      ...placeOf(before),
      raffleId ?? null,
      phase ?? null,
      now,
      limit + 1,
    ]);
    const { nextBefore, page } = paged(rows, limit, ({ reservation_id }) => reservation_id);
    return { reservations: page.map((row) => ticketBody(row, now)), next_before: nextBefore };
  },
});

/** bigint comes as text. */
interface RaffleRow {
  readonly raffle_id: string;
  readonly created_at: string;
  readonly view: unknown;
}
const decodeView = Schema.decodeUnknownSync(RaffleView);

type Outcome = "sold" | "cancelled" | "expired" | "returned";

interface ReservationRow {
  readonly reservation_id: string;
  readonly raffle_id: string;
  readonly numbers: ReadonlyArray<number>;
  readonly amount: string;
  readonly phase: "selection" | "checkout";
  readonly expires_at: string;
  readonly created_at: string;
  readonly outcome: Outcome | null;
  readonly title: string;
  readonly raffle_status: RaffleStatus;
  readonly draw_at: string;
  readonly total_numbers: number;
  readonly payment: PaymentRow | null;
  readonly won: TicketBody["won"] | null;
}

interface PaymentRow {
  readonly id: string;
  readonly provider: ProviderName;
  readonly status: PaymentStatus;
  readonly amount: number;
  readonly failure: string | null;
  readonly started_at: number;
}

type TicketBody = TicketsBody["reservations"][number];

const phaseOf = ({ expires_at, outcome, phase }: ReservationRow, now: number): ReservationPhase => {
  if (outcome === null) return now < Number(expires_at) ? phase : "expired";
  return outcome === "returned" ? "refunded" : outcome;
};

/** The next step is known to the reservation alone: who has one asks for it. */
const paymentBody = ({ failure, started_at, ...payment }: PaymentRow) => ({
  ...payment,
  next_step: null,
  failure: failure === null ? null : { code: failure, detail: failure },
  started_at: iso(started_at),
});

const ticketBody = (row: ReservationRow, now: number): TicketBody => ({
  id: row.reservation_id,
  raffle_id: row.raffle_id,
  phase: phaseOf(row, now),
  expires_at: iso(Number(row.expires_at)),
  numbers: numberBodies(row.numbers),
  total_amount: Number(row.amount),
  payment: row.payment === null ? null : paymentBody(row.payment),
  created_at: iso(Number(row.created_at)),
  raffle: {
    id: row.raffle_id,
    title: row.title,
    status: row.raffle_status,
    draw_at: iso(Number(row.draw_at)),
    total_numbers: row.total_numbers,
  },
  won: row.won ?? [],
});
