import { expect, test } from "vitest";
import { forgetKnown, keepKnown, lastKnown } from "../../../web/src/offline/LastKnown.ts";
import { fakeStorage } from "../shell/fakeStorage.ts";

const isNumbers = (body: unknown): body is readonly number[] =>
  Array.isArray(body) && body.every((value) => typeof value === "number");

test("what was known comes back with its age", () => {
  const storage = fakeStorage();
  keepKnown(storage, "lobbies", [1, 2], { nowMs: 77 });
  expect(lastKnown(storage, "lobbies", isNumbers)).toEqual({ atMs: 77, body: [1, 2] });
});

test("another shape, or none that can be read, is not known", () => {
  const storage = fakeStorage();
  expect(lastKnown(storage, "lobbies", isNumbers)).toBeNull();
  keepKnown(storage, "lobbies", ["one"], { nowMs: 77 });
  expect(lastKnown(storage, "lobbies", isNumbers)).toBeNull();
  storage.setItem("croupier.known.lobbies", "{");
  expect(lastKnown(storage, "lobbies", isNumbers)).toBeNull();
});

test("what is one player's is no other's, and goes with the seat; what is everyone's stays", () => {
  const storage = fakeStorage();
  keepKnown(storage, "statement", [1], { nowMs: 1, playerId: "ada" });
  keepKnown(storage, "lobbies", [2], { nowMs: 1 });
  storage.setItem("croupier.theme", "dark");
  expect(lastKnown(storage, "statement", isNumbers, "bob")).toBeNull();
  expect(lastKnown(storage, "statement", isNumbers)).toBeNull();
  forgetKnown(storage);
  expect(lastKnown(storage, "statement", isNumbers, "ada")).toBeNull();
  expect(lastKnown(storage, "lobbies", isNumbers)).not.toBeNull();
  expect(storage.getItem("croupier.theme")).toBe("dark");
});

test("a storage that takes nothing more is no reason to fail", () => {
  const storage = fakeStorage();
  keepKnown(storage, "lobbies", [1], { nowMs: 1 });
  const full = Object.assign(Object.create(storage) as Storage, {
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
    getItem: storage.getItem,
    removeItem: storage.removeItem,
  });
  keepKnown(full, "lobbies", [2], { nowMs: 2 });
  expect(lastKnown(storage, "lobbies", isNumbers)).toBeNull();
});
