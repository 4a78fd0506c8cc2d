/** What the house says of a draw: the answer of `GET /api/v1/raffles/{id}/verify`, checked before anything is computed from it. */
import type { Answer, Croupier, DrawProofBody } from "../../../sdk/src/index.ts";
import { checked } from "../proof/checked.ts";
import { fields, hexOf, listOf, moment, oneOf, orNull, text, whole } from "../proof/shape.ts";

/** A draw that has taken place: the seed is revealed, the list of tickets is there. */
export type DrawClaim = Pick<
  DrawProofBody,
  "raffle_id" | "prizes" | "beacon" | "round" | "winners" | "tickets"
> & {
  readonly commitment: string;
  readonly server_seed: string;
  readonly closed_at: string;
  readonly ticket_count: number;
  readonly tickets_digest: string;
};

const BYTES = 32;
/** Of quicknet's scheme: a signature in G1, a key in G2. */
const SIGNATURE_BYTES = 48;
const KEY_BYTES = 96;

const claim = fields({
  raffle_id: text,
  prizes: listOf(fields({ name: text })),
  commitment: hexOf(BYTES),
  server_seed: hexOf(BYTES),
  closed_at: moment,
  ticket_count: whole,
  tickets_digest: hexOf(BYTES),
  beacon: orNull(
    fields({
      scheme: oneOf(["bls-unchained-g1-rfc9380"]),
      chain_hash: hexOf(BYTES),
      public_key: hexOf(KEY_BYTES),
      genesis_at: moment,
      period_ms: whole,
    }),
  ),
  round: orNull(
    fields({ round: whole, randomness: hexOf(BYTES), signature: hexOf(SIGNATURE_BYTES) }),
  ),
  winners: listOf(fields({ prize: whole, prize_name: text, number: whole, reservation_id: text })),
  tickets: listOf(text),
});

export const isDrawClaim = (value: DrawProofBody): value is DrawProofBody & DrawClaim =>
  claim(value) === null;

/** Asks the house; 409 while the draw has not taken place. */
export async function readDrawClaim(
  croupier: Pick<Croupier, "get">,
  raffleId: string,
): Promise<Answer<DrawClaim>> {
  const path = { raffle_id: raffleId };
  return checked(
    await croupier.get("/api/v1/raffles/{raffle_id}/verify", { path, timeoutMs: TIMEOUT_MS }),
    isDrawClaim,
  );
}

/** The list of a hundred thousand tickets is some megabytes; a phone may take a while to fetch it. */
const TIMEOUT_MS = 30_000;
