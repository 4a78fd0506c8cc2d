/** What a favor decides: pure, with time in `meta`. */
import { HashSet } from "effect";
import {
  type Favor,
  FavorExists,
  FavorHoldLapsed,
  FavorNotFound,
  type FavorStatus,
  FavorToSelf,
  type FavorView,
  NotRepayable,
  OfferClosed,
  RepayBelowAmount,
} from "../../rpc/favor.ts";
import { NotYours } from "../../rpc/failure.ts";
import { branded, type FavorId, type HoldId, type PlayerId } from "../../rpc/id.ts";
import { accept, answer, type Decider, reject } from "../../src/actor/Decider.ts";
import type { FavorEvent } from "./events.ts";
import { evolve, type FavorState, initial, loanHold, paymentOf, type Work } from "./state.ts";

/** A day: the borrower may be asleep, and the lender's money is set aside meanwhile. */
export const OFFER_STANDS_MS = 24 * 3_600_000;

/** The steps that a favor takes by itself. */
export type FavorInternal =
  /** Time has passed: an offer may have lapsed, a loan may be overdue. */
  | { readonly _tag: "Lapse" }
  /** A wallet has done the step, or refused it for good. */
  | { readonly _tag: "Finish"; readonly work: Work; readonly refused: boolean };

const FINAL: ReadonlySet<FavorStatus> = new Set([
  "repaid",
  "returned",
  "declined",
  "withdrawn",
  "expired",
]);

/** When the favor changes by the clock alone; undefined when it does not. */
export const lapsesAt = ({ favor }: FavorState): number | undefined => {
  if (favor?.view.status === "offered") return favor.view.expiresAt;
  return favor?.view.status === "active" ? (favor.view.dueAt ?? undefined) : undefined;
};

type Party = "lenderId" | "borrowerId";

/** The favor, if the player is this party to it. */
const favorOf = ({ favor }: FavorState, favorId: string, playerId: PlayerId, party: Party) => {
  if (favor === null) return reject(new FavorNotFound({ favorId }));
  return favor.view[party] === playerId ? favor : reject(new NotYours());
};

/** The view of what the events lead to. */
const shown = (after: FavorState): FavorView => {
  if (after.favor === null) throw new Error("a favor that was never offered has nothing to show");
  return after.favor.view;
};

interface Answer {
  readonly entityId: string;
  readonly playerId: PlayerId;
}

/** An answer to an open offer, by one of its parties. The clock closes it, not the alarm: a late alarm lets nobody in. */
const answerOffer = (
  state: FavorState,
  { entityId, playerId }: Answer,
  at: number,
  party: Party,
  event: (view: FavorView) => FavorEvent,
) => {
  const favor = favorOf(state, entityId, playerId, party);
  if ("accepted" in favor) return favor;
  const { expiresAt, status } = favor.view;
  if (status !== "offered") return reject(new OfferClosed({ favorStatus: status }));
  if (at >= expiresAt) return reject(new OfferClosed({ favorStatus: "expired" }));
  return accept([event(favor.view)], shown);
};

export const decider: Decider<typeof Favor, FavorState, FavorEvent, FavorInternal> = {
  initial: () => initial,
  evolve,
  decide: {
    Offer: (state, { entityId, commandId: _, ...terms }, { at }) => {
      const favorId = branded<FavorId>(entityId);
      const { amountMinor, borrowerId, lenderId, repayMinor } = terms;
      if (state.favor !== null) return reject(new FavorExists({ favorId }));
      const holdId = branded<HoldId>(entityId);
      if (HashSet.has(state.voided, holdId)) return reject(new FavorHoldLapsed({ holdId }));
      if (borrowerId === lenderId) return reject(new FavorToSelf());
      if (repayMinor < amountMinor) return reject(new RepayBelowAmount({ amountMinor }));
      const expiresAt = at + OFFER_STANDS_MS;
      return accept([{ _tag: "FavorOffered", favorId, ...terms, at, expiresAt }], shown);
    },

    Accept: (state, command, { at }) =>
      answerOffer(state, command, at, "borrowerId", ({ dueInMs }) => ({
        _tag: "FavorAccepted",
        at,
        dueAt: at + dueInMs,
      })),

    Decline: (state, command, { at }) =>
      answerOffer(state, command, at, "borrowerId", () => ({ _tag: "FavorDeclined" })),

    Withdraw: (state, command, { at }) =>
      answerOffer(state, command, at, "lenderId", () => ({ _tag: "FavorWithdrawn" })),

    Repay: (state, { entityId, holdId, playerId }, { at }) => {
      const favor = favorOf(state, entityId, playerId, "borrowerId");
      if ("accepted" in favor) return favor;
      if (HashSet.has(state.voided, holdId)) return reject(new FavorHoldLapsed({ holdId }));
      const { status } = favor.view;
      if (status !== "active" && status !== "overdue")
        return reject(new NotRepayable({ favorStatus: status }));
      return accept([{ _tag: "RepaymentAccepted", holdId, at }], shown);
    },

    ReconcileHold: (state, { holdId }) => {
      const { favor, voided } = state;
      const stands =
        favor !== null &&
        (favor.work?.holdId === holdId ||
          (favor.view.status === "offered" && holdId === loanHold(favor.view)));
      // An offer could still come where there is none, and a repayment until the favor is over.
      const mayCome =
        favor === null || (holdId !== loanHold(favor.view) && !FINAL.has(favor.view.status));
      const voids = !stands && mayCome && !HashSet.has(voided, holdId);
      return accept(voids ? [{ _tag: "HoldVoided", holdId } as const] : [], () => ({ stands }));
    },
  },

  decideInternal: (state, command, { at }) => {
    if (state.favor === null) return [];
    const { view, work } = state.favor;
    if (command._tag === "Lapse") {
      const dueAt = lapsesAt(state);
      if (dueAt === undefined || at < dueAt) return [];
      return [{ _tag: view.status === "offered" ? "FavorExpired" : "FavorOverdue" }];
    }
    const { refused, work: finished } = command;
    if (work?.holdId !== finished.holdId || work.step !== finished.step) return [];
    return [finishedStep(work, refused, view)];
  },

  answer: {
    GetFavor: ({ favor }, { entityId }) =>
      favor === null ? reject(new FavorNotFound({ favorId: entityId })) : answer(favor.view),
  },
};

const finishedStep = ({ leg, step }: Work, refused: boolean, view: FavorView): FavorEvent => {
  switch (step) {
    case "release":
      return { _tag: "HoldReleased" };
    case "collect":
      return { _tag: "MoneyCollected", leg };
    case "credit":
      return { _tag: refused ? "CreditRefused" : "MoneyCredited", leg };
    case "return":
      return refused
        ? { _tag: "MoneyUnclaimed", leg, amountMinor: paymentOf(view, leg).amountMinor }
        : { _tag: "MoneyReturned", leg };
  }
};
