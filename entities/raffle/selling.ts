/**
 * Where a number becomes sold. The money for it is on the reservation's account; the sale takes it into escrow in the same
 * transaction, so what is in escrow is at each moment the price of what is sold.
 */
import type { ReservationId } from "../../rpc/id.ts";
import {
  NumberTaken,
  type Raffle,
  RaffleNotFound,
  RaffleNotOpen,
  ReservationClosed,
} from "../../rpc/raffle.ts";
import { accept, type Decider, reject } from "../../src/actor/Decider.ts";
import { claimOf } from "./Claims.ts";
import { outcomeOf } from "./Ended.ts";
import type { RaffleEvent } from "./events.ts";
import { ascending, priceOf, type RaffleState } from "./state.ts";
import { saleView } from "./view.ts";

const shown = (reservationId: ReservationId) => (after: RaffleState) => {
  const sale = after.sales.find(reservationId);
  if (after.about === null || sale === undefined) throw new Error(`${reservationId} is not sold`);
  return saleView(after, after.about, sale);
};

const expired = () => reject(new ReservationClosed({ phase: "expired" }));

/**
 * A claim that stands is sold, even past its deadline, as long as nothing has ended it. One that has expired may buy its
 * numbers if all of them are free; one that its player has cancelled may not.
 */
export const Sell: Decider<typeof Raffle, RaffleState, RaffleEvent>["decide"]["Sell"] = (
  state,
  { amountMinor, entityId, numbers, paymentId, playerId, reservationId },
  { at },
) => {
  const { about, claims, ended, sales } = state;
  if (about === null) return reject(new RaffleNotFound({ raffleId: entityId }));
  const show = shown(reservationId);
  const sale = sales.find(reservationId);
  if (sale?.paymentId === paymentId) return accept([], show);
  if (sale !== undefined) return reject(new ReservationClosed({ phase: "sold" }));
  const { status, terms } = about;
  if (status !== "active" && status !== "suspended")
    return reject(new RaffleNotOpen({ raffleStatus: status }));
  if (outcomeOf(ended, reservationId) === "cancelled")
    return reject(new ReservationClosed({ phase: "cancelled" }));

  // What was paid for has to be what is sold here: since the claim expired, price and numbers may have been edited.
  const paidFor = ascending(numbers);
  if (amountMinor !== priceOf(about, paidFor.length)) return expired();
  if (paidFor.some((number) => number >= terms.totalNumbers)) return expired();
  const claim = claimOf(claims, reservationId);
  if (claim === undefined) {
    const gone = paidFor.filter((n) => claims.numbers.has(n) || sales.numbers.has(n));
    if (gone.length > 0) return reject(new NumberTaken({ numbers: gone }));
  } else if (claim.playerId !== playerId || claim.numbers.join() !== paidFor.join())
    return expired();
  return accept(
    [
      {
        _tag: "NumbersSold",
        reservationId,
        playerId,
        numbers: paidFor,
        paymentId,
        amountMinor,
        at,
      },
    ],
    show,
  );
};
