/** How a raffle ends: the sale closes, then winners are drawn or everyone gets the money back. */
import { Array as Arr, HashMap } from "effect";
import { minor } from "../../rpc/money.ts";
import type { BeaconRound } from "../../rpc/raffle.ts";
import type { Claim } from "./Claims.ts";
import { held } from "./claiming.ts";
import { drawWinners } from "./draw/pick.ts";
import { awaitedRound, publishedAt } from "./draw/round.ts";
import type { RaffleEvent } from "./events.ts";
import { type About, priceOf, type RaffleState } from "./state.ts";
import { ticketListOf } from "./ticketList.ts";

/** Claims that one event frees: what it is told in, to those who watch, is then some ten kilobytes. */
const MAX_CLAIMS_PER_EVENT = 500;

type Events = ReadonlyArray<RaffleEvent>;

export const expire = (claims: ReadonlyArray<Claim>, at: number): Events =>
  Arr.chunksOf(claims, MAX_CLAIMS_PER_EVENT).map((some) => ({
    _tag: "ClaimsExpired",
    claims: some.map(held),
    at,
  }));

const expireAll = ({ claims }: RaffleState, at: number): Events =>
  expire([...HashMap.values(claims.byId)], at);

/** The claims end with the sale, whatever time they had left. */
export const close = (state: RaffleState, at: number): Events => {
  const { sales } = state;
  const { digest: ticketsDigest } = ticketListOf(sales);
  return [
    ...expireAll(state, at),
    { _tag: "SaleClosed", ticketCount: sales.numbers.count, ticketsDigest, at },
  ];
};

export const cancel = (state: RaffleState, reason: string, at: number): Events => [
  ...expireAll(state, at),
  { _tag: "RaffleCancelled", reason, at },
];

/** Why there can be no draw; undefined when there can. */
const shortfall = ({ terms }: About, sold: number): string | undefined => {
  if (sold === 0) return "No number was sold.";
  return sold * 100 < terms.minSoldPercent * terms.totalNumbers
    ? `Fewer than ${terms.minSoldPercent} % of the numbers were sold.`
    : undefined;
};

/** Draws, or begins to wait for the beacon's round. Nothing while it waits already. */
export const draw = (state: RaffleState, about: About, at: number): Events => {
  if (about.awaiting !== null) return [];
  const reason = shortfall(about, state.sales.numbers.count);
  if (reason !== undefined) return cancel(state, reason, at);
  const closing = about.closedAt === null ? close(state, at) : [];
  const { beacon } = about.rules;
  if (beacon === null) return [...closing, drawn(state, about, null, at)];
  const round = awaitedRound(beacon, about.closedAt ?? at);
  return [...closing, { _tag: "DrawBegun", round, roundAt: publishedAt(beacon, round), at }];
};

/** What is left after the fee is the organiser's; without one it is all the platform's. */
const shares = (about: About, sold: number) => {
  const grossMinor = priceOf(about, sold);
  const { feePerMille } = about.rules;
  const feeMinor = minor(
    about.terms.organiserId === null ? grossMinor : Math.floor((grossMinor * feePerMille) / 1000),
  );
  return { feeMinor, payoutMinor: minor(grossMinor - feeMinor) };
};

/** The draw itself: `round` is the one that it rests on, null without a beacon. */
export const drawn = (
  state: RaffleState,
  about: About,
  round: BeaconRound | null,
  at: number,
): RaffleEvent => {
  const { sales } = state;
  if (about.seed === null) throw new Error("a raffle that was never published cannot be drawn");
  const numbers = [...sales.numbers];
  const input = {
    serverSeed: about.seed.serverSeed,
    randomness: round?.randomness ?? null,
    ticketsDigest: about.tickets?.digest ?? ticketListOf(sales).digest,
  };
  const places = drawWinners(input, { prizes: about.terms.prizes.length, tickets: numbers.length });
  const winners = places.map((place, prize) => {
    const number = numbers[place] ?? -1;
    const sale = sales.holding(number);
    if (sale === undefined) throw new Error(`ticket ${place} was never sold`);
    return { prize, number, reservationId: sale.reservationId, playerId: sale.playerId };
  });
  return { _tag: "RaffleDrawn", round, winners, ...shares(about, numbers.length), at };
};
