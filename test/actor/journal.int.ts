/** The contract of a journal, kept by the one in memory and the one in PostgreSQL. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Journal } from "../../src/actor/Journal.ts";
import { CounterChange, CounterTotal } from "../support/Counter.ts";
import {
  append,
  load,
  openMemoryJournal,
  openPgJournal,
  type OpenJournal,
  versionsOf,
} from "../support/journals.ts";

const committed = { _tag: "Committed" };
const conflicted = (...conflicts: ReadonlyArray<readonly [string, "fence" | "duplicate"]>) => ({
  _tag: "Conflicted",
  conflicts: conflicts.map(([entityId, reason]) => ({ kind: "counter", entityId, reason })),
});
const total = (counterId: string, value: number) => ({
  projection: CounterTotal,
  row: { counter_id: counterId, total: value },
});
const change = (counterId: string, number: number, note: string | null = null) => ({
  projection: CounterChange,
  row: { counter_id: counterId, change: number, note },
});

describe.each([
  { where: "in memory", openJournal: openMemoryJournal },
  { where: "in PostgreSQL", openJournal: openPgJournal },
])("a journal $where", ({ openJournal }) => {
  let opened: OpenJournal;
  let journal: Journal;

  beforeEach(async () => {
    opened = await openJournal();
    journal = opened.journal;
  });
  afterEach(() => opened.close());

  describe("commit", () => {
    it("writes a batch of several entities, and gives back all of an entry", async () => {
      const first = append("a", 1, {
        fingerprint: "f",
        events: [
          { _tag: "Added", amount: 1 },
          { _tag: "Added", amount: 2 },
        ],
        reply: { ok: false, error: { _tag: "OverLimit", limit: 1, total: 0 } },
        by: "player",
        requestId: "request",
      });
      const internal = append("a", 2, { commandId: "~Ring:2", reply: null });
      expect(await journal.commit([first, append("b", 1), internal])).toEqual(committed);
      const { entries } = await load(journal, "a");
      const { at, commandId, events, fingerprint, reply, version } = first.entry;
      expect(entries[0]).toMatchObject({ at, commandId, events, fingerprint, reply, version });
      expect(entries[1]).toMatchObject({ version: 2, commandId: "~Ring:2", reply: null });
      expect(await versionsOf(journal, "b")).toEqual([1]);
    });

    it("keeps text as it is, quotes, backslashes and all scripts", async () => {
      const note = `"it's" \\ \n\t{} $1 – ✓ 🐎`;
      const entityId = `a'b"c\\d|e`;
      const entry = append(entityId, 1, { events: [{ note }], rows: [change(entityId, 1, note)] });
      expect(await journal.commit([entry])).toEqual(committed);
      expect((await load(journal, entityId)).entries[0]?.events).toEqual([{ note }]);
      expect(await opened.rowsOf("counter_change")).toEqual([
        { counter_id: entityId, change: 1, note },
      ]);
    });

    it("refuses a version that is taken, and with it the whole batch", async () => {
      await journal.commit([append("a", 1)]);
      const late = append("a", 1, { commandId: "other", alarmDueAt: 5, rows: [total("a", 9)] });
      expect(await journal.commit([append("b", 1), late])).toEqual(conflicted(["a", "fence"]));
      expect(await versionsOf(journal, "b")).toEqual([]);
      expect(await opened.rowsOf("counter_total")).toEqual([]);
      expect((await load(journal, "a")).alarmDueAt).toBeUndefined();
    });

    it("refuses a command id that the entity has carried out, but not another entity's", async () => {
      await journal.commit([append("a", 1, { commandId: "once" })]);
      const again = append("a", 2, { commandId: "once" });
      expect(await journal.commit([again])).toEqual(conflicted(["a", "duplicate"]));
      expect(await journal.commit([append("b", 1, { commandId: "once" })])).toEqual(committed);
    });

    it("names the guilty entities only, each once, a duplicate before a fence", async () => {
      await journal.commit([append("a", 1), append("b", 1, { commandId: "once" }), append("c", 1)]);
      const result = await journal.commit([
        append("good", 1),
        append("a", 1, { commandId: "fenced" }),
        append("b", 1, { commandId: "fenced" }),
        append("b", 2, { commandId: "once" }),
        append("c", 2, { commandId: "fine" }),
      ]);
      const conflicts =
        result._tag === "Conflicted"
          ? result.conflicts.toSorted((one, other) => (one.entityId < other.entityId ? -1 : 1))
          : [];
      expect(conflicts).toEqual(conflicted(["a", "fence"], ["b", "duplicate"]).conflicts);
      expect(await versionsOf(journal, "good")).toEqual([]);
      expect(await versionsOf(journal, "c")).toEqual([1]);
    });

    it("refuses a batch that contradicts itself, as a defect", async () => {
      const twice = [append("a", 1), append("a", 1, { commandId: "other" })];
      expect(await journal.commit(twice)).toMatchObject({ _tag: "Refused" });
      const repeated = [append("a", 1), append("a", 2, { commandId: "1" })];
      expect(await journal.commit(repeated)).toMatchObject({ _tag: "Refused" });
      expect(await versionsOf(journal, "a")).toEqual([]);
    });

    it("sets an alarm, leaves it, moves it and takes it away", async () => {
      const alarmDueAt = async () => (await load(journal, "a")).alarmDueAt;
      await journal.commit([append("a", 1, { alarmDueAt: 500 })]);
      expect(await alarmDueAt()).toBe(500);
      await journal.commit([append("a", 2)]);
      expect(await alarmDueAt()).toBe(500);
      await journal.commit([append("a", 3, { alarmDueAt: 700 })]);
      expect(await alarmDueAt()).toBe(700);
      await journal.commit([append("a", 4, { alarmDueAt: null })]);
      expect(await alarmDueAt()).toBeUndefined();
    });

    it("keeps the last alarm that a batch sets", async () => {
      await journal.commit([
        append("a", 1, { alarmDueAt: 500 }),
        append("a", 2, { alarmDueAt: null }),
        append("a", 3, { alarmDueAt: 300 }),
        append("a", 4),
      ]);
      expect((await load(journal, "a")).alarmDueAt).toBe(300);
    });

    it("upserts rows: the last of a key wins, within a batch and over batches", async () => {
      await journal.commit([
        append("a", 1, { rows: [total("a", 1), total("b", 5)] }),
        append("a", 2, { rows: [total("a", 2)] }),
      ]);
      await journal.commit([append("a", 3, { rows: [total("a", 3)] })]);
      const rows = (await opened.rowsOf("counter_total")).map((row) => ({
        ...row,
        total: Number(row["total"]),
      }));
      expect(rows).toHaveLength(2);
      expect(rows).toEqual(
        expect.arrayContaining([
          { counter_id: "a", total: 3 },
          { counter_id: "b", total: 5 },
        ]),
      );
    });

    it("inserts rows once: a key written again is refused, and the batch with it", async () => {
      await journal.commit([append("a", 1, { rows: [change("a", 1), change("a", 2)] })]);
      const again = append("a", 2, { rows: [change("a", 2)] });
      expect(await journal.commit([again, append("b", 1)])).toMatchObject({ _tag: "Refused" });
      const both = append("a", 2, { rows: [change("a", 3), change("a", 3)] });
      expect(await journal.commit([both])).toMatchObject({ _tag: "Refused" });
      expect(await versionsOf(journal, "a")).toEqual([1]);
      expect(await versionsOf(journal, "b")).toEqual([]);
      expect(await opened.rowsOf("counter_change")).toHaveLength(2);
    });
  });

  describe("load", () => {
    const save = (version: number, revision = 1, state: object = { version }) =>
      journal.saveSnapshots([{ kind: "counter", entityId: "a", version, revision, state }]);
    const loadedVersions = async (options?: {
      recentReplies?: number;
      snapshotRevision?: number;
    }) => (await load(journal, "a", options)).entries.map((entry) => entry.version);

    beforeEach(() => journal.commit([1, 2, 3, 4, 5, 6].map((version) => append("a", version))));

    it("answers for entities that nobody has written yet", async () => {
      const request = { recentReplies: 2, snapshotRevision: 1 };
      const loaded = await journal.load([
        { kind: "counter", entityId: "a", ...request },
        { kind: "counter", entityId: "new", ...request },
        { kind: "other", entityId: "a", ...request },
      ]);
      expect(loaded.map(({ entityId, entries, kind }) => [kind, entityId, entries.length])).toEqual(
        [
          ["counter", "a", 6],
          ["counter", "new", 0],
          ["other", "a", 0],
        ],
      );
      expect(loaded[1]).toMatchObject({ snapshot: undefined, alarmDueAt: undefined });
    });

    it("gives the snapshot and only the entries after it", async () => {
      await save(4);
      expect((await load(journal, "a")).snapshot).toEqual({ version: 4, state: { version: 4 } });
      expect(await loadedVersions()).toEqual([5, 6]);
    });

    it("gives entries before the snapshot whose replies are wanted", async () => {
      await save(4);
      expect(await loadedVersions({ recentReplies: 1 })).toEqual([5, 6]);
      expect(await loadedVersions({ recentReplies: 3 })).toEqual([4, 5, 6]);
      expect(await loadedVersions({ recentReplies: 100 })).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it("leaves a snapshot of another revision unread", async () => {
      await save(4, 1);
      expect((await load(journal, "a", { snapshotRevision: 2 })).snapshot).toBeUndefined();
      expect(await loadedVersions({ snapshotRevision: 2 })).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it("keeps the newest snapshot of a revision, and the newest revision written", async () => {
      const snapshot = async (snapshotRevision: number) =>
        (await load(journal, "a", { snapshotRevision })).snapshot;
      await save(4);
      await save(3, 1, { late: true });
      expect(await snapshot(1)).toEqual({ version: 4, state: { version: 4 } });
      await save(5);
      expect(await snapshot(1)).toMatchObject({ version: 5 });
      await save(5, 2, { shape: "new" });
      expect(await snapshot(1)).toBeUndefined();
      expect(await snapshot(2)).toEqual({ version: 5, state: { shape: "new" } });
    });
  });

  it("finds a command's reply, however many came after it", async () => {
    const reply = { ok: false, error: { _tag: "OverLimit" } } as const;
    await journal.commit([append("a", 1, { commandId: "old", fingerprint: "f", reply })]);
    await journal.commit([2, 3, 4].map((version) => append("a", version)));
    const key = { kind: "counter", entityId: "a" };
    expect(await journal.findCommand(key, "old")).toMatchObject({ fingerprint: "f", reply });
    expect(await journal.findCommand(key, "never")).toBeUndefined();
    expect(await journal.findCommand({ ...key, entityId: "b" }, "old")).toBeUndefined();
  });

  it("lists overdue alarms, the longest overdue first, as many as wanted", async () => {
    await journal.commit([
      append("third", 1, { alarmDueAt: 300 }),
      append("first", 1, { alarmDueAt: 100 }),
      append("later", 1, { alarmDueAt: 400 }),
      append("second", 1, { alarmDueAt: 200 }),
      append("never", 1, { alarmDueAt: null }),
      append("none", 1),
    ]);
    const names = async (before: number, limit: number, skip?: number) =>
      (await journal.overdueAlarms(before, limit, skip)).map(({ entityId }) => entityId);
    expect(await names(400, 10)).toEqual(["first", "second", "third"]);
    expect(await names(401, 2)).toEqual(["first", "second"]);
    expect(await names(401, 2, 2)).toEqual(["third", "later"]);
    expect(await names(401, 2, 4)).toEqual([]);
    expect(await names(100, 10)).toEqual([]);
  });
});
