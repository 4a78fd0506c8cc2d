/** The list of what wallets could not take, from raffles that were really drawn and cancelled on a real database. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { make } from "../../src/admin/UnclaimedMoney.ts";
import { Account, CommandId, PlayerId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { MAX_BALANCE_MINOR, Wallet } from "../../rpc/wallet.ts";
import { Card } from "../audit/Card.ts";
import { paymentOf, PRICE, reservationOf, Stall } from "../audit/Stall.ts";
import { type House, openHouse } from "./House.ts";

const DRAW_IN_MS = 3_600_000;
/** Less the fee of a tenth. */
const PAYOUT = PRICE * 0.9;
const LOAN = 77;

/** A busy machine may take seconds for what is done by itself. */
const soon = (so: () => Promise<unknown>) => vi.waitFor(so, { timeout: 15_000, interval: 50 });

let house: House;
let views: ReturnType<typeof make>;

const deposit = (player: string, commandId: string, amount: number) =>
  house.system.ask(Wallet, "Deposit", {
    entityId: PlayerId.make(player),
    commandId: CommandId.make(commandId),
    amountMinor: minor(amount),
    account: Account.make("provider:card:clearing"),
    ref: "test",
  });

/** From now on the player's wallet takes not one unit more. */
const fill = async (player: string) => {
  const { total } = await house.wallet(player);
  expect(await deposit(player, "fill", MAX_BALANCE_MINOR - total)).toMatchObject({ ok: true });
};

const buy = async (stall: Stall, card: Card, raffleId: string, player: string) => {
  await stall.choose(raffleId, player, 3);
  await stall.pay(raffleId, player, "sandbox_card");
  card.pay(paymentOf(raffleId, player));
  await stall.hear(raffleId, player, "succeeded");
  await soon(async () =>
    expect(await stall.reservation(raffleId, player)).toMatchObject({ phase: "sold" }),
  );
};

/** A favor whose lender has no wallet, as its own tables and the wallet's refusal have it. */
const lend = async () => {
  await house.pool.query(
    `INSERT INTO favor VALUES ('f1', 'lea', 'bob', $1, $1, 1000, 'returned', 1, 2, 1, NULL, NULL)`,
    [LOAN],
  );
  await house.pool.query(
    `INSERT INTO ledger VALUES ('favor', 'f1', 4, 0, 'favor:f1', 'house:unclaimed', $1, 'unclaimed', 'f1', 1000, NULL, NULL)`,
    [LOAN],
  );
  expect(await deposit("lea", "return:f1", LOAN)).toMatchObject({ ok: false });
};

beforeAll(async () => {
  const card = new Card();
  house = await openHouse([card]);
  views = make(house.pool);
  const stall = new Stall(() => house.system.ask);
  for (const player of ["ada", "org"]) await house.open(player);
  await lend();
  // The organiser's wallet is full when the raffle is drawn.
  await stall.open("drawn", Date.now() + DRAW_IN_MS);
  await buy(stall, card, "drawn", "ada");
  await fill("org");
  await stall.draw("drawn");
  await soon(async () => expect(await stall.raffle("drawn")).toMatchObject({ isSettled: true }));
  // The card company does not give it back; the house has it paid to the wallet, which is full too.
  card.refunds = "failed";
  await stall.open("cancelled", Date.now() + DRAW_IN_MS);
  await buy(stall, card, "cancelled", "ada");
  await fill("ada");
  await stall.cancel("cancelled");
  await soon(async () => expect(await statusOf("cancelled")).toBe("refund_refused"));
  await stall.resolve("cancelled", "ada", "wallet");
  await soon(async () => expect(await statusOf("cancelled")).toBe("refunded"));
}, 60_000);
afterAll(() => house.close());

const statusOf = async (raffleId: string) => {
  const { rows } = await house.pool.query<{ status: string }>(
    "SELECT status FROM payment WHERE raffle_id = $1",
    [raffleId],
  );
  return rows[0]?.status;
};

describe("money that wallets could not take", () => {
  it("is listed, the newest first: what, whose, since when, why, and where it came from", async () => {
    const { next_before, total, unclaimed } = await views.unclaimed({ limit: 10 });
    expect(unclaimed).toEqual([
      {
        what: "ticket_refund",
        player_id: "ada",
        amount: PRICE,
        since: expect.stringMatching(/^20/),
        why: "balance_limit",
        kind: "reservation",
        entity_id: reservationOf("cancelled", "ada"),
        ref: paymentOf("cancelled", "ada"),
      },
      {
        what: "raffle_payout",
        player_id: "org",
        amount: PAYOUT,
        since: expect.stringMatching(/^20/),
        why: "balance_limit",
        kind: "raffle",
        entity_id: "drawn",
        ref: "drawn",
      },
      {
        what: "favor",
        player_id: "lea",
        amount: LOAN,
        since: new Date(1000).toISOString(),
        why: "wallet_not_found",
        kind: "favor",
        entity_id: "f1",
        ref: "f1",
      },
    ]);
    expect([total, next_before]).toEqual([PRICE + PAYOUT + LOAN, null]);
  });

  it("is read page by page", async () => {
    const all = (await views.unclaimed({ limit: 10 })).unclaimed;
    const pages = [];
    let before: string | undefined;
    do {
      const page = await views.unclaimed({ limit: 1, before });
      expect(page.total).toBe(PRICE + PAYOUT + LOAN);
      pages.push(...page.unclaimed);
      before = page.next_before ?? undefined;
    } while (before !== undefined);
    expect(pages).toEqual(all);
  });

  it("is told of one player alone", async () => {
    const { unclaimed } = await views.unclaimed({ limit: 10, playerId: PlayerId.make("org") });
    expect(unclaimed.map(({ amount }) => amount)).toEqual([PAYOUT]);
    const none = await views.unclaimed({ limit: 10, playerId: PlayerId.make("bob") });
    expect(none.unclaimed).toEqual([]);
  });

  it("finds a repayment's refusal under its own hold", async () => {
    const { pool } = house;
    await pool.query(
      `INSERT INTO favor VALUES ('f2', 'lea', 'bob', $1, $1, 1000, 'repaid', 1, 2, 1, NULL, 1)`,
      [LOAN],
    );
    await pool.query(
      `INSERT INTO journal VALUES ('favor', 'f2', 3, 'c', 'Repay', NULL, '[{"_tag":"RepaymentAccepted","holdId":"repay:h","at":1}]', 'null', 1, NULL, NULL)`,
    );
    await pool.query(
      `INSERT INTO ledger VALUES ('favor', 'f2', 6, 0, 'favor:f2', 'house:unclaimed', $1, 'unclaimed', 'f2', 2000, NULL, NULL)`,
      [LOAN],
    );
    const why = async () =>
      (await views.unclaimed({ limit: 10 })).unclaimed.find(({ ref }) => ref === "f2")?.why;
    expect(await why()).toBeNull();
    await deposit("lea", "credit:repay:h", LOAN);
    expect(await why()).toBe("wallet_not_found");
  });
});
