import { beforeEach, describe, expect, test } from "vitest";
import { createKeep } from "../../sdk/src/Keep.ts";
import type { CommandFrame, KeptCommand, Latency, SettledCommand } from "../../sdk/src/Command.ts";
import type { ServerFrame, StorageLike, Warning } from "../../sdk/src/index.ts";
import { createOutbox } from "../../sdk/src/Outbox.ts";
import type { Outbox } from "../../sdk/src/Outbox.ts";
import { TIMING } from "../../sdk/src/Timers.ts";
import { ManualTimers } from "./support/ManualTimers.ts";
import { MemoryStorage } from "./support/MemoryStorage.ts";

const BET = {
  type: "PLACE_BET",
  race_id: "r1",
  market: "win",
  selection: [1],
  stake: 500,
} as const;
const CAST = { type: "CAST_POWER", race_id: "r1", power: "pwr_oil_01", target: 3 } as const;
const DAY_MS = 24 * 3_600_000;

interface Life {
  readonly outbox: Outbox;
  readonly sent: CommandFrame[];
  readonly settled: SettledCommand[];
  readonly latencies: Latency[];
  readonly warnings: Warning[];
  silences: number;
}

let timers: ManualTimers;
let storage: StorageLike;
let keys: number;

/** A page that opens on the storage. */
const live = (playerId: string | null = "ada"): Life => {
  const sent: CommandFrame[] = [];
  const settled: SettledCommand[] = [];
  const latencies: Latency[] = [];
  const warnings: Warning[] = [];
  const life: Life = {
    sent,
    settled,
    latencies,
    warnings,
    silences: 0,
    outbox: createOutbox({
      keep: createKeep(storage, (warning) => warnings.push(warning)),
      prefix: "croupier.command.",
      keepForMs: DAY_MS,
      makeKey: () => `key-${(keys += 1)}`,
      send: (frame) => sent.push(frame),
      onSilence: () => (life.silences += 1),
      timers,
      timing: TIMING,
      warn: (warning) => warnings.push(warning),
      onError: () => undefined,
    }),
  };
  life.outbox.onOutcome((told) => settled.push(told));
  life.outbox.onLatency((latency) => latencies.push(latency));
  life.outbox.serve(playerId);
  return life;
};
const online = (playerId?: string): Life => {
  const life = live(playerId);
  life.outbox.online();
  return life;
};
const keysOf = (commands: readonly { readonly key: string }[]) => commands.map(({ key }) => key);
const sentKeys = ({ sent }: Life) => sent.map(({ idempotency_key: key }) => key);

beforeEach(() => {
  timers = new ManualTimers();
  storage = new MemoryStorage();
  keys = 0;
});

const placed = (id: string): ServerFrame => ({
  type: "BET_PLACED",
  id,
  bet_id: `bet-of-${id}`,
  status: "accepted",
  race_id: "r1",
  market: "win",
  selection: [1],
  stake: 500,
  wallet: { balance_total: 1000, balance_locked: 500, balance_available: 500 },
});
const refused = (id: string, code: string, more: object = {}): ServerFrame => ({
  type: "ERROR",
  id,
  code,
  detail: "No.",
  ...more,
});

describe("asking", () => {
  test("a command is kept before it is sent, with one key for id and idempotency, and resolves with its answer", async () => {
    const { outbox, sent, settled } = online();
    const outcome = outbox.submit(BET);
    expect(sent).toEqual([{ ...BET, id: "key-1", idempotency_key: "key-1" }]);
    expect(storage.length).toBe(1);
    expect(keysOf(outbox.unanswered.get())).toEqual(["key-1"]);
    outbox.receive(placed("key-1"));
    expect(await outcome).toMatchObject({ ok: true, key: "key-1", frame: { type: "BET_PLACED" } });
    expect(storage.length).toBe(0);
    expect(outbox.unanswered.get()).toEqual([]);
    expect(settled).toMatchObject([{ isInherited: false, outcome: { ok: true } }]);
    expect(timers.pending).toBe(0);
  });

  test("silence, a new connection, `unavailable` and a fault all send the same frame again", async () => {
    const life = online();
    const { outbox, sent } = life;
    const outcome = outbox.submit(BET);
    timers.pass(5_000);
    expect(life.silences).toBe(1);
    outbox.offline();
    timers.pass(60_000);
    outbox.online();
    outbox.receive(refused("key-1", "unavailable"));
    timers.pass(1_000);
    outbox.receive(refused("key-1", "rate_limited", { retry_after_ms: 250 }));
    timers.pass(250);
    outbox.receive(refused("key-1", "internal_error"));
    timers.pass(2_000);
    expect(sent).toHaveLength(6);
    expect(new Set(sent.map((frame) => JSON.stringify(frame))).size).toBe(1);
    outbox.receive(placed("key-1"));
    expect(await outcome).toMatchObject({ ok: true });
    timers.pass(60_000);
    expect(sent).toHaveLength(6);
  });

  test("a fault that repeats is the answer", async () => {
    const { outbox, sent } = online();
    const outcome = outbox.submit(BET);
    for (let fault = 0; fault < 5; fault += 1) {
      outbox.receive(refused("key-1", "internal_error"));
      timers.pass(60_000);
    }
    expect(await outcome).toMatchObject({ ok: false, refusal: { code: "internal_error" } });
    expect(sent.length).toBeGreaterThanOrEqual(5);
  });

  test("a refusal is final, and tells what the server told", async () => {
    const { outbox, sent } = online();
    const outcome = outbox.submit(BET);
    outbox.receive(refused("key-1", "stake_below_min", { min_stake: 700 }));
    expect(await outcome).toEqual({
      ok: false,
      key: "key-1",
      refusal: { code: "stake_below_min", detail: "No.", fields: { min_stake: 700 } },
    });
    outbox.offline();
    outbox.online();
    expect(sent).toHaveLength(1);
  });

  test("commands are sent again in the order in which they were made; answers find their own", async () => {
    const life = online();
    const first = life.outbox.submit(BET);
    const second = life.outbox.submit({ ...BET, stake: 900 });
    life.outbox.offline();
    life.sent.length = 0;
    life.outbox.online();
    expect(sentKeys(life)).toEqual(["key-1", "key-2"]);
    life.outbox.receive(refused("key-2", "player_limit"));
    life.outbox.receive(placed("key-1"));
    expect(await first).toMatchObject({ ok: true });
    expect(await second).toMatchObject({ ok: false, refusal: { code: "player_limit" } });
  });

  test("so many are under way at once and no more; an answer makes room", () => {
    const life = online();
    for (let n = 0; n < 40; n += 1) void life.outbox.submit(BET);
    expect(life.sent).toHaveLength(32);
    life.outbox.receive(placed("key-1"));
    expect(sentKeys(life).at(-1)).toBe("key-33");
  });

  test("without a player, closed, or with too much unanswered, it is refused and nothing is kept", async () => {
    expect(await live(null).outbox.submit(BET)).toMatchObject({
      refusal: { code: "no_session" },
    });
    const life = live();
    for (let n = 0; n < 1_000; n += 1) void life.outbox.submit(BET);
    expect(await life.outbox.submit(BET)).toMatchObject({ refusal: { code: "outbox_full" } });
    expect(storage.length).toBe(1_000);
    life.outbox.close();
    expect(await life.outbox.submit(BET)).toMatchObject({ refusal: { code: "closed" } });
  });

  test("answers to nothing that was asked change nothing", () => {
    const { outbox, settled } = online();
    void outbox.submit(BET);
    outbox.receive(placed("someone-else"));
    outbox.receive({ type: "ERROR", code: "validation_failed", detail: "No id." });
    expect(settled).toEqual([]);
    expect(outbox.unanswered.get()).toHaveLength(1);
  });

  test("latency runs from the first sending to the answer, and tells of repetitions", () => {
    const { latencies, outbox } = online();
    void outbox.submit(BET);
    timers.pass(12);
    outbox.receive(placed("key-1"));
    void outbox.submit(BET);
    timers.pass(5_003);
    outbox.receive(placed("key-2"));
    expect(latencies).toEqual([
      { key: "key-1", type: "PLACE_BET", ms: 12, attempts: 1 },
      { key: "key-2", type: "PLACE_BET", ms: 5_003, attempts: 2 },
    ]);
  });
});

describe("later lives", () => {
  test("what a life leaves unanswered the next one sends with its key, and tells of", () => {
    const before = online();
    void before.outbox.submit(BET);
    void before.outbox.submit(CAST);
    before.outbox.close();
    timers.pass(60_000);
    expect(before.sent).toHaveLength(2);

    const after = live();
    expect(after.outbox.unanswered.get()).toMatchObject([{ command: BET }, { command: CAST }]);
    after.outbox.online();
    expect(after.sent).toEqual(before.sent);
    after.outbox.receive(placed("key-1"));
    expect(after.settled).toMatchObject([
      { isInherited: true, kept: { key: "key-1", command: BET }, outcome: { ok: true } },
    ]);
    expect(storage.length).toBe(1);
  });

  test("they are kept for each player, and another one does not send them", () => {
    const ada = online("ada");
    void ada.outbox.submit(BET);
    ada.outbox.close();
    const bob = online("bob");
    expect(bob.sent).toEqual([]);
    bob.outbox.offline();
    bob.outbox.serve("ada");
    bob.outbox.online();
    expect(sentKeys(bob)).toEqual(["key-1"]);
  });

  test("what has waited too long is given up, in whichever life, and somebody is told", async () => {
    const before = live();
    void before.outbox.submit(BET);
    before.outbox.close();
    timers.pass(DAY_MS - 1);
    const after = live();
    const own = after.outbox.submit(CAST);
    timers.pass(1);
    expect(after.settled).toMatchObject([
      { isInherited: true, outcome: { ok: false, refusal: { code: "abandoned" } } },
    ]);
    timers.pass(DAY_MS);
    expect(await own).toMatchObject({ ok: false, refusal: { code: "abandoned" } });
    expect(storage.length).toBe(0);
    after.outbox.online();
    expect(after.sent).toEqual([]);
  });

  test("all can be given up; none is sent meanwhile", async () => {
    const life = online();
    const outcomes = Array.from({ length: 40 }, () => life.outbox.submit(BET));
    life.outbox.abandonAll();
    for (const outcome of await Promise.all(outcomes))
      expect(outcome).toMatchObject({ refusal: { code: "abandoned" } });
    expect(life.sent).toHaveLength(32);
    expect(storage.length).toBe(0);
  });

  test("an entry that cannot be read is reported once and left where it is", () => {
    storage.setItem("croupier.command.ada.x", "{");
    storage.setItem("croupier.command.ada.y", JSON.stringify({ key: "y" }));
    const { outbox, warnings } = online();
    outbox.offline();
    outbox.online();
    expect(warnings.map(({ code }) => code)).toEqual(["storage_entry", "storage_entry"]);
    expect(outbox.unanswered.get()).toEqual([]);
    expect(storage.length).toBe(2);
  });
});

describe("several tabs", () => {
  test("a tab leaves alone what another has just made, and takes up what that one has left behind", () => {
    const first = online();
    const second = online();
    void first.outbox.submit(BET);
    second.outbox.offline();
    second.outbox.online();
    expect(second.sent).toEqual([]);
    first.outbox.close();
    timers.pass(30_000);
    second.outbox.offline();
    second.outbox.online();
    expect(sentKeys(second)).toEqual(["key-1"]);
  });

  test("found in the storage, it is dropped when the other tab has the answer; who made it has it told", async () => {
    const first = online();
    const outcome = first.outbox.submit(BET);
    const second = online();
    expect(sentKeys(second)).toEqual(["key-1"]);
    first.outbox.receive(placed("key-1"));
    second.outbox.storageChanged();
    expect(second.outbox.unanswered.get()).toEqual([]);
    expect(second.settled).toEqual([]);
    expect(await outcome).toMatchObject({ ok: true });
  });

  test("without any event from the storage it is noticed before the next sending", () => {
    const first = online();
    void first.outbox.submit(BET);
    const second = live();
    first.outbox.receive(placed("key-1"));
    second.outbox.online();
    expect(second.sent).toEqual([]);
  });

  test("who made it goes on asking although the other tab has had the answer", async () => {
    const first = online();
    const outcome = first.outbox.submit(BET);
    const second = online();
    second.outbox.receive(placed("key-1"));
    first.outbox.storageChanged();
    expect(keysOf(first.outbox.unanswered.get())).toEqual(["key-1"]);
    timers.pass(5_000);
    expect(first.sent).toHaveLength(2);
    first.outbox.receive(placed("key-1"));
    expect(await outcome).toMatchObject({ ok: true });
  });
});

describe("a storage that fails", () => {
  test("commands go on from memory, and it is said once", async () => {
    const broken = () => {
      throw new Error("quota");
    };
    storage = { length: 0, key: broken, getItem: broken, setItem: broken, removeItem: broken };
    const { outbox, sent, warnings } = online();
    const outcome = outbox.submit(BET);
    void outbox.submit(CAST);
    outbox.offline();
    outbox.online();
    expect(sent).toHaveLength(4);
    outbox.receive(placed("key-1"));
    expect(await outcome).toMatchObject({ ok: true });
    expect(warnings.map(({ code }) => code)).toEqual(["storage"]);
  });

  test("what a kept entry has beside is kept", () => {
    const kept: KeptCommand = { key: "k", playerId: "ada", madeAtMs: timers.nowMs(), command: BET };
    storage.setItem(
      "croupier.command.ada.k",
      JSON.stringify({ ...kept, note: "of a newer client" }),
    );
    expect(keysOf(online().outbox.unanswered.get())).toEqual(["k"]);
  });
});
