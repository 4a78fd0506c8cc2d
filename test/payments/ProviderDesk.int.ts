/** The switches and circuits of the providers, in several processes on one database. */
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ProviderBody } from "../../rpc/http/payment.ts";
import type { ProviderName } from "../../rpc/payment.ts";
import { FAILURES_TO_OPEN, COOL_DOWN_MS } from "../../src/payments/CircuitBreaker.ts";
import type { ProviderMetrics } from "../../src/payments/GuardedProvider.ts";
import { ProviderDesk, type ProviderDeskOptions } from "../../src/payments/ProviderDesk.ts";
import { ManualClock } from "../support/ManualClock.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { eventually } from "./support/eventually.ts";
import { CARDS, House, SECRET } from "./support/House.ts";
import { orderOf, placed } from "./support/orders.ts";
import { openWallets, type Wallets } from "./support/wallets.ts";

type Counted = Parameters<ProviderMetrics["called"]>;

describe("the desk of payment providers", () => {
  let database: FreshDatabase;
  let pool: pg.Pool;
  let house: House;
  let wallets: Wallets;
  let clock: ManualClock;
  let desks: Array<ProviderDesk>;
  let counted: Array<Counted>;
  let circuits: Array<string>;

  beforeEach(async () => {
    database = await freshDatabase();
    pool = new pg.Pool({ connectionString: database.url });
    house = await House.open();
    wallets = openWallets();
    await wallets.open("ada", 10_000);
    clock = new ManualClock(Date.now());
    desks = [];
    counted = [];
    circuits = [];
  });
  afterEach(async () => {
    await Promise.all(desks.map((desk) => desk.close()));
    await house.close();
    await pool.end();
    await database.drop();
  });

  const open = async (
    settings: Partial<ProviderDeskOptions["settings"]> = {},
    options: Partial<ProviderDeskOptions> = {},
  ) => {
    const desk = new ProviderDesk({
      settings: {
        dataDir: "/nowhere",
        environment: "production",
        host: "127.0.0.1",
        port: 0,
        publicUrl: undefined,
        stripeApiUrl: undefined,
        sandboxCard: "on",
        sandboxCardPort: 0,
        sandboxCardUrl: `${house.url}/`,
        sandboxCardSecret: SECRET,
        stripeSecretKey: "",
        stripeWebhookSecret: "",
        stripeCurrency: "eur",
        ...settings,
      },
      pool,
      ask: () => wallets.system.ask,
      webhookUrl: () => house.receiver.url,
      clock,
      log: () => undefined,
      metrics: {
        called: (...call) => void counted.push(call),
        circuit: (name, state) => void circuits.push(`${name} ${state}`),
      },
      ...options,
    });
    desks.push(desk);
    await desk.start();
    return desk;
  };
  const named = async (desk: ProviderDesk, name: ProviderName): Promise<ProviderBody> => {
    const body = (await desk.list()).find((one) => one.name === name);
    if (body === undefined) throw new Error(`${name} is not listed`);
    return body;
  };

  it("lists those there are, and what each of them lacks", async () => {
    const well = { enabled: true, configured: true, circuit: "closed", available: true };
    const desk = await open();
    expect(await desk.list()).toEqual([
      { name: "wallet", ...well },
      { name: "sandbox_card", ...well },
      { name: "stripe", ...well, configured: false, available: false },
    ]);
    expect(desk.of("stripe")).toBeUndefined();
    expect(desk.unavailable("stripe")).toMatchObject({ provider: "stripe" });
    expect(desk.unavailable("wallet")).toBeUndefined();

    const other = await open({
      sandboxCard: "off",
      stripeSecretKey: "sk_test",
      stripeWebhookSecret: "whsec",
    });
    expect((await named(other, "stripe")).available).toBe(true);
    expect((await named(other, "sandbox_card")).configured).toBe(false);
    expect(other.of("sandbox_card")).toBeUndefined();
  });

  it("has no sandbox of its own in production", async () => {
    const desk = await open({ sandboxCardUrl: undefined });
    expect(desk.of("sandbox_card")).toBeUndefined();
  });

  it("takes payments by each of them", async () => {
    const desk = await open();
    expect(await desk.of("wallet")?.create(orderOf("p_1"))).toMatchObject({ status: "authorized" });
    const order = orderOf("p_2");
    const made = await desk.of("sandbox_card")?.create(order);
    expect(made).toMatchObject({ status: "pending" });
    await house.pay(made?.ref ?? "", CARDS.pays);
    const [webhook] = await house.receiver.first(1);
    expect(
      desk
        .of("sandbox_card")
        ?.readWebhook?.(
          webhook?.body ?? new Uint8Array(),
          (name) => webhook?.headers[name],
          Date.now(),
        ),
    ).toMatchObject({ _tag: "event" });
    expect(counted.map(([name, call, outcome]) => `${name} ${call} ${outcome}`)).toEqual([
      "wallet create ok",
      "sandbox_card create ok",
    ]);
  });

  it("switches for every process, within two seconds", async () => {
    const [one, other] = [await open(), await open()];
    expect(await one.switch("sandbox_card", false)).toMatchObject({
      enabled: false,
      configured: true,
      available: false,
    });
    expect(one.unavailable("sandbox_card")).toMatchObject({ _tag: "ProviderUnavailable" });
    await clock.advance(2_000);
    await eventually("the other process", () => other.unavailable("sandbox_card"));
    expect(await named(other, "sandbox_card")).toMatchObject({ enabled: false });

    await other.switch("sandbox_card", true);
    expect(await named(one, "sandbox_card")).toMatchObject({ enabled: true, available: true });
    expect(one.unavailable("sandbox_card")).toBeUndefined();
    const later = await open();
    expect(later.unavailable("sandbox_card")).toBeUndefined();
  });

  it("remembers a switch", async () => {
    await (await open()).switch("wallet", false);
    expect((await open()).unavailable("wallet")).toMatchObject({ provider: "wallet" });
  });

  it("goes on with what was begun before it was switched off", async () => {
    const desk = await open();
    const provider = desk.of("sandbox_card");
    const order = orderOf("p_1");
    const payment = placed(order, (await provider?.create(order)) ?? { ref: "" });
    await desk.switch("sandbox_card", false);
    await house.pay(payment.ref, CARDS.pays);
    expect(await provider?.get(payment)).toMatchObject({ status: "succeeded" });
    expect(await provider?.refund(payment, "r")).toMatchObject({ status: "pending" });
  });

  it("cannot switch on what is not set up", async () => {
    const desk = await open();
    await expect(desk.switch("stripe", true)).rejects.toMatchObject({
      _tag: "ProviderNotConfigured",
    });
    expect(await desk.switch("stripe", false)).toMatchObject({ enabled: false });
  });

  it("leaves a provider alone that is away, and takes it back when it answers", async () => {
    const desk = await open();
    const provider = desk.of("sandbox_card");
    const order = orderOf("p_1");
    await house.faults({ fail_next: FAILURES_TO_OPEN });
    for (let n = 0; n < FAILURES_TO_OPEN; n++)
      await expect(provider?.create(order)).rejects.toMatchObject({ retryable: true });
    expect(await named(desk, "sandbox_card")).toMatchObject({ circuit: "open", available: false });
    expect(desk.unavailable("sandbox_card")?.retryAfterMs).toBe(COOL_DOWN_MS);
    expect(desk.unavailable("wallet")).toBeUndefined();
    await clock.advance(COOL_DOWN_MS);
    expect(await named(desk, "sandbox_card")).toMatchObject({
      circuit: "half_open",
      available: true,
    });
    expect(await provider?.create(order)).toMatchObject({ status: "pending" });
    expect(await named(desk, "sandbox_card")).toMatchObject({ circuit: "closed" });
    expect(circuits).toEqual([
      "sandbox_card open",
      "sandbox_card half_open",
      "sandbox_card closed",
    ]);
    expect(counted.filter(([, , outcome]) => outcome === "retryable")).toHaveLength(
      FAILURES_TO_OPEN,
    );
  });

  it("keeps to what it knew while the database is away", async () => {
    const log: Array<string> = [];
    let isAway = false;
    const desk = await open(
      {},
      {
        pool: {
          query: (sql, values) =>
            isAway ? Promise.reject(new Error("away")) : pool.query(sql, values),
        },
        log: (message) => void log.push(message),
      },
    );
    await desk.switch("wallet", false);
    isAway = true;
    await clock.advance(3_000);
    expect(log.length).toBeGreaterThan(0);
    expect(desk.unavailable("wallet")).toBeDefined();
    await expect(desk.list()).rejects.toThrow("away");
  });
});
