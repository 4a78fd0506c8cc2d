import { expect, test } from "vitest";
import { actsOn, drawCancels, isEditable, split } from "../../../../web/src/admin/raffles/acts.ts";

test("nothing is offered that the raffle's state forbids", () => {
  expect(actsOn({ status: "draft" })).toEqual(["publish", "cancel"]);
  expect(actsOn({ status: "active" })).not.toContain("resume");
  expect(actsOn({ status: "suspended" })).toContain("resume");
  expect(actsOn({ status: "closed" })).toEqual(["draw", "cancel"]);
  expect([...actsOn({ status: "completed" }), ...actsOn({ status: "cancelled" })]).toEqual([]);
});

test("terms can be edited in a draft, or while nobody has a number", () => {
  const raffle = { reserved_count: 0, sold_count: 0 };
  expect(isEditable({ ...raffle, status: "draft" })).toBe(true);
  expect(isEditable({ ...raffle, status: "active" })).toBe(true);
  expect(isEditable({ ...raffle, status: "active", reserved_count: 1 })).toBe(false);
  expect(isEditable({ ...raffle, status: "suspended", sold_count: 1 })).toBe(false);
  expect(isEditable({ ...raffle, status: "closed" })).toBe(false);
});

test("fee and payout are all of the revenue, to the last minor unit", () => {
  const { feeMinor, grossMinor, payoutMinor } = split({
    sold_count: 333,
    ticket_price: 333,
    fee_per_mille: 77,
  });
  expect(grossMinor).toBe(110_889);
  expect(feeMinor).toBe(8_538);
  expect(feeMinor + payoutMinor).toBe(grossMinor);
  // Beyond what a product of doubles keeps exact.
  const large = split({ sold_count: 90_071_992, ticket_price: 99_999_999, fee_per_mille: 500 });
  expect(large.feeMinor + large.payoutMinor).toBe(large.grossMinor);
});

test("a draw with too little sold would cancel", () => {
  const raffle = { total_numbers: 200, min_sold_percent: 10 };
  expect(drawCancels({ ...raffle, sold_count: 19 })).toBe(true);
  expect(drawCancels({ ...raffle, sold_count: 20 })).toBe(false);
  expect(drawCancels({ ...raffle, min_sold_percent: 0, sold_count: 0 })).toBe(true);
});
