import { en } from "../texts/en.ts";
import type { Say } from "../texts/AdminText.ts";

/** The ledger's words that have a key of another shape. */
const KEYS: Readonly<Record<string, string>> = { "transfer returned": "transferReturned" };

const isPurpose = (key: string): key is keyof typeof en.player.purposes =>
  Object.hasOwn(en.player.purposes, key);

/** What money moved for, in the page's language; a word of another release as it comes. */
export function purposeText(purpose: string, t: Say): string {
  const key = KEYS[purpose] ?? purpose;
  return isPurpose(key) ? t(`player.purposes.${key}`) : purpose;
}
