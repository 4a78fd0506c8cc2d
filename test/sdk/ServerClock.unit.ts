import { expect, test } from "vitest";
import { UNSET_CLOCK, applyServerTime, serverNowMs } from "../../sdk/src/ServerClock.ts";

const AT = Date.parse("2025-01-01T00:00:00.000Z");
const told = (ms: number) => new Date(AT + ms).toISOString();

test("of several estimates the one that travelled least counts", () => {
  // The server is five seconds ahead; the frames took 300, 20 and 150 ms.
  let clock = UNSET_CLOCK;
  clock = applyServerTime(clock, { serverTime: told(5_000), nowMs: AT + 300, isFirst: true });
  clock = applyServerTime(clock, { serverTime: told(6_000), nowMs: AT + 1_020, isFirst: false });
  clock = applyServerTime(clock, { serverTime: told(7_000), nowMs: AT + 2_150, isFirst: false });
  expect(serverNowMs(clock, AT)).toBe(AT + 4_980);
});

test("a new connection begins anew, and what is no time is no estimate", () => {
  const before = applyServerTime(UNSET_CLOCK, {
    serverTime: told(9_000),
    nowMs: AT,
    isFirst: true,
  });
  expect(applyServerTime(before, { serverTime: "soon", nowMs: AT, isFirst: true })).toBe(before);
  const after = applyServerTime(before, { serverTime: told(0), nowMs: AT, isFirst: true });
  expect(serverNowMs(after, AT)).toBe(AT);
});
