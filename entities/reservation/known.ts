/**
 * Whose reservation it is, and how it stands: asked of its raffle, which knows those that claim or have bought numbers, and
 * then of the table of those that have ended. Nothing is said to a reservation before its owner is known, so a stranger's
 * request opens none.
 */
import type { FailureOf } from "../../rpc/contract.ts";
import { NotYours } from "../../rpc/failure.ts";
import type { PlayerId, ReservationId } from "../../rpc/id.ts";
import { Raffle, ReservationNotFound } from "../../rpc/raffle.ts";
import type { Ask, AskOptions, Outcome } from "../../src/actor/Ask.ts";
import type { Shown } from "./body.ts";
import { raffleOf } from "./raffleOf.ts";

export interface KnownReservation extends Shown {
  readonly playerId: PlayerId;
}

/** What the table has of a reservation, whatever has become of it; undefined when there was none. */
export type LookUp = (reservationId: ReservationId) => Promise<KnownReservation | undefined>;

export type KnownFailure = FailureOf<typeof Raffle, "GetClaim"> | NotYours;

/** The reservation, if it is this player's. */
export const known = async (
  ask: Ask,
  lookUp: LookUp,
  playerId: PlayerId,
  reservationId: ReservationId,
  options?: AskOptions,
): Promise<Outcome<KnownReservation, KnownFailure>> => {
  const raffleId = raffleOf(reservationId);
  if (raffleId === undefined) return failure(new ReservationNotFound({ reservationId }));
  const claim = await ask(Raffle, "GetClaim", { entityId: raffleId, reservationId }, options);
  if (!claim.ok && claim.error._tag !== "ReservationNotFound") return claim;
  const found = claim.ok ? claim.value : await lookUp(reservationId);
  if (found === undefined) return failure(new ReservationNotFound({ reservationId }));
  if (found.playerId !== playerId) return failure(new NotYours());
  return { ok: true, value: found, replayed: false };
};

export const failure = <Failure>(error: Failure) => ({
  ok: false as const,
  error,
  replayed: false,
});
