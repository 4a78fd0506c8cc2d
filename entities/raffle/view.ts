/** What a raffle shows of itself. The server's seed is in none of it before the draw. */
import type { PlayerId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import type {
  ClaimView,
  DrawView,
  RaffleBooks,
  RaffleNumber,
  RaffleView,
} from "../../rpc/raffle.ts";
import { type Claim, claimOfPlayer } from "./Claims.ts";
import { awaitedRound } from "./draw/round.ts";
import type { Sale } from "./Sales.ts";
import { type About, ascending, isAllReturned, priceOf, type RaffleState } from "./state.ts";

export const viewOf = (state: RaffleState, about: About): RaffleView => ({
  raffleId: state.raffleId,
  terms: about.terms,
  rules: about.rules,
  status: about.status,
  stateVersion: state.stateVersion,
  soldCount: state.sales.numbers.count,
  reservedCount: state.claims.numbers.count,
  commitment: about.seed?.commitment ?? null,
  createdAt: about.createdAt,
  publishedAt: about.publishedAt,
  closedAt: about.closedAt,
  endedAt: about.endedAt,
  reason: about.reason,
});

/** The view of what events have led to. */
export const shown = (after: RaffleState): RaffleView => {
  if (after.about === null) throw new Error("a raffle that was never created has nothing to show");
  return viewOf(after, after.about);
};

export const claimView = ({ raffleId }: RaffleState, about: About, claim: Claim): ClaimView => ({
  reservationId: claim.reservationId,
  raffleId,
  playerId: claim.playerId,
  phase: claim.phase,
  numbers: claim.numbers,
  amountMinor: priceOf(about, claim.numbers.length),
  expiresAt: claim.until,
});

export const saleView = ({ raffleId }: RaffleState, about: About, sale: Sale): ClaimView => ({
  reservationId: sale.reservationId,
  raffleId,
  playerId: sale.playerId,
  phase: "sold",
  numbers: sale.numbers,
  amountMinor: priceOf(about, sale.numbers.length),
  expiresAt: sale.at,
});

export const drawView = ({ raffleId }: RaffleState, about: About): DrawView => {
  const { closedAt, drawn, rules, seed, status, terms, tickets } = about;
  return {
    raffleId,
    status,
    prizes: terms.prizes,
    commitment: seed?.commitment ?? null,
    serverSeed: drawn === null ? null : (seed?.serverSeed ?? null),
    closedAt,
    ticketCount: tickets?.count ?? null,
    ticketsDigest: tickets?.digest ?? null,
    chain: rules.beacon,
    awaitedRound:
      rules.beacon === null || closedAt === null ? null : awaitedRound(rules.beacon, closedAt),
    round: drawn?.round ?? null,
    drawnAt: drawn === null ? null : about.endedAt,
    winners: drawn?.winners ?? [],
  };
};

export const booksOf = (state: RaffleState, about: About): RaffleBooks => {
  const { returned, sales, unanswered } = state;
  const { drawn, status } = about;
  const back = sales.slice(0, returned).reduce((sum, { numbers }) => sum + numbers.length, 0);
  return {
    sales: sales.count,
    grossMinor: priceOf(about, sales.numbers.count),
    feeMinor: drawn?.feeMinor ?? minor(0),
    payoutMinor: drawn?.payoutMinor ?? minor(0),
    returnedMinor: priceOf(about, back),
    isSettled: status === "cancelled" ? isAllReturned(state) : (drawn?.isPaidOut ?? false),
    unanswered,
  };
};

/** The numbers that a player has reserved or bought, ascending. */
export const numbersOf = (
  { claims, sales }: RaffleState,
  playerId: PlayerId,
): ReadonlyArray<typeof RaffleNumber.Type> => {
  const numbers: Array<number> = [...(claimOfPlayer(claims, playerId)?.numbers ?? [])];
  for (const sale of sales) if (sale.playerId === playerId) numbers.push(...sale.numbers);
  return ascending(numbers);
};
