/** Parts that many requests share. */
import { Schema } from "effect";
import { IdempotencyKey } from "../frames.ts";

/** The header of every command that moves money. The same key with the same body gives the same answer, for ever. */
export const IdempotencyHeader = Schema.Struct({ "x-idempotency-key": IdempotencyKey });

/** The most rows a page has where nothing else is said. */
const MAX_PAGE_ROWS = 200;

/** Where a page ended, as `next_before` has it: a number, the place or the time of its last row. */
export const BeforeNumber = Schema.optional(Schema.String.pipe(Schema.pattern(/^\d{1,15}$/)));

/** The same of lists in which many have one time or number: it, and the rest of what tells one row from the others. */
export const BeforeMark = Schema.optional(
  Schema.String.pipe(Schema.maxLength(200), Schema.pattern(/^\d{1,15}\.[^\0]+$/)),
);

export const PageLimit = (defaultRows: number, mostRows = MAX_PAGE_ROWS) =>
  Schema.optionalWith(Schema.NumberFromString.pipe(Schema.int(), Schema.between(1, mostRows)), {
    default: () => defaultRows,
  });
