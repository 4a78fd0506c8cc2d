import { expect, test } from "vitest";
import { gridOf } from "../../../sdk/src/index.ts";
import { keepRaffle, knownRaffle } from "../../../web/src/offline/knownRaffle.ts";
import { bits, RAFFLE } from "../../sdk/support/raffles.ts";
import { fakeStorage } from "../shell/fakeStorage.ts";

const seen = (id: string, sold: readonly number[]) => ({
  raffle: { ...RAFFLE, id },
  grid: gridOf(RAFFLE.total_numbers, bits([5]), bits(sold)),
});

test("a raffle comes back with its age and what was sold; what was reserved is free", () => {
  const storage = fakeStorage();
  keepRaffle(storage, seen("r", [3, 19]), { nowMs: 77 });
  const known = knownRaffle(storage, "r");
  expect(known?.atMs).toBe(77);
  expect(known?.body.raffle).toMatchObject({
    id: "r",
    title: RAFFLE.title,
    sold_count: 2,
    reserved_count: 0,
    available_count: 18,
  });
  expect([3, 5, 19].map((number) => known?.body.grid.status(number))).toEqual([
    "sold",
    "available",
    "sold",
  ]);
  expect(knownRaffle(storage, "other")).toBeNull();
});

test("of many the five looked at last are kept, each as it stood last", () => {
  const storage = fakeStorage();
  for (let n = 1; n <= 6; n += 1) keepRaffle(storage, seen(`r${n}`, [n]), { nowMs: n });
  keepRaffle(storage, seen("r2", [9]), { nowMs: 7 });
  expect([1, 2, 3, 4, 5, 6].map((n) => knownRaffle(storage, `r${n}`)?.atMs)).toEqual([
    undefined,
    7,
    3,
    4,
    5,
    6,
  ]);
  expect(knownRaffle(storage, "r2")?.body.grid.changedSince(gridOf(20, "", bits([9])))).toEqual([]);
});

test("what is kept in another shape is not known", () => {
  const storage = fakeStorage();
  keepRaffle(storage, seen("r", [3]), { nowMs: 1 });
  const key = Object.keys(storage).find((name) => name.startsWith("croupier.known.")) ?? "";
  storage.setItem(key, storage.getItem(key)?.replace(/"sold":"[^"]*"/, '"sold":"?"') ?? "");
  expect(knownRaffle(storage, "r")).toBeNull();
});
