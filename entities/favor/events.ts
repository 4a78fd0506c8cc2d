/** What has happened to a favor. Events are kept for ever: a field may be added as optional, none changed. */
import { Schema } from "effect";
import { FavorId, HoldId, PlayerId } from "../../rpc/id.ts";
import { Minor } from "../../rpc/money.ts";

const Millis = Schema.Int;

/** Money goes from the lender to the borrower, or back again. */
export const Leg = Schema.Literal("loan", "repayment");
export type Leg = typeof Leg.Type;

export const FavorOffered = Schema.TaggedStruct("FavorOffered", {
  favorId: FavorId,
  lenderId: PlayerId,
  borrowerId: PlayerId,
  amountMinor: Minor,
  repayMinor: Minor,
  dueInMs: Millis,
  at: Millis,
  expiresAt: Millis,
});
export const FavorAccepted = Schema.TaggedStruct("FavorAccepted", { at: Millis, dueAt: Millis });
export const FavorDeclined = Schema.TaggedStruct("FavorDeclined", {});
export const FavorWithdrawn = Schema.TaggedStruct("FavorWithdrawn", {});
export const FavorExpired = Schema.TaggedStruct("FavorExpired", {});
export const FavorOverdue = Schema.TaggedStruct("FavorOverdue", {});
/** The borrower has set the money aside and will not get it back. */
export const RepaymentAccepted = Schema.TaggedStruct("RepaymentAccepted", {
  holdId: HoldId,
  at: Millis,
});

/** The lender has the money of an offer that came to nothing. */
export const HoldReleased = Schema.TaggedStruct("HoldReleased", {});
/** What the payer had set aside is on the favor's account. */
export const MoneyCollected = Schema.TaggedStruct("MoneyCollected", { leg: Leg });
/** The payee has it. */
export const MoneyCredited = Schema.TaggedStruct("MoneyCredited", { leg: Leg });
/** The payee's wallet cannot take it: it goes back to the payer. */
export const CreditRefused = Schema.TaggedStruct("CreditRefused", { leg: Leg });
/** The payer has it back. */
export const MoneyReturned = Schema.TaggedStruct("MoneyReturned", { leg: Leg });
/** Nor can the payer's: the house keeps it for them. */
export const MoneyUnclaimed = Schema.TaggedStruct("MoneyUnclaimed", {
  leg: Leg,
  amountMinor: Minor,
});
/** A wallet asked about a hold that nothing stands behind: its id is refused from now on. */
export const HoldVoided = Schema.TaggedStruct("HoldVoided", { holdId: HoldId });

export const FavorEvent = Schema.Union(
  FavorOffered,
  FavorAccepted,
  FavorDeclined,
  FavorWithdrawn,
  FavorExpired,
  FavorOverdue,
  RepaymentAccepted,
  HoldReleased,
  MoneyCollected,
  MoneyCredited,
  CreditRefused,
  MoneyReturned,
  MoneyUnclaimed,
  HoldVoided,
);
export type FavorEvent = typeof FavorEvent.Type;
