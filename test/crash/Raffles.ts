/** Raffles and reservations as a player of a crash test speaks to them. */
import type { Json, Player, Request } from "./Player.ts";

const DAY_MS = 86_400_000;
export const TICKET_PRICE = 250;

/** A raffle on sale. */
export const openRaffle = async (
  admin: Player,
  raffleId: string,
  terms: object = {},
): Promise<Json> => {
  const made = await admin.ask({
    method: "POST",
    path: "/api/v1/raffles",
    body: {
      raffle_id: raffleId,
      title: "A raffle of the test",
      ticket_price: TICKET_PRICE,
      total_numbers: 100,
      draw_at: new Date(Date.now() + DAY_MS).toISOString(),
      prizes: [{ name: "First" }, { name: "Second" }],
      ...terms,
    },
  });
  // A repetition of what an earlier try has made.
  if (made.status === 409) return (await admin.ask({ path: `/api/v1/raffles/${raffleId}` })).body;
  if (made.status !== 201) throw new Error(`no raffle: ${JSON.stringify(made.body)}`);
  return made.body;
};

export const reserve = (
  key: string,
  raffleId: string,
  numbers: ReadonlyArray<number>,
): Request => ({
  method: "POST",
  path: "/api/v1/reservations",
  key,
  body: { raffle_id: raffleId, number_ids: numbers.map(String) },
});

/** `add-number`, `remove-number`, `move-to-checkout`, `cancel`, `pay`. */
export const onReservation = (
  key: string,
  reservationId: string,
  act: string,
  body: object = {},
): Request => ({ method: "POST", path: `/api/v1/reservations/${reservationId}/${act}`, key, body });

export const reservationOf = (answer: { readonly body: Json }): Json =>
  answer.body["reservation"] as Json;

/** By number: `available`, `reserved` or `sold`. */
export const numbersOf = async (
  player: Player,
  raffleId: string,
): Promise<ReadonlyArray<string>> => {
  const { numbers } = await player.get(`/api/v1/raffles/${raffleId}/numbers?limit=1000`);
  return (numbers as ReadonlyArray<Json>).map(({ status }) => String(status));
};
