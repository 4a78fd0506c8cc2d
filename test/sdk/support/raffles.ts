import type {
  DrawBody,
  NumberChange,
  RaffleBody,
  ReservationBody,
  ServerFrame,
} from "../../../sdk/src/index.ts";

export const RAFFLE: RaffleBody = {
  id: "r",
  title: "A bicycle",
  description: "",
  status: "active",
  ticket_price: 250,
  total_numbers: 20,
  sold_count: 0,
  reserved_count: 0,
  available_count: 20,
  draw_at: "2025-02-01T00:00:00.000Z",
  prizes: [{ name: "The bicycle" }],
  organiser_id: null,
  min_sold_percent: 0,
  fee_per_mille: 100,
  selection_seconds: 600,
  checkout_seconds: 300,
  max_numbers_per_reservation: 10,
  commitment: "c",
  beacon: null,
  state_version: 1,
  created_at: "2025-01-01T00:00:00.000Z",
  published_at: "2025-01-01T00:00:00.000Z",
  closed_at: null,
  ended_at: null,
  reason: null,
};

export const DRAW: DrawBody = {
  raffle_id: "r",
  status: "completed",
  prizes: RAFFLE.prizes,
  commitment: "c",
  server_seed: "s",
  closed_at: "2025-02-01T00:00:00.000Z",
  ticket_count: 1,
  tickets_digest: "d",
  beacon: null,
  awaited_round: null,
  round: null,
  drawn_at: "2025-02-01T00:00:01.000Z",
  winners: [
    { prize: 1, prize_name: "The bicycle", number: 3, reservation_id: "r.a", player_id: "ada" },
  ],
};

/** A bitmap as the server sends it. */
export function bits(numbers: readonly number[]): string {
  const bytes = new Uint8Array(Math.floor(Math.max(-1, ...numbers) / 8) + 1);
  for (const number of numbers)
    bytes[number >> 3] = (bytes[number >> 3] ?? 0) | (1 << (number & 7));
  return Buffer.from(bytes).toString("base64");
}

export const raffleSnapshot = (
  body: Partial<RaffleBody> = {},
  {
    reserved = [],
    sold = [],
  }: { readonly reserved?: readonly number[]; readonly sold?: readonly number[] } = {},
): ServerFrame => {
  const raffle = { ...RAFFLE, ...body };
  return {
    type: "RAFFLE_SNAPSHOT",
    raffle_id: raffle.id,
    state_version: raffle.state_version,
    raffle,
    reserved: bits(reserved),
    sold: bits(sold),
    server_time: "2025-01-01T00:00:00.000Z",
  };
};

export const change = (
  status: NumberChange["status"],
  numbers: readonly number[],
  more: Partial<NumberChange> = {},
): NumberChange => ({ status, numbers, reservation_id: "r.b", player_id: "bob", ...more });

export const numbersChanged = (
  version: number,
  ...changes: readonly NumberChange[]
): ServerFrame => ({
  type: "NUMBERS_CHANGED",
  raffle_id: "r",
  state_version: version,
  changes,
  sold_count: 0,
  reserved_count: 0,
});

export const raffleChanged = (version: number, body: Partial<RaffleBody>): ServerFrame => ({
  type: "RAFFLE_CHANGED",
  raffle_id: "r",
  state_version: version,
  raffle: { ...RAFFLE, ...body, state_version: version },
});

export const raffleDrawn = (version: number): ServerFrame => ({
  type: "RAFFLE_DRAWN",
  raffle_id: "r",
  state_version: version,
  raffle: { ...RAFFLE, status: "completed", state_version: version },
  draw: DRAW,
});

export const reservation = (
  numbers: readonly number[],
  more: Partial<ReservationBody> = {},
): ReservationBody => ({
  id: "r.a",
  raffle_id: "r",
  phase: "selection",
  expires_at: "2025-01-01T00:10:00.000Z",
  numbers: numbers.map((number) => ({ id: String(number), number })),
  total_amount: numbers.length * RAFFLE.ticket_price,
  payment: null,
  ...more,
});
