/**
 * Leaves a provider alone that does not answer. **Closed**: calls go through. After some failures in a row it is **open**:
 * calls fail at once, so that nobody waits for a provider that is away and it is not kept down by those who ask. After a
 * cool-down it is **half open**: one call at a time goes through as a probe; an answer closes the circuit, another failure
 * opens it again.
 *
 * A failure is a call without an answer: `ProviderError` with `retryable`. A refusal is an answer. What a call says counts
 * only for the state that it was made in: a straggler from before neither closes nor opens what came after.
 */
import type { ProviderName } from "../../rpc/payment.ts";
import type { Clock } from "../actor/Clock.ts";
import { ProviderError } from "./PaymentProvider.ts";

export type CircuitState = "closed" | "open" | "half_open";

/** One or two may be chance, such as a connection that broke; so many in a row without one answer are not. */
export const FAILURES_TO_OPEN = 5;
/** Long enough for a restart over there, short enough that a player who waits for it may still be at the checkout. */
export const COOL_DOWN_MS = 10_000;
/** Below what the one who waits for a payment gives it (10 s), so that they hear of a provider that hangs. */
export const CALL_TIMEOUT_MS = 8_000;

export interface CircuitBreakerOptions {
  readonly provider: ProviderName;
  readonly clock: Clock;
  /** Heard of each change of state. */
  readonly changed?: (state: CircuitState) => void;
}

export class CircuitBreaker {
  readonly #provider: ProviderName;
  readonly #clock: Clock;
  readonly #changed: (state: CircuitState) => void;
  #state: CircuitState = "closed";
  /** Rises with each change of state. */
  #era = 0;
  #failures = 0;
  #isProbing = false;
  #coolsUntil = 0;
  #callOffCoolDown = () => {};

  constructor({ changed = () => {}, clock, provider }: CircuitBreakerOptions) {
    this.#provider = provider;
    this.#clock = clock;
    this.#changed = changed;
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** Whether a call made now would go through. */
  get passes(): boolean {
    return this.#state === "closed" || (this.#state === "half_open" && !this.#isProbing);
  }

  /** When it may pass again, in ms from now; 0 when it does. */
  get retryAfterMs(): number {
    if (this.passes) return 0;
    if (this.#state === "half_open") return CALL_TIMEOUT_MS;
    return Math.max(1, this.#coolsUntil - this.#clock.now());
  }

  /**
   * Makes the call, unless the circuit is open. Throws what it throws, and a retryable `ProviderError` when it takes longer
   * than CALL_TIMEOUT_MS (its outcome is unknown then) or is not made.
   */
  async run<A>(call: () => Promise<A>): Promise<A> {
    if (!this.passes)
      throw new ProviderError(this.#provider, `${this.#provider} is left alone for a while`, {
        retryable: true,
      });
    const era = this.#era;
    if (this.#state === "half_open") this.#isProbing = true;
    try {
      const answer = await this.#inTime(call);
      this.#heard(era);
      return answer;
    } catch (cause) {
      if (cause instanceof ProviderError && cause.retryable) this.#missed(era);
      else this.#heard(era);
      throw cause;
    }
  }

  /** Ends the cool-down's timer. */
  close(): void {
    this.#callOffCoolDown();
  }

  #heard(era: number): void {
    if (era !== this.#era) return;
    this.#failures = 0;
    if (this.#state !== "closed") this.#become("closed");
  }

  #missed(era: number): void {
    if (era !== this.#era) return;
    this.#failures++;
    if (this.#state === "closed" && this.#failures < FAILURES_TO_OPEN) return;
    this.#become("open");
    this.#coolsUntil = this.#clock.now() + COOL_DOWN_MS;
    this.#callOffCoolDown = this.#clock.after(COOL_DOWN_MS, () => this.#become("half_open"));
  }

  #become(state: CircuitState): void {
    this.#state = state;
    this.#era++;
    this.#failures = 0;
    this.#isProbing = false;
    this.#changed(state);
  }

  #inTime<A>(call: () => Promise<A>): Promise<A> {
    return new Promise((resolve, reject) => {
      const callOff = this.#clock.after(CALL_TIMEOUT_MS, () =>
        reject(
          new ProviderError(
            this.#provider,
            `${this.#provider} did not answer within ${CALL_TIMEOUT_MS} ms`,
            { retryable: true },
          ),
        ),
      );
      call().then(resolve, reject).finally(callOff);
    });
  }
}
