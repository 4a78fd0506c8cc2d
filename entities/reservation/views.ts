/** What is read of reservations and their payments: from the projections, as the wire has it. */
import { Schema } from "effect";
import type pg from "pg";
import type { AdminPaymentsBody } from "../../rpc/http/payment.ts";
import { AdminPaymentBody } from "../../rpc/http/payment.ts";
import { type PaymentId, PlayerId, ReservationId } from "../../rpc/id.ts";
import type { PaymentStatus, ProviderName } from "../../rpc/payment.ts";
import { ReservationPhase } from "../../rpc/reservation.ts";
import type { KnownReservation } from "./known.ts";

/** bigint comes as text. */
interface PaymentRow {
  readonly payment_id: string;
  readonly reservation_id: string;
  readonly raffle_id: string;
  readonly player_id: string;
  readonly provider: string;
  readonly ref: string | null;
  readonly status: string;
  readonly amount: string;
  readonly failure_code: string | null;
  readonly started_at: string;
  readonly updated_at: string;
}

const iso = (epochMs: string) => new Date(Number(epochMs)).toISOString();
const decodePayment = Schema.decodeUnknownSync(AdminPaymentBody);

const adminPayment = (row: PaymentRow): AdminPaymentBody =>
  decodePayment({
    id: row.payment_id,
    reservation_id: row.reservation_id,
    raffle_id: row.raffle_id,
    player_id: row.player_id,
    provider: row.provider,
    ref: row.ref,
    status: row.status,
    amount: Number(row.amount),
    failure_code: row.failure_code,
    started_at: iso(row.started_at),
    updated_at: iso(row.updated_at),
  });

/** A page ends at a time and, for payments of one time, at an id. */
const PLACE = /^(\d{1,15})\.(.+)$/;

export interface PaymentsPage {
  /** `next_before` of the page before; anything else starts anew. */
  readonly before?: string | undefined;
  readonly limit: number;
  readonly raffleId?: string | undefined;
  readonly playerId?: string | undefined;
  readonly provider?: ProviderName | undefined;
  readonly status?: PaymentStatus | undefined;
}

/** The query of a page, with the conditions it has and no others, so that each finds its index. */
const paymentsQuery = ({ before, limit, playerId, provider, raffleId, status }: PaymentsPage) => {
  const [, at, id] = PLACE.exec(before ?? "") ?? [];
  const values: Array<unknown> = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = [
    ...(at === undefined ? [] : [`(started_at, payment_id) < (${bind(at)}, ${bind(id)})`]),
    ...(raffleId === undefined ? [] : [`raffle_id = ${bind(raffleId)}`]),
    ...(playerId === undefined ? [] : [`player_id = ${bind(playerId)}`]),
    ...(provider === undefined ? [] : [`provider = ${bind(provider)}`]),
    ...(status === undefined ? [] : [`status = ${bind(status)}`]),
  ];
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  const order = `ORDER BY started_at DESC, payment_id DESC LIMIT ${bind(limit + 1)}`;
  return { text: `SELECT * FROM payment ${where} ${order}`, values };
};

interface ClaimRow {
  readonly raffle_id: string;
  readonly player_id: string;
  readonly numbers: unknown;
  readonly amount: string;
  readonly phase: string;
  readonly expires_at: string;
  readonly outcome: string | null;
}

const CLAIM = `
SELECT c.raffle_id, c.player_id, c.numbers, c.amount, c.phase, c.expires_at, e.outcome
FROM reservation_claim c LEFT JOIN reservation_end e USING (reservation_id)
WHERE c.reservation_id = $1`;

const decodePhase = Schema.decodeUnknownSync(ReservationPhase);
const decodeNumbers = Schema.decodeUnknownSync(Schema.Array(Schema.Int));

export const make = (pool: pg.Pool) => ({
  /** Newest first. */
  payments: async (page: PaymentsPage): Promise<AdminPaymentsBody> => {
    const { rows } = await pool.query<PaymentRow>(paymentsQuery(page));
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    return {
      payments: shown.map(adminPayment),
      next_before: last === undefined ? null : `${last.started_at}.${last.payment_id}`,
    };
  },

  /** Whose payment it is; undefined when there is none. */
  reservationOf: async (paymentId: PaymentId): Promise<ReservationId | undefined> => {
    const { rows } = await pool.query<{ reservation_id: string }>(
      "SELECT reservation_id FROM payment WHERE payment_id = $1",
      [paymentId],
    );
    return rows[0] && ReservationId.make(rows[0].reservation_id);
  },

  /** Whose a reservation is and what has become of it, for those that its raffle has forgotten (see `known.ts`). */
  reservation: async (reservationId: ReservationId): Promise<KnownReservation | undefined> => {
    const { rows } = await pool.query<ClaimRow>(CLAIM, [reservationId]);
    const [row] = rows;
    if (row === undefined) return undefined;
    return {
      reservationId,
      raffleId: row.raffle_id,
      playerId: PlayerId.make(row.player_id),
      numbers: decodeNumbers(row.numbers),
      amountMinor: Number(row.amount),
      expiresAt: Number(row.expires_at),
      phase: decodePhase(row.outcome === "returned" ? "refunded" : (row.outcome ?? row.phase)),
    };
  },
});
