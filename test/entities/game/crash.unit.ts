/**
 * kill -9 between any two steps: at the first commit of what is done, at the second, and so on, before the store had
 * it and after, until it is done without dying. Whatever the moment: the books agree at once, the client that asks again
 * gets one answer for ever, a client that does not leaves nothing locked.
 */
import { describe, expect, it } from "vitest";
import { CHECK_HOLD_AFTER_MS } from "../../../entities/wallet/decider.ts";
import { type Death, dyingEverywhere } from "../../support/Life.ts";
import { Casino } from "./Casino.ts";

const onThree = { market: "win", selection: [3], stake: 10_000 } as const;
const finish = async (casino: Casino) => {
  await casino.until("lobby");
  await casino.expectNothingHeld();
};

describe("a process that dies while a bet is placed", () => {
  it("leaves a bet that is whole once the client asks again", async () => {
    const deaths = await dyingEverywhere(async (death) => {
      const casino = await Casino.open(["ada"]);
      casino.dieAt(death);
      const first = await casino.bet("ada", "k1", onThree);
      const died = casino.goOn();
      expect(first === undefined).toBe(died);
      await casino.expectClean();
      const again = await casino.bet("ada", "k1", onThree);
      expect(again).toMatchObject({ ok: true });
      expect((await casino.wallet("ada")).openHolds).toHaveLength(1);
      expect(casino.betsOf("accepted")).toHaveLength(1);
      expect(await casino.bet("ada", "k1", onThree)).toEqual({ ...again, replayed: true });
      await finish(casino);
      return { died };
    });
    // Hold and AcceptBet, each lost or written.
    expect(deaths).toBe(4);
  });

  it("leaves no money locked when the client never comes back", async () => {
    await dyingEverywhere(async (death) => {
      const casino = await Casino.open(["ada"], { bettingMs: CHECK_HOLD_AFTER_MS * 2 });
      casino.dieAt(death);
      await casino.bet("ada", "k1", onThree);
      const died = casino.goOn();
      await casino.pass(CHECK_HOLD_AFTER_MS + 2_000);
      await casino.expectClean();
      const accepted = casino.betsOf("accepted").length;
      expect((await casino.wallet("ada")).openHolds).toHaveLength(accepted);
      await casino.pass(CHECK_HOLD_AFTER_MS);
      await finish(casino);
      return { died };
    });
  });

  it("and whose client comes back after the hold was given up, is told so and loses nothing", async () => {
    const casino = await Casino.open(["ada"], { bettingMs: CHECK_HOLD_AFTER_MS * 2 });
    casino.dieAt({ commit: 1, written: true });
    await casino.bet("ada", "k1", onThree);
    casino.restart();
    await casino.pass(CHECK_HOLD_AFTER_MS + 2_000);
    expect(await casino.bet("ada", "k1", onThree)).toMatchObject({
      error: { _tag: "BettingClosed" },
    });
    expect(casino.betsOf("accepted")).toEqual([]);
    await casino.expectNothingHeld();
  });

  it("and whose client comes back in the next race, has no bet there", async () => {
    const casino = await Casino.open(["ada"], { resultsMs: 500 });
    casino.dieAt({ commit: 1, written: true });
    await casino.bet("ada", "k1", onThree);
    casino.restart();
    await casino.until("racing");
    await casino.until("betting");
    expect((await casino.view()).raceId).toBe("derby-2");
    // It was for the race in progress then.
    expect(await casino.bet("ada", "k1", onThree)).toMatchObject({
      error: { _tag: "BettingClosed", raceId: "derby-1" },
    });
    await casino.expectNothingHeld();
  });

  it("and refused, gives the money back once the client asks again", async () => {
    const deaths = await dyingEverywhere(async (death) => {
      const casino = await Casino.open(["ada"]);
      casino.dieAt(death);
      const body = { ...onThree, stake: 50_001 };
      await casino.bet("ada", "k1", body);
      const died = casino.goOn();
      await casino.expectClean();
      expect(await casino.bet("ada", "k1", body)).toMatchObject({
        error: { _tag: "StakeAboveMax" },
      });
      await casino.expectNothingHeld();
      return { died };
    });
    // Hold, the refusal, and Release.
    expect(deaths).toBe(6);
  });
});

describe("a process that dies while a bet is cancelled", () => {
  const cancelling = async (death: Death, comesBack: boolean) => {
    const casino = await Casino.open(["ada"]);
    const placed = await casino.bet("ada", "k1", onThree);
    if (placed?.ok !== true) throw new Error("the bet was refused");
    const cancel = () => casino.cancel("ada", "k2", placed.value.bet_id);
    casino.dieAt(death);
    const first = await cancel();
    await casino.pass(50);
    const died = casino.goOn();
    await casino.expectClean();
    if (comesBack) {
      const again = await cancel();
      expect(again).toMatchObject({ ok: true, value: { refund: 9_500, fee: 500 } });
      if (first !== undefined) expect(again).toEqual({ ...first, replayed: true });
    }
    await finish(casino);
    const cancelled = casino.betsOf("cancelled").length;
    if (comesBack) expect(cancelled).toBe(1);
    const { balance } = await casino.wallet("ada");
    if (cancelled === 1) expect(balance.totalMinor).toBe(99_500);
    return { died };
  };

  it("leaves it cancelled once the client asks again, the fee taken once", async () => {
    expect(await dyingEverywhere((death) => cancelling(death, true))).toBeGreaterThanOrEqual(4);
  });

  it("leaves it whole, cancelled or not, when the client never comes back", async () => {
    expect(await dyingEverywhere((death) => cancelling(death, false))).toBeGreaterThanOrEqual(4);
  });
});

describe("a process that dies while a power is cast", () => {
  it("leaves the cast whole once the client asks again", async () => {
    const deaths = await dyingEverywhere(async (death) => {
      const casino = await Casino.open(["ada"], { racingMs: 40_000 });
      await casino.until("racing");
      casino.dieAt(death);
      const cast = () => casino.cast("ada", "c1", { power: "pwr_boost_01", target: 3 });
      await cast();
      const died = casino.goOn();
      await casino.expectClean();
      const again = await cast();
      expect(again).toMatchObject({ ok: true, value: { cost: 2_000 } });
      expect(await cast()).toEqual({ ...again, replayed: true });
      await finish(casino);
      return { died };
    });
    // QuotePower, Hold, CastPower.
    expect(deaths).toBe(6);
  });
});

describe("a process that dies while a race runs or is settled", () => {
  it("comes back to the same race at the right place, and pays everyone once", async () => {
    let paid: ReadonlyArray<number> | undefined;
    const deaths = await dyingEverywhere(async (death) => {
      const casino = await Casino.open(["ada", "bob"]);
      for (let runner = 1; runner <= 8; runner++)
        for (const player of casino.players)
          await casino.bet(player, `k${runner}`, {
            market: "win",
            selection: [runner],
            stake: 100 * runner,
          });
      const bet = await casino.bet("ada", "k9", onThree);
      if (bet?.ok === true) await casino.cancel("ada", "k10", bet.value.bet_id);
      await casino.pass(1_000);
      casino.dieAt(death);
      let died = false;
      for (let i = 0; i < 200; i++) {
        await casino.pass(100);
        if (casino.isDead) {
          died = casino.goOn();
          await casino.expectClean();
        }
        if ((await casino.view()).phase === "lobby") break;
      }
      await finish(casino);
      // Chance was drawn before: whenever it died, the race and what it pays are the same.
      const totals = await Promise.all(
        casino.players.map(async (player) => (await casino.wallet(player)).balance.totalMinor),
      );
      paid ??= totals;
      expect(totals).toEqual(paid);
      return { died };
    });
    // RaceStarted, RaceFinished, the wallets' Settle, DebtsPaid with RacePaid: each lost or written.
    expect(deaths).toBeGreaterThanOrEqual(8);
  });
});
