import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passesLuhn, readCard, TEST_CARDS } from "../../src/sandbox-card/Card.ts";

const NOW = Date.UTC(2030, 5, 15);
const good = { number: "4242 4242 4242 4242", expiry: "06/30", cvc: "123" };
const read = (fields: Partial<typeof good>) => readCard({ ...good, ...fields }, NOW);

describe("a card", () => {
  it("has a check digit that finds any digit mistyped", () => {
    const digits = fc.stringMatching(/^\d{12,18}$/);
    fc.assert(
      fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (some, at, by) => {
        const check = [..."0123456789"].find((digit) => passesLuhn(some + digit));
        const number = some + check;
        const i = at % number.length;
        const digit = String((Number(number[i]) + by) % 10);
        expect(passesLuhn(number.slice(0, i) + digit + number.slice(i + 1))).toBe(false);
      }),
    );
  });

  it("is one of those on the page, all of them well formed", () => {
    expect(TEST_CARDS.size).toBe(6);
    for (const number of TEST_CARDS.keys()) {
      expect(passesLuhn(number)).toBe(true);
      expect(read({ number })).toMatchObject({ card: { number } });
    }
  });

  it.each([
    [{ number: "4242-4242-4242-4242" }, undefined],
    [{ number: "" }, { number: "number_incomplete" }],
    [{ number: "4242 4242" }, { number: "number_incomplete" }],
    [{ number: "4242 4242 4242 4243" }, { number: "number_mistyped" }],
    [{ number: "5555 5555 5555 4444" }, { number: "number_unknown" }],
    [{ expiry: "6/30" }, undefined],
    [{ expiry: "06 / 2030" }, undefined],
    [{ expiry: "0630" }, undefined],
    [{ expiry: "05/30" }, { expiry: "expiry_past" }],
    [{ expiry: "12/29" }, { expiry: "expiry_past" }],
    [{ expiry: "13/30" }, { expiry: "expiry_unreadable" }],
    [{ expiry: "" }, { expiry: "expiry_unreadable" }],
    [{ cvc: "1234" }, undefined],
    [{ cvc: "12" }, { cvc: "cvc_unreadable" }],
    [{ cvc: "12a" }, { cvc: "cvc_unreadable" }],
  ])("with %o: %o", (fields, problems) => {
    const outcome = read(fields);
    if (problems === undefined) expect(outcome).toHaveProperty("card");
    else expect(outcome).toEqual({ problems });
  });

  it("is good until the month on it is over", () => {
    const at = (now: number) => readCard(good, now);
    expect(at(Date.UTC(2030, 6, 1) - 1)).toHaveProperty("card");
    expect(at(Date.UTC(2030, 6, 1))).toEqual({ problems: { expiry: "expiry_past" } });
  });
});
