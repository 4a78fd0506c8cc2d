/**
 * Messages to entities that do not live here. One call an entity is in flight at a time; what comes meanwhile travels
 * together in the next. A remote call costs about the same for fifty messages as for one.
 */
import { type AnyOutcome, type Delivery, type Letter, unavailable } from "./Message.ts";

/** Takes letters to an entity, wherever it lives, and brings the answers in their order. */
export type Transport = (
  kind: string,
  entityId: string,
  letters: ReadonlyArray<Letter>,
) => Promise<ReadonlyArray<AnyOutcome>>;

/** Letters in one call. */
const MAX_BATCH = 256;
/** Letters waiting for one entity; beyond it callers are told to come back. */
const CAPACITY = 4096;
const RETRY_FULL_MS = 250;
const RETRY_LOST_MS = 200;

export class Outbox {
  readonly #transport: Transport;
  readonly #queues = new Map<string, Array<Delivery>>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  send(kind: string, delivery: Delivery): void {
    const { entityId } = delivery.payload;
    const key = `${kind}\n${entityId}`;
    const queue = this.#queues.get(key);
    if (queue === undefined) {
      const started = [delivery];
      this.#queues.set(key, started);
      void this.#run(kind, entityId, key, started);
    } else if (queue.length >= CAPACITY)
      delivery.answer(unavailable("too much is waiting for this entity", RETRY_FULL_MS));
    else queue.push(delivery);
  }

  async #run(kind: string, entityId: string, key: string, queue: Array<Delivery>): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, MAX_BATCH);
      try {
        const outcomes = await this.#transport(kind, entityId, batch.map(letterOf));
        batch.forEach((delivery, i) =>
          delivery.answer(outcomes[i] ?? unavailable("the answer is missing", RETRY_LOST_MS)),
        );
      } catch (cause) {
        const lost = unavailable(
          `the call was lost (${String(cause)}); whether it happened is unknown`,
          RETRY_LOST_MS,
        );
        for (const delivery of batch) delivery.answer(lost);
      }
    }
    this.#queues.delete(key);
  }
}

const letterOf = ({ by, fingerprint, payload, requestId, tag }: Delivery): Letter => ({
  tag,
  payload,
  requestId,
  by,
  fingerprint,
});
