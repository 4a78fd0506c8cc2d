import { Schema } from "effect";
import { RaffleId } from "../../rpc/id.ts";

const isRaffleId = Schema.is(RaffleId);

/** The raffle that a reservation's id begins with; undefined for what cannot be one. A digest has no full stop. */
export const raffleOf = (reservationId: string): RaffleId | undefined => {
  const raffleId = reservationId.slice(0, Math.max(reservationId.lastIndexOf("."), 0));
  return isRaffleId(raffleId) ? raffleId : undefined;
};
