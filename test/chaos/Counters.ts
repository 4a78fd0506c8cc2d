/**
 * What seldom happens, as the processes count it. A killed process takes its counts with it, so they are read all the
 * time, and what was read last of each start counts.
 */
import type { ChaosCluster } from "./ChaosCluster.ts";

const EVERY_MS = 250;
const ANSWER_MS = 1000;

/** Each must be met, or the run has not shown what it is for. */
export const SOMETIMES = [
  "fencedAppend",
  "unknownCommit",
  "settlementResumed",
  "holdReconciled",
  "streamResumed",
  "snapshotRecovery",
  "askRetriedElsewhere",
] as const;
export type What = (typeof SOMETIMES)[number];

const LINE = /^croupier_sometimes_total\{[^}]*what="(\w+)"[^}]*\} (\d+)/gm;

export class Counters {
  readonly #cluster: ChaosCluster;
  /** By process start, then by what. */
  readonly #read = new Map<string, ReadonlyMap<string, number>>();
  readonly #timer: NodeJS.Timeout;

  constructor(cluster: ChaosCluster) {
    this.#cluster = cluster;
    this.#timer = setInterval(() => void this.read(), EVERY_MS);
  }

  /** Reads all that can be reached. */
  async read(): Promise<void> {
    await Promise.all(
      this.#cluster.members.map(async ({ isPaused, name, server, starts, url }) => {
        if (server === undefined || isPaused) return;
        const answered = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS) })
          .then((response) => response.text())
          // Dead or deaf: what was read last counts.
          .catch(() => "");
        const counts = [...answered.matchAll(LINE)].map(
          ([, what, count]) => [String(what), Number(count)] as const,
        );
        if (counts.length > 0) this.#read.set(`${name}.${starts}`, new Map(counts));
      }),
    );
  }

  get totals(): ReadonlyMap<string, number> {
    const totals = new Map<string, number>(SOMETIMES.map((what) => [what, 0]));
    for (const counts of this.#read.values())
      for (const [what, count] of counts) totals.set(what, (totals.get(what) ?? 0) + count);
    return totals;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
