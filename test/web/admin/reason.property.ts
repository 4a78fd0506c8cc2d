import { Schema } from "effect";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Reason } from "../../../rpc/wallet.ts";
import { faultOfReason } from "../../../web/src/admin/reason.ts";

test("a reason that passes here passes the contract", () => {
  const takes = Schema.is(Reason);
  const characters = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("\u2028", "\t", "a b"),
  );
  fc.assert(
    fc.property(characters, (text) => {
      expect(faultOfReason(text) === null).toBe(takes(text.trim()));
    }),
    { numRuns: 2_000 },
  );
  expect(faultOfReason("x".repeat(201))?.key).toBe("fault.tooLong");
});
