import fc from "fast-check";
import { expect, test } from "vitest";
import { startOf, withNewest, withOlder } from "../../../web/src/wallet/Statement.ts";

const PAGE = 5;
const line = (n: number) => ({
  line_id: `${n}`,
  at: "2030-01-01T00:00:00.000Z",
  purpose: "deposit",
  account: "player:p:available",
  counter_account: "provider:x",
  amount: 1,
  balance_total: n,
  balance_locked: 0,
  ref: `r${n}`,
});
/** The server's page of a wallet with lines 1 to `newest`, below `before`. */
const page = (newest: number, before = newest + 1) => {
  const lines = [];
  for (let n = before - 1; n >= 1 && lines.length < PAGE; n -= 1) lines.push(line(n));
  return { lines, next_before: lines.length === PAGE ? (lines.at(-1)?.line_id ?? null) : null };
};

const step = fc.oneof(
  fc.record({ kind: fc.constant("news" as const), count: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ kind: fc.constant("older" as const), count: fc.constant(0) }),
);

test("however news and older pages come, the lines are whole, in order, and the rest is asked for from where they end", () => {
  fc.assert(
    fc.property(fc.nat(20), fc.array(step, { maxLength: 25 }), (start, steps) => {
      let newest = start;
      let statement = startOf(page(newest));
      for (const { kind, count } of steps) {
        if (kind === "news") {
          newest += count;
          statement = withNewest(statement, page(newest));
        } else if (statement.nextBefore !== null) {
          statement = withOlder(statement, page(newest, Number(statement.nextBefore)));
        }
        const ids = statement.lines.map(({ line_id: id }) => Number(id));
        expect(ids).toEqual(ids.map((_, index) => newest - index));
        if (statement.nextBefore === null) expect(ids.length).toBe(newest);
        else expect(statement.nextBefore).toBe(statement.lines.at(-1)?.line_id);
      }
    }),
  );
});

test("a page that comes twice adds nothing", () => {
  const statement = withOlder(startOf(page(9)), page(9, 5));
  expect(withOlder(statement, page(9, 5)).lines).toEqual(statement.lines);
  expect(withNewest(statement, page(9))).toBe(statement);
});
