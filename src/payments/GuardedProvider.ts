/** A provider behind its circuit breaker, its calls counted. */
import type { ProviderName } from "../../rpc/payment.ts";
import type { Clock } from "../actor/Clock.ts";
import type { CircuitBreaker, CircuitState } from "./CircuitBreaker.ts";
import { type PaymentProvider, ProviderError } from "./PaymentProvider.ts";

/** How calls went, for whoever counts them. `retryable`: no answer; `refused`: an answer that will not change. */
export interface ProviderMetrics {
  readonly called: (
    provider: ProviderName,
    call: ProviderCall,
    outcome: "ok" | "retryable" | "refused",
    tookMs: number,
  ) => void;
  readonly circuit: (provider: ProviderName, state: CircuitState) => void;
}

export type ProviderCall = "create" | "get" | "capture" | "cancel" | "refund";

/** For a provider that needs no breaker. */
export const UNGUARDED: Pick<CircuitBreaker, "run"> = { run: (call) => call() };

/** The provider behind its breaker. Webhooks are read all the same: they come from there. */
export const guarded = (
  provider: PaymentProvider,
  breaker: Pick<CircuitBreaker, "run">,
  clock: Clock,
  metrics: ProviderMetrics,
): PaymentProvider => {
  const call = async <A>(name: ProviderCall, make: () => Promise<A>): Promise<A> => {
    const since = clock.now();
    const count = (outcome: "ok" | "retryable" | "refused") =>
      metrics.called(provider.name, name, outcome, clock.now() - since);
    try {
      const answer = await breaker.run(make);
      count("ok");
      return answer;
    } catch (cause) {
      count(cause instanceof ProviderError && cause.retryable ? "retryable" : "refused");
      throw cause;
    }
  };
  return {
    name: provider.name,
    create: (order) => call("create", () => provider.create(order)),
    get: (placed) => call("get", () => provider.get(placed)),
    capture: (placed) => call("capture", () => provider.capture(placed)),
    cancel: (placed) => call("cancel", () => provider.cancel(placed)),
    refund: (placed, refundId) => call("refund", () => provider.refund(placed, refundId)),
    ...(provider.readWebhook === undefined
      ? {}
      : { readWebhook: provider.readWebhook.bind(provider) }),
  };
};
