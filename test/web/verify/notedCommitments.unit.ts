import { expect, test } from "vitest";
import { noteCommitment, notedCommitment } from "../../../web/src/verify/notedCommitments.ts";
import type { NoteStorage } from "../../../web/src/proof/noted.ts";
import { HONEST } from "./account.ts";

/** A browser's storage, with room for so many characters a value. */
function storageOf(room = Infinity): NoteStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new RangeError("the quota is exceeded");
      kept.set(key, value);
    },
  };
}

const shown = (raceId: string, commitment = "c0") => ({
  raceId,
  commitment,
  runners: HONEST.field,
});

test("what was seen first is kept, whatever is shown later", () => {
  const storage = storageOf();
  expect(noteCommitment(storage, shown("r1", "first"), 5)).toBe(true);
  expect(noteCommitment(storage, shown("r1", "second"), 9)).toBe(true);
  expect(notedCommitment(storage, "r1")).toMatchObject({ commitment: "first", notedAtMs: 5 });
  expect(notedCommitment(storage, "r2")).toBeNull();
});

test("the form is noted whatever the order of the runners", () => {
  const storage = storageOf();
  noteCommitment(storage, shown("r1"), 0);
  noteCommitment(storage, { ...shown("r2"), runners: HONEST.field.toReversed() }, 0);
  expect(notedCommitment(storage, "r1")?.form).toBe(notedCommitment(storage, "r2")?.form);
});

test("the newest 200 are kept", () => {
  const storage = storageOf();
  for (let race = 0; race < 210; race += 1) noteCommitment(storage, shown(`r${race}`), race);
  expect(notedCommitment(storage, "r9")).toBeNull();
  expect(notedCommitment(storage, "r10")).not.toBeNull();
  expect(notedCommitment(storage, "r209")).not.toBeNull();
});

test("a storage that is full or holds something else is no error", () => {
  expect(noteCommitment(storageOf(10), shown("r1"), 0)).toBe(false);
  const storage = storageOf();
  storage.setItem("croupier.noted", '[{"raceId":1}]');
  expect(notedCommitment(storage, "r1")).toBeNull();
  expect(noteCommitment(storage, shown("r1"), 0)).toBe(true);
  expect(notedCommitment(storage, "r1")).not.toBeNull();
});
