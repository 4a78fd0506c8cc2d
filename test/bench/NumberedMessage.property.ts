import * as fc from "fast-check";
import { expect, test } from "vitest";
import { NUMBER_SLOT, numberText, NumberedMessage } from "../../bench/load/NumberedMessage.ts";

test("every slot gets the number, and nothing else changes", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string().map((text) => text.replaceAll("#", "-")),
        { minLength: 1, maxLength: 4 },
      ),
      fc.integer({ min: 0, max: 999_999_999_999 }),
      fc.nat(20),
      (parts, number, offset) => {
        const message = new NumberedMessage(Buffer.from(parts.join(NUMBER_SLOT)));
        const target = Buffer.alloc(offset + message.length + 1, "~");
        const end = message.write(number, target, offset);
        expect(target.toString("utf8", offset, end)).toBe(parts.join(numberText(number)));
        expect(target.subarray(0, offset).every((byte) => byte === 0x7e)).toBe(true);
        expect(target[end]).toBe(0x7e);
      },
    ),
  );
});
