import fc from "fast-check";
import { expect, test } from "vitest";
import {
  NO_LOBBY,
  applyFrame,
  missingAfter,
  reconnected,
} from "../../../web/src/lobby/LobbyState.ts";
import type { LobbyState } from "../../../web/src/lobby/LobbyState.ts";
import { HISTORY, snapshot } from "./history.ts";

const applyAll = (state: LobbyState, frames: Parameters<typeof applyFrame>[1][]): LobbyState =>
  frames.reduce(applyFrame, state);

const IN_ORDER = applyAll(NO_LOBBY, [snapshot(), ...HISTORY]);

test("given every change, in any order and some more than once, the lobby is the same", () => {
  const shuffled = fc.shuffledSubarray([...HISTORY], { minLength: HISTORY.length });
  const repeats = fc.array(fc.constantFrom(...HISTORY), { maxLength: 20 });
  fc.assert(
    fc.property(shuffled, repeats, (all, again) => {
      const state = applyAll(NO_LOBBY, [snapshot(), ...all, ...again]);
      expect(state).toEqual(IN_ORDER);
      expect(missingAfter(state)).toBeNull();
    }),
  );
});

test("given changes that came before the first snapshot, they count after it", () => {
  const shuffled = fc.shuffledSubarray([...HISTORY], { minLength: HISTORY.length });
  fc.assert(
    fc.property(shuffled, fc.nat(HISTORY.length), (all, before) => {
      const frames = [...all.slice(0, before), snapshot(), ...all.slice(before)];
      expect(applyAll(NO_LOBBY, frames)).toEqual(IN_ORDER);
    }),
  );
});

test("given some changes lost, exactly the gap is named, and what is sent again closes it", () => {
  fc.assert(
    fc.property(fc.subarray([...HISTORY]), (received) => {
      const state = applyAll(NO_LOBBY, [snapshot(), ...received]);
      const versions = new Set(received.map((frame) => frame.state_version));
      const firstLost = HISTORY.find((frame) => !versions.has(frame.state_version));
      const highest = Math.max(1, ...versions);
      const gap =
        firstLost === undefined || firstLost.state_version > highest
          ? null
          : firstLost.state_version - 1;
      expect(missingAfter(state)).toBe(gap);

      const after = state.lobby?.state_version ?? 0;
      const missed = HISTORY.filter((frame) => frame.state_version > after);
      expect(applyAll(state, missed)).toEqual(IN_ORDER);
      expect(applyAll(reconnected(state), missed).lobby).toEqual(IN_ORDER.lobby);
    }),
  );
});
