/** What a run's journal should have at least once, or its raffles have shown nothing. */
import type { Entry } from "./Journal.ts";

/** Events, and refusals, that tell of each. */
const TELLING = {
  claimExpired: /^ClaimsExpired$/,
  numberTaken: /^NumberTaken$/,
  ticketsSold: /^NumbersSold$/,
  raffleDrawn: /^RaffleDrawn$/,
  saleTakenBack: /^SaleReturned$/,
} as const;

export type Sight = keyof typeof TELLING;
export const SIGHTS = Object.keys(TELLING) as ReadonlyArray<Sight>;

export const sightsIn = (journal: ReadonlyArray<Entry>): ReadonlyMap<Sight, number> => {
  const counts = new Map<Sight, number>(SIGHTS.map((sight) => [sight, 0]));
  for (const { events, reply } of journal)
    for (const tag of [
      ...events.map(({ _tag }) => _tag),
      reply?.ok === false ? reply.error._tag : "",
    ])
      for (const sight of SIGHTS)
        if (TELLING[sight].test(tag)) counts.set(sight, (counts.get(sight) ?? 0) + 1);
  return counts;
};
