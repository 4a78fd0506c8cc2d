/** What is said of the money of a raffle, for who gets it. Pure. */
import type { RaffleBody, RaffleBooksBody } from "../../../sdk/src/index.ts";

export type Standing = "afterDraw" | "toBePaid" | "paid" | "beingReturned" | "allReturned";

export function standingOf(
  { status }: Pick<RaffleBody, "status">,
  { settled }: Pick<RaffleBooksBody, "settled">,
): Standing {
  if (status === "completed") return settled ? "paid" : "toBePaid";
  if (status === "cancelled") return settled ? "allReturned" : "beingReturned";
  return "afterDraw";
}

const PER_MILLE = 1_000n;

/** What the organiser would get if it were drawn as it stands, minor units; what is booked, once it is. */
export function dueMinor(
  raffle: Pick<RaffleBody, "status" | "fee_per_mille">,
  { gross, fee, payout }: Pick<RaffleBooksBody, "gross" | "fee" | "payout">,
): { readonly feeMinor: number; readonly payoutMinor: number } {
  if (raffle.status === "completed" || raffle.status === "cancelled") {
    return { feeMinor: fee, payoutMinor: payout };
  }
  const feeMinor = Number((BigInt(gross) * BigInt(raffle.fee_per_mille)) / PER_MILLE);
  return { feeMinor, payoutMinor: gross - feeMinor };
}
