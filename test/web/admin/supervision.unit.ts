import { expect, test } from "vitest";
import type { Member } from "../../../web/src/admin/cluster/ClusterState.ts";
import {
  ACTIONS,
  blockerOf,
  needsConfirmation,
} from "../../../web/src/admin/cluster/supervision.ts";

const member = (
  state: string,
  more: { readonly isSelf?: boolean; readonly goneMs?: number } = {},
) => ({ process: { state, is_self: more.isSelf ?? false }, goneMs: more.goneMs ?? null }) as Member;
const possible = (of: Member) => ACTIONS.filter((action) => blockerOf(action, of, true) === null);

test("each state has its actions", () => {
  expect(possible(member("up"))).toEqual(["pause", "drain", "stop", "kill"]);
  expect(possible(member("silent"))).toEqual(["resume", "stop", "kill"]);
  expect(possible(member("draining"))).toEqual(["pause", "stop", "kill"]);
  expect(possible(member("up", { goneMs: 1 }))).toEqual([]);
});

test("without a supervisor every action says why it cannot be done", () => {
  for (const action of ACTIONS) {
    expect(blockerOf(action, member("up"), false)?.key).toBe("cluster.notSupervised");
  }
});

test("what ends a process is asked about, and all that takes this page's server away", () => {
  const asked = (of: Member) => ACTIONS.filter((action) => needsConfirmation(action, of));
  expect(asked(member("up"))).toEqual(["stop", "kill"]);
  expect(asked(member("up", { isSelf: true }))).toEqual(["pause", "drain", "stop", "kill"]);
});
