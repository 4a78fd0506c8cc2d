/** What a raffle remembers: what it is about, who claims which numbers, who has bought which, and what is still owed. */
import { Schema } from "effect";
import { type RaffleId, ReservationId } from "../../rpc/id.ts";
import { minor, Minor } from "../../rpc/money.ts";
import { BeaconRound, RaffleRules, RaffleStatus, RaffleTerms, Winner } from "../../rpc/raffle.ts";
import * as Claims from "./Claims.ts";
import * as Ended from "./Ended.ts";
import type { RaffleEvent } from "./events.ts";
import { Sales } from "./Sales.ts";

/** What changes seldom. Times are epoch milliseconds; what has not come yet is null. */
export const About = Schema.Struct({
  terms: RaffleTerms,
  rules: RaffleRules,
  status: RaffleStatus,
  createdAt: Schema.Int,
  publishedAt: Schema.NullOr(Schema.Int),
  closedAt: Schema.NullOr(Schema.Int),
  endedAt: Schema.NullOr(Schema.Int),
  reason: Schema.NullOr(Schema.String),
  /** The seed is for nobody's eyes before the draw. */
  seed: Schema.NullOr(Schema.Struct({ serverSeed: Schema.String, commitment: Schema.String })),
  tickets: Schema.NullOr(Schema.Struct({ count: Schema.Int, digest: Schema.String })),
  /** The draw has begun and waits for this round of the beacon; `isDue` once it is published. */
  awaiting: Schema.NullOr(
    Schema.Struct({ round: Schema.Int, roundAt: Schema.Int, isDue: Schema.Boolean }),
  ),
  drawn: Schema.NullOr(
    Schema.Struct({
      round: Schema.NullOr(BeaconRound),
      winners: Schema.Array(Winner),
      feeMinor: Minor,
      payoutMinor: Minor,
      isPaidOut: Schema.Boolean,
    }),
  ),
});
export type About = typeof About.Type;

/** A reservation that does not answer when it is told to give its sale's money back, which is on its account. */
export const Unanswered = Schema.Struct({
  reservationId: ReservationId,
  /** When it was first told, epoch milliseconds, and what came back then. */
  since: Schema.Int,
  why: Schema.String,
});
export type Unanswered = typeof Unanswered.Type;

export interface RaffleState {
  readonly raffleId: RaffleId;
  /** Null before it is created. */
  readonly about: About | null;
  /** Rises by one with each event that shows. */
  readonly stateVersion: number;
  readonly claims: Claims.Claims;
  readonly ended: Ended.Ended;
  readonly sales: Sales;
  /** Of the sales of a cancelled raffle, oldest first: whose money has left the escrow, and whose reservation was told. */
  readonly returned: number;
  readonly handedOver: number;
  /** Those of them whose reservation has not answered yet. */
  readonly unanswered: ReadonlyArray<Unanswered>;
}

export const initial = (raffleId: RaffleId): RaffleState => ({
  raffleId,
  about: null,
  stateVersion: 0,
  claims: Claims.none(0),
  ended: Ended.none,
  sales: Sales.none(0),
  returned: 0,
  handedOver: 0,
  unanswered: [],
});

/** Nobody who looks at the raffle and its numbers sees a difference. */
const SILENT: ReadonlySet<RaffleEvent["_tag"]> = new Set([
  "CheckedOut",
  "DeadlinesChecked",
  "DrawBegun",
  "RoundDue",
  "PayoutMade",
  "PayoutUnclaimed",
  "SalesReturned",
  "RefundsHandedOver",
  "RefundsUnanswered",
  "RefundsAnswered",
]);

/** A cancelled raffle has no sale left whose reservation does not know of it. */
export const isAllReturned = ({ handedOver, sales, unanswered }: RaffleState): boolean =>
  handedOver === sales.count && unanswered.length === 0;

/** What they cost: `numbers` tickets. */
export const priceOf = ({ terms }: About, numbers: number): Minor =>
  minor(terms.ticketPriceMinor * numbers);

/** Where an event leads. An event of a raffle that was never created is impossible and dies. */
export const evolve = (state: RaffleState, event: RaffleEvent): RaffleState => {
  const stateVersion = SILENT.has(event._tag) ? state.stateVersion : state.stateVersion + 1;
  if (event._tag === "RaffleCreated") {
    const { _tag, at: createdAt, ...given } = event;
    return {
      ...state,
      stateVersion,
      ...blank(given.terms),
      about: { ...DRAFT, ...given, createdAt },
    };
  }
  if (state.about === null) throw new Error(`${event._tag} of a raffle that was never created`);
  return { ...next(state, state.about, event), stateVersion };
};

const DRAFT = {
  status: "draft",
  publishedAt: null,
  closedAt: null,
  endedAt: null,
  reason: null,
  seed: null,
  tickets: null,
  awaiting: null,
  drawn: null,
} as const;

/** None of the numbers is anyone's. */
const blank = ({ totalNumbers }: RaffleTerms) => ({
  claims: Claims.none(totalNumbers),
  sales: Sales.none(totalNumbers),
});

const next = (
  state: RaffleState,
  about: About,
  event: Exclude<RaffleEvent, { readonly _tag: "RaffleCreated" }>,
): RaffleState => {
  const shown = (change: Partial<About>): RaffleState => ({
    ...state,
    about: { ...about, ...change },
  });
  const { claims, ended, sales } = state;
  const claimed = (reservationId: Claims.Claim["reservationId"]): Claims.Claim => {
    const claim = Claims.claimOf(claims, reservationId);
    if (claim === undefined)
      throw new Error(`${event._tag} of ${reservationId}, which is no claim`);
    return claim;
  };
  switch (event._tag) {
    case "RaffleEdited":
      return { ...shown({ terms: event.terms }), ...blank(event.terms) };
    case "RafflePublished": {
      const { at: publishedAt, commitment, serverSeed } = event;
      return shown({ status: "active", publishedAt, seed: { serverSeed, commitment } });
    }
    case "RaffleSuspended":
      return shown({ status: "suspended", reason: event.reason });
    case "RaffleResumed":
      return shown({ status: "active", reason: null });
    case "NumbersReserved": {
      const { _tag, at: since, ...held } = event;
      return { ...state, claims: Claims.put(claims, { ...held, phase: "selection", since }) };
    }
    case "NumberAdded": {
      const claim = claimed(event.reservationId);
      const numbers = ascending([...claim.numbers, event.number]);
      return { ...state, claims: Claims.put(claims, { ...claim, numbers }) };
    }
    case "NumberRemoved": {
      const claim = claimed(event.reservationId);
      const numbers = claim.numbers.filter((number) => number !== event.number);
      return { ...state, claims: Claims.put(claims, { ...claim, numbers }) };
    }
    case "CheckedOut": {
      const { reservationId, until } = event;
      const claim: Claims.Claim = { ...claimed(reservationId), phase: "checkout", until };
      return { ...state, claims: Claims.put(claims, claim) };
    }
    case "ClaimCancelled":
      return {
        ...state,
        claims: Claims.drop(claims, event.reservationId),
        ended: Ended.end(ended, event.reservationId, "cancelled"),
      };
    case "ClaimsExpired": {
      const ids = event.claims.map(({ reservationId }) => reservationId);
      return {
        ...state,
        claims: Claims.withNextExpiry(ids.reduce(Claims.drop, claims)),
        ended: ids.reduce((all, id) => Ended.end(all, id, "expired"), ended),
      };
    }
    case "DeadlinesChecked":
      return { ...state, claims: Claims.withNextExpiry(claims) };
    case "NumbersSold": {
      const { _tag, amountMinor: _, ...sale } = event;
      return {
        ...state,
        claims: Claims.drop(claims, sale.reservationId),
        sales: sales.add(sale),
      };
    }
    case "SaleClosed": {
      const { at: closedAt, ticketCount: count, ticketsDigest: digest } = event;
      return shown({ status: "closed", closedAt, tickets: { count, digest }, reason: null });
    }
    case "DrawBegun": {
      const { at, round, roundAt } = event;
      return shown({ awaiting: { round, roundAt, isDue: at >= roundAt } });
    }
    case "RoundDue":
      return shown({ awaiting: about.awaiting && { ...about.awaiting, isDue: true } });
    case "RaffleDrawn": {
      const { _tag, at: endedAt, ...drawn } = event;
      const isPaidOut = drawn.payoutMinor === 0;
      return shown({
        status: "completed",
        endedAt,
        awaiting: null,
        drawn: { ...drawn, isPaidOut },
      });
    }
    case "PayoutMade":
    case "PayoutUnclaimed":
      return shown({ drawn: about.drawn && { ...about.drawn, isPaidOut: true } });
    case "RaffleCancelled": {
      const { at: endedAt, reason } = event;
      return shown({ status: "cancelled", endedAt, reason, awaiting: null });
    }
    case "SalesReturned":
      return { ...state, returned: state.returned + event.count };
    case "RefundsHandedOver":
      return { ...state, handedOver: state.handedOver + event.count };
    case "RefundsUnanswered": {
      const { at: since, refunds } = event;
      const more = refunds.map((refund) => ({ ...refund, since }));
      return { ...state, unanswered: [...state.unanswered, ...more] };
    }
    case "RefundsAnswered": {
      const answered = new Set(event.reservationIds);
      const left = state.unanswered.filter(({ reservationId }) => !answered.has(reservationId));
      return { ...state, unanswered: left };
    }
  }
};

export const ascending = (numbers: Iterable<number>): ReadonlyArray<number> =>
  [...new Set(numbers)].toSorted((a, b) => a - b);
