import { describe, expect, test } from "vitest";
import type { ServerFrame } from "../../../rpc/frames.ts";
import {
  NO_LOBBY,
  applyFrame,
  missingAfter,
  reconnected,
} from "../../../web/src/lobby/LobbyState.ts";
import type { LobbyState } from "../../../web/src/lobby/LobbyState.ts";
import { HISTORY, LOBBY, snapshot } from "./history.ts";

const after = (...frames: readonly ServerFrame[]): LobbyState =>
  frames.reduce(applyFrame, NO_LOBBY);
const change = (version: number): ServerFrame => {
  const found = HISTORY.find((frame) => frame.state_version === version);
  if (found === undefined) throw new Error(`no change ${version}`);
  return found;
};
const sync = (fields: Partial<Extract<ServerFrame, { type: "STATE_SYNC" }>>): ServerFrame => ({
  type: "STATE_SYNC",
  lobby_id: "demo",
  state_version: 1,
  phase: "betting",
  race_id: "race-1",
  server_time: "2025-01-01T00:00:00.000Z",
  ...fields,
});

describe("versions", () => {
  test("a repeated change gives the same state object", () => {
    const state = after(snapshot(), change(2));
    expect(applyFrame(state, change(2))).toBe(state);
  });

  test("a change behind a gap waits, and the gap is named", () => {
    const state = after(snapshot(), change(3));
    expect(state.lobby?.phase).toBe("betting");
    expect(missingAfter(state)).toBe(1);
    const whole = applyFrame(state, change(2));
    expect(whole.lobby).toMatchObject({ phase: "racing", state_version: 3 });
    expect(missingAfter(whole)).toBeNull();
  });

  test("a sample with a later version reveals a gap and is not shown", () => {
    const state = after(snapshot(), sync({ state_version: 4, odds: { 1: "9.00" } }));
    expect(missingAfter(state)).toBe(1);
    expect(state.lobby?.odds).toEqual(LOBBY.odds);
  });

  test("a snapshot closes a gap", () => {
    const state = after(snapshot(), change(9), snapshot({ state_version: 9, race_id: "race-2" }));
    expect(missingAfter(state)).toBeNull();
    expect(state.lobby?.race_id).toBe("race-2");
    expect(state.early).toEqual([]);
  });

  test("an older snapshot is no news, unless the connection is new", () => {
    const state = after(snapshot({ state_version: 5 }));
    expect(applyFrame(state, snapshot({ state_version: 3 }))).toBe(state);
    const anew = applyFrame(reconnected(state), snapshot({ state_version: 3 }));
    expect(anew.lobby?.state_version).toBe(3);
    expect(missingAfter(anew)).toBeNull();
  });

  test("another lobby's frames are not about this one", () => {
    const state = after(snapshot());
    expect(applyFrame(state, { ...change(2), lobby_id: "other" } as ServerFrame)).toBe(state);
    expect(applyFrame(state, sync({ lobby_id: "other", odds: { 1: "9.00" } }))).toBe(state);
  });
});

describe("the race", () => {
  test("odds that fall have shortened, odds that rise have drifted, others keep their last movement", () => {
    const moved = after(snapshot(), sync({ odds: { 1: "1.80", 2: "3.50", 3: "4.00" } }));
    expect(moved.oddsMoves).toEqual({ 1: "shortened", 2: "drifted" });
    const again = applyFrame(moved, sync({ odds: { 1: "1.80", 2: "3.40", 3: "4.00" } }));
    expect(again.oddsMoves).toEqual({ 1: "shortened", 2: "shortened" });
  });

  test("samples are kept for their race alone", () => {
    const racing = after(snapshot(), change(2), change(3));
    const sample = { state_version: 3, tick: 1, positions: [10, 0, 20], track_mm: 1_000 };
    expect(applyFrame(racing, sync(sample)).run.last).toEqual({ tick: 1, positions: [10, 0, 20] });
    expect(applyFrame(racing, sync({ ...sample, race_id: "race-0" })).run.last).toBeNull();
  });

  test("a new race begins without odds, casts, run and scratches, but the last result stays", () => {
    const state = after(snapshot(), ...HISTORY.slice(0, 7));
    expect(state.lobby).toMatchObject({ race_id: "race-2", odds: {}, pools: {}, order: null });
    expect(state.lobby?.runners.some((runner) => runner.scratched)).toBe(false);
    expect(state.casts).toEqual([]);
    expect(state.result).toMatchObject({ raceId: "race-1", order: [[1], [3]] });
    expect(state.result?.runners[1]?.scratched).toBe(true);
  });

  test("a snapshot after the finish tells the order, and the settlement then adds the dividends", () => {
    const late = after(snapshot({ phase: "settling", state_version: 5, order: [[1], [3]] }));
    expect(late.result).toMatchObject({ order: [[1], [3]], dividends: null });
    expect(applyFrame(late, change(6)).result?.dividends).toEqual({ win: { 1: 180 } });
  });

  test("the answer to a cast and its announcement are one cast, whichever comes first", () => {
    const announced = change(4);
    const {
      state_version: _,
      player_id: __,
      ...answer
    } = announced as Extract<ServerFrame, { type: "POWER_CAST" }>;
    const racing = after(snapshot(), change(2), change(3));
    for (const frames of [
      [answer, announced],
      [announced, answer],
    ]) {
      const { casts } = frames.reduce<LobbyState>(applyFrame, racing);
      expect(casts).toMatchObject([{ castId: "cast-1", playerId: "ada", target: 3, tick: 12 }]);
    }
  });
});
