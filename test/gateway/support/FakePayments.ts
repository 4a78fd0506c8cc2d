/** Payment providers that a test switches, and whose webhooks say in plain JSON how they are to be read. */
import { type ProviderBody, ProviderNotConfigured } from "../../../rpc/http/payment.ts";
import type { ProviderName } from "../../../rpc/payment.ts";
import { ProviderUnavailable } from "../../../rpc/reservation.ts";
import type { PaymentDesk } from "../../../src/gateway/PaymentDesk.ts";
import type { PushDesk } from "../../../src/gateway/PushDesk.ts";
import type { PaymentProvider, WebhookReading } from "../../../src/payments/PaymentProvider.ts";

const NAMES: ReadonlyArray<ProviderName> = ["wallet", "sandbox_card", "stripe"];

export class FakePayments implements PaymentDesk {
  readonly enabled = new Set<ProviderName>(NAMES);
  readonly providers = new Map<ProviderName, PaymentProvider>();
  /** The webhooks that the sandbox card's were read from. */
  readonly read: Array<{ readonly body: string; readonly signature: string | undefined }> = [];

  constructor() {
    this.providers.set("sandbox_card", this.card);
  }

  readonly of = (name: ProviderName) => this.providers.get(name);

  readonly list = async () => NAMES.map((name) => this.body(name));

  readonly switch = async (name: ProviderName, enabled: boolean) => {
    if (name === "stripe" && enabled) throw new ProviderNotConfigured({ provider: name });
    if (enabled) this.enabled.add(name);
    else this.enabled.delete(name);
    return this.body(name);
  };

  readonly unavailable = (name: ProviderName) =>
    this.enabled.has(name)
      ? undefined
      : new ProviderUnavailable({ provider: name, retryAfterMs: 1000 });

  private body(name: ProviderName): ProviderBody {
    const configured = name !== "stripe";
    const enabled = this.enabled.has(name);
    return { name, enabled, configured, circuit: "closed", available: enabled && configured };
  }

  /** Takes webhooks and nothing else: a body that is no reading is forged. */
  private get card(): PaymentProvider {
    const nothing = () => Promise.reject(new Error("this card pays nothing"));
    return {
      name: "sandbox_card",
      create: nothing,
      get: nothing,
      capture: nothing,
      cancel: nothing,
      refund: nothing,
      readWebhook: (bytes, header) => {
        const body = Buffer.from(bytes).toString("utf8");
        this.read.push({ body, signature: header("x-signature") });
        try {
          return JSON.parse(body) as WebhookReading;
        } catch {
          return { _tag: "forged", why: "no JSON" };
        }
      },
    };
  }
}

/** Nobody gets notices. */
export const noPush: PushDesk = {
  publicKey: async () => "no-key",
  subscribe: async () => undefined,
  unsubscribe: async () => undefined,
};
