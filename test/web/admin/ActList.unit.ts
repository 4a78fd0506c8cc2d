import { expect, test } from "vitest";
import type { ActBody } from "../../../rpc/http/admin/acts.ts";
import {
  MAX_LIVE_ACTS,
  firstPage,
  since,
  withNewest,
  withOlder,
} from "../../../web/src/admin/acts/ActList.ts";
import { actTarget } from "../../../web/src/admin/acts/actTarget.ts";
import { actsCsv } from "../../../web/src/admin/acts/csv.ts";

const MINUTE_MS = 60_000;

const act = (id: number, more: Partial<ActBody> = {}): ActBody => ({
  act_id: String(id),
  at: new Date(id * MINUTE_MS).toISOString(),
  by: "admin",
  act: "freeze_wallet",
  target: { player_id: "p_1" },
  details: {},
  reason: "suspicion",
  request_id: `r-${id}`,
  idempotency_key: null,
  outcome: "done",
  code: null,
  replayed: false,
  finished_at: null,
  ...more,
});
/** Acts from `newest` down to `oldest`. */
const page = (newest: number, oldest: number) => ({
  acts: Array.from({ length: newest - oldest + 1 }, (_, at) => act(newest - at)),
  next_before: oldest > 1 ? String(oldest) : null,
});
const ids = ({ acts }: { readonly acts: readonly ActBody[] }) => acts.map(({ act_id: id }) => +id);

test("pages make one list; new acts come on top and outcomes are filled in", () => {
  let list = withOlder(firstPage(page(9, 7)), page(6, 4));
  expect(ids(list)).toEqual([9, 8, 7, 6, 5, 4]);
  expect(list.nextBefore).toBe("4");
  const newest = page(10, 8);
  list = withNewest(list, {
    ...newest,
    acts: newest.acts.map((each) => ({ ...each, outcome: "refused" as const, code: "x" })),
  });
  expect(ids(list)).toEqual([10, 9, 8, 7, 6, 5, 4]);
  expect(list.acts.map(({ outcome }) => outcome).slice(0, 4)).toEqual([
    "refused",
    "refused",
    "refused",
    "done",
  ]);
  expect(list.nextBefore).toBe("4");
});

test("when more has happened than fits a page, the list begins anew, without a gap", () => {
  const list = withNewest(firstPage(page(9, 7)), page(20, 18));
  expect(ids(list)).toEqual([20, 19, 18]);
  expect(list.nextBefore).toBe("18");
});

test("a page left open for long stays bounded, and can be read on from where it was cut", () => {
  let list = firstPage(page(MAX_LIVE_ACTS + 50, 51));
  list = withNewest(list, page(MAX_LIVE_ACTS + 53, MAX_LIVE_ACTS + 4));
  expect(list.acts).toHaveLength(MAX_LIVE_ACTS);
  expect(list.nextBefore).toBe("54");
  const read = withOlder(list, page(53, 4));
  expect(ids(read)).toEqual(
    Array.from({ length: MAX_LIVE_ACTS + 50 }, (_, at) => MAX_LIVE_ACTS + 53 - at),
  );
});

test("a page that reaches the beginning is all there is", () => {
  expect(withNewest(firstPage(page(2, 1)), page(3, 1))).toEqual(firstPage(page(3, 1)));
  expect(withNewest(firstPage({ acts: [], next_before: null }), page(1, 1)).nextBefore).toBeNull();
});

test("nothing is read on beyond the time asked for", () => {
  const list = firstPage(page(9, 5));
  expect(ids(since(list, 7 * MINUTE_MS))).toEqual([9, 8, 7]);
  expect(since(list, 7 * MINUTE_MS).nextBefore).toBeNull();
  expect(since(list, 5 * MINUTE_MS)).toBe(list);
  expect(since(list, null)).toBe(list);
});

test("a table for spreadsheets: quoted where it must be, and nothing in it is a formula", () => {
  const csv = actsCsv([
    act(1, { reason: 'he said "no",\nthen left', details: { amount: -5 } }),
    act(2, { reason: "=HYPERLINK(1)", code: "not_found", outcome: "refused" }),
  ]);
  const [head, ...rest] = csv.split("\r\n");
  expect(head).toBe(
    "\uFEFFact_id,at,by,act,target,reason,details,outcome,code,replayed,finished_at,request_id,idempotency_key",
  );
  expect(rest).toEqual([
    '1,1970-01-01T00:01:00.000Z,admin,freeze_wallet,"{""player_id"":""p_1""}","he said ""no"",\nthen left","{""amount"":-5}",done,,false,,r-1,',
    '2,1970-01-01T00:02:00.000Z,admin,freeze_wallet,"{""player_id"":""p_1""}",\'=HYPERLINK(1),{},refused,not_found,false,,r-2,',
    "",
  ]);
});

test("an act leads to what it was on", () => {
  expect(actTarget(act(1))?.href).toBe("#/admin/players/p_1");
  expect(actTarget(act(1, { target: { lobby_id: "demo" } }))?.href).toBe(
    "#/admin/entities/lobby/demo",
  );
  expect(actTarget(act(1, { target: { kind: "wallet", entity_id: "p_2" } }))).toEqual({
    name: "wallet/p_2",
    href: "#/admin/entities/wallet/p_2",
  });
  expect(actTarget(act(1, { target: { kind: "wallet" } }))?.href).toBe("#/admin/entities/wallet");
  expect(actTarget(act(1, { target: { process_id: "x" } }))).toEqual({ name: "x", href: null });
  expect(actTarget(act(1, { target: {} }))).toBeNull();
});
