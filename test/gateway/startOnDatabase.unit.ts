import { expect, it } from "vitest";
import { startOnDatabase } from "../../src/gateway/startOnDatabase.ts";
import type { Clock } from "../../src/actor/Clock.ts";

const away = () => new Error("Connection terminated due to connection timeout");

/** Goes on by itself: whoever waits has waited. */
const hurriedClock = (): Clock => {
  let now = 0;
  return {
    now: () => now,
    after: (delayMs, work) => {
      now += delayMs;
      queueMicrotask(work);
      return () => undefined;
    },
    soon: queueMicrotask,
  };
};

/** Fails so often with `cause`, then works. */
const failing = (times: number, cause: Error) => {
  let calls = 0;
  return {
    calls: () => calls,
    work: async () => {
      calls += 1;
      if (calls <= times) throw cause;
      return "done";
    },
  };
};

it("does it again while the database is away", async () => {
  const { calls, work } = failing(3, away());
  expect(await startOnDatabase(hurriedClock(), work)).toBe("done");
  expect(calls()).toBe(4);
});

it("ends at once with a failure that is not the database's", async () => {
  const { calls, work } = failing(1, new Error("a fault of ours"));
  await expect(startOnDatabase(hurriedClock(), work)).rejects.toThrow("a fault of ours");
  expect(calls()).toBe(1);
});

it("gives up on a database that does not come back, with its failure", async () => {
  const clock = hurriedClock();
  const { work } = failing(Number.POSITIVE_INFINITY, away());
  await expect(startOnDatabase(clock, work)).rejects.toThrow("connection timeout");
  expect(clock.now()).toBe(30_000);
});
