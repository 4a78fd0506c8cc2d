/**
 * Messages to entities of other processes. A message goes to the process that says it holds the entity's shard; all that
 * go to one process in a turn of the event loop travel together, and their answers too. A remote message costs so little
 * only because it is never alone.
 *
 * **One retry policy.** A message is answered, or it is on its way until its deadline:
 * - it came back as moved (certainly not carried out): sent to whoever holds the shard then;
 * - its link was lost, or another process has claimed the shard since (unknown): sent again with the same command id, and at
 *   worst meets its own reply;
 * - nobody holds the shard (its process has died, or it is moving): kept until someone does;
 * - no process offers to hold such shards: the caller is told so at once.
 *
 * **Back-pressure.** So many messages may be under way to one process, and so many wait for a holder. Beyond it the caller
 * is told to come back; nothing waits without bound.
 */
import type { Clock } from "../actor/Clock.ts";
import { type AnyOutcome, type Delivery, unavailable } from "../actor/Message.ts";

/** A process that messages can be sent to. */
export interface Recipient {
  /** False when its link is down: the message has not left. The id is of the sender's choosing. */
  readonly post: (id: number, kind: string, delivery: Delivery, withinMs: number) => boolean;
}

export interface PostOptions<To extends Recipient> {
  readonly clock: Clock;
  /** The process that holds an entity's shard, by what is known; `here` when it is this one. */
  readonly holderOf: (kind: string, entityId: string) => To | "here" | undefined;
  /** False when no process in the cluster takes entities of this kind. Default: some does. */
  readonly isOffered?: (kind: string) => boolean;
  /** Hands a message to this process's own entities. */
  readonly deliverHere: (kind: string, delivery: Delivery) => void;
  /** Called when a message whose first attempt was lost or came back is answered by another process. */
  readonly retriedElsewhere: () => void;
}

/** Messages under way to one process: some round trips of a busy link. */
const MAX_IN_FLIGHT = 20_000;
/** Messages that wait until someone holds their shard: some seconds of a busy gateway. */
const MAX_WAITING = 20_000;
/** What waits is looked through at least this often, for deadlines and for claims that were missed. */
const LOOK_AGAIN_MS = 100;
const RETRY_FULL_MS = 250;
/** A process that offers has to be started first. */
const RETRY_NOT_OFFERED_MS = 5000;

interface Sent<To> {
  readonly kind: string;
  readonly delivery: Delivery;
  readonly to: To;
  /** To whom it had been sent before, in vain. */
  readonly before: To | undefined;
}

interface Waiting<To> {
  readonly kind: string;
  readonly delivery: Delivery;
  readonly before: To | undefined;
}

export class Post<To extends Recipient> {
  readonly #options: PostOptions<To>;
  readonly #inFlight = new Map<To, Map<number, Sent<To>>>();
  #waiting: Array<Waiting<To>> = [];
  #nextId = 1;
  readonly #stop: () => void;

  constructor(options: PostOptions<To>) {
    this.#options = options;
    let cancel = () => {};
    const look = () => {
      this.#lookAgain();
      cancel = options.clock.after(LOOK_AGAIN_MS, look);
    };
    cancel = options.clock.after(LOOK_AGAIN_MS, look);
    this.#stop = () => cancel();
  }

  /** Messages under way or waiting. */
  get depth(): number {
    let depth = this.#waiting.length;
    for (const sent of this.#inFlight.values()) depth += sent.size;
    return depth;
  }

  send(kind: string, delivery: Delivery): void {
    this.#send({ kind, delivery, before: undefined });
  }

  /** An answer has come. One that nobody waits for is dropped: its message was sent again meanwhile. */
  answered(from: To, id: number, outcome: AnyOutcome): void {
    const sent = this.#take(from, id);
    if (sent === undefined) return;
    if (sent.before !== undefined && sent.before !== from) this.#options.retriedElsewhere();
    sent.delivery.answer(outcome);
  }

  movedFrom(from: To, id: number): void {
    const sent = this.#take(from, id);
    if (sent === undefined) return;
    // Not at once: the news of the move may be behind the message that it sent back.
    this.#wait({ ...sent, before: from });
  }

  /** The kind of a message under way, by which its answer is decoded. */
  sentTo(to: To, id: number): { readonly kind: string; readonly tag: string } | undefined {
    const sent = this.#inFlight.get(to)?.get(id);
    return sent && { kind: sent.kind, tag: sent.delivery.tag };
  }

  /** A process cannot be reached: what was under way to it goes to whoever holds the shard next. */
  lost(to: To): void {
    const sent = this.#inFlight.get(to);
    this.#inFlight.delete(to);
    for (const { delivery, kind } of sent?.values() ?? [])
      this.#wait({ kind, delivery, before: to });
  }

  /**
   * Shards may have found another holder: what waits for one goes on, and so does what is under way to a process that holds
   * the shard no more. That process may be cut off from its database and never answer; if it does, it is too late.
   */
  placed(): void {
    for (const [to, inFlight] of this.#inFlight)
      for (const [id, sent] of inFlight) {
        const holder = this.#options.holderOf(sent.kind, sent.delivery.payload.entityId);
        if (holder === undefined || holder === to) continue;
        inFlight.delete(id);
        this.#wait({ kind: sent.kind, delivery: sent.delivery, before: to });
      }
    this.#lookAgain();
  }

  #lookAgain(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    const now = this.#options.clock.now();
    // One whose deadline is over has been answered by its asker's clock.
    for (const one of waiting) if (one.delivery.deadline > now) this.#send(one);
  }

  close(): void {
    this.#stop();
  }

  #send(one: Waiting<To>): void {
    const { delivery, kind } = one;
    const to = this.#options.holderOf(kind, delivery.payload.entityId);
    if (to === undefined) {
      if (this.#options.isOffered?.(kind) ?? true) return this.#wait(one);
      return delivery.answer(unavailable(`no process offers ${kind}`, RETRY_NOT_OFFERED_MS));
    }
    if (to === "here") return this.#options.deliverHere(kind, delivery);
    let inFlight = this.#inFlight.get(to);
    if (inFlight === undefined) this.#inFlight.set(to, (inFlight = new Map()));
    if (inFlight.size >= MAX_IN_FLIGHT)
      return delivery.answer(unavailable("too much is under way to this process", RETRY_FULL_MS));
    const id = this.#nextId++;
    if (!to.post(id, kind, delivery, delivery.deadline - this.#options.clock.now()))
      return this.#wait(one);
    inFlight.set(id, { ...one, to });
  }

  #wait(one: Waiting<To>): void {
    if (this.#waiting.length < MAX_WAITING) this.#waiting.push(one);
    else
      one.delivery.answer(
        unavailable("the entity is moving, and too much waits for it", RETRY_FULL_MS),
      );
  }

  #take(from: To, id: number): Sent<To> | undefined {
    const inFlight = this.#inFlight.get(from);
    const sent = inFlight?.get(id);
    inFlight?.delete(id);
    return sent;
  }
}
