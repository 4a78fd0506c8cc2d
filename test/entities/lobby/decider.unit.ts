import { HashMap } from "effect";
import { describe, expect, it } from "vitest";
import { MAX_POOL_MINOR } from "../../../entities/lobby/race/pool.ts";
import { broken } from "../../../entities/lobby/invariants.ts";
import { settleRace } from "../../../entities/lobby/race/replay.ts";
import { evolveForm } from "../../../entities/lobby/race/runner.ts";
import { runOf } from "../../../entities/lobby/view.ts";
import { HoldId } from "../../../rpc/id.ts";
import { advance, framesOf, seed, SETTINGS } from "./desk.ts";
import {
  accepted,
  Accepted,
  AT,
  bet,
  Cancelled,
  Cast,
  CLOSES,
  Created,
  Finished,
  fresh,
  given,
  Opened,
  Paid,
  racing,
  settling,
  Started,
} from "./history.ts";

describe("Create", () => {
  it("makes a lobby whose first race opens at once", () => {
    given()
      .when("Create", { name: "Derby", settings: SETTINGS })
      .then([Created])
      .replying({ lobbyId: "derby", phase: "lobby", running: true, raceId: "derby-0" });
    given(Created).itself(advance()).then([Opened]);
    given(Created).when("Create", { name: "Again", settings: SETTINGS }).refused("LobbyExists");
  });
});

describe("a lobby that was not created", () => {
  it.each([
    ["Stop", {}],
    ["Scratch", { runner: 1 }],
    ["AcceptBet", bet()],
    ["CancelBet", { betId: "b1", playerId: "ada" }],
    ["QuotePower", { playerId: "ada", power: "pwr_boost_01" }],
    [
      "CastPower",
      {
        castId: "x",
        playerId: "ada",
        raceId: "derby-1",
        power: "pwr_boost_01",
        target: 1,
        costMinor: 1,
      },
    ],
  ] as const)("refuses %s", (tag, fields) => {
    given().when(tag, fields).refused("LobbyNotFound", { lobbyId: "derby" });
  });

  it("does nothing when an alarm rings", () => {
    given().itself(advance()).then([]);
  });
});

describe("the phases", () => {
  it("follow the clock: lobby, betting, racing, settling, lobby", () => {
    const run = fresh();
    const phases: Array<unknown> = [];
    const look = () => phases.push([run.state.phase, run.state.phaseEndsAt]);
    run.command("Create", { name: "Derby", settings: SETTINGS }, AT);
    look();
    run.itself(advance(1), AT);
    look();
    run.command("AcceptBet", bet(), AT);
    run.itself(advance(), CLOSES);
    look();
    const endsAt = run.state.phaseEndsAt ?? 0;
    run.itself(advance(), endsAt);
    look();
    run.itself({ _tag: "ConfirmPaid", holdIds: [HoldId.make("b1")] }, endsAt + 7);
    look();
    run.itself(advance(2), endsAt + 7 + SETTINGS.resultsMs);
    look();
    const secondOpens = endsAt + 7 + SETTINGS.resultsMs;
    expect(phases).toEqual([
      ["lobby", AT],
      ["betting", CLOSES],
      ["racing", endsAt],
      ["settling", null],
      ["lobby", secondOpens],
      ["betting", secondOpens + SETTINGS.bettingMs],
    ]);
    expect(run.state.race).toMatchObject({ raceId: "derby-2", number: 2 });
    for (const state of run.committed) expect(broken(state)).toEqual([]);
    run.expectReplayToAgree();
  });

  it("the race ends between its start and its longest duration", () => {
    const started = Started();
    expect(started.endsAt).toBeGreaterThan(started.at);
    expect(started.endsAt).toBeLessThanOrEqual(started.at + SETTINGS.racingMs);
  });

  it("a race on which nobody bet or cast is settled as it finishes", () => {
    const { run } = given(Created, Opened, Started());
    const events = run.itself(advance(), run.state.phaseEndsAt ?? 0);
    expect(events.map((event) => event._tag)).toEqual(["RaceFinished", "RacePaid"]);
    expect(run.state).toMatchObject({ phase: "lobby", stateVersion: 5 });
  });

  it("an alarm that rings early, or when the clock was set back, does nothing", () => {
    given(Created, Opened)
      .itself(advance(), CLOSES - 1)
      .then([]);
    given(...racing)
      .itself(advance(), AT - 1_000_000)
      .then([]);
  });

  it("an alarm that rings twice does it once", () => {
    const { run } = given(Created, Opened, Accepted);
    expect(run.itself(advance(), CLOSES)).toHaveLength(1);
    expect(run.itself(advance(), CLOSES)).toEqual([]);
    expect(run.state.phase).toBe("racing");
  });

  it("an alarm that rings late starts the next phase late and cuts none short", () => {
    const late = CLOSES + 3_600_000;
    const { run } = given(Created, Opened);
    run.itself(advance(), late);
    expect(run.state.race?.started?.at).toBe(late);
    expect(run.state.phaseEndsAt ?? 0).toBeGreaterThan(late);
    run.itself(advance(), late - 1);
    expect(run.state.phase).toBe("racing");
  });

  it.each([
    ["a cast is to be paid for", [Created, Opened, Started(), Cast], "c1"],
    ["a cancelled bet's hold is to end", [Created, Opened, Accepted, Cancelled, Started()], "b1"],
  ])("a race on which nobody bet is not settled while %s", (_, history, holdId) => {
    const { run } = given(...history);
    const events = run.itself(advance(), run.state.phaseEndsAt ?? 0);
    expect(events.map((event) => event._tag)).toEqual(["RaceFinished"]);
    const paid = run.itself({ _tag: "ConfirmPaid", holdIds: [HoldId.make(holdId)] }, AT + 60_000);
    expect(paid.map((event) => event._tag)).toEqual(["DebtsPaid", "RacePaid"]);
  });

  it("a race lasts whole ticks, and no longer than the lobby says", () => {
    const odd = { ...Created, settings: { ...SETTINGS, racingMs: 40_049 } };
    expect(given(odd, Opened).run.itself(advance(), CLOSES)).toMatchObject([{ maxTicks: 800 }]);
  });

  it("the result is what the pools make of the order", () => {
    const bets = Opened.field.flatMap(({ number }) => [
      accepted({ betId: `w${number}`, selection: [number], stakeMinor: 100 * number }),
      accepted({ betId: `p${number}`, market: "place", selection: [number], stakeMinor: 700 }),
    ]);
    const history = [Created, Opened, ...bets, Started(...bets)];
    const { order, pools, results } = Finished(...history);
    const settled = settleRace({
      bets: bets as never,
      order,
      scratched: [],
      takeoutPerMille: SETTINGS.takeoutPerMille,
    });
    expect(pools).toEqual(settled.map(({ outcomes: _, ...pool }) => pool));
    const byId = (some: ReadonlyArray<{ readonly betId: string }>) =>
      some.toSorted((a, b) => (a.betId < b.betId ? -1 : 1));
    expect(byId(results)).toEqual(byId(settled.flatMap(({ outcomes }) => outcomes)));
    expect(results.filter(({ outcome }) => outcome === "won")).toHaveLength(3);
  });

  it("settling depends on payment alone", () => {
    given(...settling)
      .itself(advance(), AT + 10 ** 9)
      .then([]);
  });

  it("the form of the next field comes from the last race", () => {
    const { run } = given(...settling, ...Paid);
    const [next] = run.itself(advance(2), AT + 65_000);
    expect(next).toMatchObject({ _tag: "RaceOpened", number: 2, serverSeed: seed(2) });
    const { field, finished } = run.steps.findLast(({ after }) => after.race?.number === 1)!.after
      .race!;
    expect((next as typeof Opened).field).not.toEqual(Opened.field);
    expect((next as typeof Opened).field).toEqual(
      evolveForm(field, finished?.order ?? [], seed(1002)),
    );
    expect((next as typeof Opened).field.map(({ name }) => name)).toEqual(
      Opened.field.map(({ name }) => name),
    );
  });
});

describe("Stop", () => {
  it("lets the race in progress be run and paid, and opens no other", () => {
    const { run } = given(...settling);
    run.command("Stop", {}, AT);
    expect(run.state).toMatchObject({ running: false, phase: "settling" });
    const events = run.itself({ _tag: "ConfirmPaid", holdIds: [HoldId.make("b1")] }, AT + 60_000);
    expect(events.at(-1)).toMatchObject({ _tag: "RacePaid", resultsEndAt: null });
    expect(run.state).toMatchObject({ phase: "lobby", phaseEndsAt: null });
    expect(run.itself(advance(), AT + 10 ** 9)).toEqual([]);
    expect(broken(run.state)).toEqual([]);
  });

  it("between races tells those who watch that none follows", () => {
    const { run } = given(...settling, ...Paid);
    const { stateVersion } = run.state;
    run.command("Stop", {}, AT);
    expect(framesOf(run.steps.at(-1)!)).toEqual([
      {
        version: stateVersion + 1,
        frame: expect.objectContaining({
          type: "RACE_STATE_CHANGED",
          state_version: stateVersion + 1,
          phase_ends_at: null,
        }),
      },
    ]);
    expect(run.itself(advance(), AT + 10 ** 9)).toEqual([]);
  });

  it.each([
    ["before the first race", [Created], null],
    ["while bets are taken", [Created, Opened], CLOSES],
    ["while racing", racing, Started(Accepted).endsAt],
    ["while settling", settling, null],
  ])(
    "%s shows nothing new, and moves no phase's end but that of the wait",
    (_, history, endsAt) => {
      const { stateVersion } = given(...history).state;
      expect(given(...history, { _tag: "LobbyStopped" }).state).toMatchObject({
        running: false,
        stateVersion,
        phaseEndsAt: endsAt,
      });
    },
  );

  it("between races is a lobby that runs no more", () => {
    expect(given(...settling, ...Paid, { _tag: "LobbyStopped" }).state.running).toBe(false);
  });

  it("before the first race leaves a lobby without any", () => {
    const { run } = given(Created, { _tag: "LobbyStopped" });
    expect(run.itself(advance(), AT + 10 ** 9)).toEqual([]);
    expect(broken(run.state)).toEqual([]);
  });

  it("is said once", () => {
    given(Created, { _tag: "LobbyStopped" }).when("Stop", {}).then([]).replying({ running: false });
  });

  it("keeps the time at which the lobby was created", () => {
    const { run } = given(Created);
    run.command("Stop", {}, AT + 5);
    expect(run.steps.at(-1)?.rows).toMatchObject([
      { row: { lobby_id: "derby", running: false, created_at: AT } },
    ]);
  });
});

describe("AcceptBet", () => {
  const open = [Created, Opened];

  it.each([
    ["win", [8]],
    ["place", [1]],
    ["show", [2]],
    ["exacta", [2, 1]],
    ["quinella", [7, 3]],
    ["trifecta", [4, 8, 1]],
  ])("takes a bet on %s", (market, selection) => {
    const taken = { market, selection, stakeMinor: 100 };
    given(...open)
      .when("AcceptBet", bet(taken))
      .then([accepted(taken)])
      .replying({ betId: "b1", raceId: "derby-1", ...taken });
  });

  it.each([
    ["at the close", CLOSES],
    ["after it", CLOSES + 1],
  ])("%s it is refused, though the alarm has not rung", (_, at) => {
    given(...open)
      .when("AcceptBet", bet(), at)
      .refused("BettingClosed", { phase: "betting", raceId: "derby-1" });
  });

  it("is taken in the last millisecond", () => {
    given(...open)
      .when("AcceptBet", bet(), CLOSES - 1)
      .replying({ betId: "b1" });
  });

  it.each([
    ["before the first race", [Created], "lobby"],
    ["while racing", racing, "racing"],
    ["while settling", settling, "settling"],
    ["between races", [...settling, ...Paid], "lobby"],
  ])("%s it is refused", (_, history, phase) => {
    given(...history)
      .when("AcceptBet", bet({ betId: "b2" }))
      .refused("BettingClosed", { phase });
  });

  it("is refused for a race other than the one in progress", () => {
    for (const raceId of ["derby-0", "derby-2", "other-1"]) {
      given(...open)
        .when("AcceptBet", bet({ raceId }))
        .refused("BettingClosed", { raceId });
    }
  });

  it.each([
    ["two runners for win", { selection: [1, 2] }, "A win bet names 1 runner(s)."],
    ["one runner for exacta", { market: "exacta", selection: [1] }, "names 2"],
    ["the same runner twice", { market: "quinella", selection: [4, 4] }, "only once"],
    ["the same runner in a trifecta", { market: "trifecta", selection: [4, 2, 4] }, "only once"],
    ["no runner", { selection: [] }, "names 1"],
  ])("refuses %s", (_, fields, reason) => {
    given(...open)
      .when("AcceptBet", bet(fields))
      .refused("InvalidSelection", { reason: expect.stringContaining(reason) });
  });

  it("cannot name a runner that no race has", () => {
    for (const selection of [[0], [9], [1.5], ["3"]])
      expect(() => given(...open).when("AcceptBet", bet({ selection }))).toThrow();
  });

  it("refuses a scratched runner", () => {
    given(...open, { _tag: "RunnerScratched", runner: 3 })
      .when("AcceptBet", bet())
      .refused("InvalidSelection", { reason: "A selected runner has been scratched." });
  });

  it.each([
    [99, "StakeBelowMin", { minStakeMinor: 100 }],
    [50_001, "StakeAboveMax", { maxStakeMinor: 50_000 }],
  ])("refuses a stake of %d", (stakeMinor, tag, fields) => {
    given(...open)
      .when("AcceptBet", bet({ stakeMinor }))
      .refused(tag, fields);
  });

  it("takes no more than a pool can be paid out of, so that every race comes to its end", () => {
    const rich = { ...Created, settings: { ...SETTINGS, maxBetMinor: 4 * MAX_POOL_MINOR } };
    const most = accepted({ stakeMinor: MAX_POOL_MINOR - 200 });
    const room = { maxStakeMinor: 200 };
    given(rich, Opened)
      .when("AcceptBet", bet({ stakeMinor: MAX_POOL_MINOR + 1 }))
      .refused("StakeAboveMax", { maxStakeMinor: MAX_POOL_MINOR });
    given(rich, Opened, most)
      .when("AcceptBet", bet({ betId: "b2", playerId: "bob", stakeMinor: 201 }))
      .refused("StakeAboveMax", room);
    const full = [rich, Opened, most, accepted({ betId: "b2", playerId: "bob", stakeMinor: 200 })];
    given(...full)
      .when("AcceptBet", bet({ betId: "b3", playerId: "cyd", stakeMinor: 100, market: "place" }))
      .then([accepted({ betId: "b3", playerId: "cyd", stakeMinor: 100, market: "place" })]);
    const { run } = given(...full);
    run.itself(advance(), run.state.phaseEndsAt ?? 0);
    run.itself(advance(), run.state.phaseEndsAt ?? 0);
    expect(run.state.phase).toBe("settling");
  });

  it.each([100, 50_000])("takes a stake of %d", (stakeMinor) => {
    given(...open)
      .when("AcceptBet", bet({ stakeMinor }))
      .replying({ stakeMinor });
  });

  it("limits a player's stakes by market, not by bet", () => {
    const most = accepted({ stakeMinor: 49_900 });
    const more = (fields: object) => bet({ betId: "b2", stakeMinor: 200, ...fields });
    given(...open, most)
      .when("AcceptBet", more({}))
      .refused("PlayerLimit", { limitMinor: 50_000, stakedMinor: 49_900 });
    given(...open, most)
      .when("AcceptBet", more({ selection: [5] }))
      .refused("PlayerLimit");
    given(...open, most)
      .when("AcceptBet", more({ stakeMinor: 100 }))
      .replying({ stakeMinor: 100 });
    given(...open, most)
      .when("AcceptBet", more({ market: "place" }))
      .replying({ stakeMinor: 200 });
    given(...open, most)
      .when("AcceptBet", more({ playerId: "bob" }))
      .replying({ stakeMinor: 200 });
  });

  it("a cancelled bet no longer counts towards the limit", () => {
    given(...open, Accepted, Cancelled)
      .when("AcceptBet", bet({ betId: "b2", stakeMinor: 50_000 }))
      .replying({ stakeMinor: 50_000 });
  });

  it("takes an id once, under whatever command", () => {
    const reason = "There is a bet with this id already.";
    given(...open, Accepted)
      .when("AcceptBet", bet())
      .refused("InvalidSelection", { reason });
    given(...open, Accepted, Cancelled)
      .when("AcceptBet", bet())
      .refused("InvalidSelection", { reason });
  });

  it.each([1, 3, 8])("counts stakes by market and, to win, by lane: on runner %i", (runner) => {
    const place = accepted({ betId: "b2", market: "place", selection: [runner], stakeMinor: 300 });
    const win = { selection: [runner], stakeMinor: 700 };
    const more = accepted({ ...win, betId: "b3" });
    const history = [...open, accepted(win), place, more];
    const winStakes = (stake: number) => Opened.field.map((_, i) => (i === runner - 1 ? stake : 0));
    expect(given(...history).state.race).toMatchObject({
      pools: { win: 1_400, place: 300 },
      winStakes: winStakes(1_400),
    });
    const { at: _, ...given1 } = Cancelled.bet;
    const back = { ...Cancelled, bet: { ...given1, ...win, at: AT } };
    const { race } = given(...history, back).state;
    expect(race).toMatchObject({ pools: { win: 700, place: 300 }, winStakes: winStakes(700) });
    expect([...HashMap.keys(race!.bets)].toSorted()).toEqual(["b2", "b3"]);
  });
});

describe("CheckBet", () => {
  const terms = (fields: object = {}) => {
    const { betId: _, ...rest } = bet(fields);
    return rest;
  };
  const check = (history: ReadonlyArray<object>, fields: object, at = AT) =>
    given(...history).run.query("CheckBet", at, fields);

  it("says what AcceptBet would, and changes nothing", () => {
    const open = [Created, Opened];
    expect(check(open, terms())).toEqual({ raceId: "derby-1" });
    expect(check(open, terms({ raceId: undefined }))).toEqual({ raceId: "derby-1" });
    expect(check([Created], terms({ raceId: undefined }))).toMatchObject({
      _tag: "BettingClosed",
      raceId: "derby-0",
    });
    for (const [history, fields, at, tag] of [
      [[], {}, AT, "LobbyNotFound"],
      [open, {}, CLOSES, "BettingClosed"],
      [open, { raceId: "derby-2" }, AT, "BettingClosed"],
      [open, { selection: [1, 2] }, AT, "InvalidSelection"],
      [open, { stakeMinor: 99 }, AT, "StakeBelowMin"],
      [open, { stakeMinor: 50_001 }, AT, "StakeAboveMax"],
      [[...open, Accepted], { stakeMinor: 40_001 }, AT, "PlayerLimit"],
    ] as const) {
      expect(check(history, terms(fields), at)).toMatchObject({ _tag: tag });
      given(...history)
        .when("AcceptBet", bet({ betId: "b2", ...fields }), at)
        .refused(tag);
    }
  });
});

describe("CancelBet", () => {
  const cancel = { betId: "b1", playerId: "ada" };
  const open = [Created, Opened, Accepted];

  it("of 100.00 gives back 95.00 and owes the release", () => {
    const { run } = given(...open);
    expect(run.command("CancelBet", cancel, AT)).toMatchObject({
      events: [Cancelled],
      reply: { betId: "b1", stakeMinor: 10_000, refundMinor: 9_500, feeMinor: 500 },
    });
    expect(HashMap.toEntries(run.state.debts)).toEqual([
      ["b1", { _tag: "Release", playerId: "ada", raceId: "derby-1", feeMinor: 500 }],
    ]);
    expect(run.state.race?.pools.win).toBe(0);
  });

  it.each([
    [100, 5],
    [101, 6],
    [119, 6],
    [120, 6],
    [121, 7],
    [50_000, 2_500],
  ])("of a stake of %d keeps %d: the fee is rounded up", (stakeMinor, feeMinor) => {
    given(Created, Opened, accepted({ stakeMinor }))
      .when("CancelBet", cancel)
      .replying({ feeMinor, refundMinor: stakeMinor - feeMinor });
  });

  it("is refused to anyone but its player", () => {
    given(...open)
      .when("CancelBet", { ...cancel, playerId: "bob" })
      .refused("NotYours");
  });

  it("is refused twice", () => {
    given(...open, Cancelled)
      .when("CancelBet", cancel)
      .refused("BetCancelledAlready", { betId: "b1" });
  });

  it("is refused once betting is closed, in the same millisecond too", () => {
    given(...open)
      .when("CancelBet", cancel, CLOSES)
      .refused("BettingClosed");
    given(...open)
      .when("CancelBet", cancel, CLOSES - 1)
      .replying({ betId: "b1" });
    for (const history of [racing, settling])
      given(...history)
        .when("CancelBet", cancel)
        .refused("BettingClosed");
  });

  it("is refused for a bet that was never accepted", () => {
    given(...open)
      .when("CancelBet", { ...cancel, betId: "b9" })
      .refused("BetNotFound", { betId: "b9" });
    given(Created).when("CancelBet", cancel).refused("BetNotFound");
  });
});

describe("Scratch", () => {
  it("takes a runner out while betting is open", () => {
    const { run } = given(Created, Opened);
    run.command("Scratch", { runner: 3 }, AT);
    expect(framesOf(run.steps.at(-1)!)).toMatchObject([
      { version: 2, frame: { type: "RUNNER_SCRATCHED", runner: 3, state_version: 2 } },
    ]);
    given(Created, Opened)
      .when("Scratch", { runner: 3 })
      .then([{ _tag: "RunnerScratched", runner: 3 }])
      .replying({
        runners: expect.arrayContaining([expect.objectContaining({ number: 3, scratched: true })]),
      });
  });

  it("is refused twice, and when betting is over", () => {
    given(Created, Opened, { _tag: "RunnerScratched", runner: 3 })
      .when("Scratch", { runner: 3 })
      .refused("InvalidSelection");
    given(Created, Opened).when("Scratch", { runner: 3 }, CLOSES).refused("BettingClosed");
    given(...racing)
      .when("Scratch", { runner: 4 })
      .refused("BettingClosed");
    given(Created).when("Scratch", { runner: 4 }).refused("BettingClosed", { raceId: "derby-0" });
    given(...racing)
      .when("Scratch", { runner: 4 })
      .refused("BettingClosed", { raceId: "derby-1" });
  });

  it("of one runner after another takes all of them out", () => {
    const scratched = [3, 5].map((runner) => ({ _tag: "RunnerScratched", runner }));
    expect(given(Created, Opened, ...scratched).state.race?.scratched).toEqual([3, 5]);
  });

  it("refunds the bets on that runner, without a fee", () => {
    const Scratched = { _tag: "RunnerScratched", runner: 3 };
    const other = accepted({ betId: "b2", playerId: "bob", selection: [4] });
    const history = [Created, Opened, Accepted, other, Scratched];
    const { run } = given(...history);
    run.itself(advance(), CLOSES);
    const [finished] = run.itself(advance(), run.state.phaseEndsAt ?? 0);
    expect((finished as ReturnType<typeof Finished>).results).toContainEqual({
      betId: "b1",
      outcome: "refunded",
      payoutMinor: 10_000,
    });
    expect((finished as ReturnType<typeof Finished>).order.flat()).not.toContain(3);
  });

  it("leaves the odds of the others to the money on them", () => {
    const view = (...history: ReadonlyArray<object>) =>
      given(Created, Opened, ...history).run.query("GetLobby", AT) as { odds: object };
    const other = accepted({ betId: "b2", selection: [4] });
    const withScratch = view(other, Accepted, { _tag: "RunnerScratched", runner: 3 });
    expect(withScratch.odds).toMatchObject({
      4: (view(other).odds as Record<string, number>)["4"],
    });
    expect(withScratch.odds).not.toHaveProperty("3");
  });

  it("of all runners leaves a race that nobody wins, and refunds every bet", () => {
    const history = [Created, Opened, Accepted];
    const { run } = given(...history);
    for (let runner = 1; runner <= 8; runner++) run.command("Scratch", { runner }, AT);
    run.query("GetLobby", AT);
    run.itself(advance(), CLOSES);
    run.itself(advance(), run.state.phaseEndsAt ?? 0);
    expect(run.state.phase).toBe("settling");
    expect([...HashMap.values(run.state.debts)]).toMatchObject([{ payoutMinor: 10_000 }]);
    expect(broken(run.state)).toEqual([]);
  });
});

describe("powers", () => {
  const startedAt = CLOSES;
  const cast = (fields: object = {}) => ({
    castId: "c1",
    playerId: "ada",
    raceId: "derby-1",
    power: "pwr_boost_01",
    target: 3,
    costMinor: 2_000,
    ...fields,
  });
  const PowerCast = (fields: object = {}, at = startedAt) => {
    const { raceId: _, ...rest } = cast(fields);
    const tick = (at - startedAt) / 50;
    return { _tag: "PowerCast", ...rest, tick, at, endsAt: startedAt + 39_000 };
  };

  it("are cast while the race is on, telegraphed first", () => {
    given(...racing)
      .when("CastPower", cast(), startedAt + 100)
      .then([{ ...PowerCast({}, startedAt + 100), endsAt: expect.any(Number) }])
      // 200 ms of telegraph are four ticks, four seconds of effect eighty.
      .replying({ castId: "c1", costMinor: 2_000, tick: 2 + 4, durationTicks: 80 });
  });

  it.each([
    ["while betting", [Created, Opened], AT],
    ["while settling", settling, AT],
    ["between races", [...settling, ...Paid], AT],
  ])("are neither priced nor cast %s", (_, history, at) => {
    given(...history)
      .when("CastPower", cast(), at)
      .refused("NotRacing");
    given(...history)
      .when("QuotePower", { playerId: "ada", power: "pwr_oil_01" }, at)
      .refused("NotRacing");
  });

  it("are refused at the moment the race ends, though the alarm has not rung", () => {
    const { state } = given(...racing);
    given(...racing)
      .when("CastPower", cast(), state.phaseEndsAt ?? 0)
      .refused("NotRacing", { phase: "racing" });
    given(...racing)
      .when("CastPower", cast(), (state.phaseEndsAt ?? 0) - 1)
      .replying({ castId: "c1" });
  });

  it("are refused for another race", () => {
    given(...racing)
      .when("CastPower", cast({ raceId: "derby-0" }), startedAt)
      .refused("NotRacing");
  });

  it("must exist, and their target must run", () => {
    given(...racing)
      .when("CastPower", cast({ power: "pwr_none" }), startedAt)
      .refused("UnknownPower", { power: "pwr_none" });
    given(...racing)
      .when("QuotePower", { playerId: "ada", power: "toString" }, startedAt)
      .refused("UnknownPower");
    const scratched = [Created, Opened, { _tag: "RunnerScratched", runner: 3 }, Started()];
    given(...scratched)
      .when("CastPower", cast(), startedAt)
      .refused("InvalidSelection");
  });

  it("cost a quarter more with each cast in this race, whatever the power, rounded up", () => {
    const quote = (history: ReadonlyArray<object>, costMinor: number, power = "pwr_boost_01") =>
      given(...history)
        .when("QuotePower", { playerId: "ada", power }, startedAt)
        .then([])
        .replying({ raceId: "derby-1", costMinor });
    const one = PowerCast();
    const two = PowerCast({ castId: "c2", power: "pwr_oil_01", costMinor: 3_750 });
    const three = PowerCast({ castId: "c3", playerId: "bob" });
    quote(racing, 2_000);
    quote([...racing, one], 2_500);
    quote([...racing, one, two], 3_125);
    quote([...racing, one, two, three], 3_125);
    quote([...racing, one, two], 4_688, "pwr_oil_01");
  });

  it("are refused at a price that has changed, and told the new one", () => {
    given(...racing, PowerCast({ power: "pwr_oil_01", costMinor: 3_000 }))
      .when("CastPower", cast({ castId: "c2" }), startedAt)
      .refused("PowerPriceChanged", { costMinor: 2_500 });
  });

  it("have a cooldown for each player and power", () => {
    const again = (fields: object, at: number) =>
      given(...racing, PowerCast()).when(
        "CastPower",
        cast({ castId: "c2", costMinor: 2_500, ...fields }),
        at,
      );
    again({}, startedAt + 4_999).refused("Cooldown", { readyInMs: 1 });
    again({}, startedAt + 5_000).replying({ castId: "c2" });
    again({ power: "pwr_oil_01", costMinor: 3_750 }, startedAt + 1).replying({ castId: "c2" });
    again({ playerId: "bob", costMinor: 2_000 }, startedAt + 1).replying({ castId: "c2" });
  });

  it("stop at the cap of what a player may spend in a race", () => {
    const big = PowerCast({ power: "pwr_stero_turbo", costMinor: 18_000 });
    given(...racing, big)
      .when(
        "CastPower",
        cast({ castId: "c2", power: "pwr_stero_turbo", costMinor: 22_500 }),
        startedAt + 20_000,
      )
      .refused("PowerCapReached", { capMinor: 30_000, spentMinor: 18_000 });
    given(...racing, big)
      .when("CastPower", cast({ castId: "c2", costMinor: 2_500 }), startedAt + 1)
      .replying({ castId: "c2" });
  });

  it("may be cast for all that a player may spend", () => {
    const settings = { ...SETTINGS, maxPowerSpendMinor: 4_500 };
    given({ ...Created, settings }, ...racing.slice(1), PowerCast())
      .when("CastPower", cast({ castId: "c2", costMinor: 2_500 }), startedAt + 5_000)
      .replying({ castId: "c2" });
  });

  it("act from the tick in which they are cast", () => {
    given(...racing)
      .when("CastPower", cast(), startedAt + 149)
      .replying({ tick: 2 + 4 });
  });

  it("move the end of the race to where all of them together lead", () => {
    const { run } = given(...racing);
    const before = run.state.phaseEndsAt ?? 0;
    for (const { number: target } of Opened.field) {
      const oil = { castId: `c${target}`, playerId: `p${target}`, power: "pwr_oil_01", target };
      expect(run.command("CastPower", cast({ ...oil, costMinor: 3_000 }), startedAt).ok).toBe(true);
      const { finishTick } = runOf(run.state.race!);
      expect(run.state.phaseEndsAt).toBe(startedAt + finishTick * 50);
    }
    expect(run.state.phaseEndsAt).toBeGreaterThan(before);
  });

  it("take an id once, under whatever command", () => {
    given(...racing, PowerCast())
      .when("CastPower", cast({ power: "pwr_oil_01", costMinor: 3_750 }), startedAt)
      .refused("InvalidSelection", { reason: "There is a cast with this id already." });
  });

  it("when the clock was set back to before the start act from the start", () => {
    given(...racing)
      .when("CastPower", cast(), startedAt - 60_000)
      .replying({ tick: 4 });
  });

  it("are paid for with the race", () => {
    const history = [...racing, PowerCast()];
    const { run } = given(...history);
    run.itself(advance(), run.state.phaseEndsAt ?? 0);
    expect(new Map(HashMap.toEntries(run.state.debts)).get(HoldId.make("c1"))).toEqual({
      _tag: "Settle",
      playerId: "ada",
      raceId: "derby-1",
      account: "house:powers",
      payoutMinor: 0,
    });
  });
});

describe("ReconcileHold", () => {
  const about = (holdId: string, ref = "derby-1") => ({ holdId, ref });
  const voided = (holdId: string, raceId = "derby-1") => ({ _tag: "HoldVoided", holdId, raceId });

  it("stands behind a bet, a cast and a debt", () => {
    for (const history of [
      [Created, Opened, Accepted],
      racing,
      settling,
      [Created, Opened, Accepted, Cancelled],
    ])
      given(...history)
        .when("ReconcileHold", about("b1"))
        .then([])
        .replying({ stands: true });
    given(...racing, Cast)
      .when("ReconcileHold", about("c1"))
      .replying({ stands: true });
  });

  it("does not stand behind another cast, nor behind a bet that was paid", () => {
    given(...racing, Cast)
      .when("ReconcileHold", about("c2"))
      .then([voided("c2")])
      .replying({ stands: false });
    given(...settling, ...Paid)
      .when("ReconcileHold", about("b1"))
      .then([])
      .replying({ stands: false });
  });

  it("buries what was meant for the first race before there is one", () => {
    given(Created)
      .when("ReconcileHold", about("b1"))
      .then([voided("b1")])
      .replying({ stands: false });
  });

  it("buries what it does not know, and refuses the bet and the cast that come late", () => {
    given(Created, Opened)
      .when("ReconcileHold", about("b1"))
      .then([voided("b1")])
      .replying({ stands: false });
    given(Created, Opened, voided("b1")).when("AcceptBet", bet()).refused("BettingClosed");
    given(Created, Opened, voided("b1"))
      .when("AcceptBet", bet({ betId: "b2" }))
      .replying({ betId: "b2" });
    given(Created, Opened, voided("b1")).when("ReconcileHold", about("b1")).then([]);
    given(...racing, voided("c1"))
      .when(
        "CastPower",
        {
          castId: "c1",
          playerId: "ada",
          raceId: "derby-1",
          power: "pwr_boost_01",
          target: 3,
          costMinor: 2_000,
        },
        CLOSES,
      )
      .refused("NotRacing");
  });

  it("buries what was meant for a race to come, until that race is over", () => {
    const { run } = given(Created, Opened);
    run.command("ReconcileHold", about("b9", "derby-2"), AT);
    run.itself(advance(), CLOSES);
    run.itself(advance(), run.state.phaseEndsAt ?? 0);
    run.itself(advance(2), run.state.phaseEndsAt ?? 0);
    expect(run.state.race?.raceId).toBe("derby-2");
    const late = bet({ betId: "b9", raceId: "derby-2" });
    const at = (run.state.phaseEndsAt ?? 0) - 1;
    expect(run.command("AcceptBet", late, at)).toMatchObject({
      rejection: { _tag: "BettingClosed" },
    });
    run.itself(advance(), run.state.phaseEndsAt ?? 0);
    run.itself(advance(), run.state.phaseEndsAt ?? 0);
    run.itself(advance(3), run.state.phaseEndsAt ?? 0);
    expect(run.state.race?.raceId).toBe("derby-3");
    expect(HashMap.isEmpty(run.state.voided)).toBe(true);
  });

  it("need not bury what no race can take any more", () => {
    for (const [history, raceId] of [
      [[Created, Opened], "derby-0"],
      [[Created, Opened], "elsewhere-2"],
      [[Created, Opened], "derby-2x"],
      [[Created, Opened], "other-2"],
      [[Created, Opened], "derby-2.5"],
      [[Created, Opened], "derby-Infinity"],
      [[Created], "other-2"],
      [[...settling, ...Paid, { ...Opened, raceId: "derby-2", number: 2 }], "derby-1"],
      [[...settling, ...Paid], "derby-1"],
    ] as const)
      given(...history)
        .when("ReconcileHold", about("b8", raceId))
        .then([])
        .replying({ stands: false });
  });
});

describe("ConfirmPaid", () => {
  const second = accepted({ betId: "b2", playerId: "bob", selection: [4] });
  const history = [Created, Opened, Accepted, second, Started(Accepted, second)];
  const owing = [...history, Finished(...history)];
  const paid = (...ids: ReadonlyArray<string>) =>
    ({ _tag: "ConfirmPaid", holdIds: ids.map((id) => HoldId.make(id)) }) as const;

  it("crosses off what was paid; the race is settled with the last of it", () => {
    const { run } = given(...owing);
    expect(run.itself(paid("b1"), AT)).toMatchObject([{ _tag: "DebtsPaid", holdIds: ["b1"] }]);
    expect(run.state.phase).toBe("settling");
    expect(run.itself(paid("b1"), AT)).toEqual([]);
    expect(run.itself(paid("b1", "b2", "b3"), AT)).toMatchObject([
      { _tag: "DebtsPaid", holdIds: ["b2"] },
      { _tag: "RacePaid", at: AT, resultsEndAt: AT + SETTINGS.resultsMs },
    ]);
  });

  it("of a cancelled bet settles nothing", () => {
    given(Created, Opened, Accepted, Cancelled)
      .itself(paid("b1"))
      .then([{ _tag: "DebtsPaid", holdIds: ["b1"] }]);
  });
});

describe("GetSurvey", () => {
  const survey = (...history: ReadonlyArray<object>) =>
    given(...history).run.query("GetSurvey", AT);
  const second = accepted({ betId: "b2", market: "place", stakeMinor: 300 });

  it.each([
    ["before the first race", [Created], { racesRun: 0, bets: 0, stakedMinor: 0 }],
    [
      "during it",
      [Created, Opened, Accepted, second],
      { racesRun: 0, bets: 2, stakedMinor: 10_300 },
    ],
    ["once it is over", settling, { racesRun: 1, bets: 1, stakedMinor: 10_000 }],
    ["between races", [...settling, ...Paid], { racesRun: 1, bets: 1, stakedMinor: 10_000 }],
  ])("counts races that were run, and the bets of the last, %s", (_, history, counts) => {
    expect(survey(...history)).toMatchObject({
      ...counts,
      settings: SETTINGS,
      createdAt: AT,
      lobby: { lobbyId: "derby" },
    });
  });

  it("finds no lobby where there is none", () => {
    expect(survey()).toMatchObject({ _tag: "LobbyNotFound", lobbyId: "derby" });
  });
});

describe("a journal that cannot be", () => {
  const strange = { betId: "b9", outcome: "lost", payoutMinor: 0 };
  it.each([
    ["of a race that was never opened", [Created, Started()], "without a race"],
    [
      "of the result of a bet that was never accepted",
      [...racing, { ...Finished(...racing), results: [strange] }],
      "never accepted",
    ],
  ])("dies: %s", (_, history, why) => {
    expect(() => given(...history)).toThrow(why);
  });
});

describe("what is shown", () => {
  it("keeps the seeds secret until the race is over", () => {
    const { run } = given(...racing);
    const secret = [Opened.serverSeed, Started(Accepted).finalSeed];
    for (const step of run.steps) {
      const shown = JSON.stringify([framesOf(step), step.rows, run.query("GetLobby", AT)]);
      for (const text of secret) expect(shown).not.toContain(text);
    }
    const after = given(...settling, ...Paid).run;
    const rows = JSON.stringify(after.steps.flatMap((step) => step.rows));
    for (const text of secret) expect(rows).toContain(text);
    expect(JSON.stringify(after.query("GetLobby", AT))).not.toContain(Opened.serverSeed);
  });

  it("names the race in progress", () => {
    expect(given(Created).run.query("GetRace", AT)).toEqual({ raceId: "derby-0" });
    expect(given(Created, Opened).run.query("GetRace", AT)).toEqual({ raceId: "derby-1" });
    expect(given().run.query("GetRace", AT)).toMatchObject({ _tag: "LobbyNotFound" });
    expect(given().run.query("GetLobby", AT)).toMatchObject({ _tag: "LobbyNotFound" });
  });
});
