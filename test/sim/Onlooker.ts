/**
 * Watches the topics of the cluster from one process, as its gateway does, and holds each frame against the journal: none
 * before its commit, none twice, and none left out without being told.
 */
import type { EntityKey } from "../../src/actor/Journal.ts";
import type { TopicFrame } from "../../src/actor/Topics.ts";
import { LOBBIES, PLAYERS, RAFFLES } from "./Players.ts";
import type { Resident, Surroundings } from "./Surroundings.ts";

const WATCHED: ReadonlyArray<EntityKey> = [
  ...LOBBIES.map((entityId) => ({ kind: "lobby", entityId })),
  ...PLAYERS.map((entityId) => ({ kind: "wallet", entityId })),
  ...RAFFLES.map((entityId) => ({ kind: "raffle", entityId })),
];

export class Onlooker {
  readonly #world: Surroundings;
  readonly #runner: Resident;
  readonly #seen = new Map<EntityKey, number>();

  constructor(world: Surroundings, runner: Resident) {
    this.#world = world;
    this.#runner = runner;
    for (const key of WATCHED) this.#watch(key);
  }

  /** Topics of which it has been shown something, and not the newest frame. */
  behind(): ReadonlyArray<string> {
    return WATCHED.flatMap((key) => {
      const seen = this.#seen.get(key);
      const latest = this.#world.books.topicVersionOf(key);
      return seen === undefined || seen === latest
        ? []
        : [`${this.#runner.name} has seen ${key.kind} ${key.entityId} at ${seen} of ${latest}`];
    });
  }

  #watch(key: EntityKey): void {
    this.#runner.topics.watch(`${key.kind}:${key.entityId}`, {
      gap: (version) => {
        this.#world.sometimes("gap told");
        this.#seen.set(key, version);
      },
      frame: (frame) => {
        this.#compare(key, frame);
        if (frame.sampled) return;
        const seen = this.#seen.get(key);
        if (seen !== undefined && frame.version !== seen + 1)
          this.#world.fail(
            `${this.#runner.name} shows frame ${frame.version} of ${frame.topic} after frame ${seen}`,
          );
        this.#seen.set(key, frame.version);
      },
    });
  }

  #compare(key: EntityKey, { sampled, text, topic, version }: TopicFrame): void {
    const { books } = this.#world;
    if (version > books.topicVersionOf(key))
      this.#world.fail(`${topic} is shown at version ${version}, ahead of the journal`);
    else if (!sampled && books.frameOf(key, version) !== text)
      this.#world.fail(
        `${topic} shows ${text} at version ${version}, and the journal says ${books.frameOf(key, version)}`,
      );
  }
}
