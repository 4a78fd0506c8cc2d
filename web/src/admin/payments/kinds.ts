import type { PaymentStatus, ProviderName } from "../../../../rpc/payment.ts";
import type { Say } from "../texts/AdminText.ts";

/** All there are, in the order of a menu. The compiler holds that none is missing. */
const NAMES: Readonly<Record<ProviderName, true>> = {
  wallet: true,
  sandbox_card: true,
  stripe: true,
};
const STATUSES: Readonly<Record<PaymentStatus, true>> = {
  succeeded: true,
  pending: true,
  creating: true,
  authorized: true,
  failed: true,
  cancelling: true,
  cancelled: true,
  refunding: true,
  refunded: true,
  refund_refused: true,
};

export const PROVIDER_NAMES = Object.keys(NAMES) as readonly ProviderName[];
export const PAYMENT_STATUSES = Object.keys(STATUSES) as readonly PaymentStatus[];

/** A provider in words; one of another release as it comes. */
export const providerText = (name: ProviderName, t: Say): string =>
  Object.hasOwn(NAMES, name) ? t(`payments.providers.${name}`) : name;
