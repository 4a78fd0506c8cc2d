import fc from "fast-check";
import { expect, test } from "vitest";
import { compare, countChanges, unmarked } from "../../../web/src/admin/entity/compare.ts";
import type { Part } from "../../../web/src/admin/entity/compare.ts";
import { isObject } from "../../../web/src/admin/entity/json.ts";
import type { Json } from "../../../web/src/admin/entity/json.ts";

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(fc.integer(), fc.string({ maxLength: 3 }), fc.boolean(), fc.constant(null)),
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("json")),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom("k", "l", "m"), tie("json")), { selector: ([k]) => k })
      .map((entries): Json => entries),
  ),
}));

const same = (a: Json, b: Json) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
/** Fields in one order; the order of a map's entries means nothing either. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(sorted);
    const isMap = compare(undefined, value).shape === "map";
    return isMap
      ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, field]): [string, Json] => [name, sorted(field)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What the tree says was there on one side. */
function side(part: Part, which: "before" | "after"): Json | undefined {
  if (part.change === (which === "before" ? "added" : "removed")) return undefined;
  if (which === "before" && part.was !== undefined) return part.was;
  if (part.shape === "leaf") return part.value;
  const parts = part.parts.flatMap((child): [string, Json][] => {
    // Inside of what has another shape now, everything is new.
    const value = side(child, which);
    return value === undefined ? [] : [[child.name, value]];
  });
  if (part.shape === "object") return Object.fromEntries(parts);
  return part.shape === "map" ? parts : parts.map(([, value]) => value);
}

test("nothing is marked between equals, and something between what differs", () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      expect(countChanges(compare(before, structuredClone(before)))).toBe(0);
      expect(countChanges(compare(before, after)) === 0).toBe(same(before, after));
    }),
  );
});

test("the tree holds both sides: what was and what is can be read off it", () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      const tree = compare(before, after);
      expect(sorted(side(tree, "after") ?? null)).toEqual(sorted(after));
      expect(sorted(side(tree, "before") ?? null)).toEqual(sorted(before));
    }),
  );
});

test("a hold that ended is shown where it stood, and what became null as changed", () => {
  const tree = compare(
    {
      total: 100,
      holds: [
        ["h1", { amount: 5 }],
        ["h2", { amount: 7 }],
      ],
      next: 9,
    },
    { total: 95, holds: [["h2", { amount: 7 }]], next: null },
  );
  const [total, holds, next] = tree.parts;
  expect(total).toMatchObject({ change: "changed", was: 100, value: 95 });
  expect(holds?.parts).toMatchObject([
    { name: "h1", change: "removed" },
    { name: "h2", change: "same" },
  ]);
  expect(next).toMatchObject({ change: "changed", was: 9, value: null });
  expect(countChanges(tree)).toBe(3);
  expect(countChanges(unmarked({ total: 1 }))).toBe(0);
});
