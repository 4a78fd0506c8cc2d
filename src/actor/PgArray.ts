/**
 * PostgreSQL arrays in its binary format: the cheapest way to hand a column of many rows to one statement. Measured for
 * the journal's statement, in CPU of the database a bet: 57 µs with JSON parameters, of which 30 went into parsing them.
 *
 * Layout (`array_recv` in PostgreSQL's arrayfuncs.c): dimensions, has-nulls, element type, length and lower bound, then
 * each element's length (−1 for null) and bytes, all integers 32 bits big-endian.
 */

import type { ColumnType } from "./Projection.ts";

/** Column types, with the type of array that carries them. JSON travels as text and is cast. */
const TYPES = {
  text: { oid: 25, array: "text[]" },
  json: { oid: 25, array: "text[]" },
  bigint: { oid: 20, array: "bigint[]" },
  integer: { oid: 23, array: "integer[]" },
  boolean: { oid: 16, array: "boolean[]" },
} as const satisfies Record<ColumnType, { readonly oid: number; readonly array: string }>;

/** The array's type as a statement names it. */
export const arrayTypeOf = (type: ColumnType): string => TYPES[type].array;

const HEADER_BYTES = 20;
const UTF8_BYTES_PER_UNIT = 3;
const TWO_TO_THE_32 = 2 ** 32;

/** One buffer for all arrays, grown as needed: what is encoded is copied out of it. */
let scratch = Buffer.allocUnsafe(1 << 16);

const room = (used: number, bytes: number): void => {
  if (used + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, used + bytes));
  scratch.copy(larger, 0, 0, used);
  scratch = larger;
};

/** A column's values; null and undefined are null. JSON columns take any value that JSON can say. */
export const pgArray = (type: ColumnType, values: ReadonlyArray<unknown>): Buffer => {
  let at = HEADER_BYTES;
  let hasNulls = 0;
  for (const value of values) {
    if (value === null || value === undefined) {
      room(at, 4);
      at = scratch.writeInt32BE(-1, at);
      hasNulls = 1;
    } else at = writeElement(type, value, at);
  }
  scratch.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  scratch.writeInt32BE(hasNulls, 4);
  scratch.writeInt32BE(TYPES[type].oid, 8);
  scratch.writeInt32BE(values.length, 12);
  scratch.writeInt32BE(1, 16);
  // An array without elements has no dimension either.
  return Buffer.from(scratch.subarray(0, values.length === 0 ? 12 : at));
};

const writeElement = (type: ColumnType, value: unknown, at: number): number => {
  switch (type) {
    case "text":
      return writeText(value as string, at);
    case "json":
      return writeText(JSON.stringify(value), at);
    case "bigint": {
      const number = value as number;
      room(at, 12);
      scratch.writeInt32BE(8, at);
      scratch.writeInt32BE(Math.floor(number / TWO_TO_THE_32), at + 4);
      return scratch.writeUInt32BE(number >>> 0, at + 8);
    }
    case "integer":
      room(at, 8);
      scratch.writeInt32BE(4, at);
      return scratch.writeInt32BE(value as number, at + 4);
    case "boolean":
      room(at, 5);
      scratch.writeInt32BE(1, at);
      return scratch.writeUInt8(value === true ? 1 : 0, at + 4);
  }
};

const writeText = (text: string, at: number): number => {
  room(at, 4 + text.length * UTF8_BYTES_PER_UNIT);
  const bytes = scratch.write(text, at + 4, "utf8");
  scratch.writeInt32BE(bytes, at);
  return at + 4 + bytes;
};
