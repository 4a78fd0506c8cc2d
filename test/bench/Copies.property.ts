import * as fc from "fast-check";
import { expect, test } from "vitest";
import { copyName, MARK, planOf, spreadBettors, templateOf } from "../../bench/growth/Copies.ts";
import { TABLES, type Pattern, type World } from "../../bench/growth/World.ts";

const hex = (length: number) =>
  fc.string({ minLength: length, maxLength: length, unit: fc.constantFrom(..."0123456789abcdef") });

/** Ids that differ before their last digits, as random ones do. */
const ids = fc
  .uniqueArray(hex(18), { minLength: 3, maxLength: 8 })
  .map((heads) => heads.map((head) => `p_${head}000000`));

const EMPTY: Pattern = { columns: [], rows: [] };

const worldOf = (names: ReadonlyArray<string>): World => {
  const [lobbyId, visitor, ...bettors] = names as [string, string, ...Array<string>];
  const tables = Object.fromEntries(TABLES.map((table) => [table, EMPTY])) as World["tables"];
  const columns = [
    { name: "entity_id", type: "text" },
    { name: "events", type: "json" },
  ];
  const rows = [
    ...bettors.map((id) => [id, `{"bet":"${lobbyId}:x","by":"${id}"}`]),
    [visitor, null],
    ["admin", "{}"],
  ];
  return { tables: { ...tables, journal: { columns, rows } }, lobbyId, visitor, bettors };
};

test("every copy has ids of its own, the same in all its rows, and what is nobody's is not copied", () => {
  fc.assert(
    fc.property(
      ids,
      fc.uniqueArray(fc.integer({ min: 1, max: 0xff_ff_ff }), { minLength: 2 }),
      (names, copies) => {
        const template = templateOf(worldOf(names));
        const { rows } = template.tables.journal;
        expect(rows.length).toBe(names.length - 2);
        expect(template.visitor.journal.rows.length).toBe(1);
        const seen = new Set<string>();
        for (const copy of copies)
          for (const row of rows) {
            const [id, events] = row.map((text) => text!.replaceAll(MARK, copyName(copy)));
            expect(id).toHaveLength(names[0]!.length);
            expect(JSON.parse(events!)).toEqual({
              bet: `${names[0]!.slice(0, -MARK.length)}${copyName(copy)}:x`,
              by: id,
            });
            seen.add(id!);
          }
        expect(seen.size).toBe(copies.length * rows.length);
      },
    ),
  );
});

test("a plan gives the wallets and nearly the rows that are wanted", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 5_000 }),
      fc.integer({ min: 2, max: 50 }),
      fc.integer({ min: 10, max: 100 }),
      fc.integer({ min: 2, max: 1_000 }),
      (perWorld, bettors, rowsPerWallet, times) => {
        const world = { rows: perWorld + bettors, bettors };
        const rows = world.rows * times;
        const wallets = Math.ceil(rows / rowsPerWallet);
        fc.pre(rows - wallets >= perWorld);
        const plan = planOf({ rows, wallets }, world);
        expect(plan.rows).toBe(plan.worlds * world.rows + plan.visitors);
        expect(plan.wallets).toBe(plan.worlds * bettors + plan.visitors);
        expect(plan.wallets).toBeGreaterThanOrEqual(wallets);
        if (plan.visitors === 0) return;
        expect(plan.wallets).toBe(wallets);
        expect(rows - plan.rows).toBeGreaterThanOrEqual(0);
        expect(rows - plan.rows).toBeLessThan(world.rows);
      },
    ),
  );
});

test("fewer rows than one world's are refused with a sentence", () => {
  expect(() => planOf({ rows: 100, wallets: 10 }, { rows: 2_000, bettors: 20 })).toThrow(
    "fewer than one world's 2000",
  );
});

test("bettors are picked all over, each once, whatever the turn", () => {
  const bettors = ["a", "b", "c"].map((letter) => letter + MARK);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.nat(20),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (worlds, turn, share) => {
        const count = Math.max(1, Math.floor(share * worlds * bettors.length));
        const picked = spreadBettors({ bettors }, { count, turn, worlds });
        expect(new Set(picked).size).toBe(count);
        const copies = picked.map((id) => Number.parseInt(id.slice(1), 16));
        expect(Math.min(...copies)).toBeGreaterThanOrEqual(1);
        expect(Math.max(...copies)).toBeLessThanOrEqual(worlds);
        // The last is in the last part of as many equal parts as are picked.
        expect(copies.at(-1)!).toBeGreaterThanOrEqual(Math.floor(((count - 1) * worlds) / count));
      },
    ),
  );
  expect(() => spreadBettors({ bettors }, { count: 4, worlds: 1 })).toThrow("There are 3 bettors");
});
