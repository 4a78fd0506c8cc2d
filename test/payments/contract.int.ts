/** What the port promises, held by each provider: whoever drives payments need not know which one it is. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Unavailable } from "../../rpc/failure.ts";
import type { Ask } from "../../src/actor/Ask.ts";
import type {
  PaymentOrder,
  PaymentProvider,
  PlacedPayment,
  ProviderPayment,
} from "../../src/payments/PaymentProvider.ts";
import { ProviderError } from "../../src/payments/PaymentProvider.ts";
import { StripeProvider } from "../../src/payments/StripeProvider.ts";
import { WalletProvider } from "../../src/payments/WalletProvider.ts";
import { eventually } from "./support/eventually.ts";
import { CARDS, House } from "./support/House.ts";
import { orderOf, placed } from "./support/orders.ts";
import { StripeServer } from "./support/StripeServer.ts";
import { openWallets } from "./support/wallets.ts";

/** A provider with what is on its other side. */
interface Counterpart {
  readonly provider: PaymentProvider;
  /** How a payment stands that was made and not paid yet. */
  readonly begun: "pending" | "authorized";
  /** The payer, or for money set aside the house, takes the last step. */
  readonly pay: (payment: PlacedPayment) => Promise<unknown>;
  /** An order that will be refused for good, and what has to happen for it. */
  readonly refused: (order: PaymentOrder) => Promise<ProviderPayment>;
  readonly refusal: string;
  /** How often money was given back. */
  readonly refunds: () => Promise<number>;
  /** Breaks the connection, if there is one. */
  readonly away: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** What an entity that is moving says to anything. */
const unavailable = (): Promise<never> =>
  Promise.resolve({
    ok: false,
    error: new Unavailable({ reason: "it is moving", retryAfterMs: 1 }),
    replayed: false,
  } as never);

const walletSide = async (): Promise<Counterpart> => {
  const wallets = openWallets();
  await wallets.open("ada", 1_000_000);
  let isAway = false;
  const ask: Ask = (contract, tag, payload, options) =>
    isAway ? unavailable() : wallets.system.ask(contract, tag, payload, options);
  const provider = new WalletProvider(ask);
  return {
    provider,
    begun: "authorized",
    pay: (payment) => provider.capture(payment),
    refused: (order) => provider.create({ ...order, amountMinor: 1_000_000_000 }),
    refusal: "insufficient_funds",
    refunds: async () => {
      const rows = [...(wallets.journal.tables.get("ledger")?.values() ?? [])];
      return rows.filter(({ debit }) => String(debit).startsWith("reservation:")).length;
    },
    away: () => Promise.resolve((isAway = true)),
    close: () => Promise.resolve(),
  };
};

const sandboxSide = async (): Promise<Counterpart> => {
  const house = await House.open();
  const { provider } = house;
  return {
    provider,
    begun: "pending",
    pay: ({ ref }) => house.pay(ref, CARDS.pays),
    refused: async (order) => {
      const { ref } = await provider.create(order);
      for (let tries = 0; tries < 5; tries++) await house.pay(ref, CARDS.insufficient);
      return provider.get(placed(order, { ref }));
    },
    refusal: "insufficient_funds",
    refunds: () =>
      Promise.resolve(
        house.receiver.received.filter(({ type }) => type === "payment.refunded").length,
      ),
    away: () => house.stop(),
    close: () => house.close(),
  };
};

const stripeSide = async (): Promise<Counterpart> => {
  const stripe = await StripeServer.open();
  const provider = new StripeProvider({
    secretKey: "sk_test_1",
    webhookSecret: "whsec_1",
    currency: "eur",
    apiUrl: stripe.url,
  });
  return {
    provider,
    begun: "pending",
    pay: async ({ ref }) => stripe.complete(ref),
    refused: (order) => provider.create({ ...order, amountMinor: 1 }),
    refusal: "amount_too_small",
    refunds: () => Promise.resolve(stripe.refunds.size),
    away: () => stripe.close(),
    close: () => stripe.close().catch(() => undefined),
  };
};

describe.each([
  ["wallet", walletSide],
  ["sandbox_card", sandboxSide],
  ["stripe", stripeSide],
] as const)("the provider %s", (name, open) => {
  let side: Counterpart;
  let provider: PaymentProvider;
  let payments = 0;

  /** A payment that nobody has made before. */
  const fresh = () => orderOf(`p_${name}_${++payments}`);
  const begin = async (order = fresh()) => placed(order, await provider.create(order));

  beforeAll(async () => {
    side = await open();
    ({ provider } = side);
  });
  afterAll(() => side.close());

  it("has its name", () => expect(provider.name).toBe(name));

  it("makes one payment, however often it is asked", async () => {
    const order = fresh();
    const first = await provider.create(order);
    expect(first).toMatchObject({ status: side.begun, failure: null });
    expect(await provider.create(order)).toEqual(first);
    expect(await Promise.all([provider.create(order), provider.create(order)])).toEqual([
      first,
      first,
    ]);
  });

  it("makes two for two", async () => {
    const [one, other] = [await begin(), await begin()];
    expect(one.ref).not.toBe(other.ref);
  });

  it("tells how it stands", async () => {
    const payment = await begin();
    expect(await provider.get(payment)).toMatchObject({ ref: payment.ref, status: side.begun });
    await side.pay(payment);
    expect(await provider.get(payment)).toMatchObject({
      status: "succeeded",
      nextStep: null,
      failure: null,
    });
  });

  it("leads the payer on while there is something to do", async () => {
    const payment = await begin();
    const { nextStep, status } = await provider.get(payment);
    if (status === "pending") expect(nextStep?.url).toMatch(/^https?:\/\//);
    else expect(nextStep).toBeNull();
  });

  it("takes nothing twice", async () => {
    const payment = await begin();
    await side.pay(payment);
    expect(await provider.capture(payment)).toMatchObject({ status: "succeeded" });
    expect(await provider.capture(payment)).toMatchObject({ status: "succeeded" });
  });

  it("calls off what is not paid, for good", async () => {
    const payment = await begin();
    expect(await provider.cancel(payment)).toMatchObject({
      ref: payment.ref,
      status: "cancelled",
      nextStep: null,
    });
    expect(await provider.cancel(payment)).toMatchObject({ status: "cancelled" });
    expect(await provider.get(payment)).toMatchObject({ status: "cancelled" });
  });

  it("says that what is called off too late has succeeded", async () => {
    const payment = await begin();
    await side.pay(payment);
    expect(await provider.cancel(payment)).toMatchObject({ status: "succeeded" });
    expect(await provider.cancel(payment)).toMatchObject({ status: "succeeded" });
    expect(await provider.get(payment)).toMatchObject({ status: "succeeded" });
  });

  it("gives back once, and says when it has arrived", async () => {
    const payment = await begin();
    await side.pay(payment);
    const before = await side.refunds();
    const refundId = `r_${payment.paymentId}`;
    const first = await provider.refund(payment, refundId);
    const last = await eventually("the refund", async () => {
      const refund = await provider.refund(payment, refundId);
      return refund.status === "succeeded" ? refund : undefined;
    });
    expect(last.ref).toBe(first.ref);
    await eventually("the money", async () => ((await side.refunds()) > before ? true : undefined));
    expect(await provider.refund(payment, refundId)).toEqual(last);
    expect(await side.refunds()).toBe(before + 1);
  });

  it("fails with a code and a sentence when it is refused for good", async () => {
    const refused = await side.refused(fresh());
    expect(refused).toMatchObject({
      status: "failed",
      nextStep: null,
      failure: { code: side.refusal },
    });
    expect(refused.failure?.detail).toMatch(/\.$/);
  });

  it("says of no answer that asking again may help", async () => {
    const payment = await begin();
    await side.away();
    for (const call of [
      () => provider.get(payment),
      () => provider.cancel(payment),
      () => provider.refund(payment, "r"),
      () => provider.create(fresh()),
    ]) {
      const error: unknown = await call().then(
        () => undefined,
        (cause: unknown) => cause,
      );
      expect(error).toBeInstanceOf(ProviderError);
      expect(error).toMatchObject({ retryable: true, provider: name });
    }
  });
});
