import { expect, test } from "vitest";
import type { DrawBody, RaffleBody } from "../../../sdk/src/index.ts";
import { clockOf, stageOf } from "../../../web/src/draw/stage.ts";

const NOW = Date.parse("2026-06-01T12:00:00.000Z");
const at = (ms: number) => new Date(NOW + ms).toISOString();

const raffle = (part: Partial<RaffleBody>): RaffleBody => ({
  id: "r",
  title: "Raffle",
  description: "",
  status: "active",
  ticket_price: 100,
  total_numbers: 10,
  sold_count: 0,
  reserved_count: 0,
  available_count: 10,
  draw_at: at(60_000),
  prizes: [{ name: "A" }],
  organiser_id: null,
  min_sold_percent: 0,
  fee_per_mille: 100,
  selection_seconds: 600,
  checkout_seconds: 300,
  max_numbers_per_reservation: 10,
  commitment: null,
  beacon: null,
  state_version: 1,
  created_at: at(0),
  published_at: null,
  closed_at: null,
  ended_at: null,
  reason: null,
  ...part,
});

const draw = (part: Partial<DrawBody>): DrawBody => ({
  raffle_id: "r",
  status: "closed",
  prizes: [{ name: "A" }],
  commitment: null,
  server_seed: null,
  closed_at: at(0),
  ticket_count: 3,
  tickets_digest: null,
  beacon: null,
  awaited_round: null,
  round: null,
  drawn_at: null,
  winners: [],
  ...part,
});

const beacon = {
  scheme: "bls-unchained-g1-rfc9380",
  chain_hash: "",
  public_key: "",
  genesis_at: at(-30_000),
  period_ms: 3_000,
} as const;

test("on sale until its time, then due", () => {
  expect(stageOf(raffle({}), null, NOW)).toEqual({ kind: "sale", drawAtMs: NOW + 60_000 });
  expect(stageOf(raffle({}), null, NOW + 60_000)).toEqual({ kind: "due" });
  // A suspended sale does not end by itself.
  expect(stageOf(raffle({ status: "suspended" }), null, NOW + 90_000).kind).toBe("sale");
});

test("closed before its date it waits for the date; after it, for nothing but the beacon", () => {
  const closed = raffle({ status: "closed" });
  expect(stageOf(closed, draw({}), NOW)).toEqual({ kind: "closed", drawAtMs: NOW + 60_000 });
  expect(stageOf(closed, draw({}), NOW + 61_000)).toEqual({ kind: "drawing" });
  const due = raffle({ status: "closed", draw_at: at(0), beacon });
  // Round 21 comes 20 periods after the first.
  expect(stageOf(due, draw({ awaited_round: 21 }), NOW + 1)).toEqual({
    kind: "beacon",
    round: 21,
    publishedAtMs: NOW + 30_000,
  });
  expect(stageOf(due, null, NOW + 1)).toEqual({ kind: "drawing" });
});

test("completed it is drawn once the winners are known", () => {
  const completed = raffle({ status: "completed" });
  expect(stageOf(completed, null, NOW).kind).toBe("drawing");
  expect(stageOf(completed, draw({ drawn_at: at(0) }), NOW).kind).toBe("drawn");
});

test("drafts and cancelled raffles are what they are", () => {
  expect(stageOf(raffle({ status: "draft" }), null, NOW).kind).toBe("draft");
  expect(stageOf(raffle({ status: "cancelled" }), null, NOW).kind).toBe("cancelled");
});

test("a clock shows what is left and nothing that is zero before it", () => {
  expect(clockOf(0)).toEqual({ days: 0, clock: "00:00" });
  expect(clockOf(-5)).toEqual({ days: 0, clock: "00:00" });
  expect(clockOf(61_000)).toEqual({ days: 0, clock: "01:01" });
  expect(clockOf(3_600_000)).toEqual({ days: 0, clock: "01:00:00" });
  expect(clockOf(2 * 86_400_000 + 5_000)).toEqual({ days: 2, clock: "00:00:05" });
});
