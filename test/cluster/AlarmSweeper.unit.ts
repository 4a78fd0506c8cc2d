import { expect, it } from "vitest";
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import { sweeps } from "../../src/cluster/AlarmSweeper.ts";

/** More than one sweep takes. */
const STUCK = 1200;
const NOW = 1_000_000;

const append = (entityId: string, alarmDueAt: number) => ({
  entry: {
    kind: "counter",
    entityId,
    version: 1,
    commandId: "one",
    command: "Add",
    fingerprint: null,
    events: [],
    reply: null,
    at: 0,
    by: null,
    requestId: null,
  },
  alarmDueAt,
  rows: [],
});

it("finds every overdue alarm in turn, though those that are the longest overdue stay so", async () => {
  const journal = new MemoryJournal();
  await journal.commit(Array.from({ length: STUCK }, (_, i) => append(`stuck-${i}`, i)));
  await journal.commit([append("in need", NOW - 1000)]);
  const sweep = sweeps(journal, { now: () => NOW });
  const names = async () => (await sweep()).map(({ entityId }) => entityId);
  expect((await names()).length).toBe(500);
  expect((await names()).length).toBe(500);
  expect(await names()).toContain("in need");
  // And again from the beginning.
  expect(await names()).toContain("stuck-0");
});
