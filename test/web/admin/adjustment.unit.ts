import fc from "fast-check";
import { expect, test } from "vitest";
import {
  LARGE_AMOUNT_MINOR,
  NO_ADJUSTMENT,
  parseSigned,
  readAdjustment,
} from "../../../web/src/admin/players/adjustment.ts";
import { formatsOf } from "../../../web/src/i18n/formats.ts";

const english = formatsOf("en");
const read = (form: Partial<typeof NO_ADJUSTMENT>, availableMinor = 10_000) => {
  const reading = readAdjustment(
    { ...NO_ADJUSTMENT, reason: "goodwill", ...form },
    availableMinor,
    english,
  );
  return {
    ...reading,
    faults: Object.fromEntries([...reading.faults].map(([field, { key }]) => [field, key])),
  };
};

test.each([
  ["2.50", 250],
  ["+2.50", 250],
  ["+ 2.50 ", 250],
  ["-2.50", -250],
  ["−1,000.00", -100_000],
  ["0", 0],
  ["--1", undefined],
  ["five", undefined],
  ["", undefined],
])("%j is %s minor units", (text, minor) => {
  expect(parseSigned(text, english.parseMoney)).toBe(minor);
});

test("what is written in a language is read back in it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("en", "es"),
      fc.integer({ min: -99_999_999, max: 99_999_999 }),
      (language, minor) => {
        const { parseMoney, signedMoney } = formatsOf(language);
        expect(parseSigned(signedMoney(minor), parseMoney)).toBe(minor);
      },
    ),
  );
});

test("what comes of it is known before it is sent", () => {
  expect(read({ amount: "+25" })).toMatchObject({ amountMinor: 2_500, afterMinor: 12_500 });
  expect(read({ amount: "-100" })).toMatchObject({ afterMinor: 0, faults: {} });
  expect(read({ amount: "-100.01" })).toMatchObject({
    afterMinor: undefined,
    faults: { amount: "adjust.tooMuch" },
  });
});

test("nothing without amount and reason", () => {
  expect(read({ reason: " " }).faults).toEqual({
    amount: "fault.required",
    reason: "fault.required",
  });
  expect(read({ amount: "0" }).faults).toEqual({ amount: "fault.notZero" });
  expect(read({ amount: "1.2.3" }).faults).toEqual({ amount: "fault.money" });
});

test("a large amount has to be typed twice, with its sign", () => {
  const amount = english.signedMoney(LARGE_AMOUNT_MINOR);
  expect(read({ amount: english.money(LARGE_AMOUNT_MINOR - 1) })).toMatchObject({
    isLarge: false,
    faults: {},
  });
  expect(read({ amount }).faults).toEqual({ confirmation: "fault.confirmation" });
  expect(read({ amount, confirmation: `-${amount.slice(1)}` }).faults).toEqual({
    confirmation: "fault.confirmation",
  });
  expect(read({ amount, confirmation: "10000" })).toMatchObject({ isLarge: true, faults: {} });
});
