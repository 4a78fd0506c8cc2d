/**
 * When an entity's next snapshot is due. Encoding one costs as much as the state has items, so the entries between two of
 * them grow with the state: what snapshots cost a command stays the same however much an entity holds.
 */
import type { Entity } from "./Entity.ts";

/** Entries that a snapshot waits for each item in the state. */
const ENTRIES_PER_ITEM = 4;

export class ActorSnapshots {
  readonly #entity: Readonly<Entity>;
  #newest = 0;

  constructor(entity: Readonly<Entity>) {
    this.#entity = entity;
  }

  /** The version of the snapshot that the state was read from, 0 for none. */
  newestIs(version: number): void {
    this.#newest = version;
  }

  /** Offers the committed state for writing, if that is due and the moment is good. */
  offerIfDue(): void {
    const { committed, committedVersion, definition, entityId, env, kind, name } = this.#entity;
    const { snapshots } = definition;
    const entries = committedVersion - this.#newest;
    if (entries < snapshots.everyEntries) return;
    const size = snapshots.size?.(committed) ?? 0;
    if (entries < snapshots.everyEntries + size * ENTRIES_PER_ITEM) return;
    if (snapshots.when?.(committed) === false) return;
    this.#newest = committedVersion;
    env.snapshots.offer(name, () => ({
      kind,
      entityId,
      version: committedVersion,
      revision: snapshots.revision,
      state: env.codecs.snapshot(definition).encode(committed),
    }));
  }
}
