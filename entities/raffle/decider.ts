/**
 * What a raffle decides: pure, with time in `meta` and chance inside the command. How players claim numbers is in
 * `claiming.ts`, how they are sold in `selling.ts`, how it all ends in `drawing.ts`; here is its life.
 */
import { HashMap } from "effect";
import {
  type BeaconRound,
  DrawDatePast,
  type Raffle,
  RaffleExists,
  RaffleNotFound,
  type RaffleStatus,
  RaffleStatusConflict,
  type RaffleTerms,
  TooManyPrizes,
} from "../../rpc/raffle.ts";
import { branded, type RaffleId, type ReservationId } from "../../rpc/id.ts";
import { accept, type Decider, reject } from "../../src/actor/Decider.ts";
import { answers } from "./answers.ts";
import { claiming } from "./claiming.ts";
import { commitment } from "./draw/pick.ts";
import { cancel, close, draw, drawn, expire } from "./drawing.ts";
import type { RaffleEvent } from "./events.ts";
import { Sell } from "./selling.ts";
import { type About, evolve, initial, type RaffleState, type Unanswered } from "./state.ts";
import { shown } from "./view.ts";

/** The steps that a raffle takes by itself. */
export type RaffleInternal =
  /** Time has passed: claims may be due, the draw, or the beacon's round. */
  | { readonly _tag: "Tick" }
  /** The beacon has brought the round that the draw waits for. */
  | { readonly _tag: "TakeRound"; readonly round: BeaconRound }
  /** The organiser's wallet has taken the payout, or refused it for good. */
  | { readonly _tag: "FinishPayout"; readonly refused: boolean }
  /** The money of the next so many sales leaves the escrow. */
  | { readonly _tag: "ReturnSales"; readonly count: number }
  /** The reservations of the first so many sales have been told to give the money back, and these did not answer. */
  | {
      readonly _tag: "RefundsHandedOver";
      readonly upTo: number;
      readonly unanswered?: ReadonlyArray<Omit<Unanswered, "since">>;
    }
  /** These have answered at last. */
  | { readonly _tag: "RefundsAnswered"; readonly reservationIds: ReadonlyArray<ReservationId> };

/** When the raffle changes by the clock alone; undefined when it does not. May be too early. */
export const dueAt = ({ about, claims }: RaffleState): number | undefined => {
  if (about === null) return undefined;
  const due = Math.min(drawDueAt(about), claims.nextExpiry ?? Number.POSITIVE_INFINITY);
  return due === Number.POSITIVE_INFINITY ? undefined : due;
};

const drawDueAt = ({ awaiting, status, terms }: About): number => {
  if (awaiting !== null) return awaiting.isDue ? Number.POSITIVE_INFINITY : awaiting.roundAt;
  return status === "active" || status === "closed" ? terms.drawAt : Number.POSITIVE_INFINITY;
};

/** The raffle, if it stands so that this can be done to it. */
const standing = (
  { about }: RaffleState,
  raffleId: string,
  statuses: ReadonlyArray<RaffleStatus>,
) => {
  if (about === null) return reject(new RaffleNotFound({ raffleId }));
  return statuses.includes(about.status)
    ? about
    : reject(new RaffleStatusConflict({ raffleStatus: about.status }));
};

const tooMany = ({ prizes, totalNumbers }: RaffleTerms) =>
  prizes.length <= totalNumbers ? undefined : reject(new TooManyPrizes({ limit: totalNumbers }));

const past = ({ drawAt }: RaffleTerms, at: number) =>
  at < drawAt ? undefined : reject(new DrawDatePast({ drawAt }));

export const decider: Decider<typeof Raffle, RaffleState, RaffleEvent, RaffleInternal> = {
  initial: (entityId) => initial(branded<RaffleId>(entityId)),
  evolve,
  answer: answers,
  decide: {
    ...claiming,
    Sell,

    Create: (state, { entityId, rules, terms }, { at }) =>
      state.about === null
        ? (tooMany(terms) ?? accept([{ _tag: "RaffleCreated", terms, rules, at }], shown))
        : reject(new RaffleExists({ raffleId: branded<RaffleId>(entityId) })),

    Edit: (state, { entityId, terms }, { at }) => {
      const about = standing(state, entityId, ["draft", "active", "suspended"]);
      if ("accepted" in about) return about;
      const { claims, sales } = state;
      const isUntouched = claims.numbers.count === 0 && sales.count === 0;
      if (!isUntouched) return reject(new RaffleStatusConflict({ raffleStatus: about.status }));
      return (
        tooMany(terms) ??
        (about.status === "draft" ? undefined : past(terms, at)) ??
        accept([{ _tag: "RaffleEdited", terms, at }], shown)
      );
    },

    Publish: (state, { entityId, serverSeed }, { at }) => {
      const about = standing(state, entityId, ["draft"]);
      if ("accepted" in about) return about;
      const published = { serverSeed, commitment: commitment(serverSeed), at };
      return past(about.terms, at) ?? accept([{ _tag: "RafflePublished", ...published }], shown);
    },

    Suspend: (state, { entityId, reason }) => {
      const about = standing(state, entityId, ["active"]);
      return "accepted" in about ? about : accept([{ _tag: "RaffleSuspended", reason }], shown);
    },

    Resume: (state, { entityId }, { at }) => {
      const about = standing(state, entityId, ["suspended"]);
      if ("accepted" in about) return about;
      return past(about.terms, at) ?? accept([{ _tag: "RaffleResumed" }], shown);
    },

    Cancel: (state, { entityId, reason }, { at }) => {
      const about = standing(state, entityId, ["draft", "active", "suspended", "closed"]);
      return "accepted" in about ? about : accept(cancel(state, reason, at), shown);
    },

    Close: (state, { entityId }, { at }) => {
      const about = standing(state, entityId, ["active", "suspended"]);
      return "accepted" in about ? about : accept(close(state, at), shown);
    },

    Draw: (state, { entityId }, { at }) => {
      const about = standing(state, entityId, ["active", "suspended", "closed"]);
      return "accepted" in about ? about : accept(draw(state, about, at), shown);
    },
  },

  decideInternal: (state, command, { at }) => {
    const { about, handedOver, returned, sales } = state;
    if (about === null) return [];
    switch (command._tag) {
      case "Tick":
        return tick(state, about, at);
      case "TakeRound": {
        const isAwaited =
          about.awaiting?.isDue === true && about.awaiting.round === command.round.round;
        return isAwaited ? [drawn(state, about, command.round, at)] : [];
      }
      case "FinishPayout": {
        if (about.drawn?.isPaidOut !== false) return [];
        const { payoutMinor: amountMinor } = about.drawn;
        return [
          command.refused ? { _tag: "PayoutUnclaimed", amountMinor } : { _tag: "PayoutMade" },
        ];
      }
      case "ReturnSales": {
        const count = Math.min(command.count, sales.count - returned);
        const isNext = about.status === "cancelled" && returned === handedOver && count > 0;
        return isNext ? [{ _tag: "SalesReturned", count, at }] : [];
      }
      case "RefundsHandedOver": {
        const count = Math.min(command.upTo, returned) - handedOver;
        if (count <= 0) return [];
        const told = sales.slice(handedOver, handedOver + count);
        const ids = new Set(told.map(({ reservationId }) => reservationId));
        const refunds = (command.unanswered ?? []).filter((one) => ids.has(one.reservationId));
        return [
          { _tag: "RefundsHandedOver", count },
          ...(refunds.length > 0 ? [{ _tag: "RefundsUnanswered", refunds, at } as const] : []),
        ];
      }
      case "RefundsAnswered": {
        const answered = new Set(command.reservationIds);
        const ids = state.unanswered.map(({ reservationId }) => reservationId);
        const reservationIds = ids.filter((id) => answered.has(id));
        return reservationIds.length > 0 ? [{ _tag: "RefundsAnswered", reservationIds }] : [];
      }
    }
  },
};

/** One decision frees every claim that is due; the draw frees all of them. */
const tick = (state: RaffleState, about: About, at: number): ReadonlyArray<RaffleEvent> => {
  if (at >= drawDueAt(about))
    return about.awaiting === null ? draw(state, about, at) : [{ _tag: "RoundDue" }];
  const { byId, nextExpiry } = state.claims;
  if (nextExpiry === null || at < nextExpiry) return [];
  const due = [...HashMap.values(byId)].filter(({ until }) => until <= at);
  return due.length === 0 ? [{ _tag: "DeadlinesChecked" }] : expire(due, at);
};
