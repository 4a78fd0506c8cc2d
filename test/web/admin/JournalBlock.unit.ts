import { expect, test } from "vitest";
import { MAX_ENTRIES, missingPage, withPage } from "../../../web/src/admin/entity/JournalBlock.ts";
import type { JournalBlock } from "../../../web/src/admin/entity/JournalBlock.ts";

/** Entries from `newest` down to `oldest`. */
const entries = (newest: number, oldest: number): JournalBlock =>
  Array.from({ length: newest - oldest + 1 }, (_, index) => ({
    version: newest - index,
    command: "Deposit",
    command_id: `c${newest - index}`,
    by: null,
    request_id: null,
    at: "2026-01-01T00:00:00Z",
    reply: null,
    events: [],
  }));
const span = (block: JournalBlock) => [block[0]?.version, block.at(-1)?.version, block.length];

test("pages that touch or overlap become one piece without a gap", () => {
  expect(span(withPage(entries(100, 51), entries(50, 1)))).toEqual([100, 1, 100]);
  expect(span(withPage(entries(100, 51), entries(110, 61)))).toEqual([110, 51, 60]);
  expect(span(withPage([], entries(9, 1)))).toEqual([9, 1, 9]);
});

test("a page from elsewhere takes the piece's place", () => {
  expect(span(withPage(entries(100, 51), entries(30, 1)))).toEqual([30, 1, 30]);
});

test("what is farthest from the page just read is let go", () => {
  const long = entries(MAX_ENTRIES + 50, 51);
  expect(span(withPage(long, entries(50, 1)))).toEqual([MAX_ENTRIES, 1, MAX_ENTRIES]);
  const newest = MAX_ENTRIES + 60;
  expect(span(withPage(long, entries(newest, newest - 9)))).toEqual([newest, 61, MAX_ENTRIES]);
});

test("the newest page is asked for at first, and when new entries come while they are followed", () => {
  expect(missingPage([], 500, 500, true)).toBeNull();
  expect(missingPage(entries(500, 451), 501, 501, true)).toBeNull();
  expect(missingPage(entries(500, 451), 500, 500, true)).toBeUndefined();
});

test("a version far back is asked for with some that came after it", () => {
  expect(missingPage([], 100, 500, false)).toBe(121);
  expect(missingPage(entries(500, 451), 100, 500, false)).toBe(121);
  expect(missingPage(entries(120, 71), 100, 500, false)).toBeUndefined();
});
