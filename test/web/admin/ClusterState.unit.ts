import { expect, test } from "vitest";
import type { ClusterBody, ProcessBody } from "../../../rpc/http/admin.ts";
import {
  FAREWELL_MS,
  WINDOW_MS,
  applyCluster,
  applyFailure,
  holdings,
  kindTotals,
  nothingKnown,
  presentMembers,
  totalAppendsPerS,
} from "../../../web/src/admin/cluster/ClusterState.ts";
import type { ClusterState } from "../../../web/src/admin/cluster/ClusterState.ts";

const START_MS = Date.parse("2026-01-01T12:00:00Z");

const process = (name: string, change: Partial<ProcessBody> & { readonly atMs?: number } = {}) => {
  const { atMs = START_MS, ...fields } = change;
  return {
    process_id: `id-${name}`,
    name,
    pid: 1,
    runner: "",
    link: "",
    url: "http://host",
    release: "0.1.0",
    started_at: new Date(START_MS - 60_000).toISOString(),
    is_self: name === "p1",
    state: "up" as const,
    at: new Date(atMs).toISOString(),
    shards: 100,
    kinds: [{ kind: "wallet", live: 10, depth: 1 }],
    appends: 0,
    commit_depth: 0,
    commit_ms: { p50: 1, p99: 2 },
    letters_in_flight: 0,
    leases: 0,
    sockets: 0,
    loop_delay_ms: 1,
    memory_bytes: 1,
    singletons: [],
    sometimes: {},
    ...fields,
  } satisfies ProcessBody;
};
const cluster = (...processes: readonly ProcessBody[]): ClusterBody => ({
  processes,
  shards: { total: 300, held: 300 },
  paused_kinds: [],
  can_supervise: true,
});
/** Answers one second apart, from `START_MS` on. */
const after = (...answers: readonly ClusterBody[]): ClusterState =>
  answers.reduce(
    (state, answer, index) => applyCluster(state, answer, START_MS + index * 1_000),
    nothingKnown(START_MS),
  );
const rateOf = (state: ClusterState, name: string) =>
  state.members.get(`id-${name}`)?.appendsPerS ?? null;

test("throughput is what was appended between two reports, by the reporter's clock", () => {
  const state = after(
    cluster(process("p1", { appends: 1_000 })),
    cluster(process("p1", { appends: 1_600, atMs: START_MS + 1_200 })),
  );
  expect(rateOf(state, "p1")).toBe(500);
  expect(totalAppendsPerS(state)).toBe(500);
});

test("one report tells no rate, and the same report twice changes none", () => {
  const first = cluster(process("p1", { appends: 1_000 }));
  const second = cluster(process("p1", { appends: 1_100, atMs: START_MS + 1_000 }));
  expect(rateOf(after(first), "p1")).toBeNull();
  expect(totalAppendsPerS(after(first))).toBeNull();
  expect(rateOf(after(first, second, second), "p1")).toBe(100);
});

test("the rate of a process that has not reported for seconds is not known any more", () => {
  const first = cluster(process("p1", { appends: 0 }), process("p2"));
  const later = (seconds: number) =>
    cluster(
      process("p1", { appends: 50, atMs: START_MS + 1_000 }),
      process("p2", { atMs: START_MS + seconds * 1_000, state: "up" }),
    );
  const state = after(first, ...[1, 2, 3, 4, 5].map(later));
  expect(rateOf(state, "p1")).toBeNull();
  expect(rateOf(state, "p2")).toBe(0);
});

test("a counter that starts anew is no negative rate", () => {
  const state = after(
    cluster(process("p1", { appends: 900 })),
    cluster(process("p1", { appends: 3, atMs: START_MS + 1_000 })),
  );
  expect(rateOf(state, "p1")).toBe(0);
});

test("who comes, falls silent, comes back, drains and goes is news; who was there first is none", () => {
  const [p1, p2] = [process("p1"), process("p2")];
  const state = after(
    cluster(p1),
    cluster(p1, p2),
    cluster(p1, { ...p2, state: "silent" }),
    cluster(p1, p2),
    cluster(p1, { ...p2, state: "draining" }),
    cluster(p1),
  );
  expect(state.news.map(({ kind, subject }) => `${subject} ${kind}`)).toEqual([
    "p2 gone",
    "p2 draining",
    "p2 back",
    "p2 silent",
    "p2 joined",
  ]);
  expect(new Set(state.news.map(({ id }) => id)).size).toBe(5);
});

test("a kind that is paused or resumed is news", () => {
  const paused = { ...cluster(process("p1")), paused_kinds: ["wallet"] };
  const state = after(cluster(process("p1")), paused, cluster(process("p1")));
  expect(state.news.map(({ kind, subject }) => [kind, subject])).toEqual([
    ["resumed", "wallet"],
    ["paused", "wallet"],
  ]);
  expect(kindTotals(after(paused))).toMatchObject([{ kind: "wallet", isPaused: true }]);
});

test("who has ended stays for a while, counts for nothing, and is then forgotten", () => {
  const state = after(cluster(process("p1"), process("p2")), cluster(process("p1")));
  expect(state.members.get("id-p2")?.goneMs).toBe(START_MS + 1_000);
  expect(presentMembers(state).map(({ process }) => process.name)).toEqual(["p1"]);
  const later = applyCluster(state, cluster(process("p1")), START_MS + 1_000 + FAREWELL_MS);
  expect([...later.members.keys()]).toEqual(["id-p1"]);
});

test("colours differ, and a process that is started again has that of its name", () => {
  const [p1, p2] = [process("p1"), process("p2")];
  const again = { ...process("p2"), process_id: "id-new" };
  const state = after(cluster(p1, p2), cluster(p1), cluster(p1, again));
  const colour = (id: string) => state.members.get(id)?.colour;
  expect(colour("id-p1")).not.toBe(colour("id-p2"));
  expect(colour("id-new")).toBe(colour("id-p2"));
});

test("what a silent process held counts as far as nobody has taken it over", () => {
  const held = (p1: number) =>
    holdings(
      after(
        cluster(process("p1", { shards: p1 }), process("p2", { shards: 150, state: "silent" })),
      ),
    ).map(({ member, shards }) => [member.process.name, shards]);
  expect(held(150)).toEqual([
    ["p1", 150],
    ["p2", 150],
  ]);
  expect(held(260)).toEqual([
    ["p1", 260],
    ["p2", 40],
  ]);
  expect(held(300)).toEqual([["p1", 300]]);
});

test("what a silent process had in memory is not counted", () => {
  const state = after(cluster(process("p1"), process("p2", { state: "silent" })));
  expect(kindTotals(state)).toMatchObject([{ kind: "wallet", live: 10, depth: 1 }]);
  expect(kindTotals(state)[0]?.spread).toHaveLength(1);
});

test("the curve keeps a minute and no more", () => {
  let state = nothingKnown(START_MS);
  for (let second = 0; second < 200; second += 1) {
    state = applyCluster(state, cluster(process("p1")), START_MS + second * 1_000);
  }
  const span = (state.beats.at(-1)?.atMs ?? 0) - (state.beats[0]?.atMs ?? 0);
  expect(span).toBeGreaterThanOrEqual(WINDOW_MS);
  expect(span).toBeLessThan(WINDOW_MS + 5_000);
});

test("without an answer what was known stays, since when is told, and the next answer ends it", () => {
  const problem = { status: 0, code: "offline", detail: "" };
  const known = after(cluster(process("p1")));
  const lost = applyFailure(
    applyFailure(known, problem, START_MS + 1_000),
    problem,
    START_MS + 2_000,
  );
  expect(lost.cluster).toBe(known.cluster);
  expect(lost.lost?.sinceMs).toBe(START_MS + 1_000);
  expect(applyCluster(lost, cluster(process("p1")), START_MS + 3_000).lost).toBeNull();
});
