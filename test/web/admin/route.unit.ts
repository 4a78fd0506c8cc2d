import fc from "fast-check";
import { expect, test } from "vitest";
import { hashOf, isAdminHash, parseRoute } from "../../../web/src/admin/route.ts";
import type { AdminRoute } from "../../../web/src/admin/route.ts";

const name = fc.string({ minLength: 1, unit: "binary" });
const route: fc.Arbitrary<AdminRoute> = fc.oneof(
  fc.constant({ page: "cluster" } as const),
  fc.record({ page: fc.constant("entities" as const), kind: name, prefix: fc.string() }),
  fc.record({
    page: fc.constant("entity" as const),
    kind: name,
    entityId: name,
    version: fc.option(fc.nat(), { nil: null }),
  }),
);

test("every route can be written as a link and read back", () => {
  fc.assert(
    fc.property(route, (route) => {
      const hash = hashOf(route);
      expect(isAdminHash(hash)).toBe(true);
      expect(parseRoute(hash)).toEqual(route);
    }),
  );
});

test("a link reads as it is meant to", () => {
  expect(hashOf({ page: "entity", kind: "wallet", entityId: "p_1", version: 7 })).toBe(
    "#/admin/entities/wallet/p_1?version=7",
  );
  expect(hashOf({ page: "entities", kind: null, prefix: "" })).toBe("#/admin/entities");
});

test("what cannot be read leads to the cluster, a version that is none to the newest", () => {
  expect(parseRoute("#/admin")).toEqual({ page: "cluster" });
  expect(parseRoute("#/admin/nowhere")).toEqual({ page: "cluster" });
  expect(parseRoute("#/admin/entities/wallet/%E0%A4%A?version=-3")).toEqual({
    page: "entity",
    kind: "wallet",
    entityId: "%E0%A4%A",
    version: null,
  });
  expect(isAdminHash("#/administer")).toBe(false);
});
