import { describe, expect, it, test } from "vitest";
import {
  SPEEDS,
  advance,
  loaded,
  momentOf,
  seek,
  step,
  tickOf,
  toggle,
} from "../../../web/src/replay/Playback.ts";

const END = 100;
const playing = { ...loaded(END, 0), isPlaying: true };

describe("time", () => {
  it.each(SPEEDS)("at %s× goes that much faster than the race", (speed) => {
    expect(advance({ ...playing, speed }, 50).tick).toBeCloseTo(speed);
  });

  it("does not move what rests", () => {
    const resting = loaded(END, 7);
    expect(advance(resting, 1_000)).toBe(resting);
    expect(advance(playing, 0)).toBe(playing);
  });

  it("is divided as one likes: many small steps are one large one", () => {
    let state = playing;
    for (let i = 0; i < 60; i += 1) state = advance(state, 1_000 / 60);
    expect(state.tick).toBeCloseTo(20);
  });

  it("stops at the end, exactly", () => {
    expect(advance({ ...playing, tick: 99.5 }, 500)).toMatchObject({ tick: END, isPlaying: false });
  });

  it("in a loop shows the end, then begins again", () => {
    const atEnd = advance({ ...playing, tick: 99.5, isLooping: true }, 500);
    expect(atEnd).toMatchObject({ tick: END, isPlaying: true });
    expect(advance(atEnd, 16)).toMatchObject({ tick: 0, isPlaying: true });
  });
});

describe("the player", () => {
  it("plays and rests; at the end begins anew", () => {
    expect(toggle(loaded(END, 3))).toMatchObject({ tick: 3, isPlaying: true });
    expect(toggle(playing)).toMatchObject({ isPlaying: false });
    expect(toggle(loaded(END, END))).toMatchObject({ tick: 0, isPlaying: true });
  });

  it("steps by whole ticks and rests there", () => {
    const between = { ...playing, tick: 5.4 };
    expect(step(between, 1)).toMatchObject({ tick: 6, isPlaying: false });
    expect(step(between, -1)).toMatchObject({ tick: 5, isPlaying: false });
    expect(step(loaded(END, 5), -1).tick).toBe(4);
    expect(step(loaded(END, 5), 20).tick).toBe(25);
  });

  it("never leaves the race", () => {
    expect(seek(playing, -4).tick).toBe(0);
    expect(seek(playing, 1e9).tick).toBe(END);
    expect(step(loaded(END, END), 1).tick).toBe(END);
    expect(loaded(END, 400).tick).toBe(END);
  });
});

test("a moment in an address is the tick it was made of", () => {
  for (const tick of [0, 1, 7, 246, 1_199]) expect(tickOf(momentOf(tick))).toBe(tick);
  expect(tickOf("12.3")).toBe(246);
  for (const none of [null, "", "-1", "1e3", "x", "12,3", "123456"])
    expect(tickOf(none)).toBeNull();
});
