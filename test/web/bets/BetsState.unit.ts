import { expect, test } from "vitest";
import type { ServerFrame } from "../../../rpc/frames.ts";
import {
  NO_BETS,
  applyBetsFrame,
  applyBetsReading,
  hasOpenBets,
  keepRaces,
} from "../../../web/src/bets/BetsState.ts";
import type { BetRow } from "../../../web/src/bets/BetsState.ts";

const wallet = { balance_total: 1000, balance_locked: 0, balance_available: 1000 };
const placed = (betId: string): ServerFrame => ({
  type: "BET_PLACED",
  bet_id: betId,
  status: "accepted",
  race_id: "r1",
  market: "win",
  selection: [3],
  stake: 500,
  wallet,
});
const row = (betId: string, fields: Partial<BetRow> = {}): BetRow => ({
  bet_id: betId,
  race_id: "r1",
  market: "win",
  selection: [3],
  stake: 500,
  status: "accepted",
  payout: null,
  ...fields,
});

test("placed bets are listed newest first, and a repeated answer adds none", () => {
  const bets = [placed("b1"), placed("b2"), placed("b1")].reduce(applyBetsFrame, NO_BETS);
  expect(bets.byRace["r1"]?.map((bet) => bet.bet_id)).toEqual(["b2", "b1"]);
});

test("a cancelled bet stays in the list with what came back", () => {
  const bets = [
    placed("b1"),
    {
      type: "BET_CANCELLED",
      bet_id: "b1",
      status: "cancelled",
      refund: 475,
      fee: 25,
      wallet,
    } as const,
  ].reduce(applyBetsFrame, NO_BETS);
  expect(bets.byRace["r1"]).toEqual([row("b1", { status: "cancelled", payout: 475 })]);
  expect(hasOpenBets(bets, "r1")).toBe(false);
});

test("a reading that an answer overtook neither loses the bet nor reopens it", () => {
  const known = applyBetsReading(NO_BETS, "r1", [row("b1", { status: "cancelled", payout: 475 })]);
  const newer = applyBetsFrame(known, placed("b2"));
  const read = applyBetsReading(newer, "r1", [row("b1")]);
  expect(read.byRace["r1"]).toEqual([row("b2"), row("b1", { status: "cancelled", payout: 475 })]);
});

test("a reading after the settlement tells the outcomes", () => {
  const bets = applyBetsFrame(NO_BETS, placed("b1"));
  expect(hasOpenBets(bets, "r1")).toBe(true);
  const settled = applyBetsReading(bets, "r1", [row("b1", { status: "won", payout: 1600 })]);
  expect(hasOpenBets(settled, "r1")).toBe(false);
  expect(settled.byRace["r1"]?.[0]?.payout).toBe(1600);
});

test("races that are over and gone are forgotten", () => {
  const bets = applyBetsReading(applyBetsFrame(NO_BETS, placed("b1")), "r0", []);
  expect(Object.keys(keepRaces(bets, ["r1", "r2"]).byRace)).toEqual(["r1"]);
});
