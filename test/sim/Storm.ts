/** The faults of one run, one after another at random times: each is drawn from the seed's own mixture. */
import type { Chance } from "./Chance.ts";
import { SHARD_COUNT } from "./Locks.ts";
import type { Calamity } from "./Weather.ts";
import type { World } from "./World.ts";

/** Fewer processes than this is no cluster; more than that only takes time. */
const MIN_RUNNERS = 2;
const MAX_RUNNERS = 4;

export class Storm {
  readonly #world: World;
  readonly #chance: Chance;

  constructor(world: World, chance: Chance) {
    this.#world = world;
    this.#chance = chance;
  }

  async rage(goesOn: () => boolean): Promise<void> {
    const { clientLane, scheduler, weather } = this.#world;
    const weights = weather.calamities;
    const isCalm = Object.values(weights).every((weight) => weight === 0);
    for (;;) {
      await scheduler.sleep(clientLane, this.#chance.between(0.2, 1.8) * weather.everyMs);
      if (!goesOn()) return;
      if (!isCalm) this.#strike(this.#chance.weighted(weights));
      this.#replace();
    }
  }

  #strike(calamity: Calamity): void {
    const chance = this.#chance;
    const { living, locks, network } = this.#world;
    if (living.length === 0) return;
    const one = chance.pick(living);
    const other = chance.pick(living);
    this.#world.sometimes(calamity);
    switch (calamity) {
      case "kill":
        return one.kill();
      case "stop":
        return void (one.isLeaving || one.lane.isPaused || one.leave());
      case "pause":
        return void (one.lane.isPaused || one.pause(chance.skewed(50, 9000)));
      case "loseLocks":
        return locks.rob(one);
      case "move":
        return locks.move(chance.int(0, SHARD_COUNT - 1), other);
      case "cutLink":
        return void (one === other || network.cut(one, other, chance.skewed(50, 6000)));
      case "cutStore":
        return this.#world.cutStore(chance.skewed(20, 5000), one.name);
      case "storeOutage":
        return this.#world.cutStore(chance.skewed(20, 3000));
    }
  }

  /** Someone starts another process for one that has gone, and one more now and then. */
  #replace(): void {
    const living = this.#world.living.filter(({ isLeaving }) => !isLeaving);
    const isWanted = living.length < MIN_RUNNERS || this.#chance.happens(0.2);
    if (isWanted && living.length < MAX_RUNNERS) this.#world.start();
  }
}
