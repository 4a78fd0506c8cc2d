/** Whole races with whatever players do in them, against a naive book of bets. */
import fc from "fast-check";
import { HashMap } from "effect";
import { describe, expect, it } from "vitest";
import { broken } from "../../../entities/lobby/invariants.ts";
import { POWER_IDS, POWERS, powerCost } from "../../../entities/lobby/race/power.ts";
import type { Debt } from "../../../entities/lobby/state.ts";
import type { HoldId } from "../../../rpc/id.ts";
import { type LobbySettings, Market } from "../../../rpc/lobby.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { PaperLedger } from "../../support/Ledger.ts";
import { advance, framesOf, lobbyDesk, seed, SETTINGS } from "./desk.ts";

/** The shortest race there is: forty ticks. */
const QUICK: LobbySettings = { ...SETTINGS, racingMs: 2_000 };
const RACES = 2;

const player = fc.constantFrom("ada", "bob", "cyd");
const runner = fc.integer({ min: 1, max: 8 });
const inBetting = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant("bet" as const),
      player,
      market: fc.constantFrom(...Market.literals),
      selection: fc.uniqueArray(runner, { minLength: 3, maxLength: 3 }),
      stakeMinor: fc.integer({ min: 90, max: 30_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constant("cancel" as const), player, which: fc.nat(20) }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("scratch" as const), runner }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("confirm" as const), share: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("ask" as const), which: fc.nat(25) }) },
);
const inRacing = fc.record({
  player,
  power: fc.constantFrom(...POWER_IDS),
  target: runner,
  afterMs: fc.integer({ min: -100, max: 600 }),
});
const race = fc.record({
  betting: fc.array(inBetting, { maxLength: 30 }),
  racing: fc.array(inRacing, { maxLength: 8 }),
  lateMs: fc.nat(5_000),
  paidIn: fc.integer({ min: 1, max: 4 }),
});
type RaceScript = typeof race extends fc.Arbitrary<infer A> ? A : never;

interface BookedBet {
  readonly player: string;
  readonly market: Market;
  readonly stakeMinor: number;
}

/** The naive book of one race, and the wallets of all: kept as a bookmaker with paper would. */
class Trial {
  readonly run = new DeciderRun(lobbyDesk, "derby");
  readonly ledger = new PaperLedger();
  at = 1_000_000;
  ids = 0;
  bets = new Map<string, BookedBet>();
  cancelled = new Map<string, BookedBet>();
  casts = new Map<string, { readonly player: string; readonly costMinor: number }>();
  scratched = new Set<number>();
  voided = new Set<string>();
  held = new Map<string, number>();

  begin(): void {
    this.run.command("Create", { name: "Derby", settings: QUICK }, this.at);
  }

  race(script: RaceScript, number: number): void {
    this.bets = new Map();
    this.cancelled = new Map();
    this.casts = new Map();
    this.scratched = new Set();
    this.voided = new Set();
    this.at = this.run.state.phaseEndsAt ?? this.at;
    this.run.itself(advance(number), this.at);
    expect(this.run.state).toMatchObject({ phase: "betting", race: { number } });
    for (const step of script.betting) {
      this.#betting(step);
      this.#agree();
    }
    this.at = (this.run.state.phaseEndsAt ?? 0) + script.lateMs;
    this.run.itself(advance(), this.at);
    for (const cast of script.racing) {
      this.#cast(cast);
      this.#agree();
    }
    this.at = Math.max(this.at, this.run.state.phaseEndsAt ?? 0);
    this.run.itself(advance(), this.at);
    this.#agree();
    this.#settle(script.paidIn);
  }

  #betting(step: RaceScript["betting"][number]): void {
    switch (step.is) {
      case "bet":
        return this.#bet(step);
      case "cancel": {
        const betId = this.#oneOf(step.which, this.bets, this.cancelled);
        const bet = this.bets.get(betId);
        const verdict = this.cancelled.has(betId)
          ? "BetCancelledAlready"
          : bet === undefined
            ? "BetNotFound"
            : bet.player === step.player
              ? "ok"
              : "NotYours";
        if (!this.#expect("CancelBet", { betId, playerId: step.player }, verdict) || !bet) return;
        this.bets.delete(betId);
        this.cancelled.set(betId, bet);
        return;
      }
      case "scratch": {
        const verdict = this.scratched.has(step.runner) ? "InvalidSelection" : "ok";
        this.#expect("Scratch", { runner: step.runner }, verdict);
        this.scratched.add(step.runner);
        return;
      }
      case "confirm":
        return this.#pay([...this.run.state.debts].slice(0, step.share));
      case "ask": {
        // Of a bet that stands, one that is cancelled, and one that never came: only the last is buried.
        const holdId = this.#oneOf(step.which, this.bets, this.cancelled);
        const owes = HashMap.has(this.run.state.debts, holdId as HoldId);
        const stands = this.bets.has(holdId) || owes;
        const decided = this.run.command("ReconcileHold", { holdId, ref: this.#raceId }, this.at);
        expect(decided).toMatchObject({ ok: true, reply: { stands } });
        if (!stands) this.voided.add(holdId);
      }
    }
  }

  #bet({
    market,
    player,
    selection,
    stakeMinor,
  }: Extract<RaceScript["betting"][number], { is: "bet" }>): void {
    const betId = `b${++this.ids}`;
    const named = selection.slice(
      0,
      { exacta: 2, quinella: 2, trifecta: 3 }[market as string] ?? 1,
    );
    const staked = [...this.bets.values()]
      .filter((bet) => bet.player === player && bet.market === market)
      .reduce((sum, bet) => sum + bet.stakeMinor, 0);
    const verdict = this.voided.has(betId)
      ? "BettingClosed"
      : named.some((number) => this.scratched.has(number))
        ? "InvalidSelection"
        : stakeMinor < QUICK.minBetMinor
          ? "StakeBelowMin"
          : staked + stakeMinor > QUICK.maxBetMinor
            ? "PlayerLimit"
            : "ok";
    const fields = {
      betId,
      playerId: player,
      raceId: this.#raceId,
      market,
      selection: named,
      stakeMinor,
    };
    if (!this.#expect("AcceptBet", fields, verdict)) return;
    this.bets.set(betId, { player, market, stakeMinor });
    this.held.set(betId, stakeMinor);
  }

  #cast({ afterMs, player, power, target }: RaceScript["racing"][number]): void {
    this.at += afterMs;
    const mine = [...this.casts.values()].filter((cast) => cast.player === player);
    const costMinor = powerCost(POWERS[power], mine.length);
    const spent = mine.reduce((sum, cast) => sum + cast.costMinor, 0);
    const castId = `x${++this.ids}`;
    const fields = { castId, playerId: player, raceId: this.#raceId, power, target, costMinor };
    const decided = this.run.command("CastPower", fields, this.at);
    if (!decided.ok) {
      // The shortest race is over before any power is ready again.
      expect(["NotRacing", "Cooldown", "InvalidSelection", "PowerCapReached"]).toContain(
        decided.rejection._tag,
      );
      return;
    }
    expect(spent + costMinor).toBeLessThanOrEqual(QUICK.maxPowerSpendMinor);
    this.casts.set(castId, { player, costMinor });
    this.held.set(castId, costMinor);
  }

  /** Every bet and cast is owed its end, nothing else is; paying leaves the pool at nothing. */
  #settle(paidIn: number): void {
    const owing = new Set([...this.bets.keys(), ...this.casts.keys()]);
    const debts = [...this.run.state.debts];
    const settles = debts.filter(([, debt]) => debt._tag === "Settle").map(([holdId]) => holdId);
    expect(new Set<string>(settles)).toEqual(
      this.run.state.phase === "settling" ? owing : new Set(),
    );
    const size = Math.ceil(debts.length / paidIn);
    for (let i = 0; i < debts.length; i += size) {
      expect(this.run.state.phase).toBe("settling");
      this.#pay(debts.slice(i, i + size));
      this.#agree();
    }
    expect(this.run.state.phase).toBe("lobby");
    expect([...this.held]).toEqual([]);
    for (const step of this.run.steps)
      if (step.event._tag === "RaceFinished") this.#postOnce(step.rows);
    expect(this.ledger.balance(`race:${this.#raceId}:pool`)).toBe(0);
    const held = [...this.ledger.open].filter(([account]) => account.endsWith(":held"));
    expect(held).toEqual([]);
  }

  readonly #posted = new Set<unknown>();
  #postOnce(rows: LedgerRows): void {
    if (this.#posted.has(rows)) return;
    this.#posted.add(rows);
    this.ledger.post(rows);
  }

  /** Does what the wallets would, on paper, and tells the lobby. */
  #pay(debts: ReadonlyArray<readonly [HoldId, Debt]>): void {
    for (const [holdId, debt] of debts) {
      const amount = this.held.get(holdId) ?? Number.NaN;
      expect(amount).toBeGreaterThan(0);
      this.held.delete(holdId);
      if (debt._tag === "Release") {
        // Five per cent, a part of a unit counting as one.
        expect(debt.feeMinor).toBe(Math.ceil(amount / 20));
        continue;
      }
      this.#transfer(`player:${debt.playerId}:available`, debt.account, amount);
      this.#transfer(debt.account, `player:${debt.playerId}:available`, debt.payoutMinor);
    }
    this.run.itself({ _tag: "ConfirmPaid", holdIds: debts.map(([holdId]) => holdId) }, this.at);
  }

  #transfer(debit: string, credit: string, amount: number): void {
    if (amount === 0) return;
    const row = {
      kind: "paper",
      entity_id: "",
      version: ++this.ids,
      line: 0,
      debit,
      credit,
      amount,
    };
    this.ledger.post([{ projection: LEDGER, row }]);
  }

  #agree(): void {
    const { state } = this.run;
    expect(broken(state)).toEqual([]);
    const booked = new Map<string, BookedBet>();
    for (const [betId, { market, playerId, stakeMinor }] of state.race?.bets ?? [])
      booked.set(betId, { player: playerId, market, stakeMinor });
    expect(booked).toEqual(this.bets);
    for (const market of Market.literals) {
      const pool = [...this.bets.values()].filter((bet) => bet.market === market);
      expect(state.race?.pools[market]).toBe(pool.reduce((sum, bet) => sum + bet.stakeMinor, 0));
    }
  }

  get #raceId(): string {
    return this.run.state.race?.raceId ?? "";
  }

  /** The id of some bet of the race, or of one that was never placed. */
  #oneOf(which: number, ...books: ReadonlyArray<ReadonlyMap<string, unknown>>): string {
    const ids = books.flatMap((book) => [...book.keys()]);
    return ids[which] ?? `b${this.ids + which}`;
  }

  #expect(tag: "AcceptBet" | "CancelBet" | "Scratch", fields: object, verdict: string): boolean {
    const decided = this.run.command(tag, fields, this.at);
    expect(decided.ok ? "ok" : decided.rejection._tag).toBe(verdict);
    return decided.ok;
  }
}

type LedgerRows = Parameters<PaperLedger["post"]>[0];
const LEDGER = {
  table: "ledger",
  columns: {},
  key: ["kind", "entity_id", "version", "line"],
  write: "insert",
} as const;

const play = (scripts: ReadonlyArray<RaceScript>): Trial => {
  const trial = new Trial();
  trial.begin();
  scripts.forEach((script, i) => trial.race(script, i + 1));
  return trial;
};

const scripts = fc.array(race, { minLength: 1, maxLength: RACES });

describe("a lobby, whatever its players do", () => {
  it("agrees with a naive book of bets, pays every unit and owes nothing in the end", () => {
    fc.assert(
      fc.property(scripts, (races) => {
        play(races).run.expectReplayToAgree();
      }),
      { numRuns: 40 },
    );
  });

  it("shows each change with the next version, and no version twice", () => {
    fc.assert(
      fc.property(scripts, (races) => {
        let version = 0;
        for (const step of play(races).run.steps) {
          for (const { frame, version: shown } of framesOf(step)) {
            expect(shown).toBe(++version);
            expect(frame).toMatchObject({ lobby_id: "derby", state_version: version });
          }
          expect(step.after.stateVersion).toBe(version);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("tells nobody a seed before the race is over", () => {
    fc.assert(
      fc.property(scripts, (races) => {
        for (const step of play(races).run.steps) {
          const { race: now } = step.after;
          if (now === null || now.finished !== null) continue;
          const shown = JSON.stringify([
            framesOf(step),
            step.rows.filter(({ row }) => row["race_id"] === now.raceId),
            lobbyDesk.decider.answer.GetLobby(step.after, { entityId: "derby" }, { at: 0 }),
          ]);
          expect(shown).not.toContain(seed(now.number));
          if (now.started !== null) expect(shown).not.toContain(now.started.finalSeed);
        }
      }),
      { numRuns: 25 },
    );
  });
});
