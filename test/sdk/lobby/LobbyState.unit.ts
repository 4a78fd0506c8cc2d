import { describe, expect, test } from "vitest";
import type { LobbyState, ServerFrame } from "../../../sdk/src/index.ts";
import { applyLobbyFrame, NO_LOBBY } from "../../../sdk/src/lobby/LobbyState.ts";
import { HISTORY, LOBBY, snapshot } from "../support/history.ts";

const after = (...frames: readonly ServerFrame[]): LobbyState =>
  frames.reduce(applyLobbyFrame, NO_LOBBY);
const upTo = (version: number): LobbyState =>
  after(snapshot(), ...HISTORY.filter((frame) => frame.state_version <= version));
const sync = (fields: Partial<Extract<ServerFrame, { type: "STATE_SYNC" }>>): ServerFrame => ({
  type: "STATE_SYNC",
  lobby_id: "demo",
  state_version: 1,
  phase: "betting",
  race_id: "race-1",
  server_time: "2025-01-01T00:00:00.000Z",
  ...fields,
});

test("before a snapshot nothing is known, whatever else is told", () => {
  expect(after(...HISTORY, sync({ odds: { 1: "9.00" } }))).toBe(NO_LOBBY);
});

test("each change brings the lobby to its version", () => {
  for (const { state_version: version } of HISTORY)
    expect(upTo(version).lobby?.state_version).toBe(version);
});

describe("a snapshot", () => {
  test("in the same race keeps what was seen of it, and shows how odds moved meanwhile", () => {
    const racing = upTo(4);
    const state = applyLobbyFrame(
      racing,
      snapshot({ state_version: 9, phase: "racing", odds: { ...LOBBY.odds, 1: "1.50" } }),
    );
    expect(state.casts).toBe(racing.casts);
    expect(state.oddsMoves).toEqual({ 1: "shortened" });
  });

  test("of another race begins anew, but the last result stays", () => {
    const state = applyLobbyFrame(upTo(6), snapshot({ state_version: 9, race_id: "race-2" }));
    expect(state).toMatchObject({ casts: [], oddsMoves: {}, run: { last: null } });
    expect(state.result?.raceId).toBe("race-1");
  });

  test("after the finish tells the order, and the settlement then adds the dividends", () => {
    const late = after(snapshot({ phase: "settling", state_version: 5, order: [[1], [3]] }));
    expect(late.result).toMatchObject({ order: [[1], [3]], dividends: null });
    const settled = HISTORY.find(({ type }) => type === "RACE_SETTLED");
    if (settled === undefined) throw new Error("no settlement");
    expect(applyLobbyFrame(late, settled).result?.dividends).toEqual({ win: { 1: 180 } });
  });

  test("clears a refusal", () => {
    const refusal = { code: "not_found", detail: "No.", fields: {} };
    expect(applyLobbyFrame({ ...NO_LOBBY, refusal }, snapshot()).refusal).toBeNull();
  });
});

describe("the race", () => {
  test("odds that fall have shortened, odds that rise have drifted, others keep their last movement", () => {
    const moved = after(snapshot(), sync({ odds: { 1: "1.80", 2: "3.50", 3: "4.00" } }));
    expect(moved.oddsMoves).toEqual({ 1: "shortened", 2: "drifted" });
    const again = applyLobbyFrame(moved, sync({ odds: { 1: "1.80", 2: "3.40", 3: "4.00" } }));
    expect(again.oddsMoves).toEqual({ 1: "shortened", 2: "shortened" });
  });

  test("samples are kept for their race alone, and an old one gives the same state object", () => {
    const racing = upTo(3);
    const sample = { state_version: 3, tick: 1, positions: [10, 0, 20], track_mm: 1_000 };
    const sampled = applyLobbyFrame(racing, sync(sample));
    expect(sampled.run.last).toEqual({ tick: 1, positions: [10, 0, 20] });
    expect(applyLobbyFrame(sampled, sync({ ...sample, tick: 0 }))).toBe(sampled);
    expect(applyLobbyFrame(racing, sync({ ...sample, race_id: "race-0" }))).toBe(racing);
  });

  test("a new race begins without odds, casts, run and scratches, but the last result stays", () => {
    const state = upTo(8);
    expect(state.lobby).toMatchObject({ race_id: "race-2", odds: {}, pools: {}, order: null });
    expect(state.lobby?.runners.some((runner) => runner.scratched)).toBe(false);
    expect(state.casts).toEqual([]);
    expect(state.result).toMatchObject({ raceId: "race-1", order: [[1], [3]] });
    expect(state.result?.runners[1]?.scratched).toBe(true);
  });

  test("a cast is announced; the answer to the caster is none of the lobby's", () => {
    expect(upTo(4).casts).toMatchObject([
      { castId: "cast-1", playerId: "ada", target: 3, tick: 12, costMinor: 3_000 },
    ]);
    const cast = HISTORY.find(({ type }) => type === "POWER_CAST");
    const { state_version: _, ...answer } = cast as Extract<ServerFrame, { type: "POWER_CAST" }>;
    const state = upTo(4);
    expect(applyLobbyFrame(state, answer)).toBe(state);
  });
});
