/** Money is an integer count of minor units, here as everywhere; only what a person reads or types has a decimal point. */

const MINOR_PER_MAJOR = 100;
const major = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** 123450 as `1,234.50`. */
export function formatMoney(minor: number): string {
  const magnitude = Math.abs(minor);
  const fraction = String(magnitude % MINOR_PER_MAJOR).padStart(2, "0");
  return `${minor < 0 ? "−" : ""}${major.format(Math.trunc(magnitude / MINOR_PER_MAJOR))}.${fraction}`;
}

/** `2`, `2.5` or `2,50` in minor units; undefined for anything else. Reads digits, so no float is ever rounded. */
export function parseMoney(text: string): number | undefined {
  const match = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (match === null) return undefined;
  return Number(match[1]) * MINOR_PER_MAJOR + Number((match[2] ?? "").padEnd(2, "0"));
}
