/** What the tables of a journal in memory have of a reservation, as `entities/reservation/views.ts` reads it from PostgreSQL. */
import type { KnownReservation } from "../../entities/reservation/known.ts";
import { PlayerId, type ReservationId } from "../../rpc/id.ts";
import type { MemoryJournal } from "../../src/actor/MemoryJournal.ts";

export const storedReservation = (
  { tables }: MemoryJournal,
  reservationId: ReservationId,
): KnownReservation | undefined => {
  const find = (table: string) => {
    for (const row of tables.get(table)?.values() ?? [])
      if (row["reservation_id"] === reservationId) return row;
    return undefined;
  };
  const row = find("reservation_claim");
  if (row === undefined) return undefined;
  const outcome = find("reservation_end")?.["outcome"];
  return {
    reservationId,
    raffleId: String(row["raffle_id"]),
    playerId: PlayerId.make(String(row["player_id"])),
    numbers: row["numbers"] as ReadonlyArray<number>,
    amountMinor: Number(row["amount"]),
    expiresAt: Number(row["expires_at"]),
    phase: (outcome === "returned" ? "refunded" : (outcome ?? row["phase"])) as "expired",
  };
};
