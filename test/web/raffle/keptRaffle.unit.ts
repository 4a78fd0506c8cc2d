import { expect, test } from "vitest";
import { gridOf, withChanges } from "../../../sdk/src/raffle/NumberGrid.ts";
import { keepRaffle, keptRaffle } from "../../../web/src/raffle/keptRaffle.ts";
import { memoryStorage } from "../support/memoryStorage.ts";
import { raffleBody } from "../support/raffleBody.ts";

test("the raffle that was looked at last comes back with its numbers, another does not", () => {
  const storage = memoryStorage();
  const grid = withChanges(gridOf(1_001, "", ""), [
    { status: "sold", numbers: [0, 8, 1_000] },
    { status: "reserved", numbers: [7, 9] },
  ]);
  keepRaffle(storage, raffleBody("a", { total_numbers: 1_001 }), grid);
  const kept = keptRaffle(storage, "a");
  expect(kept?.raffle.id).toBe("a");
  expect(kept?.grid.changedSince(grid)).toEqual([]);
  expect(keptRaffle(storage, "b")).toBeNull();
  expect(keptRaffle(memoryStorage(), "a")).toBeNull();
});

test("what was kept in another shape is not shown", () => {
  const storage = memoryStorage();
  keepRaffle(storage, raffleBody("a"), gridOf(10, "", ""));
  const [key = ""] = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? "");
  storage.setItem(key, (storage.getItem(key) ?? "").replace('"sold":"', '"sold":"\\u00e9'));
  expect(keptRaffle(storage, "a")).toBeNull();
});
