/**
 * A message on its way, and the promise of its answer: one object, for this is made for every message. One that comes back
 * undone, because its entity has moved, goes out again until its deadline.
 */
import type { AskOptions } from "./Ask.ts";
import { type AnyOutcome, type Delivery, type Payload, unavailable } from "./Message.ts";

const DEFAULT_TIMEOUT_MS = 10_000;
/** A message that came back undone goes out again after this: long enough for a shard to be claimed meanwhile. */
const RESEND_AFTER_MS = 20;
const RETRY_TIMED_OUT_MS = 1000;

/** What a message on its way needs of its system. */
export interface AskedOf {
  /** All that wait for an answer. */
  readonly waiting: Set<Asked>;
  readonly dispatch: (kind: string, delivery: Delivery) => void;
  readonly later: (delayMs: number, work: () => void) => void;
}

export class Asked implements Delivery {
  readonly requestId: string | undefined;
  readonly by: string | undefined;
  readonly fingerprint: string | undefined;
  readonly tag: string;
  readonly payload: Payload;
  readonly deadline: number;
  readonly #kind: string;
  readonly #system: AskedOf;
  readonly #resolve: (outcome: AnyOutcome) => void;

  constructor(
    kind: string,
    tag: string,
    payload: Payload,
    options: AskOptions | undefined,
    now: number,
    system: AskedOf,
    resolve: (outcome: AnyOutcome) => void,
  ) {
    this.#kind = kind;
    this.tag = tag;
    this.payload = payload;
    this.requestId = options?.requestId;
    this.by = options?.by;
    this.fingerprint = options?.fingerprint;
    this.deadline = now + (options?.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    this.#system = system;
    this.#resolve = resolve;
    system.waiting.add(this);
  }

  answer(outcome: AnyOutcome): void {
    this.#system.waiting.delete(this);
    this.#resolve(outcome);
  }

  moved(): void {
    this.#system.later(RESEND_AFTER_MS, () => {
      if (this.#system.waiting.has(this)) this.#system.dispatch(this.#kind, this);
    });
  }

  expire(): void {
    this.answer(
      unavailable("no answer in time; whether it happened is unknown", RETRY_TIMED_OUT_MS),
    );
  }
}
