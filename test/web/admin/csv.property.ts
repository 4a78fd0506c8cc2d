/** A table as a spreadsheet reads it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvOf } from "../../../web/src/admin/csv.ts";

const BYTE_ORDER_MARK = "\uFEFF";

/** A reader of RFC 4180, as strict as the text about it. */
function read(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = "", end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const texts = fc.string({ unit: fc.constantFrom(..."ab1,\"\r\n;'=+-@\t é€") });
const widths = fc.integer({ min: 1, max: 4 });

test("is read back, but for the sign before what would be a formula", () => {
  const tables = widths.chain((width) => {
    const rows = fc.array(texts, { minLength: width, maxLength: width });
    return fc.tuple(rows, fc.array(rows, { maxLength: 5 }));
  });
  fc.assert(
    fc.property(tables, ([columns, rows]) => {
      const written = csvOf(columns, rows);
      expect(written.startsWith(BYTE_ORDER_MARK)).toBe(true);
      const found = read(written.slice(1));
      expect(found).toHaveLength(rows.length + 1);
      for (const [at, row] of [columns, ...rows].entries())
        for (const [column, text] of row.entries()) {
          const shown = found[at]?.[column] ?? "missing";
          const isNumber = /^-?\d+(\.\d+)?$/.test(text);
          expect(shown).toBe(/^[=+\-@\t\r]/.test(text) && !isNumber ? `'${text}` : text);
        }
    }),
  );
});

test.each([
  [null, ""],
  [undefined, ""],
  [0, "0"],
  [-1.5, "-1.5"],
  ["-12", "-12"],
  ["9007199254740993", "9007199254740993"],
  [true, "true"],
  ["=1+1", "'=1+1"],
  ["-1+1", "'-1+1"],
  [{ a: [1, "b"] }, '"{""a"":[1,""b""]}"'],
  ["Ana, la «Ñ»", '"Ana, la «Ñ»"'],
])("%j is written as %s", (value, text) => {
  expect(csvOf(["x"], [[value]])).toBe(`${BYTE_ORDER_MARK}x\r\n${text}\r\n`);
});
