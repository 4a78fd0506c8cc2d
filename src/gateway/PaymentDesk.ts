/** What the gateway needs of the payment providers: which there are, switching them, and reading what they send. */
import type { ProviderBody } from "../../rpc/http/payment.ts";
import type { ProviderName } from "../../rpc/payment.ts";
import type { ProviderUnavailable } from "../../rpc/reservation.ts";
import type { PaymentProviders } from "../payments/PaymentProvider.ts";

export interface PaymentDesk extends PaymentProviders {
  /** Every provider there could be. */
  readonly list: () => Promise<ReadonlyArray<ProviderBody>>;
  /** Rejects with `ProviderNotConfigured` when it cannot be enabled. */
  readonly switch: (name: ProviderName, enabled: boolean) => Promise<ProviderBody>;
  /** Why it takes no new payments now; undefined when it does. */
  readonly unavailable: (name: ProviderName) => ProviderUnavailable | undefined;
}
