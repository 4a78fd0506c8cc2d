/** Parts that many requests share. */
import { Schema } from "effect";
import { IdempotencyKey } from "../frames.ts";

/** The header of every command that moves money. The same key with the same body gives the same answer, for ever. */
export const IdempotencyHeader = Schema.Struct({ "x-idempotency-key": IdempotencyKey });

/** The most rows one page has. */
const MAX_PAGE_ROWS = 200;

export const PageLimit = (defaultRows: number) =>
  Schema.optionalWith(
    Schema.NumberFromString.pipe(Schema.int(), Schema.between(1, MAX_PAGE_ROWS)),
    { default: () => defaultRows },
  );
