/** How many watch each raffle over a socket of its own, in the whole cluster. */
import type { RaffleSocketStatsBody } from "../../rpc/http/raffle.ts";
import type { Cluster } from "../cluster/Cluster.ts";
import type { Watchers } from "../cluster/ProcessReport.ts";

/** Raffles named in a process's report, which goes to every peer every second: the most watched, some 20 KB at most. */
const MAX_REPORTED = 500;

/** What a process reports: the count of all, by raffle for the most watched. */
export const reportWatchers = (byRaffle: ReadonlyMap<string, number>): Watchers => {
  const sorted =
    byRaffle.size <= MAX_REPORTED
      ? [...byRaffle]
      : [...byRaffle].toSorted(([, a], [, b]) => b - a).slice(0, MAX_REPORTED);
  let total = 0;
  for (const count of byRaffle.values()) total += count;
  return { total, byEntity: Object.fromEntries(sorted) };
};

/** This process's own are counted now; what the others reported is a second old. */
export const clusterWatchers = (
  own: ReadonlyMap<string, number>,
  cluster: Cluster | undefined,
): RaffleSocketStatsBody => {
  const others = (cluster?.reports() ?? []).filter(
    ({ info, state }) => info.processId !== cluster?.self.processId && state !== "silent",
  );
  const sum = new Map<string, number>();
  let total = 0;
  // A release before this one reports none.
  for (const watchers of [reportWatchers(own), ...others.map((report) => report.watchers)]) {
    if (watchers === undefined) continue;
    total += watchers.total;
    for (const [raffleId, count] of Object.entries(watchers.byEntity))
      sum.set(raffleId, (sum.get(raffleId) ?? 0) + count);
  }
  return { total_connections: total, connections_by_raffle: Object.fromEntries(sum) };
};
