/**
 * The player's bets of the race in progress and the one before. Rows come from `GET /bets`, which tells every outcome;
 * between two readings the answers to the player's own commands keep them current.
 */
import type { ServerFrame } from "../../../rpc/frames.ts";
import type { Market } from "../../../rpc/lobby.ts";

export type BetStatus = "accepted" | "cancelled" | "won" | "lost" | "refunded";

/** As `GET /bets` has it; amounts in minor units. */
export interface BetRow {
  readonly bet_id: string;
  readonly race_id: string;
  readonly market: Market;
  readonly selection: readonly number[];
  readonly stake: number;
  readonly status: BetStatus;
  /** What was paid for it, refunds included; null until it is settled. */
  readonly payout: number | null;
}

export interface BetsState {
  /** Newest first within each race. */
  readonly byRace: Readonly<Record<string, readonly BetRow[]>>;
}

export const NO_BETS: BetsState = { byRace: {} };

const STATUSES: readonly BetStatus[] = ["accepted", "cancelled", "won", "lost", "refunded"];
const isSettled = ({ status }: BetRow): boolean => status !== "accepted";

/** The bets after an answer to one of the player's commands. */
export function applyBetsFrame(bets: BetsState, frame: ServerFrame): BetsState {
  switch (frame.type) {
    case "BET_PLACED": {
      const rows = bets.byRace[frame.race_id] ?? [];
      // Repeated answers come after resends, and must not undo what is known since.
      if (rows.some(({ bet_id: betId }) => betId === frame.bet_id)) return bets;
      const { bet_id, race_id, market, selection, stake } = frame;
      const row: BetRow = {
        bet_id,
        race_id,
        market,
        selection,
        stake,
        status: "accepted",
        payout: null,
      };
      return withRace(bets, race_id, [row, ...rows]);
    }
    case "BET_CANCELLED":
      return {
        byRace: Object.fromEntries(
          Object.entries(bets.byRace).map(([raceId, rows]) => [
            raceId,
            rows.map((row) =>
              row.bet_id === frame.bet_id
                ? { ...row, status: "cancelled" as const, payout: frame.refund }
                : row,
            ),
          ]),
        ),
      };
    default:
      return bets;
  }
}

/**
 * The bets after a reading of a race's. The reading may be older than an answer that overtook it, so what is known to be
 * settled stays so, and bets it does not have yet are kept.
 */
export function applyBetsReading(
  bets: BetsState,
  raceId: string,
  reading: readonly BetRow[],
): BetsState {
  const known = bets.byRace[raceId] ?? [];
  const read = new Map(reading.map((row) => [row.bet_id, row]));
  const unread = known.filter(({ bet_id: betId }) => !read.has(betId));
  const merged = reading.map((row) => {
    const before = known.find(({ bet_id: betId }) => betId === row.bet_id);
    return before !== undefined && isSettled(before) && !isSettled(row) ? before : row;
  });
  return withRace(bets, raceId, [...unread, ...merged]);
}

/** Forgets all races but these. */
export function keepRaces(bets: BetsState, raceIds: readonly string[]): BetsState {
  const kept = Object.entries(bets.byRace).filter(([raceId]) => raceIds.includes(raceId));
  return kept.length === Object.keys(bets.byRace).length
    ? bets
    : { byRace: Object.fromEntries(kept) };
}

/** Whether a race has bets whose outcome is not known yet. */
export function hasOpenBets(bets: BetsState, raceId: string): boolean {
  return (bets.byRace[raceId] ?? []).some((row) => !isSettled(row));
}

export function isBetStatus(value: unknown): value is BetStatus {
  return typeof value === "string" && (STATUSES as readonly string[]).includes(value);
}

function withRace(bets: BetsState, raceId: string, rows: readonly BetRow[]): BetsState {
  return { byRace: { ...bets.byRace, [raceId]: rows } };
}
