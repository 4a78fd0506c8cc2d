/**
 * Messages for entities that belong here and are not in memory: the first brings its entity to life, and those that come
 * meanwhile wait behind it, in order.
 */
import type { Actor } from "./Actor.ts";
import { type Delivery, unavailable } from "./Message.ts";

/** Messages waiting for one entity to come to life; beyond it callers are told to come back. */
const MAX_ARRIVALS = 4096;
const RETRY_FULL_MS = 250;
const RETRY_ACTIVATION_MS = 200;

/** Brings an entity to life; undefined when it belongs elsewhere by then. */
type Activate = (kind: string, entityId: string) => Promise<Actor | undefined>;

export class Arrivals {
  readonly #activate: Activate;
  /** By `<kind>\n<entity id>`. */
  readonly #waiting = new Map<string, Array<Delivery>>();

  constructor(activate: Activate) {
    this.#activate = activate;
  }

  add(kind: string, delivery: Delivery): void {
    const { entityId } = delivery.payload;
    const key = keyOf(kind, entityId);
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) {
      if (waiting.length < MAX_ARRIVALS) waiting.push(delivery);
      else delivery.answer(unavailable("too much is waiting for this entity", RETRY_FULL_MS));
      return;
    }
    const started = [delivery];
    this.#waiting.set(key, started);
    this.#activate(kind, entityId).then(
      (actor) => {
        this.#waiting.delete(key);
        for (const each of started) {
          if (actor === undefined) each.moved();
          else actor.deliver(each);
        }
      },
      (cause: unknown) => {
        this.#waiting.delete(key);
        const failed = unavailable(
          `the entity did not come to life (${String(cause)})`,
          RETRY_ACTIVATION_MS,
        );
        for (const each of started) each.answer(failed);
      },
    );
  }

  /** The entity can take its messages now: what has waited comes before what comes from now on. */
  handTo(actor: Actor): void {
    for (const each of this.#waiting.get(keyOf(actor.kind, actor.entityId))?.splice(0) ?? [])
      actor.deliver(each);
  }
}

const keyOf = (kind: string, entityId: string) => `${kind}\n${entityId}`;
