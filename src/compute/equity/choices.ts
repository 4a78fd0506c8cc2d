/**
 * A range as Monte Carlo draws from it, for either way of dealing (`wasm/deals.ts`).
 *
 * `makeChoices`: in one step whatever the weights (Walker's alias method): each of `n` hands stands for an equal part of the
 * probability, 1/n; a hand with less shares its part with one that has more, its alias. `makeWeights`: the weights as they are.
 */
import { cardsOf } from "../range/Combination.ts";
import type { Choices } from "../kernel/Kernel.ts";
import type { Hands } from "./Spot.ts";

/** A record of `wasm/deals.ts`: the places of the fields that are written here. */
const RECORD_BYTES = 32;
const KEEP_AT = 24;
const ALIAS_AT = 28;
const HIGH_AT = 30;
const LOW_AT = 31;
const KEEP_ALWAYS = 0xffff_ffff;

/** `keepOf` by the hand's place. */
const makeRecords = (
  { combinations }: Hands,
  keepOf: (place: number) => number,
): { readonly bytes: Uint8Array; readonly view: DataView } => {
  const bytes = new Uint8Array(combinations.length * RECORD_BYTES);
  const view = new DataView(bytes.buffer);
  combinations.forEach((combination, place) => {
    const [high, low] = cardsOf(combination);
    view.setUint32(place * RECORD_BYTES + KEEP_AT, keepOf(place), true);
    view.setUint16(place * RECORD_BYTES + ALIAS_AT, place, true);
    view.setUint8(place * RECORD_BYTES + HIGH_AT, high);
    view.setUint8(place * RECORD_BYTES + LOW_AT, low);
  });
  return { bytes, view };
};

export const makeWeights = (hands: Hands): Choices => ({
  count: hands.combinations.length,
  bytes: makeRecords(hands, (place) => hands.units[place]!).bytes,
});

export const makeChoices = (hands: Hands): Choices => {
  const { combinations, units } = hands;
  const count = combinations.length;
  const { bytes, view } = makeRecords(hands, () => KEEP_ALWAYS);
  const total = units.reduce((sum, weight) => sum + weight, 0);
  // Probabilities in parts of 1/n: those below 1 need an alias, those above can be one.
  const parts = units.map((weight) => (weight * count) / total);
  const short = parts.flatMap((part, place) => (part < 1 ? [place] : []));
  const long = parts.flatMap((part, place) => (part >= 1 ? [place] : []));
  while (short.length > 0 && long.length > 0) {
    const place = short.pop()!;
    const alias = long.at(-1)!;
    view.setUint32(place * RECORD_BYTES + KEEP_AT, Math.floor(parts[place]! * KEEP_ALWAYS), true);
    view.setUint16(place * RECORD_BYTES + ALIAS_AT, alias, true);
    parts[alias]! -= 1 - parts[place]!;
    if (parts[alias]! < 1) short.push(long.pop()!);
  }
  return { count, bytes };
};
