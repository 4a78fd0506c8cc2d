import { expect, test } from "vitest";
import type { Plan } from "../../../web/src/latency/Plan.ts";
import { PUMP_MS, createSimulator } from "../../../web/src/latency/Simulator.ts";
import type { Attempt, Refusal } from "../../../web/src/latency/Simulator.ts";

const PLAN: Plan = {
  transport: "websocket",
  market: "win",
  selection: [1],
  stakeMinor: 100,
  budgetMinor: 100_000,
  pace: { kind: "burst", count: 20 },
};

const refusal = (code: string): Refusal => ({ code });

/** A simulator with a clock and a server that the test moves. */
function stage(changes: Partial<Plan> = {}) {
  let nowMs = 0;
  let keys = 0;
  let race: string | null = "r1";
  const sent: (Attempt & { readonly atMs: number })[] = [];
  const open: ((refusal: Refusal | null) => void)[] = [];
  const simulator = createSimulator({
    plan: { ...PLAN, ...changes },
    nowMs: () => nowMs,
    makeKey: () => `key-${(keys += 1)}`,
    openRace: () => race,
    place: (attempt) =>
      new Promise((resolve) => {
        sent.push({ ...attempt, atMs: nowMs });
        open.push(resolve);
      }),
    onProgress: () => undefined,
  });
  return {
    simulator,
    sent,
    setRace: (next: string | null) => {
      race = next;
    },
    /** Answers the oldest unanswered ones. */
    answer: async (count: number, with_: Refusal | null = null) => {
      for (const resolve of open.splice(0, count)) resolve(with_);
      await Promise.resolve();
      await Promise.resolve();
    },
    unanswered: () => open.length,
    pass: (ms: number) => {
      for (const end = nowMs + ms; nowMs < end;) {
        nowMs += PUMP_MS;
        simulator.pump();
      }
    },
  };
}

test("a burst is made at once, each with a key of its own, and ends when all are answered", async () => {
  const { simulator, sent, answer } = stage();
  simulator.pump();
  expect(sent).toHaveLength(20);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(20);
  await answer(19);
  simulator.pump();
  expect(simulator.progress()).toMatchObject({ status: "running", accepted: 19, inFlight: 1 });
  await answer(1);
  simulator.pump();
  expect(simulator.progress()).toMatchObject({ status: "ended", ending: "done", accepted: 20 });
});

test("no more are in flight than the server should be asked for at once", async () => {
  const { simulator, sent, unanswered, answer } = stage({ pace: { kind: "burst", count: 200 } });
  simulator.pump();
  const atOnce = unanswered();
  expect(atOnce).toBeLessThan(200);
  await answer(10);
  simulator.pump();
  expect(unanswered()).toBe(atOnce);
  expect(sent).toHaveLength(atOnce + 10);
});

test("a steady rate is kept, and what a pause held back is not made up for", async () => {
  const { sent, setRace, pass, simulator, answer } = stage({
    pace: { kind: "rate", perSecond: 10 },
  });
  pass(1_000);
  await answer(100);
  expect(sent.length).toBeGreaterThanOrEqual(10);
  expect(sent.length).toBeLessThanOrEqual(11);
  setRace(null);
  const before = sent.length;
  pass(5_000);
  expect(sent).toHaveLength(before);
  expect(simulator.progress().status).toBe("waiting");
  setRace("r2");
  pass(1_000);
  expect(sent.length - before).toBeLessThanOrEqual(12);
  expect(sent.at(-1)?.raceId).toBe("r2");
});

test("what is unanswered counts towards the budget; a refusal gives it back", async () => {
  const { simulator, sent, answer } = stage({
    budgetMinor: 350,
    pace: { kind: "burst", count: 10 },
  });
  simulator.pump();
  expect(sent).toHaveLength(3);
  await answer(1, refusal("stake_below_min"));
  simulator.pump();
  expect(sent).toHaveLength(4);
  expect(simulator.progress().committedMinor).toBe(300);
  await answer(3);
  simulator.pump();
  expect(simulator.progress()).toMatchObject({
    status: "ended",
    ending: "budget",
    accepted: 3,
    committedMinor: 300,
  });
});

test("a bet given up unanswered may be placed, so its stake stays spent", async () => {
  const { simulator, answer } = stage({ budgetMinor: 200, pace: { kind: "burst", count: 10 } });
  simulator.pump();
  await answer(1, refusal("abandoned"));
  await answer(1);
  simulator.pump();
  expect(simulator.progress()).toMatchObject({
    ending: "budget",
    accepted: 1,
    committedMinor: 200,
  });
});

test("told to slow down it waits, halves its rate and asks again with the same key", async () => {
  const { simulator, sent, answer, pass } = stage({
    transport: "rest",
    pace: { kind: "rate", perSecond: 20 },
  });
  simulator.pump();
  expect(sent).toHaveLength(1);
  await answer(1, refusal("rate_limited"));
  expect(simulator.progress()).toMatchObject({ status: "backing_off", perSecond: 10, inFlight: 1 });
  pass(900);
  expect(sent).toHaveLength(1);
  pass(200);
  expect(sent.length).toBeGreaterThan(1);
  expect(sent[1]?.key).toBe(sent[0]?.key);
});

test("insufficient funds end it; bets refused in a row end it; a closed race does not", async () => {
  const poor = stage();
  poor.simulator.pump();
  await poor.answer(20, refusal("insufficient_funds"));
  expect(poor.simulator.progress()).toMatchObject({ status: "ended", ending: "funds" });

  const wrong = stage({ pace: { kind: "rate", perSecond: 10 } });
  for (let i = 0; i < 10; i += 1) {
    wrong.pass(120);
    await wrong.answer(5, refusal("invalid_selection"));
  }
  expect(wrong.simulator.progress()).toMatchObject({
    status: "ended",
    ending: "refusals",
    refused: 5,
  });

  const closed = stage({ pace: { kind: "rate", perSecond: 10 } });
  for (let i = 0; i < 10; i += 1) {
    closed.pass(120);
    await closed.answer(5, refusal("betting_closed"));
  }
  expect(closed.simulator.progress()).toMatchObject({ status: "running", ending: null });
});

test("stopped, it makes nothing more, but asks again for bets whose outcome is not known", async () => {
  const { simulator, sent, answer, pass } = stage({
    transport: "rest",
    pace: { kind: "burst", count: 2 },
  });
  simulator.pump();
  await answer(1, refusal("offline"));
  simulator.stop("stopped");
  expect(simulator.progress()).toMatchObject({ status: "draining", inFlight: 2 });
  await answer(1);
  pass(1_100);
  expect(sent.map(({ key }) => key)).toEqual(["key-1", "key-2", "key-1"]);
  await answer(1);
  expect(simulator.progress()).toMatchObject({ status: "ended", ending: "stopped", accepted: 2 });
});

test("stopped while told to slow down, it does not ask again for what was surely not placed", async () => {
  const { simulator, sent, answer } = stage({
    transport: "rest",
    pace: { kind: "burst", count: 2 },
  });
  simulator.pump();
  await answer(2, refusal("rate_limited"));
  simulator.stop("hidden");
  expect(simulator.progress()).toMatchObject({ status: "ended", ending: "hidden", refused: 2 });
  expect(simulator.progress().committedMinor).toBe(0);
  expect(sent).toHaveLength(2);
});

test("both transports take turns", () => {
  const { simulator, sent } = stage({ transport: "both", pace: { kind: "burst", count: 4 } });
  simulator.pump();
  expect(sent.map(({ transport }) => transport)).toEqual([
    "websocket",
    "rest",
    "websocket",
    "rest",
  ]);
});
