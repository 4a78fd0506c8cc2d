import fc from "fast-check";
import { expect, test } from "vitest";
import { ACT_WINDOWS, hashOf, isAdminHash, parseRoute } from "../../../web/src/admin/route.ts";
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
  fc.constant({ page: "lobbies" } as const),
  fc.record({ page: fc.constant("players" as const), query: fc.string() }),
  fc.record({ page: fc.constant("player" as const), playerId: name }),
  fc.record({
    page: fc.constant("acts" as const),
    filter: fc.record({
      by: fc.option(name, { nil: null }),
      act: fc.option(name, { nil: null }),
      within: fc.constantFrom(null, ...ACT_WINDOWS),
    }),
  }),
  fc.record({ page: fc.constant("raffles" as const), status: fc.option(name, { nil: null }) }),
  fc.record({ page: fc.constant("raffle" as const), raffleId: name }),
  fc.record({ page: fc.constant("unclaimed" as const), player: fc.option(name, { nil: null }) }),
  fc.record({
    page: fc.constant("payments" as const),
    filter: fc.record({
      raffle: fc.option(name, { nil: null }),
      player: fc.option(name, { nil: null }),
      provider: fc.option(name, { nil: null }),
      status: fc.option(name, { nil: null }),
    }),
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
  expect(hashOf({ page: "player", playerId: "p_1" })).toBe("#/admin/players/p_1");
  expect(
    hashOf({ page: "acts", filter: { by: "admin", act: "freeze_wallet", within: "day" } }),
  ).toBe("#/admin/acts?by=admin&act=freeze_wallet&within=day");
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
