import type { LobbyBody, ServerFrame } from "../../../sdk/src/index.ts";

export const LOBBY: LobbyBody = {
  lobby_id: "demo",
  name: "Demo",
  phase: "betting",
  phase_ends_at: null,
  state_version: 1,
  race_id: "race-1",
  commitment: "c1",
  runners: [1, 2, 3].map((number) => ({
    number,
    name: `Runner ${number}`,
    form: { speed: 500, stamina: 500, start: 500, consistency: 500 },
    scratched: false,
  })),
  odds: { 1: "2.00", 2: "3.00", 3: "4.00" },
  pools: { win: 100 },
  order: null,
};

export const snapshot = (body: Partial<LobbyBody> = {}): ServerFrame => ({
  type: "STATE_SNAPSHOT",
  ...LOBBY,
  ...body,
  server_time: "2025-01-01T00:00:00.000Z",
});

export type Change = ServerFrame & { readonly state_version: number };

const phase = (version: number, to: LobbyBody["phase"], raceId: string): Change => ({
  type: "RACE_STATE_CHANGED",
  lobby_id: "demo",
  state_version: version,
  phase: to,
  race_id: raceId,
  phase_ends_at: null,
});

/** Two races as a lobby reports them: versions 2 to 11. */
export const HISTORY: readonly Change[] = [
  { type: "RUNNER_SCRATCHED", lobby_id: "demo", state_version: 2, race_id: "race-1", runner: 2 },
  phase(3, "racing", "race-1"),
  {
    type: "POWER_CAST",
    lobby_id: "demo",
    state_version: 4,
    player_id: "ada",
    cast_id: "cast-1",
    race_id: "race-1",
    power: "pwr_oil_01",
    target: 3,
    cost: 3_000,
    tick: 12,
    duration_ticks: 60,
  },
  phase(5, "settling", "race-1"),
  {
    type: "RACE_SETTLED",
    lobby_id: "demo",
    state_version: 6,
    race_id: "race-1",
    order: [[1], [3]],
    dividends: { win: { 1: 180 } },
    server_seed: "s1",
  },
  phase(7, "lobby", "race-1"),
  phase(8, "betting", "race-2"),
  phase(9, "racing", "race-2"),
  phase(10, "settling", "race-2"),
  {
    type: "RACE_SETTLED",
    lobby_id: "demo",
    state_version: 11,
    race_id: "race-2",
    order: [[2, 3], [1]],
    dividends: { win: { 2: 110, 3: 120 } },
    server_seed: "s2",
  },
];
