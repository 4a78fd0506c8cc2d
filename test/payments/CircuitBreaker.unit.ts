import { beforeEach, describe, expect, it } from "vitest";
import {
  CALL_TIMEOUT_MS,
  CircuitBreaker,
  type CircuitState,
  COOL_DOWN_MS,
  FAILURES_TO_OPEN,
} from "../../src/payments/CircuitBreaker.ts";
import { ProviderError } from "../../src/payments/PaymentProvider.ts";
import { ManualClock } from "../support/ManualClock.ts";

const away = () => Promise.reject(new ProviderError("stripe", "away", { retryable: true }));
const refused = () => Promise.reject(new ProviderError("stripe", "no", { retryable: false }));
const answered = () => Promise.resolve("answered");
const hangs = () => new Promise<never>(() => {});

describe("a circuit breaker", () => {
  let clock: ManualClock;
  let breaker: CircuitBreaker;
  let states: Array<CircuitState>;

  /** What a call comes to: its answer, or its error's message. */
  const call = (make: () => Promise<string>) =>
    breaker.run(make).catch((cause: Error) => cause.message);
  const fail = async (times: number) => {
    for (let n = 0; n < times; n++) await call(away);
  };

  beforeEach(() => {
    clock = new ManualClock();
    states = [];
    breaker = new CircuitBreaker({
      provider: "stripe",
      clock,
      changed: (state) => void states.push(state),
    });
  });

  it("stays closed below its limit, and counts anew after an answer", async () => {
    await fail(FAILURES_TO_OPEN - 1);
    expect(await call(answered)).toBe("answered");
    await fail(FAILURES_TO_OPEN - 1);
    expect([breaker.state, states]).toEqual(["closed", []]);
  });

  it("takes a refusal for an answer", async () => {
    for (let n = 0; n < 3 * FAILURES_TO_OPEN; n++) await call(refused);
    expect(breaker.state).toBe("closed");
    await fail(FAILURES_TO_OPEN - 1);
    await call(refused);
    await fail(FAILURES_TO_OPEN - 1);
    expect(breaker.state).toBe("closed");
  });

  it("opens at its limit, and then asks nobody", async () => {
    await fail(FAILURES_TO_OPEN);
    expect([breaker.state, breaker.passes, breaker.retryAfterMs]).toEqual([
      "open",
      false,
      COOL_DOWN_MS,
    ]);
    let asked = 0;
    const error: unknown = await breaker
      .run(() => Promise.resolve(asked++))
      .catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: "ProviderError", retryable: true });
    expect(asked).toBe(0);
  });

  it("lets one call through after the cool-down, and closes when it is answered", async () => {
    await fail(FAILURES_TO_OPEN);
    await clock.advance(COOL_DOWN_MS - 1);
    expect([breaker.state, breaker.retryAfterMs]).toEqual(["open", 1]);
    await clock.advance(1);
    expect([breaker.state, breaker.passes, breaker.retryAfterMs]).toEqual(["half_open", true, 0]);

    let answer = (_: string) => {};
    const probe = call(() => new Promise((resolve) => (answer = resolve)));
    expect(breaker.passes).toBe(false);
    expect(await call(answered)).toBe("stripe is left alone for a while");
    answer("back");
    expect(await probe).toBe("back");
    expect(breaker.state).toBe("closed");
    expect(await call(answered)).toBe("answered");
    expect(states).toEqual(["open", "half_open", "closed"]);
  });

  it("opens again when the probe fails, for another cool-down", async () => {
    await fail(FAILURES_TO_OPEN);
    await clock.advance(COOL_DOWN_MS);
    await call(away);
    expect(breaker.state).toBe("open");
    await clock.advance(COOL_DOWN_MS - 1);
    expect(breaker.state).toBe("open");
    await clock.advance(1);
    expect(await call(refused)).toBe("no");
    expect(breaker.state).toBe("closed");
  });

  it("takes a call that hangs for a failure", async () => {
    for (let n = 0; n < FAILURES_TO_OPEN; n++) {
      const hanging = call(hangs);
      await clock.advance(CALL_TIMEOUT_MS);
      expect(await hanging).toBe(`stripe did not answer within ${CALL_TIMEOUT_MS} ms`);
    }
    expect(breaker.state).toBe("open");
    await clock.advance(COOL_DOWN_MS);
    const probe = call(hangs);
    await clock.advance(CALL_TIMEOUT_MS);
    await probe;
    expect(states).toEqual(["open", "half_open", "open"]);
  });

  it("is not moved by stragglers from before", async () => {
    let answer = (_: string) => {};
    let fails = (_: Error) => {};
    const slow = call(() => new Promise((resolve) => (answer = resolve)));
    const slowFailure = call(() => new Promise((_, reject) => (fails = reject)));
    await fail(FAILURES_TO_OPEN);
    answer("late");
    expect(await slow).toBe("late");
    expect(breaker.state).toBe("open");
    await clock.advance(COOL_DOWN_MS - 1);
    fails(new ProviderError("stripe", "late", { retryable: true }));
    await slowFailure;
    await clock.advance(1);
    expect(breaker.state).toBe("half_open");
  });

  it("leaves no timer behind", async () => {
    await call(answered);
    await fail(FAILURES_TO_OPEN);
    expect(clock.timers).toBe(1);
    breaker.close();
    expect(clock.timers).toBe(0);
  });
});
