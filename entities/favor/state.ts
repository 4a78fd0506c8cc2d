/** What a favor remembers: its terms, how far it has come, and what it still has to do in the two wallets. */
import { HashSet, Schema } from "effect";
import { branded, HoldId, type PlayerId } from "../../rpc/id.ts";
import { FavorView } from "../../rpc/favor.ts";
import type { Minor } from "../../rpc/money.ts";
import { type FavorEvent, Leg } from "./events.ts";

/**
 * The next thing to do about a hold. One is released, or it is paid out: collected onto the favor's account and credited
 * from there, or, if the payee's wallet cannot take it, returned.
 */
export const Work = Schema.Struct({
  leg: Leg,
  step: Schema.Literal("release", "collect", "credit", "return"),
  holdId: HoldId,
});
export type Work = typeof Work.Type;

/** A favor that has been offered. `view` is what may be shown of it. */
const Offered = Schema.Struct({ view: FavorView, work: Schema.NullOr(Work) });
export type Offered = typeof Offered.Type;

export const FavorState = Schema.Struct({
  favor: Schema.NullOr(Offered),
  /** Holds that wallets have given up: an offer or repayment that comes for one is refused. */
  voided: Schema.HashSet(HoldId),
});
export type FavorState = typeof FavorState.Type;

export const initial: FavorState = { favor: null, voided: HashSet.empty() };

/** The hold of the loan has the favor's id. */
export const loanHold = ({ favorId }: FavorView): HoldId => branded<HoldId>(favorId);

export interface Payment {
  readonly from: PlayerId;
  readonly to: PlayerId;
  readonly amountMinor: Minor;
}

export const paymentOf = (
  { amountMinor, borrowerId, lenderId, repayMinor }: FavorView,
  leg: Leg,
): Payment =>
  leg === "loan"
    ? { from: lenderId, to: borrowerId, amountMinor }
    : { from: borrowerId, to: lenderId, amountMinor: repayMinor };

/** Where an event leads. An event of a favor that was never offered is impossible and dies. */
export const evolve = (state: FavorState, event: FavorEvent): FavorState => {
  if (event._tag === "HoldVoided")
    return { ...state, voided: HashSet.add(state.voided, event.holdId) };
  return { ...state, favor: next(state.favor, event) };
};

const next = (
  favor: Offered | null,
  event: Exclude<FavorEvent, { readonly _tag: "HoldVoided" }>,
): Offered => {
  if (event._tag === "FavorOffered") {
    const { _tag, at: offeredAt, ...terms } = event;
    const view = { ...terms, offeredAt, acceptedAt: null, dueAt: null, repaidAt: null } as const;
    return { view: { ...view, status: "offered" }, work: null };
  }
  if (favor === null) throw new Error(`${event._tag} of a favor that was never offered`);
  const { view, work } = favor;
  const shown = (change: Partial<FavorView>, nextWork: Work | null): Offered => ({
    view: { ...view, ...change },
    work: nextWork,
  });
  const about = (leg: Leg, step: Work["step"], holdId: HoldId): Work => ({ leg, step, holdId });
  const on = (step: Work["step"]): Offered => {
    if (work === null) throw new Error(`${event._tag} of a favor that had nothing to do`);
    return { view, work: { ...work, step } };
  };
  switch (event._tag) {
    case "FavorAccepted": {
      const { at: acceptedAt, dueAt } = event;
      const collect = about("loan", "collect", loanHold(view));
      return shown({ status: "accepted", acceptedAt, dueAt }, collect);
    }
    case "FavorDeclined":
      return shown({ status: "declined" }, about("loan", "release", loanHold(view)));
    case "FavorWithdrawn":
      return shown({ status: "withdrawn" }, about("loan", "release", loanHold(view)));
    case "FavorExpired":
      return shown({ status: "expired" }, about("loan", "release", loanHold(view)));
    case "FavorOverdue":
      return shown({ status: "overdue" }, null);
    case "RepaymentAccepted": {
      const collect = about("repayment", "collect", event.holdId);
      return shown({ status: "repaying", repaidAt: event.at }, collect);
    }
    case "HoldReleased":
      return shown({}, null);
    case "MoneyCollected":
      return on("credit");
    case "CreditRefused":
      return on("return");
    case "MoneyCredited":
      return shown({ status: event.leg === "loan" ? "active" : "repaid" }, null);
    case "MoneyReturned":
      // What came back to the borrower is not repaid; if it is overdue by now, the alarm says so at once.
      return event.leg === "loan"
        ? shown({ status: "returned" }, null)
        : shown({ status: "active", repaidAt: null }, null);
    case "MoneyUnclaimed":
      // The borrower has paid, whatever the lender's wallet can take.
      return shown({ status: event.leg === "loan" ? "returned" : "repaid" }, null);
  }
};
