/** An adjustment as typed, and what it would come to. Money in minor units. */
import { faultOfReason } from "../reason.ts";
import { saying } from "../texts/AdminText.ts";
import type { Saying } from "../texts/AdminText.ts";

export interface AdjustmentForm {
  readonly amount: string;
  readonly reason: string;
  /** The amount once more, asked for when it is large. */
  readonly confirmation: string;
}

export const NO_ADJUSTMENT: AdjustmentForm = { amount: "", reason: "", confirmation: "" };

/** Ten times the grant of a newcomer: a slip of the decimal mark on everyday amounts comes to more than this, and is noticed. */
export const LARGE_AMOUNT_MINOR = 1_000_000;

export type AdjustmentFault = keyof AdjustmentForm;

export interface AdjustmentReading {
  /** Signed; undefined while what is typed is no amount. */
  readonly amountMinor: number | undefined;
  readonly isLarge: boolean;
  /** What is available after it; undefined when it cannot be made. */
  readonly afterMinor: number | undefined;
  readonly faults: ReadonlyMap<AdjustmentFault, Saying>;
}

export interface AdjustmentFormat {
  readonly parseMoney: (text: string) => number | undefined;
  readonly money: (minor: number) => string;
}

const EXAMPLE_MINOR = 250;

/** `+2.50`, `2.50` or `-2.50`, with the minus of a keyboard or of a typesetter. */
export function parseSigned(
  text: string,
  parseMoney: AdjustmentFormat["parseMoney"],
): number | undefined {
  const match = /^\s*([+\-−]?)\s*(.*)$/s.exec(text);
  const amount = parseMoney(match?.[2] ?? "");
  if (amount === undefined || amount === 0) return amount;
  return match?.[1] === "" || match?.[1] === "+" ? amount : -amount;
}

export function readAdjustment(
  form: AdjustmentForm,
  availableMinor: number,
  { parseMoney, money }: AdjustmentFormat,
): AdjustmentReading {
  const faults = new Map<AdjustmentFault, Saying>();
  const amountMinor = parseSigned(form.amount, parseMoney);
  if (form.amount.trim() === "") faults.set("amount", saying("fault.required"));
  else if (amountMinor === undefined) {
    faults.set("amount", saying("fault.money", { example: money(EXAMPLE_MINOR) }));
  } else if (amountMinor === 0) faults.set("amount", saying("fault.notZero"));
  else if (availableMinor + amountMinor < 0) {
    faults.set("amount", saying("adjust.tooMuch", { available: money(availableMinor) }));
  }
  const reasonFault = faultOfReason(form.reason);
  if (reasonFault !== null) faults.set("reason", reasonFault);
  const isLarge = amountMinor !== undefined && Math.abs(amountMinor) >= LARGE_AMOUNT_MINOR;
  if (isLarge && parseSigned(form.confirmation, parseMoney) !== amountMinor) {
    faults.set("confirmation", saying("fault.confirmation"));
  }
  const afterMinor = faults.has("amount") ? undefined : availableMinor + (amountMinor ?? 0);
  return { amountMinor, isLarge, afterMinor, faults };
}
