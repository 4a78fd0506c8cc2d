/**
 * The reservations that hold numbers without having bought them. A claim belongs to one player, who has no other in this
 * raffle, and ends at its deadline unless it is sold or cancelled before.
 */
import { HashMap, Option } from "effect";
import type { PlayerId, ReservationId } from "../../rpc/id.ts";
import { NumberSet } from "./NumberSet.ts";

export interface Claim {
  readonly reservationId: ReservationId;
  readonly playerId: PlayerId;
  readonly phase: "selection" | "checkout";
  /** Ascending. */
  readonly numbers: ReadonlyArray<number>;
  /** The deadline, and when it began: epoch milliseconds. */
  readonly until: number;
  readonly since: number;
}

export interface Claims {
  readonly byId: HashMap.HashMap<ReservationId, Claim>;
  readonly ofPlayer: HashMap.HashMap<PlayerId, ReservationId>;
  /** All of their numbers. */
  readonly numbers: NumberSet;
  /** No claim ends before this; null when there is none. */
  readonly nextExpiry: number | null;
}

/** Of a raffle with `size` numbers. */
export const none = (size: number): Claims => ({
  byId: HashMap.empty(),
  ofPlayer: HashMap.empty(),
  numbers: NumberSet.empty(size),
  nextExpiry: null,
});

/** These and no others, of a raffle with `size` numbers. */
export const of = (
  size: number,
  claims: ReadonlyArray<Claim>,
  nextExpiry: number | null,
): Claims => ({
  byId: HashMap.fromIterable(claims.map((claim) => [claim.reservationId, claim])),
  ofPlayer: HashMap.fromIterable(claims.map((claim) => [claim.playerId, claim.reservationId])),
  numbers: NumberSet.empty(size).add(claims.flatMap(({ numbers }) => numbers)),
  nextExpiry,
});

export const claimOf = (claims: Claims, reservationId: ReservationId): Claim | undefined =>
  Option.getOrUndefined(HashMap.get(claims.byId, reservationId));

/** The player's own. */
export const claimOfPlayer = (claims: Claims, playerId: PlayerId): Claim | undefined => {
  const reservationId = Option.getOrUndefined(HashMap.get(claims.ofPlayer, playerId));
  return reservationId === undefined ? undefined : claimOf(claims, reservationId);
};

/** With this claim, in place of what it was before. */
export const put = (claims: Claims, claim: Claim): Claims => {
  const { numbers, playerId, reservationId, until } = claim;
  const before = claimOf(claims, reservationId);
  const others = before === undefined ? claims.numbers : claims.numbers.remove(before.numbers);
  return {
    byId: HashMap.set(claims.byId, reservationId, claim),
    ofPlayer: before ? claims.ofPlayer : HashMap.set(claims.ofPlayer, playerId, reservationId),
    numbers: others.add(numbers),
    nextExpiry: Math.min(claims.nextExpiry ?? until, until),
  };
};

/**
 * Without this one, if it is there. `nextExpiry` may now be too early, which costs a look; finding the exact one would
 * cost a walk at each sale.
 */
export const drop = (claims: Claims, reservationId: ReservationId): Claims => {
  const claim = claimOf(claims, reservationId);
  if (claim === undefined) return claims;
  const byId = HashMap.remove(claims.byId, reservationId);
  return {
    byId,
    ofPlayer: HashMap.remove(claims.ofPlayer, claim.playerId),
    numbers: claims.numbers.remove(claim.numbers),
    nextExpiry: HashMap.isEmpty(byId) ? null : claims.nextExpiry,
  };
};

/** With the exact `nextExpiry`. */
export const withNextExpiry = (claims: Claims): Claims => {
  let nextExpiry: number | null = null;
  for (const { until } of HashMap.values(claims.byId))
    nextExpiry = Math.min(nextExpiry ?? until, until);
  return { ...claims, nextExpiry };
};
