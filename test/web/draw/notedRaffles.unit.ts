import { expect, test } from "vitest";
import { noteRaffle, notedRaffle } from "../../../web/src/draw/notedRaffles.ts";
import type { OnSale } from "../../../web/src/draw/notedRaffles.ts";
import { fakeStorage } from "../shell/fakeStorage.ts";

const raffle: OnSale = { id: "r1", status: "active", commitment: "aa", beacon: null };

test("what was seen first is kept, whatever is shown later", () => {
  const storage = fakeStorage();
  noteRaffle(storage, raffle, 1);
  noteRaffle(storage, { ...raffle, commitment: "bb" }, 2);
  expect(notedRaffle(storage, "r1")).toEqual({
    raffleId: "r1",
    commitment: "aa",
    chainHash: "",
    notedAtMs: 1,
  });
  expect(notedRaffle(storage, "r2")).toBeNull();
});

test("a raffle that is not on sale proves nothing by being seen", () => {
  const storage = fakeStorage();
  for (const status of ["draft", "closed", "completed", "cancelled"] as const) {
    noteRaffle(storage, { ...raffle, status }, 1);
  }
  noteRaffle(storage, { ...raffle, commitment: null }, 1);
  expect(notedRaffle(storage, "r1")).toBeNull();
  noteRaffle(storage, { ...raffle, status: "suspended" }, 1);
  expect(notedRaffle(storage, "r1")).not.toBeNull();
});

test("a storage that keeps something else, or nothing, is no harm", () => {
  const storage = fakeStorage();
  storage.setItem("croupier.noted.raffles", "{");
  expect(notedRaffle(storage, "r1")).toBeNull();
  noteRaffle(storage, raffle, 1);
  expect(notedRaffle(storage, "r1")?.commitment).toBe("aa");
});
