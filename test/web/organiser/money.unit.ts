import { expect, test } from "vitest";
import { hoursOf } from "../../../web/src/organiser/hours.ts";
import { dueMinor, standingOf } from "../../../web/src/organiser/standing.ts";

test("what is due is worked out while numbers sell, rounded for nobody's gain but the organiser's", () => {
  const books = { gross: 1_005, fee: 0, payout: 0 };
  expect(dueMinor({ status: "active", fee_per_mille: 100 }, books)).toEqual({
    feeMinor: 100,
    payoutMinor: 905,
  });
});

test("after the draw it is what was booked", () => {
  const books = { gross: 1_000, fee: 100, payout: 900 };
  expect(dueMinor({ status: "completed", fee_per_mille: 500 }, books)).toEqual({
    feeMinor: 100,
    payoutMinor: 900,
  });
});

test("whether it is paid is said in the words of its state", () => {
  const say = (status: "active" | "completed" | "cancelled", settled: boolean) =>
    standingOf({ status }, { settled });
  expect(say("active", true)).toBe("afterDraw");
  expect([say("completed", false), say("completed", true)]).toEqual(["toBePaid", "paid"]);
  expect([say("cancelled", false), say("cancelled", true)]).toEqual([
    "beingReturned",
    "allReturned",
  ]);
});

test("hours without sales stand at zero, unless they would be nearly all", () => {
  const hour = (iso: string, numbers: number) => ({ hour: iso, numbers });
  const few = [hour("2026-06-01T12:00:00.000Z", 5), hour("2026-06-01T09:00:00.000Z", 2)];
  expect(hoursOf(few).map(({ numbers }) => numbers)).toEqual([2, 0, 0, 5]);
  const far = [hour("2026-01-01T00:00:00.000Z", 1), hour("2026-06-01T00:00:00.000Z", 1)];
  expect(hoursOf(far)).toHaveLength(2);
  expect(hoursOf([])).toEqual([]);
});
