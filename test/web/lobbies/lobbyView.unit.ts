import { expect, test } from "vitest";
import type { LobbyBody } from "../../../sdk/src/index.ts";
import {
  countdown,
  favouriteOf,
  lastRaces,
  leftMs,
  openBets,
  pooledMinor,
} from "../../../web/src/lobbies/lobbyView.ts";

const form = { speed: 500, stamina: 500, start: 500, consistency: 500 };
const lobby: LobbyBody = {
  lobby_id: "demo",
  name: "Demo",
  phase: "betting",
  phase_ends_at: "2030-01-01T00:01:05.000Z",
  state_version: 4,
  race_id: "demo-2",
  commitment: "",
  runners: [
    { number: 1, name: "Comet", form, scratched: true },
    { number: 2, name: "Lark", form, scratched: false },
    { number: 3, name: "Ion", form, scratched: false },
  ],
  odds: { "1": "1.10", "2": "10.50", "3": "9.80" },
  pools: { win: 1_250, exacta: 250 },
  order: null,
};
const nowMs = Date.parse("2030-01-01T00:00:00.000Z");

test("the favourite has the least odds of those that start, compared as numbers", () => {
  expect(favouriteOf(lobby)).toEqual({ number: 3, name: "Ion", odds: "9.80" });
  expect(favouriteOf({ ...lobby, odds: {} })).toBeNull();
});

test("all pools together", () => {
  expect(pooledMinor(lobby)).toBe(1_500);
  expect(pooledMinor({ ...lobby, pools: {} })).toBe(0);
});

test("the countdown ends at zero, and a phase without an end has none", () => {
  expect(leftMs(lobby, nowMs)).toBe(65_000);
  expect(leftMs(lobby, nowMs + 90_000)).toBe(0);
  expect(leftMs({ ...lobby, phase_ends_at: null }, nowMs)).toBeNull();
  expect([65_000, 64_001, 1_000, 1, 0].map(countdown)).toEqual([
    "1:05",
    "1:05",
    "0:01",
    "0:01",
    "0:00",
  ]);
});

test("each lobby's last race is its newest", () => {
  const race = (id: string, lobbyId: string) => ({
    race_id: id,
    lobby_id: lobbyId,
    opened_at: "",
    settled_at: "",
    order: [[1]],
    winner: "Comet",
    bets: 0,
    staked: 0,
    paid: 0,
  });
  const last = lastRaces([race("a-2", "a"), race("b-1", "b"), race("a-1", "a")]);
  expect([last["a"]?.race_id, last["b"]?.race_id]).toEqual(["a-2", "b-1"]);
});

test("open bets are counted and summed lobby by lobby", () => {
  expect(
    openBets([
      { lobby_id: "a", stake: 100, status: "accepted" },
      { lobby_id: "a", stake: 250, status: "accepted" },
      { lobby_id: "a", stake: 999, status: "lost" },
      { lobby_id: "b", stake: 50, status: "cancelled" },
    ]),
  ).toEqual({ a: { count: 2, stakedMinor: 350 } });
});
