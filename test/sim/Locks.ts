/**
 * Shards and who holds their locks in the database. That is the truth; what a process believes about itself lags behind
 * it: a paused process wakes believing what it believed before, and for a while two processes think that an entity is theirs.
 */
import { Lane } from "./Scheduler.ts";
import type { Resident, Surroundings } from "./Surroundings.ts";

/** Few enough that several entities share a shard. */
export const SHARD_COUNT = 12;
/** Who holds this one sweeps for overdue alarms: a singleton like any other. */
export const SINGLETON_SHARD = 0;

/** How often the cluster looks for shards without a living holder. */
const ASSIGN_EVERY_MS = 100;
/** A dead or silent process loses its locks after this. */
const NOTICED_FROM_MS = 250;
const NOTICED_TO_MS = 1500;

export const shardOf = (kind: string, entityId: string): number => {
  let hash = 7;
  for (const character of `${kind}|${entityId}`)
    hash = (hash * 31 + character.charCodeAt(0)) % 1_000_003;
  return hash % SHARD_COUNT;
};

export class Locks {
  readonly #world: Surroundings;
  readonly #lane = new Lane("locks");
  readonly #holders: Array<Resident | undefined> = Array.from({ length: SHARD_COUNT });
  /** When a process that does not answer loses its locks. */
  readonly #loses = new Map<Resident, number>();

  constructor(world: Surroundings) {
    this.#world = world;
    const turn = () => {
      this.#assign();
      world.scheduler.after(this.#lane, ASSIGN_EVERY_MS, "assign", turn);
    };
    world.scheduler.after(this.#lane, 0, "assign", turn);
  }

  holds(runner: Resident, shard: number): boolean {
    return this.#holders[shard] === runner;
  }

  /** A process that has come takes its share from those who have more. */
  join(runner: Resident): void {
    const { faults, living } = this.#world;
    if (living.length === 1) return;
    for (let shard = 0; shard < SHARD_COUNT; shard++)
      if (faults.happens(1 / living.length)) this.move(shard, runner);
  }

  /** A shard goes from its holder to another process, in order: the one closes, the other opens. */
  move(shard: number, to: Resident): void {
    const from = this.#holders[shard];
    if (from === undefined || from === to || !isEligible(from)) return;
    this.#world.note(`shard ${shard} moves from ${from.name} to ${to.name}`);
    from.soon("give up a shard", () => {
      from.release(shard);
      if (this.#holders[shard] === from) this.#grant(shard, to);
    });
  }

  /** The locks of a process are taken from it without its knowledge. */
  rob(runner: Resident): void {
    this.#world.note(`${runner.name} loses its locks`);
    for (let shard = 0; shard < SHARD_COUNT; shard++)
      if (this.#holders[shard] === runner) this.#holders[shard] = undefined;
    // It may well get some of them again, as anyone may.
    this.#loses.delete(runner);
  }

  #assign(): void {
    const { faults, runners, scheduler } = this.#world;
    for (const runner of runners) {
      if (isEligible(runner)) this.#loses.delete(runner);
      else if (!this.#loses.has(runner))
        this.#loses.set(runner, scheduler.now + faults.between(NOTICED_FROM_MS, NOTICED_TO_MS));
    }
    const eligible = runners.filter(isEligible);
    if (eligible.length === 0) return;
    for (let shard = 0; shard < SHARD_COUNT; shard++) {
      const holder = this.#holders[shard];
      const isGone =
        holder === undefined ||
        (this.#loses.get(holder) ?? Number.POSITIVE_INFINITY) <= scheduler.now;
      if (isGone) this.#grant(shard, faults.pick(eligible));
    }
  }

  #grant(shard: number, to: Resident): void {
    this.#holders[shard] = to;
    to.soon("take a shard", () => {
      if (this.#holders[shard] === to) to.acquire(shard);
    });
  }
}

const isEligible = ({ isLeaving, lane }: Resident) =>
  !lane.hasEnded && !lane.isPaused && !isLeaving;
