import { expect, test } from "vitest";
import { applyBetAnswer, applyBetsReading, hasOpenBets, NO_BETS } from "../../sdk/src/BetsState.ts";
import type { Bet, BetsState } from "../../sdk/src/BetsState.ts";
import type { CommandAnswer } from "../../sdk/src/index.ts";

const wallet = { balance_total: 1000, balance_locked: 0, balance_available: 1000 };
const row = (betId: string, fields: Partial<Bet> = {}): Bet => ({
  bet_id: betId,
  race_id: "r1",
  market: "win",
  selection: [3],
  stake: 500,
  status: "accepted",
  payout: null,
  ...fields,
});
const placed = (betId: string, raceId = "r1"): CommandAnswer => ({
  type: "BET_PLACED",
  bet_id: betId,
  status: "accepted",
  race_id: raceId,
  market: "win",
  selection: [3],
  stake: 500,
  wallet,
});
const cancelled = (betId: string): CommandAnswer => ({
  type: "BET_CANCELLED",
  bet_id: betId,
  status: "cancelled",
  refund: 475,
  fee: 25,
  wallet,
});
const after = (...answers: readonly CommandAnswer[]): BetsState =>
  answers.reduce<BetsState>((bets, answer) => applyBetAnswer(bets, "r1", answer), NO_BETS);

test("placed bets are listed newest first; a repeated answer and another race's add none", () => {
  const { bets } = after(placed("b1"), placed("b2"), placed("b1"), placed("b3", "r2"));
  expect(bets.map((bet) => bet.bet_id)).toEqual(["b2", "b1"]);
});

test("a cancelled bet stays in the list with what came back", () => {
  const bets = after(placed("b1"), cancelled("b1"));
  expect(bets.bets).toEqual([row("b1", { status: "cancelled", payout: 475 })]);
  expect(hasOpenBets(bets)).toBe(false);
  expect(applyBetAnswer(bets, "r1", cancelled("elsewhere"))).toBe(bets);
});

test("a reading that an answer overtook neither loses the bet nor reopens it", () => {
  const known = applyBetsReading(NO_BETS, [row("b1", { status: "cancelled", payout: 475 })]);
  const read = applyBetsReading(applyBetAnswer(known, "r1", placed("b2")), [row("b1")]);
  expect(read.bets).toEqual([row("b2"), row("b1", { status: "cancelled", payout: 475 })]);
});

test("a reading after the settlement tells the outcomes", () => {
  const bets = after(placed("b1"));
  expect(bets.isRead).toBe(false);
  expect(hasOpenBets(bets)).toBe(true);
  const settled = applyBetsReading(bets, [row("b1", { status: "won", payout: 1600 })]);
  expect(hasOpenBets(settled)).toBe(false);
  expect(settled).toMatchObject({ isRead: true, bets: [{ payout: 1600 }] });
});
