import { beforeEach, expect, test } from "vitest";
import type { ServerFrame } from "../../../rpc/frames.ts";
import { createOutbox } from "../../../web/src/connection/Outbox.ts";
import type { Outbox } from "../../../web/src/connection/Outbox.ts";
import type { CommandFrame } from "../../../web/src/connection/frame.ts";
import { ManualTimers } from "./ManualTimers.ts";

const BET = {
  type: "PLACE_BET",
  race_id: "r1",
  market: "win",
  selection: [1],
  stake: 500,
} as const;
const CAST = { type: "CAST_POWER", power: "pwr_oil_01", target: 3 } as const;

let timers: ManualTimers;
let sent: CommandFrame[];
let outbox: Outbox;

beforeEach(() => {
  timers = new ManualTimers();
  sent = [];
  let key = 0;
  outbox = createOutbox({
    makeKey: () => `key-${(key += 1)}`,
    send: (frame) => sent.push(frame),
    after: timers.after,
  });
});

const placed = (id: string): ServerFrame => ({
  type: "BET_PLACED",
  id,
  bet_id: "b1",
  status: "accepted",
  race_id: "r1",
  market: "win",
  selection: [1],
  stake: 500,
  wallet: { balance_total: 1000, balance_locked: 500, balance_available: 500 },
});
const refused = (id: string, code: string): ServerFrame => ({
  type: "ERROR",
  id,
  code,
  detail: "No.",
});

test("a command is sent with one key for id and idempotency, and resolves with its answer", async () => {
  const outcome = outbox.submit(BET);
  expect(sent).toEqual([{ ...BET, id: "key-1", idempotency_key: "key-1" }]);
  outbox.receive(placed("key-1"));
  expect(await outcome).toMatchObject({ ok: true, frame: { bet_id: "b1" } });
  expect(timers.pending).toBe(0);
});

test("silence, a new connection and `unavailable` all send the same frame again", async () => {
  const outcome = outbox.submit(BET);
  timers.pass(5_000);
  outbox.sendAll();
  outbox.receive(refused("key-1", "unavailable"));
  timers.pass(1_000);
  outbox.receive(refused("key-1", "rate_limited"));
  timers.pass(1_000);
  expect(sent).toHaveLength(5);
  expect(new Set(sent.map((frame) => JSON.stringify(frame))).size).toBe(1);
  outbox.receive(placed("key-1"));
  expect(await outcome).toMatchObject({ ok: true });
  timers.pass(60_000);
  outbox.sendAll();
  expect(sent).toHaveLength(5);
});

test("a refusal is final", async () => {
  const outcome = outbox.submit(BET);
  outbox.receive(refused("key-1", "insufficient_funds"));
  expect(await outcome).toEqual({
    ok: false,
    refusal: { code: "insufficient_funds", detail: "No." },
  });
  outbox.sendAll();
  expect(sent).toHaveLength(1);
});

test("commands are sent again in the order in which they were made; answers find their own", async () => {
  const first = outbox.submit(BET);
  const second = outbox.submit({ ...BET, stake: 900 });
  sent.length = 0;
  outbox.sendAll();
  expect(sent.map((frame) => frame.idempotency_key)).toEqual(["key-1", "key-2"]);
  outbox.receive(refused("key-2", "player_limit"));
  outbox.receive(placed("key-1"));
  expect(await first).toMatchObject({ ok: true });
  expect(await second).toMatchObject({ ok: false, refusal: { code: "player_limit" } });
});

test("what is abandoned is not sent again and says that its outcome is unknown", async () => {
  const cast = outbox.submit(CAST);
  void outbox.submit(BET);
  outbox.abandon((command) => command.type === "CAST_POWER");
  expect(await cast).toMatchObject({ ok: false, refusal: { code: "abandoned" } });
  sent.length = 0;
  outbox.sendAll();
  expect(sent.map((frame) => frame.type)).toEqual(["PLACE_BET"]);
});

test("answers to nothing that was asked change nothing", () => {
  void outbox.submit(BET);
  outbox.receive(placed("someone-else"));
  outbox.receive({ type: "ERROR", code: "validation_failed", detail: "No id." });
  outbox.sendAll();
  expect(sent).toHaveLength(2);
});
