/** What the list of raffles shows, out of what the server says. Pure. */
import type { RaffleBody, TicketsBody } from "../../../sdk/src/index.ts";
import { hasTexts, isRecord } from "../http/request.ts";

export const FILTERS = ["sale", "drawn", "mine"] as const;
export type Filter = (typeof FILTERS)[number];

/** What a player has in one raffle. */
export interface OwnShare {
  /** Bought or kept. */
  readonly count: number;
  /** When a live reservation runs out, epoch milliseconds; null without one. */
  readonly keptUntilMs: number | null;
}

const ON_SALE: readonly RaffleBody["status"][] = ["active", "suspended", "closed"];

/** On sale or before its draw; the nearest draw first. */
export function onSale(raffles: readonly RaffleBody[]): readonly RaffleBody[] {
  return raffles
    .filter(({ status }) => ON_SALE.includes(status))
    .toSorted(
      (a, b) =>
        ON_SALE.indexOf(a.status) - ON_SALE.indexOf(b.status) ||
        Date.parse(a.draw_at) - Date.parse(b.draw_at),
    );
}

/** Drawn or cancelled; the latest first. */
export function ended(raffles: readonly RaffleBody[]): readonly RaffleBody[] {
  return raffles
    .filter(({ status }) => status === "completed" || status === "cancelled")
    .toSorted((a, b) => Date.parse(b.ended_at ?? b.draw_at) - Date.parse(a.ended_at ?? a.draw_at));
}

export function ownShares(
  reservations: readonly Pick<
    TicketsBody["reservations"][number],
    "raffle_id" | "phase" | "numbers" | "expires_at"
  >[],
): ReadonlyMap<string, OwnShare> {
  const shares = new Map<string, OwnShare>();
  for (const { expires_at: expiresAt, numbers, phase, raffle_id: raffleId } of reservations) {
    const isLive = phase === "selection" || phase === "checkout";
    if (!isLive && phase !== "sold") continue;
    const { count, keptUntilMs } = shares.get(raffleId) ?? { count: 0, keptUntilMs: null };
    shares.set(raffleId, {
      count: count + numbers.length,
      keptUntilMs: isLive ? Date.parse(expiresAt) : keptUntilMs,
    });
  }
  return shares;
}

/** Both lists in one, each raffle once; the first list has the newer word on it. */
export function together(
  newer: readonly RaffleBody[],
  older: readonly RaffleBody[],
): readonly RaffleBody[] {
  const known = new Set(newer.map(({ id }) => id));
  return [...newer, ...older.filter(({ id }) => !known.has(id))];
}

/** Whether what this browser has kept of the raffles can still be shown. */
export function areRaffles(value: unknown): value is { readonly raffles: readonly RaffleBody[] } {
  return isRecord(value) && Array.isArray(value["raffles"]) && value["raffles"].every(isRaffle);
}

const COUNTS = ["ticket_price", "total_numbers", "sold_count", "reserved_count", "available_count"];

export function isRaffle(value: unknown): value is RaffleBody {
  return (
    hasTexts(value, ["id", "title", "status", "draw_at"]) &&
    isRecord(value) &&
    COUNTS.every((name) => Number.isInteger(value[name])) &&
    Array.isArray(value["prizes"]) &&
    value["prizes"].every((prize) => hasTexts(prize, ["name"]))
  );
}
