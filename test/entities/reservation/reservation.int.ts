/** A reservation on PostgreSQL: its actors, its projections, and what is read of them. */
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { raffle } from "../../../entities/raffle/entity.ts";
import { reservation } from "../../../entities/reservation/entity.ts";
import { payReservation } from "../../../entities/reservation/pay.ts";
import {
  getReservation,
  hearPayment,
  moveToCheckout,
  reservationIdOf,
  reserve,
} from "../../../entities/reservation/reservation.ts";
import { make as makeViews } from "../../../entities/reservation/views.ts";
import { wallet } from "../../../entities/wallet/entity.ts";
import { CommandId, PlayerId, RaffleId, ReservationId } from "../../../rpc/id.ts";
import { minor } from "../../../rpc/money.ts";
import { Raffle } from "../../../rpc/raffle.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import { ActorSystem } from "../../../src/actor/ActorSystem.ts";
import { systemClock, systemEntropy } from "../../../src/actor/Clock.ts";
import { PgJournal } from "../../../src/actor/PgJournal.ts";
import { WalletProvider } from "../../../src/payments/WalletProvider.ts";
import { freshDatabase } from "../../support/postgres.ts";
import { quietMetrics } from "../../support/quietMetrics.ts";
import { ScriptedProvider } from "./ScriptedProvider.ts";

const ADA = PlayerId.make("ada");
const SPRING = RaffleId.make("spring");
const GRANT = minor(100_000);
const PRICE = minor(500);

const open = async () => {
  const database = await freshDatabase();
  const pool = new pg.Pool({ connectionString: database.url });
  const card = new ScriptedProvider();
  const ports = {
    wallet: () => new WalletProvider(system.ask),
    sandbox_card: () => card.port(() => false),
    stripe: () => undefined,
  };
  const actors = [
    wallet,
    raffle({ round: () => Promise.resolve(undefined) }),
    reservation({ of: (name) => ports[name]() }),
  ];
  const projections = [...new Set(actors.flatMap((actor) => actor.projections))];
  const journal = new PgJournal({ url: database.url, pool, projections, log: () => {} });
  const system: ActorSystem = new ActorSystem({
    actors,
    journal,
    clock: systemClock,
    entropy: systemEntropy,
    metrics: quietMetrics,
    log: () => {},
  });
  return {
    ask: system.ask,
    card,
    views: makeViews(pool),
    close: async () => {
      await system.shutdown();
      await journal.close();
      await closed(pool);
      await database.drop();
    },
  };
};

/** The pool's own `end` does not wait for its connections, and dropping the database would cut the last of them. */
const closed = async (pool: pg.Pool): Promise<void> => {
  let open = pool.totalCount;
  const isEmpty = new Promise<void>((resolve) => {
    pool.on("remove", () => {
      if (--open === 0) resolve();
    });
    if (open === 0) resolve();
  });
  await pool.end();
  await isEmpty;
};

let server: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  server = await open();
  const { ask } = server;
  const wallets = { entityId: ADA, commandId: CommandId.make("open"), grantMinor: GRANT };
  expect(await ask(Wallet, "Open", wallets)).toMatchObject({ ok: true });
  const created = await ask(Raffle, "Create", {
    entityId: SPRING,
    commandId: CommandId.make("create"),
    terms: {
      title: "Spring raffle",
      description: "",
      ticketPriceMinor: PRICE,
      totalNumbers: 10,
      drawAt: Date.now() + 86_400_000,
      prizes: [{ name: "A car" }],
      organiserId: null,
      minSoldPercent: 0,
    },
    rules: { selectionMs: 600_000, checkoutMs: 300_000, feePerMille: 100, beacon: null },
  });
  expect(created).toMatchObject({ ok: true });
  const publish = { entityId: SPRING, commandId: CommandId.make("publish") };
  expect(await ask(Raffle, "Publish", { ...publish, serverSeed: "ab".repeat(32) })).toMatchObject({
    ok: true,
  });
});
afterAll(() => server.close());

const intent = (key: string) => ({ playerId: ADA, key, requestId: "r" });

const buy = async (key: string, number: number, provider: "wallet" | "sandbox_card") => {
  const { ask, card, views } = server;
  const id = reservationIdOf(SPRING, intent(key));
  await reserve(ask, intent(key), SPRING, [number]);
  await moveToCheckout(ask, intent(`${key}c`), id);
  const pause = (ms: number) => new Promise<void>((resolve) => systemClock.after(ms, resolve));
  const tools = { ask, lookUp: views.reservation, pause };
  const how = { provider, returnUrl: "/back", unavailable: () => undefined };
  const paid = await payReservation(tools, intent(`${key}p`), id, how);
  expect(paid).toMatchObject({ ok: true, value: { isOver: provider === "wallet" } });
  for (const paymentId of card.books.keys()) card.pays(paymentId);
  for (const event of card.events) await hearPayment(ask, "sandbox_card", event);
  return id;
};

it("is paid for by wallet and by card, and read back page by page, newest first", async () => {
  const { ask, views } = server;
  const first = await buy("a", 1, "wallet");
  const second = await buy("b", 2, "sandbox_card");
  await expect
    .poll(() => getReservation(ask, views.reservation, ADA, second))
    .toMatchObject({ value: { phase: "sold", payment: { status: "succeeded" } } });
  expect(await views.reservation(first)).toMatchObject({
    raffleId: SPRING,
    playerId: ADA,
    phase: "sold",
    numbers: [1],
    amountMinor: PRICE,
  });
  expect(await views.reservation(ReservationId.make("spring.none"))).toBeUndefined();

  const page = await views.payments({ limit: 1 });
  expect(page).toMatchObject({
    payments: [
      {
        reservation_id: second,
        raffle_id: SPRING,
        player_id: ADA,
        provider: "sandbox_card",
        status: "succeeded",
        amount: PRICE,
        failure_code: null,
      },
    ],
  });
  const before = page.next_before ?? "";
  const rest = await views.payments({ limit: 1, before });
  expect(rest).toMatchObject({ payments: [{ reservation_id: first }], next_before: null });
  const narrow = { limit: 5, playerId: ADA, raffleId: SPRING, status: "succeeded" } as const;
  expect(await views.payments({ ...narrow, provider: "wallet" })).toMatchObject({
    payments: [{ reservation_id: first, ref: expect.stringMatching(/^p_/) }],
  });
  expect((await views.payments({ limit: 5, status: "failed" })).payments).toEqual([]);
});
