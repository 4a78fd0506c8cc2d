/** A hand's stakes as the site writes them. */
import type { Hand } from "../../../rpc/hand.ts";

const HUNDREDTHS = 100;

/** `0.02/0.05` of money, `200/400` of chips; antes are left out. */
export function formatStakes(hand: Pick<Hand, "currency" | "stakes">): string {
  const { smallBlind, bigBlind } = hand.stakes;
  return hand.currency === "chips"
    ? `${smallBlind}/${bigBlind}`
    : `${formatHundredths(smallBlind)}/${formatHundredths(bigBlind)}`;
}

/** `2`, `0.05`, `0.50`: two decimals where there are any. */
export function formatHundredths(amount: number): string {
  const whole = amount / HUNDREDTHS;
  return Number.isInteger(whole) ? String(whole) : whole.toFixed(2);
}
