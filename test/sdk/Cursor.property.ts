import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCursor } from "../../sdk/src/Cursor.ts";
import type { TopicFrame } from "../../sdk/src/TopicFrame.ts";
import { ACK } from "./support/FakeSockets.ts";

const frame = (kind: TopicFrame["kind"], version: number): TopicFrame => ({
  topic: "lobby:demo",
  kind,
  version,
  frame: ACK,
});
const change = (version: number) => frame("change", version);
const snapshot = (version: number) => frame("snapshot", version);

const LAST = 20;
const CHANGES = Array.from({ length: LAST }, (_, index) => change(index + 1));
const shuffled = fc.shuffledSubarray(CHANGES, { minLength: LAST });
const some = fc.array(fc.constantFrom(...CHANGES), { maxLength: 30 });

/** A cursor that has seen the frames, and what it gave. */
const after = (start: number | null, frames: readonly TopicFrame[]) => {
  const given: TopicFrame[] = [];
  const cursor = createCursor(start, (each) => given.push(each));
  for (const each of frames) cursor.accept(each);
  return { cursor, given, versions: given.map(({ version }) => version) };
};

describe("given a version that was seen", () => {
  test("every later change is given once and in order, in whatever order and however often they come", () => {
    fc.assert(
      fc.property(shuffled, some, fc.nat(LAST), (all, again, start) => {
        const { cursor, versions } = after(start, [...again, ...all, ...again]);
        expect(versions).toEqual(
          CHANGES.map(({ version }) => version).filter((version) => version > start),
        );
        expect(cursor.isMissing()).toBe(false);
      }),
    );
  });

  test("with some lost, nothing after the gap is given, and what is sent again closes it", () => {
    fc.assert(
      fc.property(fc.subarray(CHANGES), (received) => {
        const { cursor, versions } = after(0, received);
        const seen = new Set(received.map(({ version }) => version));
        const firstLost = CHANGES.find(({ version }) => !seen.has(version))?.version ?? LAST + 1;
        expect(versions).toEqual(CHANGES.slice(0, firstLost - 1).map(({ version }) => version));
        expect(cursor.version()).toBe(firstLost - 1);
        expect(cursor.isMissing()).toBe(Math.max(0, ...seen) >= firstLost);
        const rest: number[] = [];
        const whole = createCursor(cursor.version(), (each) => rest.push(each.version));
        for (const each of CHANGES) whole.accept(each);
        expect([...versions, ...rest]).toEqual(CHANGES.map(({ version }) => version));
      }),
    );
  });

  test("a snapshot stands for all changes up to it, whenever it comes", () => {
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: LAST }), fc.nat(LAST), (all, at, place) => {
        const frames = [...all.slice(0, place), snapshot(at), ...all.slice(place)];
        const { cursor, versions } = after(null, frames);
        expect(versions).toEqual(
          CHANGES.map(({ version }) => version).filter((version) => version >= at),
        );
        expect(cursor.isMissing()).toBe(false);
      }),
    );
  });
});

test("before anything was seen, everything is missing", () => {
  const { cursor, versions } = after(null, [change(1), change(2), frame("sample", 2)]);
  expect(versions).toEqual([]);
  expect(cursor.isMissing()).toBe(true);
});

test("an older snapshot is no news; one of the same version tells the samples that were missed", () => {
  const { given } = after(5, [snapshot(4), snapshot(5)]);
  expect(given).toMatchObject([{ kind: "sample", version: 5 }]);
});

test("an older snapshot that is believed takes the watcher back, and changes follow it", () => {
  const { cursor, given, versions } = after(5, [change(7)]);
  cursor.accept(snapshot(2), true);
  expect(cursor.isMissing()).toBe(false);
  cursor.accept(change(3));
  expect(versions).toEqual([]);
  expect(given.map(({ version }) => version)).toEqual([2, 3]);
});

test("a sample is given at its own version alone, and a later one tells of a gap", () => {
  const { cursor, versions } = after(5, [
    frame("sample", 4),
    frame("sample", 5),
    frame("sample", 6),
  ]);
  expect(versions).toEqual([5]);
  expect(cursor.isMissing()).toBe(true);
  cursor.accept(change(6));
  cursor.accept(frame("sample", 6));
  expect(cursor.isMissing()).toBe(false);
});

test("a gap wider than what is kept is left to a snapshot", () => {
  const { cursor } = after(
    0,
    Array.from({ length: 1_000 }, (_, index) => change(index + 2)),
  );
  expect(cursor.isMissing()).toBe(true);
  cursor.accept(snapshot(1_001));
  expect(cursor.version()).toBe(1_001);
  expect(cursor.isMissing()).toBe(false);
});

test("what came early on a lost connection counts no more, and a rewound watcher gets it again", () => {
  const { cursor, given } = after(1, [change(3)]);
  cursor.connectionLost();
  expect(cursor.isMissing()).toBe(false);
  cursor.accept(change(2));
  cursor.rewind(1);
  expect(cursor.isMissing()).toBe(true);
  cursor.accept(change(2));
  expect(given.map(({ version }) => version)).toEqual([2, 2]);
});
