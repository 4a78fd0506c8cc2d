/** Pages of the player's bets, put together. Pure. */
import type { BetBody, BetsBody } from "../../../sdk/src/index.ts";

export interface BetPages {
  /** Newest first, without a gap. */
  readonly bets: readonly BetBody[];
  /** Asks for what is older; null at the end. */
  readonly nextBefore: string | null;
}

export const firstPage = ({ bets, next_before: nextBefore }: BetsBody): BetPages => ({
  bets,
  nextBefore,
});

/** Whether a bet comes after another in the list: it is older, or of the same moment and with a smaller id. */
const isAfter = (bet: BetBody, other: BetBody): boolean =>
  bet.placed_at < other.placed_at ||
  (bet.placed_at === other.placed_at && bet.bet_id < other.bet_id);

/**
 * The newest page read anew, in the place of what it reaches over: bets have been placed, and others have ended. What is
 * older stays, unless so much is new that the two may not meet.
 */
export function withNewest(known: BetPages, page: BetsBody): BetPages {
  const last = page.bets.at(-1);
  const newest = known.bets[0];
  const isMet = last !== undefined && newest !== undefined && !isAfter(newest, last);
  if (page.next_before === null || !isMet) return firstPage(page);
  const older = known.bets.filter((bet) => isAfter(bet, last));
  return older.length === 0
    ? firstPage(page)
    : { bets: [...page.bets, ...older], nextBefore: known.nextBefore };
}

/** The page after the known ones, or those as they are when it is not that page any more. */
export const withOlder = (known: BetPages, before: string, page: BetsBody): BetPages =>
  known.nextBefore === before
    ? { bets: [...known.bets, ...page.bets], nextBefore: page.next_before }
    : known;
