/** When the entities of a process may answer, on a clock that the test owns. */
import { beforeEach, describe, expect, it } from "vitest";
import { Vigil } from "../../src/cluster/Vigil.ts";
import { ManualClock } from "../support/ManualClock.ts";

const TICK_MS = 100;
const GAP_MS = 700;
const VERIFY_AGAIN_MS = 100;

let clock: ManualClock;
let changes: Array<boolean>;
let looks: number;
/** Answers the look at the locks; the test may make it wait, or fail. */
let holdsItsLocks: () => Promise<boolean>;
let vigil: Vigil;

beforeEach(() => {
  clock = new ManualClock();
  changes = [];
  looks = 0;
  holdsItsLocks = async () => true;
  vigil = new Vigil({
    clock,
    holdsItsLocks: () => {
      looks++;
      return holdsItsLocks();
    },
    changed: (mayAnswer) => void changes.push(mayAnswer),
    log: () => {},
  });
});

/** The process stands still: no timer fires, and the wall clock goes on. */
const pause = (ms: number) => clock.jump(ms);

describe("while time passes as it should", () => {
  it("may answer, and never looks", async () => {
    for (let i = 0; i < 50; i++) {
      await clock.advance(TICK_MS);
      expect(vigil.mayAnswer).toBe(true);
    }
    expect([looks, changes]).toEqual([0, []]);
  });

  it("forgives what a collection of garbage takes", async () => {
    pause(GAP_MS - TICK_MS);
    expect(vigil.mayAnswer).toBe(true);
    await clock.advance(TICK_MS);
    expect([vigil.mayAnswer, looks]).toEqual([true, 0]);
  });

  it("forgives a wall clock that is set back", async () => {
    pause(-60_000);
    await clock.advance(TICK_MS * 10);
    expect([vigil.mayAnswer, looks]).toEqual([true, 0]);
  });
});

describe("after a gap", () => {
  it("answers nothing, from the first question on, until the locks have been looked at", async () => {
    let found = (_: boolean) => {};
    holdsItsLocks = () => new Promise((resolve) => (found = resolve));
    await clock.advance(TICK_MS);
    pause(GAP_MS + 1);
    // Before any timer of this process has fired again.
    expect([vigil.mayAnswer, changes, looks]).toEqual([false, [false], 1]);
    await clock.advance(TICK_MS * 3);
    expect(vigil.mayAnswer).toBe(false);
    found(true);
    await clock.settled();
    expect([vigil.mayAnswer, changes]).toEqual([true, [false, true]]);
  });

  it("is noticed by its own timer when nobody asks", async () => {
    pause(GAP_MS + TICK_MS);
    await clock.advance(TICK_MS);
    expect([changes, looks]).toEqual([[false, true], 1]);
  });

  it("looks again and again while the locks are not there, or cannot be seen", async () => {
    const answers = [async () => false, () => Promise.reject(new Error("away"))];
    holdsItsLocks = () => (answers.shift() ?? (async () => true))();
    pause(GAP_MS + 1);
    expect(vigil.mayAnswer).toBe(false);
    await clock.settled();
    await clock.advance(VERIFY_AGAIN_MS);
    expect([looks, vigil.mayAnswer]).toEqual([2, false]);
    await clock.advance(VERIFY_AGAIN_MS);
    expect([looks, vigil.mayAnswer, changes]).toEqual([3, true, [false, true]]);
  });

  it("does not believe what it saw before another gap", async () => {
    let found = (_: boolean) => {};
    holdsItsLocks = () => new Promise((resolve) => (found = resolve));
    pause(GAP_MS + 1);
    expect(vigil.mayAnswer).toBe(false);
    pause(GAP_MS + 1);
    found(true);
    await clock.settled();
    expect(vigil.mayAnswer).toBe(false);
    await clock.advance(VERIFY_AGAIN_MS);
    found(true);
    await clock.settled();
    expect([looks, vigil.mayAnswer]).toEqual([2, true]);
  });
});

describe("a process that the list of runners says is dead", () => {
  it("answers nothing as long as it says so, whatever its locks", async () => {
    vigil.listed(false);
    expect([vigil.mayAnswer, changes]).toEqual([false, [false]]);
    for (let i = 0; i < 20; i++) {
      vigil.listed(false);
      await clock.advance(VERIFY_AGAIN_MS);
    }
    expect([vigil.mayAnswer, looks, changes]).toEqual([false, 0, [false]]);
    vigil.listed(true);
    expect(vigil.mayAnswer).toBe(false);
    await clock.advance(VERIFY_AGAIN_MS);
    expect([vigil.mayAnswer, looks, changes]).toEqual([true, 1, [false, true]]);
  });

  it("is not trusted when that was said while it looked", async () => {
    let found = (_: boolean) => {};
    holdsItsLocks = () => new Promise((resolve) => (found = resolve));
    pause(GAP_MS + 1);
    expect(vigil.mayAnswer).toBe(false);
    vigil.listed(false);
    found(true);
    await clock.settled();
    expect([vigil.mayAnswer, changes]).toEqual([false, [false]]);
  });

  it("that lives stays as it is", async () => {
    vigil.listed(true);
    await clock.advance(TICK_MS * 3);
    expect([vigil.mayAnswer, looks, changes]).toEqual([true, 0, []]);
  });
});

it("leaves no timer when it is closed, also while it doubts", async () => {
  holdsItsLocks = async () => false;
  pause(GAP_MS + 1);
  expect(vigil.mayAnswer).toBe(false);
  await clock.settled();
  vigil.close();
  await clock.advance(VERIFY_AGAIN_MS);
  const seen = looks;
  await clock.advance(VERIFY_AGAIN_MS * 5);
  expect([clock.timers, looks]).toEqual([0, seen]);
});
