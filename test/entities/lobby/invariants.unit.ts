/** The invariants themselves: they hold of every sound lobby, and each is broken by what it forbids. */
import { HashMap, HashSet } from "effect";
import { describe, expect, it } from "vitest";
import { broken } from "../../../entities/lobby/invariants.ts";
import type { LobbyState, Race } from "../../../entities/lobby/state.ts";
import { BetId, HoldId } from "../../../rpc/id.ts";
import { advance } from "./desk.ts";
import {
  accepted,
  Accepted,
  AT,
  Cancelled,
  Cast,
  Created,
  Finished,
  given,
  Opened,
  Paid,
  racing,
  settling,
  Started,
} from "./history.ts";

const Stopped = { _tag: "LobbyStopped" };
const other = accepted({ betId: "b2", playerId: "bob", market: "place", selection: [4] });
const open = [Created, Opened, Accepted, other];
const cast = [...racing, Cast];
const owing = [...cast, Finished(...cast)];
const cancelled = [Created, Opened, Accepted, Cancelled];
const race1 = (history: ReadonlyArray<object>): Race => {
  const { race } = given(...history).state;
  if (race === null) throw new Error("no race");
  return race;
};

/** Where the history leads, but for these fields of its state and of its race. */
const changed = (
  history: ReadonlyArray<object>,
  change: Partial<Record<keyof LobbyState, unknown>>,
  ofRace: Partial<Record<keyof Race, unknown>> = {},
) => {
  const { state } = given(...history);
  const race = state.race === null ? null : { ...state.race, ...ofRace };
  return { ...state, race, ...change } as LobbyState;
};

describe("the invariants of a lobby", () => {
  it.each([
    ["not created", []],
    ["new", [Created]],
    ["stopped before its first race", [Created, Stopped]],
    ["taking bets", open],
    ["taking bets, two by one player", [...open, accepted({ betId: "b3", selection: [5] })]],
    ["taking bets, one cancelled", cancelled],
    ["taking bets, its last race", [...open, Stopped]],
    ["racing", cast],
    ["settling", owing],
    ["settling its last race", [...owing, Stopped]],
    ["between races", [...settling, ...Paid]],
    ["stopped between races", [...settling, ...Paid, Stopped]],
  ])("hold of one that is %s", (_, history) => {
    expect(broken(given(...history).state)).toEqual([]);
  });

  const bets = (...ids: ReadonlyArray<string>) =>
    HashMap.fromIterable(ids.map((id) => [HoldId.make(id), "derby-1"] as const));
  const ofSettling = race1(settling);
  const result = ofSettling.finished;
  const resultWith = (change: object) => ({
    ...result,
    pools: result?.pools.map((pool) => (pool.market === "win" ? { ...pool, ...change } : pool)),
  });
  const winPool = result?.pools.find(({ market }) => market === "win");

  it.each<
    [
      string,
      ReadonlyArray<object>,
      Partial<Record<keyof LobbyState, unknown>>,
      Partial<Record<keyof Race, unknown>>?,
    ]
  >([
    ["what was not created runs no race", open, { created: null }],
    ["what was not created runs no race", open, { created: null, running: false }],
    ["what was not created runs no race", [], { running: true }],
    ["only a lobby between races may have no race", open, { race: null }],
    ["a phase has an end unless it depends on no clock", open, { phaseEndsAt: null }],
    ["a phase has an end unless it depends on no clock", owing, { phaseEndsAt: AT }],
    ["a phase has an end unless it depends on no clock", [], { phaseEndsAt: AT }],
    ["a phase has an end unless it depends on no clock", [Created, Stopped], { phaseEndsAt: AT }],
    ["a phase has an end unless it depends on no clock", [Created], { phaseEndsAt: null }],
    ["a race has started once betting is over", open, { phase: "racing" }],
    ["a race has started once betting is over", racing, { phase: "betting" }],
    ["a race has finished when it is settled or being settled", racing, { phase: "settling" }],
    ["a race has finished when it is settled or being settled", racing, { phase: "lobby" }],
    ["a race has finished when it is settled or being settled", settling, { phase: "racing" }],
    ["powers are cast on a race that has started", open, {}, { casts: race1(cast).casts }],
    ["the win pool is the sum of its stakes", open, {}, { bets: HashMap.empty() }],
    ["the place pool is the sum of its stakes", open, {}, { bets: HashMap.empty() }],
    [
      "what a player has staked in a market is the sum of the bets",
      open,
      {},
      { staked: HashMap.empty() },
    ],
    [
      "what a player has staked in a market is the sum of the bets",
      open,
      {},
      { staked: HashMap.set(race1(open).staked, "cyd|win", 1) },
    ],
    [
      "what a player has staked in a market is the sum of the bets",
      open,
      {},
      { staked: HashMap.set(race1(open).staked, "ada|win", 1) },
    ],
    [
      "the win stakes by lane are the sums of the bets",
      open,
      {},
      { winStakes: race1(open).winStakes.toReversed() },
    ],
    ["a cancelled bet is no bet", open, {}, { cancelled: HashSet.make(BetId.make("b1")) }],
    [
      "each debt is a cancelled bet's, or a finished race's bet's or cast's",
      cancelled,
      {},
      { cancelled: HashSet.empty() },
    ],
    [
      "each debt is a cancelled bet's, or a finished race's bet's or cast's",
      open,
      { debts: given(...settling).state.debts },
    ],
    [
      "each debt is a cancelled bet's, or a finished race's bet's or cast's",
      settling,
      {},
      { bets: HashMap.empty() },
    ],
    [
      "each debt is a cancelled bet's, or a finished race's bet's or cast's",
      owing,
      {},
      { casts: [] },
    ],
    ["a lobby that settles owes something", settling, { debts: HashMap.empty() }],
    [
      "a lobby between races owes nothing",
      [...settling, ...Paid],
      { debts: given(...settling).state.debts },
    ],
    ["nothing stands under a voided id", open, { voided: bets("b9", "b1") }],
    ["nothing stands under a voided id", cast, { voided: bets("c1") }],
    ["the server seed is the one committed to", open, {}, { serverSeed: "00" }],
    ["without a race nothing is owed", [Created], { debts: given(...settling).state.debts }],
    [
      "the win result is that of the win pool",
      settling,
      {},
      { finished: resultWith({ stakesMinor: 1 }) },
    ],
    [
      "every unit of the win pool lands somewhere",
      settling,
      {},
      { finished: resultWith({ payoutsMinor: (winPool?.payoutsMinor ?? 0) + 1 }) },
    ],
  ])("say that %s (%#)", (sentence, history, change, ofRace = {}) => {
    expect(broken(changed(history, change, ofRace))).toContain(sentence);
  });

  it.each(["payoutsMinor", "refundsMinor", "takeoutMinor", "breakageMinor"] as const)(
    "count the %s of a pool among what lands somewhere",
    (part) => {
      // Both are moved by as much, the sum with them: only a sum that leaves one out finds fault.
      const moved = {
        [part]: (winPool?.[part] ?? 0) + 5,
        stakesMinor: (winPool?.stakesMinor ?? 0) + 5,
      };
      const found = broken(changed(settling, {}, { finished: resultWith(moved) }));
      expect(found).toEqual(["the win result is that of the win pool"]);
    },
  );

  it("hold while a race is run with every bet cancelled", () => {
    const { run } = given(...cancelled, Started(Accepted, Cancelled));
    expect(broken(run.state)).toEqual([]);
    run.itself(advance(), run.state.phaseEndsAt ?? 0);
    expect(broken(run.state)).toEqual([]);
  });
});
