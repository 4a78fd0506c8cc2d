import fc from "fast-check";
import { expect, test } from "vitest";
import type { LobbyState } from "../../../sdk/src/index.ts";
import { createCursor } from "../../../sdk/src/Cursor.ts";
import { applyLobbyFrame, NO_LOBBY } from "../../../sdk/src/lobby/LobbyState.ts";
import { topicFrame } from "../../../sdk/src/TopicFrame.ts";
import { HISTORY, snapshot } from "../support/history.ts";

/** The lobby of a watcher to whom the frames come in this order. */
const lobbyAfter = (frames: readonly Parameters<typeof topicFrame>[0][]): LobbyState => {
  let state = NO_LOBBY;
  const cursor = createCursor(null, ({ frame }) => {
    state = applyLobbyFrame(state, frame);
  });
  for (const frame of frames) {
    const ofTopic = topicFrame(frame);
    if (ofTopic !== undefined) cursor.accept(ofTopic);
  }
  return state;
};

const IN_ORDER = lobbyAfter([snapshot(), ...HISTORY]);

test("given every change, in any order, some more than once and some before the snapshot, the lobby is the same", () => {
  const shuffled = fc.shuffledSubarray([...HISTORY], { minLength: HISTORY.length });
  const repeats = fc.array(fc.constantFrom(...HISTORY), { maxLength: 20 });
  fc.assert(
    fc.property(shuffled, repeats, fc.nat(HISTORY.length), (all, again, before) => {
      const frames = [...all.slice(0, before), snapshot(), ...all.slice(before), ...again];
      expect(lobbyAfter(frames)).toEqual(IN_ORDER);
    }),
  );
});
