/**
 * Somebody's right to be shown a topic, granted by the process where the entity lives: every frame after the version that
 * they had seen, in order and once, for as long as the lease lasts. When the entity has to be read first, it is brought
 * to life; what was missed while it moved is made again from its journal.
 */
import type { ActorSystem } from "../actor/ActorSystem.ts";
import type { HubWatch } from "../actor/TopicHub.ts";
import type { TopicFrame } from "../actor/Topics.ts";
import { splitTopic } from "./topicName.ts";

/** Whoever has leased a topic. */
export interface Lessee {
  readonly frame: (frame: TopicFrame) => void;
  /** All frames up to `version` have been shown. */
  readonly opened: (version: number) => void;
  /** Frames up to `version` are lost to the lessee: it needs a snapshot. */
  readonly gap: (version: number) => void;
}

export class Lease {
  readonly #system: ActorSystem;
  readonly #topic: string;
  readonly #watch: HubWatch;
  readonly #lessee: Lessee;
  /** Version of the newest frame that the lessee has; undefined until it has had one or been told where it stands. */
  #seen: number | undefined;

  constructor(system: ActorSystem, topic: string, after: number | undefined, lessee: Lessee) {
    this.#system = system;
    this.#topic = topic;
    this.#seen = after;
    this.#lessee = lessee;
    this.#watch = system.topics.watch(topic, {
      frame: (frame) => {
        if (!frame.sampled) this.#seen = frame.version;
        lessee.frame(frame);
      },
      opened: (version) => this.#catchUp(version),
    });
    const latest = this.#watch.latest();
    if (latest !== undefined) this.#catchUp(latest);
    else this.renew();
  }

  /** An entity that has not come to life yet, or has left and come back unseen, is brought to life. */
  renew(): void {
    if (this.#watch.latest() !== undefined) return;
    const { entityId, kind } = splitTopic(this.#topic);
    this.#system.wake(kind, entityId);
  }

  close(): void {
    this.#watch.close();
  }

  #catchUp(version: number): void {
    const missed = this.#seen === undefined ? [] : this.#watch.since(this.#seen);
    this.#seen = version;
    if (missed === undefined) return this.#lessee.gap(version);
    for (const frame of missed) this.#lessee.frame(frame);
    this.#lessee.opened(version);
  }
}
