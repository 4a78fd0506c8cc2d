/**
 * Things that seldom happen and that the promises rest on. A run of the chaos test that never met them has proved nothing,
 * and a cluster on which they happen often has a problem: so each is counted.
 */

const WHAT = {
  fencedAppend: "Appends refused because another copy of the entity had committed",
  unknownCommit: "Commits whose answer was lost and was looked up",
  settlementResumed: "Settlements taken up again by a later life of their lobby",
  holdReconciled: "Holds released because their owner did not know them",
  streamResumed: "Topics taken up again at another place, after the last frame seen",
  snapshotRecovery: "Entities read from a snapshot",
  askRetriedElsewhere: "Messages answered by another process than the one they were first sent to",
  singletonFenced: "Acts of a singleton refused because another process had taken its office",
  zombieDoubted: "Times this process doubted that its entities were still its own",
  peerFoundDead: "Times this process took another for dead",
} as const;

export type What = keyof typeof WHAT;

export class Sometimes {
  readonly #counts = new Map<What, number>(
    (Object.keys(WHAT) as Array<What>).map((what) => [what, 0]),
  );

  happened(what: What, times = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
  }

  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  entries(): Iterable<readonly [What, number]> {
    return this.#counts;
  }
}
