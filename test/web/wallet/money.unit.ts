import fc from "fast-check";
import { expect, test } from "vitest";
import { formatMoney, parseMoney } from "../../../web/src/wallet/money.ts";

test("amounts read as people write them", () => {
  expect(formatMoney(0)).toBe("0.00");
  expect(formatMoney(5)).toBe("0.05");
  expect(formatMoney(123_456_789)).toBe("1,234,567.89");
  expect(formatMoney(-250)).toBe("−2.50");
  expect(formatMoney(Number.MAX_SAFE_INTEGER)).toBe("90,071,992,547,409.91");
});

test("what was typed is taken to the unit, or not at all", () => {
  expect(parseMoney(" 2.50 ")).toBe(250);
  expect(parseMoney("2,5")).toBe(250);
  expect(parseMoney("2")).toBe(200);
  expect(parseMoney("1.15")).toBe(115);
  for (const text of ["", ".", "2.", ".5", "-1", "1e3", "2.505", "1 000", "abc", "1234567890"]) {
    expect(parseMoney(text), text).toBeUndefined();
  }
});

test("an amount without separators reads back as itself", () => {
  fc.assert(
    fc.property(fc.nat(99_999_999_999), (minor) => {
      expect(parseMoney(formatMoney(minor).replaceAll(",", ""))).toBe(minor);
    }),
  );
});
