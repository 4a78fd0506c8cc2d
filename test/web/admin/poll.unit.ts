import { expect, test } from "vitest";
import { startPoll } from "../../../web/src/admin/poll.ts";
import { ManualTimers } from "../../sdk/support/ManualTimers.ts";

/** Lets promises that are settled run on. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

function setUp() {
  const timers = new ManualTimers();
  const answers: (() => void)[] = [];
  let isVisible = true;
  const poll = startPoll({
    everyMs: 1_000,
    ask: () => new Promise((resolve) => answers.push(resolve)),
    after: timers.after,
    isVisible: () => isVisible,
  });
  return {
    poll,
    timers,
    asked: () => answers.length,
    answer: async () => {
      answers.at(-1)?.();
      await turn();
    },
    look: (visible: boolean) => {
      isVisible = visible;
    },
  };
}

test("asks at once, and again a second after each answer, never twice at a time", async () => {
  const { timers, asked, answer } = setUp();
  expect(asked()).toBe(1);
  timers.pass(5_000);
  expect(asked()).toBe(1);
  await answer();
  timers.pass(999);
  expect(asked()).toBe(1);
  timers.pass(1);
  expect(asked()).toBe(2);
});

test("nobody looks: nothing is asked until somebody does", async () => {
  const { poll, timers, asked, answer, look } = setUp();
  look(false);
  await answer();
  timers.pass(60_000);
  expect(asked()).toBe(1);
  look(true);
  poll.now();
  expect(asked()).toBe(2);
});

test("asked for while a question is under way: the next follows its answer at once", async () => {
  const { poll, asked, answer } = setUp();
  poll.now();
  expect(asked()).toBe(1);
  await answer();
  expect(asked()).toBe(2);
});

test("stopped is stopped", async () => {
  const { poll, timers, asked, answer } = setUp();
  poll.stop();
  await answer();
  timers.pass(5_000);
  poll.now();
  expect(asked()).toBe(1);
  expect(timers.pending).toBe(0);
});
