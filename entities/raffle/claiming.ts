/**
 * What players do with numbers that are not theirs yet: reserve, add, remove, check out, give back. The clock ends a claim,
 * not the alarm: a late alarm lets nobody go on.
 */
import { NotYours } from "../../rpc/failure.ts";
import type { PlayerId, ReservationId } from "../../rpc/id.ts";
import {
  LastNumber,
  MAX_NUMBERS_PER_RESERVATION,
  NotInSelection,
  NumberNotReserved,
  NumberTaken,
  type Raffle,
  RaffleNotFound,
  RaffleNotOpen,
  ReservationClosed,
  ReservationExists,
  ReservationFull,
  ReservationNotFound,
  UnknownNumber,
} from "../../rpc/raffle.ts";
import { accept, type Decider, reject } from "../../src/actor/Decider.ts";
import { type Claim, claimOf, claimOfPlayer } from "./Claims.ts";
import { outcomeOf } from "./Ended.ts";
import type { ClaimsExpired, RaffleEvent } from "./events.ts";
import { type About, ascending, type RaffleState } from "./state.ts";
import { claimView } from "./view.ts";

type Decide = Decider<typeof Raffle, RaffleState, RaffleEvent>["decide"];

/** What ends a claim, whoever does. */
export const held = ({ numbers, playerId, reservationId }: Claim) => ({
  reservationId,
  playerId,
  numbers,
});

/** Why no number can be taken now; undefined when one can. The sale ends at the draw's date by the clock. */
const notOpen = ({ status, terms }: About, at: number) => {
  if (status !== "active") return reject(new RaffleNotOpen({ raffleStatus: status }));
  return at < terms.drawAt ? undefined : reject(new RaffleNotOpen({ raffleStatus: "closed" }));
};

const unknown = ({ terms: { totalNumbers } }: About, numbers: ReadonlyArray<number>) => {
  const strangers = numbers.filter((number) => number >= totalNumbers);
  return strangers.length === 0
    ? undefined
    : reject(new UnknownNumber({ numbers: strangers, totalNumbers }));
};

const taken = ({ claims, sales }: RaffleState, numbers: ReadonlyArray<number>) => {
  const gone = numbers.filter((number) => claims.numbers.has(number) || sales.numbers.has(number));
  return gone.length === 0 ? undefined : reject(new NumberTaken({ numbers: gone }));
};

/** Its player would not be let in again before the alarm has rung. */
const expiredByNow = (claim: Claim | undefined, at: number): Array<typeof ClaimsExpired.Type> =>
  claim === undefined || at < claim.until
    ? []
    : [{ _tag: "ClaimsExpired", claims: [held(claim)], at }];

/** No claim outlives the sale. */
const deadline = ({ terms }: About, at: number, forMs: number) =>
  Math.min(at + forMs, terms.drawAt);

interface Claimant {
  readonly entityId: string;
  readonly reservationId: ReservationId;
  readonly playerId: PlayerId;
}

/** The player's claim, if it still stands. */
const claimBy = (
  { about, claims, ended, sales }: RaffleState,
  { entityId, playerId, reservationId }: Claimant,
  at: number,
) => {
  if (about === null) return reject(new RaffleNotFound({ raffleId: entityId }));
  const claim = claimOf(claims, reservationId);
  const owner = claim?.playerId ?? sales.find(reservationId)?.playerId;
  if (owner === undefined) {
    const phase = outcomeOf(ended, reservationId);
    return reject(
      phase === undefined
        ? new ReservationNotFound({ reservationId })
        : new ReservationClosed({ phase }),
    );
  }
  if (owner !== playerId) return reject(new NotYours());
  if (claim === undefined) return reject(new ReservationClosed({ phase: "sold" }));
  if (at >= claim.until) return reject(new ReservationClosed({ phase: "expired" }));
  return { about, claim };
};

/** Likewise, before the checkout. */
const selectionBy = (state: RaffleState, claimant: Claimant, at: number) => {
  const found = claimBy(state, claimant, at);
  return "about" in found && found.claim.phase !== "selection"
    ? reject(new NotInSelection())
    : found;
};

/** The claim as the events have left it. */
const shown = (reservationId: ReservationId) => (after: RaffleState) => {
  const claim = claimOf(after.claims, reservationId);
  if (after.about === null || claim === undefined) throw new Error(`${reservationId} is no claim`);
  return claimView(after, after.about, claim);
};

export const claiming: Pick<
  Decide,
  "Reserve" | "AddNumber" | "RemoveNumber" | "CheckOut" | "Free"
> = {
  Reserve: (state, { entityId, numbers: asked, playerId, reservationId }, { at }) => {
    const { about, claims, ended, sales } = state;
    if (about === null) return reject(new RaffleNotFound({ raffleId: entityId }));
    const numbers = ascending(asked);
    const refusal = notOpen(about, at) ?? unknown(about, numbers);
    if (refusal !== undefined) return refusal;
    const mine = claimOfPlayer(claims, playerId);
    if (mine !== undefined && at < mine.until)
      return reject(new ReservationExists({ reservationId: mine.reservationId }));
    const isSpent =
      claimOf(claims, reservationId) ??
      sales.find(reservationId) ??
      outcomeOf(ended, reservationId);
    if (isSpent !== undefined) return reject(new ReservationExists({ reservationId }));
    const until = deadline(about, at, about.rules.selectionMs);
    return (
      taken(
        state,
        mine === undefined ? numbers : numbers.filter((n) => !mine.numbers.includes(n)),
      ) ??
      accept(
        [
          ...expiredByNow(mine, at),
          { _tag: "NumbersReserved", reservationId, playerId, numbers, until, at } as const,
        ],
        shown(reservationId),
      )
    );
  },

  AddNumber: (state, command, { at }) => {
    const found = selectionBy(state, command, at);
    if ("accepted" in found) return found;
    const { about, claim } = found;
    const { number, playerId, reservationId } = command;
    const show = shown(reservationId);
    if (claim.numbers.includes(number)) return accept([], show);
    if (claim.numbers.length >= MAX_NUMBERS_PER_RESERVATION)
      return reject(new ReservationFull({ limit: MAX_NUMBERS_PER_RESERVATION }));
    return (
      notOpen(about, at) ??
      unknown(about, [number]) ??
      taken(state, [number]) ??
      accept([{ _tag: "NumberAdded", reservationId, playerId, number }], show)
    );
  },

  RemoveNumber: (state, command, { at }) => {
    const found = selectionBy(state, command, at);
    if ("accepted" in found) return found;
    const { number, playerId, reservationId } = command;
    const { numbers } = found.claim;
    if (!numbers.includes(number)) return reject(new NumberNotReserved({ number }));
    if (numbers.length === 1) return reject(new LastNumber());
    return accept(
      [{ _tag: "NumberRemoved", reservationId, playerId, number }],
      shown(reservationId),
    );
  },

  CheckOut: (state, command, { at }) => {
    const found = claimBy(state, command, at);
    if ("accepted" in found) return found;
    const { about, claim } = found;
    const { reservationId } = command;
    const until = deadline(about, at, about.rules.checkoutMs);
    return accept(
      claim.phase === "checkout" ? [] : [{ _tag: "CheckedOut", reservationId, until }],
      shown(reservationId),
    );
  },

  Free: ({ about, claims, sales }, { entityId, playerId, reservationId }, { at }) => {
    if (about === null) return reject(new RaffleNotFound({ raffleId: entityId }));
    const claim = claimOf(claims, reservationId);
    const sale = sales.find(reservationId);
    const owner = (claim ?? sale)?.playerId;
    if (owner !== undefined && owner !== playerId) return reject(new NotYours());
    if (sale !== undefined) return reject(new ReservationClosed({ phase: "sold" }));
    return accept(
      claim === undefined ? [] : [{ _tag: "ClaimCancelled", ...held(claim), at }],
      () => ({ freed: claim !== undefined }),
    );
  },
};
