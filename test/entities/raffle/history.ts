/** What may have happened to a raffle, as its journal has it: for tests that begin there. */
import { commitment } from "../../../entities/raffle/draw/pick.ts";
import { ticketsDigest } from "../../../entities/raffle/draw/tickets.ts";
import type { RaffleInternal } from "../../../entities/raffle/decider.ts";
import type { RaffleState } from "../../../entities/raffle/state.ts";
import { scenarios } from "../../support/given.ts";
import { AT, CHECKOUT, PRICE, raffleDesk, RULES, SEED, SELECTION, TERMS } from "./desk.ts";

export const given = scenarios(raffleDesk, { at: AT, entityId: "r" });
export const UNTIL = AT + SELECTION;
export const COMMITMENT = commitment(SEED);
export const HOUR = 3_600_000;

export const Created = { _tag: "RaffleCreated", terms: TERMS, rules: RULES, at: AT };
export const Published = {
  _tag: "RafflePublished",
  serverSeed: SEED,
  commitment: COMMITMENT,
  at: AT,
};
export const Suspended = { _tag: "RaffleSuspended", reason: "a question of law" };
export const Resumed = { _tag: "RaffleResumed" };
export const on = (terms: object, rules: object = {}) => [
  { ...Created, terms: { ...TERMS, ...terms }, rules: { ...RULES, ...rules } },
  Published,
];
export const open = on({});

export const holder = (
  reservationId: string,
  playerId: string,
  numbers: ReadonlyArray<number>,
) => ({
  reservationId,
  playerId,
  numbers,
});
export const Reserved = (id: string, player: string, ...numbers: Array<number>) => ({
  _tag: "NumbersReserved",
  ...holder(id, player, numbers),
  until: UNTIL,
  at: AT,
});
export const CheckedOut = (reservationId: string, until = AT + CHECKOUT) => ({
  _tag: "CheckedOut",
  reservationId,
  until,
});
export const Expired = (...claims: Array<object>) => ({ _tag: "ClaimsExpired", claims, at: AT });
export const Cancelled = (id: string, player: string, ...numbers: Array<number>) => ({
  _tag: "ClaimCancelled",
  ...holder(id, player, numbers),
  at: AT,
});
export const Sold = (id: string, player: string, ...numbers: Array<number>) => ({
  _tag: "NumbersSold",
  ...holder(id, player, numbers),
  paymentId: `pay-${id}`,
  amountMinor: PRICE * numbers.length,
  at: AT,
});
export const digestOf = (...tickets: Array<string>) => ticketsDigest(tickets);
export const Closed = (...tickets: Array<string>) => ({
  _tag: "SaleClosed",
  ticketCount: tickets.length,
  ticketsDigest: digestOf(...tickets),
  at: AT,
});
export const RaffleCancelled = (reason: string, at = AT) => ({
  _tag: "RaffleCancelled",
  reason,
  at,
});

export const ada = { reservationId: "r.1", playerId: "ada" };
export const bob = { reservationId: "r.2", playerId: "bob" };
export const adaHolds = Reserved("r.1", "ada", 2, 5);
export const tick: RaffleInternal = { _tag: "Tick" };
/** Where many events lead, without the looks at every step that a run takes. */
export const after = (state: RaffleState, events: ReadonlyArray<object>) =>
  events.reduce(
    (so: RaffleState, event) => raffleDesk.decider.evolve(so, raffleDesk.event.decode(event)),
    state,
  );

export function drawn(number: number, reservationId: string, playerId: string, paid = 250) {
  const feeMinor = Math.floor(paid / 10);
  return {
    _tag: "RaffleDrawn",
    round: null,
    winners: [{ prize: 0, number, reservationId, playerId }],
    feeMinor,
    payoutMinor: paid - feeMinor,
    at: AT,
  };
}
