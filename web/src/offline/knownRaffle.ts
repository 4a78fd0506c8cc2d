/**
 * The raffles that were looked at last, for when nobody answers: each with the numbers that are sold. Which are reserved is
 * not kept, for that is true for minutes.
 */
import type { NumberGrid, RaffleBody } from "../../../sdk/src/index.ts";
import { gridOf } from "../../../sdk/src/index.ts";
import { hasTexts, isRecord } from "../http/request.ts";
import { areRaffles } from "../raffles/rafflesView.ts";
import { keepKnown, lastKnown } from "./LastKnown.ts";
import type { Known } from "./LastKnown.ts";

export interface SeenRaffle {
  readonly raffle: RaffleBody;
  readonly grid: NumberGrid;
}

interface Kept {
  readonly atMs: number;
  readonly raffle: RaffleBody;
  /** Base64, a bit a number, as the server sends it. */
  readonly sold: string;
}

const NAME = "raffle-numbers";
/** Of 100,000 numbers each takes 17 KB of the five megabytes that a page may keep. */
const MAX_KEPT = 5;

/** Remembers how a raffle stands now. */
export function keepRaffle(
  storage: Storage,
  { grid, raffle }: SeenRaffle,
  { nowMs }: { readonly nowMs: number },
): void {
  const others = read(storage).filter((kept) => kept.raffle.id !== raffle.id);
  const newest: Kept = { atMs: nowMs, raffle, sold: soldBits(grid) };
  keepKnown(storage, NAME, [newest, ...others].slice(0, MAX_KEPT), { nowMs });
}

/** How it stood when it was last looked at; null when that is not known. */
export function knownRaffle(storage: Storage, raffleId: string): Known<SeenRaffle> | null {
  const kept = read(storage).find(({ raffle }) => raffle.id === raffleId);
  if (kept === undefined) return null;
  const { atMs, raffle, sold } = kept;
  const grid = gridOf(raffle.total_numbers, "", sold);
  const counts = {
    sold_count: grid.soldCount,
    reserved_count: 0,
    available_count: grid.availableCount,
  };
  return { atMs, body: { raffle: { ...raffle, ...counts }, grid } };
}

const read = (storage: Storage): readonly Kept[] => lastKnown(storage, NAME, areKept)?.body ?? [];

function areKept(value: unknown): value is readonly Kept[] {
  return (
    Array.isArray(value) &&
    value.every((kept) => isRecord(kept) && typeof kept["atMs"] === "number" && hasBits(kept)) &&
    areRaffles({ raffles: value.map(({ raffle }) => raffle as unknown) })
  );
}

function hasBits(kept: Readonly<Record<string, unknown>>): boolean {
  return hasTexts(kept, ["sold"]) && /^[\w+/]*={0,2}$/.test(String(kept["sold"]));
}

function soldBits(grid: NumberGrid): string {
  const bytes = new Uint8Array(Math.ceil(grid.total / 8));
  for (let number = 0; number < grid.total; number += 1)
    if (grid.isSold(number)) bytes[number >> 3] = (bytes[number >> 3] ?? 0) | (1 << (number & 7));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
