/** The raffle that was looked at last, with its numbers, for when nobody answers: 25 KB at most, so one of them is kept. */
import type { NumberGrid, RaffleBody } from "../../../sdk/src/index.ts";
import { gridOf } from "../../../sdk/src/raffle/NumberGrid.ts";
import { hasTexts, isRecord } from "../http/request.ts";
import { keepKnown, lastKnown } from "../offline/LastKnown.ts";
import { isRaffle } from "../raffles/rafflesView.ts";

const KNOWN = "raffle";

interface Kept {
  readonly raffle: RaffleBody;
  /** As the server's bitmaps. */
  readonly reserved: string;
  readonly sold: string;
}

export function keepRaffle(storage: Storage, raffle: RaffleBody, grid: NumberGrid): void {
  const kept: Kept = {
    raffle,
    reserved: bitsOf(grid.total, grid.isReserved),
    sold: bitsOf(grid.total, grid.isSold),
  };
  keepKnown(storage, KNOWN, kept, { nowMs: Date.now() });
}

/** Null when another was looked at since, or none. */
export function keptRaffle(
  storage: Storage,
  raffleId: string,
): { readonly raffle: RaffleBody; readonly grid: NumberGrid } | null {
  const kept = lastKnown(storage, KNOWN, isKept)?.body;
  if (kept === undefined || kept.raffle.id !== raffleId) return null;
  const { raffle, reserved, sold } = kept;
  return { raffle, grid: gridOf(raffle.total_numbers, reserved, sold) };
}

/** Base64, a bit a number, the lowest number in the lowest bit of the first byte. */
function bitsOf(total: number, has: (number: number) => boolean): string {
  const bytes = new Uint8Array(Math.ceil(total / 8));
  for (let number = 0; number < total; number += 1) {
    if (has(number)) bytes[number >> 3] = (bytes[number >> 3] ?? 0) | (1 << (number & 7));
  }
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

const BASE64 = /^[\w+/]*={0,2}$/;

function isKept(value: unknown): value is Kept {
  return (
    isRecord(value) &&
    isRaffle(value["raffle"]) &&
    hasTexts(value, ["reserved", "sold"]) &&
    BASE64.test(String(value["reserved"])) &&
    BASE64.test(String(value["sold"]))
  );
}
