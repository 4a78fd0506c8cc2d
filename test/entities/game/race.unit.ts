import { describe, expect, it } from "vitest";
import { minor } from "../../../rpc/money.ts";
import { Lobby } from "../../../rpc/lobby.ts";
import { Casino, GRANT, LOBBY } from "./Casino.ts";

/** Long enough for a cooldown to pass. */
const LONG = { racingMs: 40_000 };
const boost = { power: "pwr_boost_01", target: 3 };

describe("casting powers", () => {
  const racing = async (settings = {}) => {
    const casino = await Casino.open(["ada", "bob"], { ...LONG, ...settings });
    await casino.until("racing");
    return casino;
  };

  it("holds the price, and answers the same to the same key for ever", async () => {
    const casino = await racing();
    const cast = await casino.cast("ada", "c1", boost);
    expect(cast).toMatchObject({
      replayed: false,
      value: { race_id: "derby-1", ...boost, cost: 2_000, wallet: { balance_locked: 2_000 } },
    });
    casino.restart();
    expect(await casino.cast("ada", "c1", boost)).toEqual({ ...cast, replayed: true });
    await casino.until("lobby");
    expect(await casino.cast("ada", "c1", boost)).toEqual({ ...cast, replayed: true });
    await casino.expectNothingHeld();
    expect((await casino.wallet("ada")).balance.totalMinor).toBe(GRANT - 2_000);
    expect(await casino.cast("ada", "c1", { ...boost, target: 4 })).toMatchObject({
      error: { _tag: "IdempotencyKeyReused" },
    });
  });

  it("at once cost a quarter more each, whichever comes first", async () => {
    const casino = await racing();
    const casts = await Promise.all([
      casino.cast("ada", "c1", boost),
      casino.cast("ada", "c2", { power: "pwr_oil_01", target: 4 }),
      casino.cast("bob", "c3", boost),
    ]);
    const costs = casts.map((cast) => (cast?.ok === true ? cast.value.cost : cast?.error));
    // Each of the first player's two was quoted its base price; one had to ask again.
    expect([
      [2_000, 3_750, 2_000],
      [2_500, 3_000, 2_000],
    ]).toContainEqual(costs);
    expect((await casino.wallet("ada")).openHolds).toHaveLength(2);
    await casino.until("lobby");
    await casino.expectNothingHeld();
  });

  it("never come to more than the cap, however many are cast at once", async () => {
    const casino = await racing({ maxPowerSpendMinor: minor(6_000) });
    const casts = await Promise.all(
      ["pwr_boost_01", "pwr_oil_01", "pwr_stero_turbo"].flatMap((power) =>
        [1, 2, 3].map((target) => casino.cast("ada", `${power}${target}`, { power, target })),
      ),
    );
    const spent = casts.reduce((sum, cast) => sum + (cast?.ok === true ? cast.value.cost : 0), 0);
    expect(spent).toBeGreaterThan(0);
    expect(spent).toBeLessThanOrEqual(6_000);
    expect((await casino.wallet("ada")).balance.lockedMinor).toBe(spent);
    await casino.until("lobby");
    await casino.expectNothingHeld();
    expect((await casino.wallet("ada")).balance.totalMinor).toBe(GRANT - spent);
  });

  it("meant for another race hold nothing", async () => {
    const casino = await racing();
    expect(await casino.cast("ada", "c1", { ...boost, race_id: "derby-0" })).toMatchObject({
      error: { _tag: "RaceChanged", raceId: "derby-1" },
    });
    expect((await casino.wallet("ada")).balance.lockedMinor).toBe(0);
    expect(await casino.cast("ada", "c2", { ...boost, race_id: "derby-1" })).toMatchObject({
      ok: true,
    });
  });

  it("that the lobby refuses are given back", async () => {
    const casino = await racing();
    await casino.cast("ada", "c1", boost);
    expect(await casino.cast("ada", "c2", boost)).toMatchObject({ error: { _tag: "Cooldown" } });
    expect((await casino.wallet("ada")).balance.lockedMinor).toBe(2_000);
    await casino.until("lobby");
    expect(await casino.cast("ada", "c3", boost)).toMatchObject({ error: { _tag: "NotRacing" } });
    // Refused or not, the key was used for this cast and for no other.
    expect(await casino.cast("ada", "c3", { ...boost, target: 4 })).toMatchObject({
      error: { _tag: "IdempotencyKeyReused" },
    });
    await casino.expectNothingHeld();
  });
});

describe("a race", () => {
  const markets = [
    { market: "win", selection: [1], stake: 1_000 },
    { market: "win", selection: [2], stake: 900 },
    { market: "place", selection: [3], stake: 800 },
    { market: "show", selection: [4], stake: 700 },
    { market: "exacta", selection: [5, 6], stake: 600 },
    { market: "quinella", selection: [7, 8], stake: 500 },
    { market: "trifecta", selection: [1, 2, 3], stake: 400 },
  ] as const;

  it("pays what it owes: every stake lands somewhere", async () => {
    const casino = await Casino.open(["ada", "bob", "cyd"]);
    for (const player of casino.players)
      for (const [i, body] of markets.entries()) await casino.bet(player, `k${i}`, body);
    for (let runner = 1; runner <= 8; runner++)
      await casino.bet("cyd", `w${runner}`, { market: "win", selection: [runner], stake: 2_000 });
    await casino.expectClean();
    await casino.until("racing");
    await casino.cast("bob", "c1", boost);
    await casino.until("lobby");
    await casino.expectNothingHeld();
    expect(casino.betsOf("accepted")).toEqual([]);
    const total = await Promise.all(
      casino.players.map(async (player) => (await casino.wallet(player)).balance.totalMinor),
    );
    const ledger = [...(casino.journal.tables.get("ledger")?.values() ?? [])];
    const house = ledger.reduce(
      (sum, { amount, credit, debit }) =>
        sum +
        (/^house:(?!grants)/.test(String(credit)) ? Number(amount) : 0) -
        (/^house:(?!grants)/.test(String(debit)) ? Number(amount) : 0),
      0,
    );
    expect(total.reduce((sum, one) => sum + one, house)).toBe(GRANT * 3);
  });

  it("goes on by the clock although nobody is there and its process died", async () => {
    const casino = await Casino.open(["ada"], { resultsMs: 500 });
    await casino.bet("ada", "k1", { market: "win", selection: [1], stake: 100 });
    casino.restart();
    await casino.pass(40_000);
    expect(Number((await casino.view()).raceId.split("-")[1])).toBeGreaterThan(2);
    await casino.expectNothingHeld();
  });

  it("survives a clock that is set back and forth", async () => {
    const casino = await Casino.open(["ada"], { resultsMs: 500 });
    await casino.bet("ada", "k1", { market: "win", selection: [1], stake: 100 });
    for (const ms of [-5_000, 60_000, -60_000, 3_600_000]) {
      casino.clock.jump(ms);
      await casino.pass(1_000);
      await casino.expectClean();
    }
    await casino.pass(4_000_000);
    await casino.expectNothingHeld();
    expect((await casino.view()).stateVersion).toBeGreaterThan(10);
  });

  it("is the last one in a lobby that has been stopped", async () => {
    const casino = await Casino.open(["ada"], { resultsMs: 500 });
    await casino.bet("ada", "k1", { market: "win", selection: [1], stake: 100 });
    await casino.stop();
    await casino.pass(100_000);
    expect(await casino.view()).toMatchObject({
      phase: "lobby",
      raceId: "derby-1",
      running: false,
    });
    await casino.expectNothingHeld();
  });
});

describe("a lobby's survey", () => {
  const survey = async (casino: Casino) => {
    const read = await casino.settle(casino.ask(Lobby, "GetSurvey", { entityId: LOBBY }));
    if (read?.ok !== true) throw new Error("the lobby does not answer");
    return read.value;
  };

  it("counts races that were run, and the bets of the newest", async () => {
    const casino = await Casino.open(["ada", "bob"], { resultsMs: 1_000 });
    expect(await survey(casino)).toMatchObject({
      settings: { resultsMs: 1_000 },
      racesRun: 0,
      bets: 0,
      stakedMinor: 0,
    });
    await casino.bet("ada", "k1", { market: "win", selection: [1], stake: 700 });
    const undone = await casino.bet("bob", "k1", { market: "show", selection: [1], stake: 900 });
    if (undone?.ok === true) await casino.cancel("bob", "k2", undone.value.bet_id);
    await casino.until("racing");
    expect(await survey(casino)).toMatchObject({ racesRun: 0, bets: 1, stakedMinor: 700 });
    await casino.until("lobby");
    expect(await survey(casino)).toMatchObject({ racesRun: 1, lobby: { raceId: "derby-1" } });
    await casino.until("betting");
    expect(await survey(casino)).toMatchObject({ racesRun: 1, bets: 0, stakedMinor: 0 });
  });

  it("is of no lobby that is not there", async () => {
    const casino = await Casino.open([]);
    const read = casino.settle(casino.ask(Lobby, "GetSurvey", { entityId: "nowhere" }));
    expect(await read).toMatchObject({ error: { _tag: "LobbyNotFound" } });
  });
});
