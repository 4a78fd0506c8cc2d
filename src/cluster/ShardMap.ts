/**
 * Who holds which shard, as far as this process knows: each process says itself which it holds (`Shards`), and the newest
 * claim counts. It is news, not truth; the truth are the locks in PostgreSQL, and the fence behind them. A message
 * that follows old news comes back as moved.
 */
import type { ProcessInfo } from "./ProcessReport.ts";

export class ShardMap<Holder extends { readonly info: ProcessInfo }> {
  /**
   * All who claim a shard, the newest last. The others are remembered because the newest may be wrong: a process that was
   * paused claims what it held, and takes it back when it has looked.
   */
  readonly #claimants = new Map<string, Array<Holder>>();
  readonly #claims = new Map<Holder, ReadonlySet<string>>();
  readonly #onChange: Array<() => void> = [];

  holderOf(shard: string): Holder | undefined {
    return this.#claimants.get(shard)?.at(-1);
  }

  /** Of a group's shards (`<group>:<number>`), those that someone holds. */
  heldIn(group: string): number {
    let held = 0;
    for (const shard of this.#claimants.keys()) if (shard.startsWith(`${group}:`)) held++;
    return held;
  }

  countOf(holder: Holder): number {
    return this.#claims.get(holder)?.size ?? 0;
  }

  /** From now on `holder` holds these and no others. What it held before and another has claimed since stays the other's. */
  claim(holder: Holder, shards: Iterable<string>): void {
    const before = this.#claims.get(holder);
    const now = new Set(shards);
    let changed = false;
    for (const shard of before ?? [])
      if (!now.has(shard)) {
        changed = this.holderOf(shard) === holder || changed;
        const others = this.#claimants.get(shard)?.filter((one) => one !== holder) ?? [];
        if (others.length > 0) this.#claimants.set(shard, others);
        else this.#claimants.delete(shard);
      }
    for (const shard of now)
      if (before?.has(shard) !== true) {
        this.#claimants.set(shard, [...(this.#claimants.get(shard) ?? []), holder]);
        changed = true;
      }
    if (now.size === 0) this.#claims.delete(holder);
    else this.#claims.set(holder, now);
    if (changed) for (const notify of this.#onChange) notify();
  }

  onChange(notify: () => void): void {
    this.#onChange.push(notify);
  }
}
