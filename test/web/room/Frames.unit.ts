import { expect, test } from "vitest";
import { createStore } from "../../../web/src/app/Store.ts";
import { createFrames, seenPerFrame } from "../../../web/src/room/Frames.ts";

function screen() {
  const due: (() => void)[] = [];
  const frames = createFrames((run) => void due.push(run));
  return {
    frames,
    paint: () => {
      for (const run of due.splice(0)) run();
    },
  };
}

test("a thousand changes between two frames are one, and it is the newest", () => {
  const store = createStore(0);
  const { frames, paint } = screen();
  const seen = seenPerFrame(store, frames);
  const told: number[] = [];
  const stop = seen.subscribe(() => told.push(seen.get()));
  for (let i = 1; i <= 1_000; i += 1) store.update(() => i);
  expect(seen.get()).toBe(0);
  paint();
  expect(told).toEqual([1_000]);
  paint();
  expect(told).toEqual([1_000]);
  stop();
  store.update(() => 7);
  paint();
  expect(told).toEqual([1_000]);
});

test("all who asked for a frame are called in the same one, each once", () => {
  const { frames, paint } = screen();
  const called: string[] = [];
  const [a, b] = [() => void called.push("a"), () => void called.push("b")];
  frames.next(a);
  frames.next(b);
  frames.next(a);
  paint();
  expect(called).toEqual(["a", "b"]);
});

test("who comes while nobody listens sees the present", () => {
  const store = createStore(1);
  const { frames } = screen();
  const seen = seenPerFrame(store, frames);
  store.update(() => 2);
  expect(seen.get()).toBe(2);
});
