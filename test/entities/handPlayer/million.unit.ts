/**
 * A player with a million hands: years of cash games and tournaments at rising stakes. What the player's page needs is
 * answered at once.
 */
import { describe, expect, it } from "vitest";
import { handPlayer } from "../../../entities/handPlayer/entity.ts";
import { cellKey } from "../../../entities/handPlayer/state.ts";
import { CommandId } from "../../../rpc/id.ts";
import { type CellFilter, HandPlayer, handPlayerId } from "../../../rpc/handPlayer.ts";
import type { Cell, CellKey, DayResult } from "../../../rpc/handStats.ts";
import { ActorSystem } from "../../../src/actor/ActorSystem.ts";
import { systemClock } from "../../../src/actor/Clock.ts";
import { MemoryJournal } from "../../../src/actor/MemoryJournal.ts";
import { playerBody } from "../../../src/hands/stats/playerBody.ts";
import { quietMetrics } from "../../support/quietMetrics.ts";
import { type Batch, cellOf } from "./batches.ts";
import { EVERYTHING } from "./desk.ts";

const HANDS = 1_000_000;
const HANDS_A_BATCH = 20_000;
/** Hands alike that are made at once: enough different ones remain to fill every cell. */
const ALIKE = 10;
/** A thousand hands a day that is played on. */
const DAYS = 1_000;
const START = Date.UTC(2015, 0, 1);
const DAY_MS = 86_400_000;

const POSITIONS = ["BTN", "SB", "BB", "UTG", "MP", "CO"] as const;
const CASH = ["0.01/0.02", "0.02/0.05", "0.05/0.10", "0.10/0.25", "0.25/0.50", "0.50/1", "1/2"];
const LEVELS = Array.from({ length: 40 }, (_, n) => `${(n + 1) * 50}/${(n + 1) * 100}`);

/** A plain generator of numbers: the same hands in every run. */
const dice = (seed: number) => {
  let state = seed;
  return (sides: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
};

const KINDS = ["fold", "fold", "raise", "showdown"] as const;

/** Added up as they are made: a million rows would take longer to make than all the rest. */
const batchFrom = (from: number): Batch => {
  const roll = dice(from);
  const to = from + HANDS_A_BATCH - 1;
  const cells = new Map<string, Cell & { readonly counts: Array<number> }>();
  const days = new Map<string, DayResult & { hands: number; net: number; evNet: number }>();
  const dayNumber = (seq: number) => Math.floor(((seq - 1) / HANDS) * DAYS);
  for (let seq = from; seq <= to; seq += ALIKE) {
    const stake = CASH[Math.floor(((seq - 1) / HANDS) * CASH.length)]!;
    const isTournament = roll(10) < 4;
    const game = !isTournament && roll(4) === 0 ? "omaha" : "holdem";
    const currency = isTournament ? "chips" : "EUR";
    const key: CellKey = {
      currency,
      game,
      limit: game === "omaha" ? "pot_limit" : "no_limit",
      stakes: isTournament ? LEVELS[roll(LEVELS.length)]! : stake,
      players: 2 + roll(8),
      position: POSITIONS[roll(POSITIONS.length)]!,
    };
    const [net, evNet] = [roll(400) - 200, roll(400) - 200];
    const one = cellOf(key, KINDS[roll(KINDS.length)]!, { net, evNet });
    const counts = one.counts.map((count) => count * ALIKE);
    const cell = cells.get(cellKey(key));
    if (cell === undefined) cells.set(cellKey(key), { ...key, counts });
    else for (let n = 0; n < counts.length; n++) cell.counts[n]! += counts[n]!;
    const results = { hands: ALIKE, net: net * ALIKE, evNet: evNet * ALIKE };
    const number = dayNumber(seq);
    const day = days.get(`${number}${currency}`);
    if (day === undefined) {
      const date = new Date(START + number * DAY_MS).toISOString().slice(0, 10);
      days.set(`${number}${currency}`, { day: date, currency, ...results });
    } else {
      day.hands += results.hands;
      day.net += results.net;
      day.evNet += results.evNet;
    }
  }
  const times = {
    firstAt: START + dayNumber(from) * DAY_MS,
    lastAt: START + dayNumber(to) * DAY_MS,
  };
  return { from, to, ...times, cells: [...cells.values()], days: [...days.values()] };
};

/** What the whole answer about one player may take. */
const MOST_MS = 2;
const ROUNDS = 200;

const timed = async (answer: () => Promise<unknown>) => {
  const times: Array<number> = [];
  for (let n = 0; n < ROUNDS; n++) {
    const start = performance.now();
    await answer();
    times.push(performance.now() - start);
  }
  return median(times);
};

const median = (times: ReadonlyArray<number>) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;

describe("a player with a million hands", () => {
  it(`is answered in ${MOST_MS} ms`, async () => {
    const system = new ActorSystem({
      actors: [handPlayer],
      journal: new MemoryJournal(),
      clock: systemClock,
      entropy: { hex: (bytes) => "0".repeat(bytes * 2) },
      metrics: quietMetrics,
      log: () => {},
    });
    const entityId = handPlayerId("winamax", "regular");
    for (let from = 1; from <= HANDS; from += HANDS_A_BATCH) {
      const batch = batchFrom(from);
      const { to } = batch;
      const commandId = CommandId.make(`count:${from}-${to}`);
      const counted = await system.ask(HandPlayer, "Count", { entityId, commandId, ...batch });
      expect(counted).toMatchObject({ ok: true, value: { countedTo: to } });
    }
    const page = async () => {
      const [overview, results] = await Promise.all([
        system.ask(HandPlayer, "GetOverview", { entityId }),
        system.ask(HandPlayer, "GetDays", { entityId }),
      ]);
      if (!overview.ok || !results.ok) throw new Error("the player does not answer");
      const { days } = results.value;
      return playerBody({ site: "winamax", player: "regular", ...overview.value, days });
    };
    const totals = async (filter: CellFilter) => {
      const answered = await system.ask(HandPlayer, "GetTotals", { entityId, filter });
      if (!answered.ok) throw new Error("the player does not answer");
      return answered.value.cells;
    };
    const body = await page();
    expect(body).toMatchObject({ hands: HANDS, confidence: "high" });
    expect(body.days).toHaveLength(2 * DAYS);
    const cells = await totals(EVERYTHING);
    const times = {
      page: await timed(page),
      totals: await timed(() => totals(EVERYTHING)),
      filtered: await timed(() => totals({ ...EVERYTHING, currency: "EUR", position: "BTN" })),
    };
    console.log(`a million hands in ${cells.length} cells, ms:`, times);
    expect(Math.max(...Object.values(times))).toBeLessThan(MOST_MS);
    await system.shutdown();
  });
});
