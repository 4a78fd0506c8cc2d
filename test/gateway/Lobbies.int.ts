/** Lobbies before the administrator: made, surveyed and stopped, on a real game. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { placeBet } from "../../entities/lobby/bet.ts";
import type { ActsBody } from "../../rpc/http/admin/acts.ts";
import type { AdminLobbiesBody } from "../../rpc/http/lobby.ts";
import { LobbyId, PlayerId } from "../../rpc/id.ts";
import { makeGame } from "../../src/game.ts";
import { type House, openHouse } from "../admin/House.ts";
import { onFrame } from "../support/onFrame.ts";
import { signal } from "../support/Signal.ts";
import { HubTopics } from "./support/HubTopics.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

let house: House;
let server: TestGateway;
let admin: string;
beforeAll(async () => {
  house = await openHouse();
  server = await startGateway({ pool: house.pool });
  Object.assign(
    server.fake.game,
    makeGame(house.system, new HubTopics(house.system.topics), house.pool),
  );
  admin = (await server.player({ playerId: "admin", roles: ["admin"] })).token;
});
afterAll(async () => {
  await server.close();
  await house.close();
});

const call = async <Body>(method: string, path: string, body?: unknown) => {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      authorization: `Bearer ${admin}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
};
const survey = async () => (await call<AdminLobbiesBody>("GET", "/admin/lobbies")).body.lobbies;
const acts = async () => (await call<ActsBody>("GET", "/admin/acts")).body.acts;

test("a lobby is surveyed from its first race to its end, and each act on it is written down", async () => {
  const opened = signal("the first race");
  house.system.topics.watch(
    "lobby:derby",
    onFrame(({ text }) => {
      if (text.includes(`"RACE_STATE_CHANGED"`)) opened.fire();
    }),
  );
  const asked = { lobby_id: "derby", name: "Derby", betting_ms: 3_600_000, max_bet: 900 };
  expect((await call("POST", "/lobbies", asked)).status).toBe(201);
  await opened.fired();
  for (const player of ["ada", "bob"]) {
    await house.open(player);
    const intent = { playerId: PlayerId.make(player), key: "k", requestId: "r" };
    const bet = { market: "show", selection: [2], stake: 450 } as const;
    const placed = await placeBet(house.system.ask, intent, LobbyId.make("derby"), bet);
    expect(placed.ok).toBe(true);
  }
  expect(await survey()).toEqual([
    {
      lobby_id: "derby",
      name: "Derby",
      created_at: expect.stringMatching(/Z$/),
      running: true,
      phase: "betting",
      phase_ends_at: expect.stringMatching(/Z$/),
      state_version: 1,
      settings: {
        betting_ms: 3_600_000,
        racing_ms: 40_000,
        results_ms: 20_000,
        min_bet: 100,
        max_bet: 900,
        takeout_per_mille: 100,
        cancel_fee_per_mille: 50,
        max_power_spend: 30_000,
        sync_hz: 20,
      },
      races_run: 0,
      race: { race_id: "derby-1", bets: 2, staked: 900 },
    },
  ]);
  expect((await call("POST", "/lobbies", asked)).status).toBe(409);
  expect((await call("POST", "/lobbies/derby/stop")).status).toBe(200);
  expect((await call("POST", "/lobbies/nowhere/stop")).status).toBe(404);
  expect(await survey()).toMatchObject([{ lobby_id: "derby", running: false, phase: "betting" }]);
  const { name, betting_ms, max_bet } = asked;
  expect(await acts()).toMatchObject([
    { act: "stop_lobby", target: { lobby_id: "nowhere" }, outcome: "refused", code: "not_found" },
    { act: "stop_lobby", target: { lobby_id: "derby" }, outcome: "done" },
    {
      act: "create_lobby",
      target: { lobby_id: "derby" },
      outcome: "refused",
      code: "lobby_exists",
    },
    {
      act: "create_lobby",
      target: { lobby_id: "derby" },
      details: { name, betting_ms, max_bet },
      outcome: "done",
      by: "admin",
    },
  ]);
});
