import { expect, test } from "vitest";
import { Measurements, durableCostMs } from "../../../web/src/latency/Measurements.ts";
import { finishRun, keepRun } from "../../../web/src/latency/Run.ts";
import type { Run } from "../../../web/src/latency/Run.ts";
import { toCsv, toJson } from "../../../web/src/latency/measurementsFile.ts";

const AT = Date.parse("2031-05-04T12:00:00.000Z");
const PLAN = {
  transport: "both",
  market: "win",
  selection: [1],
  stakeMinor: 100,
  budgetMinor: 1_000,
  pace: { kind: "burst", count: 3 },
} as const;

function measured(): Measurements {
  const measurements = new Measurements();
  measurements.bet({ transport: "websocket", atMs: AT, ms: 4, refused: null });
  measurements.bet({ transport: "rest", atMs: AT + 1, ms: 8, refused: null });
  measurements.bet({ transport: "rest", atMs: AT + 2, ms: 1, refused: "betting_closed" });
  measurements.ping(AT, 1);
  return measurements;
}

test("refusals are counted by code and not timed", () => {
  const { count, maxMs, refusals } = measured().figures("rest");
  expect({ count, maxMs, refusals }).toEqual({
    count: 1,
    maxMs: 8,
    refusals: { betting_closed: 1 },
  });
});

test("durability costs what a bet takes beyond a ping, and never less than nothing", () => {
  const measurements = measured();
  const [bet, ping] = [measurements.figures("rest"), measurements.figures("ping")];
  expect(durableCostMs(bet, ping)).toBe(7);
  expect(durableCostMs(ping, bet)).toBe(0);
  expect(durableCostMs(bet, new Measurements().figures("ping"))).toBeNull();
});

test("a run keeps the lanes that it used, and its rate", () => {
  const run = finishRun(
    { number: 1, startedAtMs: AT, endedAtMs: AT + 500, plan: PLAN, ending: "done" },
    measured(),
  );
  expect(run.perSecond).toBe(4);
  expect(run.lanes.websocket?.count).toBe(1);
  expect(run.lanes.rest?.refusals).toEqual({ betting_closed: 1 });
  const only = finishRun(
    {
      number: 2,
      startedAtMs: AT,
      endedAtMs: AT,
      plan: { ...PLAN, transport: "rest" },
      ending: "done",
    },
    measured(),
  );
  expect(Object.keys(only.lanes)).toEqual(["rest"]);
});

test("the last five runs are kept", () => {
  let runs: readonly Run[] = [];
  for (let number = 1; number <= 7; number += 1) {
    const head = { number, startedAtMs: AT, endedAtMs: AT, plan: PLAN, ending: "done" } as const;
    runs = keepRun(runs, finishRun(head, measured()));
  }
  expect(runs.map(({ number }) => number)).toEqual([3, 4, 5, 6, 7]);
});

test("the CSV has a line for each answer", () => {
  expect(toCsv(measured())).toBe(
    [
      "answered_at,transport,ms,outcome",
      "2031-05-04T12:00:00.000Z,websocket,4.000,accepted",
      "2031-05-04T12:00:00.001Z,rest,8.000,accepted",
      "2031-05-04T12:00:00.002Z,rest,1.000,betting_closed",
      "",
    ].join("\r\n"),
  );
});

test("the JSON has every lane's figures and the runs", () => {
  const file = JSON.parse(toJson(measured(), [], AT)) as {
    lanes: Record<string, { count: number; durableCostMs?: number; bars: unknown[] }>;
  };
  expect(file.lanes["rest"]).toMatchObject({ count: 1, durableCostMs: 7 });
  expect(file.lanes["websocket"]?.bars).toHaveLength(1);
  expect(file.lanes["ping"]).not.toHaveProperty("durableCostMs");
});
