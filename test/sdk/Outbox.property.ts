/**
 * The outbox against a model of the server, over every kind of trouble: frames and answers that arrive late, twice or
 * never, connections that break, pages that are reloaded, and a second tab on the same storage.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { CommandFrame } from "../../sdk/src/Command.ts";
import type { Outcome, ServerFrame } from "../../sdk/src/index.ts";
import { createKeep } from "../../sdk/src/Keep.ts";
import { createOutbox } from "../../sdk/src/Outbox.ts";
import type { Outbox } from "../../sdk/src/Outbox.ts";
import { TIMING } from "../../sdk/src/Timers.ts";
import { ManualTimers } from "./support/ManualTimers.ts";
import { MemoryStorage } from "./support/MemoryStorage.ts";

const DAY_MS = 24 * 3_600_000;
const TABS = 2;

/** Carries out each key once and answers it the same for ever; every third is refused. Sometimes it is away. */
class ModelServer {
  readonly effects = new Map<string, number>();
  readonly #answers = new Map<string, ServerFrame>();

  take({ id, idempotency_key: key }: CommandFrame, isAway: boolean): ServerFrame {
    if (isAway) return { type: "ERROR", id, code: "unavailable", detail: "Away." };
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer: ServerFrame =
      this.#answers.size % 3 === 2
        ? { type: "ERROR", id, code: "betting_closed", detail: "Closed." }
        : {
            type: "BET_CANCELLED",
            id,
            bet_id: key,
            status: "cancelled",
            refund: 1,
            fee: 0,
            wallet: { balance_total: 0, balance_locked: 0, balance_available: 0 },
          };
    if (answer.type !== "ERROR") this.effects.set(key, (this.effects.get(key) ?? 0) + 1);
    this.#answers.set(key, answer);
    return answer;
  }
}

interface Tab {
  outbox: Outbox;
  /** Of the connection that is up: what is under way to the server and back. Null while there is none. */
  line: { readonly up: CommandFrame[]; readonly down: ServerFrame[] } | null;
}

type Act =
  | { readonly kind: "submit" | "online" | "offline" | "reload"; readonly tab: number }
  | { readonly kind: "up" | "down" | "lose" | "repeat"; readonly tab: number; readonly at: number }
  | { readonly kind: "away"; readonly tab: number }
  | { readonly kind: "pass"; readonly ms: number };

const tab = fc.nat(TABS - 1);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("submit" as const), tab }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("online" as const, "offline" as const, "reload" as const),
      tab,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom("up" as const, "down" as const, "lose" as const, "repeat" as const),
      tab,
      at: fc.nat(5),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("away" as const), tab }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.nat(40_000) }),
  },
);

const play = (acts: readonly Act[]) => {
  const timers = new ManualTimers();
  const storage = new MemoryStorage();
  const server = new ModelServer();
  const made: string[] = [];
  const told = new Map<string, Outcome[]>();
  const live = (): Tab => {
    const tab: Tab = {
      line: null,
      outbox: createOutbox({
        keep: createKeep(storage, () => undefined),
        prefix: "c.",
        keepForMs: DAY_MS,
        makeKey: () => {
          const key = `key-${made.length}`;
          made.push(key);
          return key;
        },
        send: (frame) => tab.line?.up.push(frame),
        onSilence: () => undefined,
        timers,
        timing: TIMING,
        warn: () => undefined,
        onError: (error) => {
          throw error;
        },
      }),
    };
    tab.outbox.onOutcome(({ kept, outcome }) =>
      told.set(kept.key, [...(told.get(kept.key) ?? []), outcome]),
    );
    tab.outbox.serve("ada");
    return tab;
  };
  const tabs = Array.from({ length: TABS }, live);
  const online = (tab: Tab): void => {
    tab.line ??= { up: [], down: [] };
    tab.outbox.online();
  };
  const offline = (tab: Tab): void => {
    tab.line = null;
    tab.outbox.offline();
  };
  /** Takes one out of a queue, wherever it stands. */
  const out = <A>(queue: A[] | undefined, at: number): A | undefined =>
    queue === undefined || queue.length === 0 ? undefined : queue.splice(at % queue.length, 1)[0];
  const toServer = (tab: Tab, at: number, isAway = false): void => {
    const frame = out(tab.line?.up, at);
    if (frame !== undefined) tab.line?.down.push(server.take(frame, isAway));
  };
  const toClient = (tab: Tab, at: number): void => {
    const frame = out(tab.line?.down, at);
    if (frame !== undefined) tab.outbox.receive(frame);
  };

  for (const each of acts) {
    if (each.kind === "pass") {
      timers.pass(each.ms);
      continue;
    }
    const tab = tabs[each.tab];
    if (tab === undefined) continue;
    switch (each.kind) {
      case "submit":
        void tab.outbox.submit({ type: "CANCEL_BET", bet_id: "b" });
        break;
      case "online":
        online(tab);
        break;
      case "offline":
        offline(tab);
        break;
      case "reload":
        tab.outbox.close();
        tabs[each.tab] = live();
        break;
      case "up":
        toServer(tab, each.at);
        break;
      case "away":
        toServer(tab, 0, true);
        break;
      case "down":
        toClient(tab, each.at);
        break;
      case "lose":
        out(tab.line?.up, each.at);
        break;
      case "repeat": {
        const frame = tab.line?.up[each.at];
        if (frame !== undefined) tab.line?.up.push(frame);
        break;
      }
    }
  }
  // The trouble ends: whatever is still there comes out.
  for (let round = 0; round < 4; round += 1)
    for (const tab of tabs) {
      timers.pass(31_000);
      online(tab);
      while ((tab.line?.up.length ?? 0) + (tab.line?.down.length ?? 0) > 0) {
        toServer(tab, 0);
        toClient(tab, 0);
      }
    }
  return { made, server, storage, tabs, told };
};

test("each command has one effect at most and one outcome, the one that the server gave", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 120 }), (acts) => {
      const { made, server, storage, tabs, told } = play(acts);
      expect([...told.keys()].toSorted()).toEqual(made.toSorted());
      for (const [key, outcomes] of told) {
        const [first] = outcomes;
        for (const outcome of outcomes) expect(outcome).toEqual(first);
        expect(server.effects.get(key) ?? 0).toBe(first?.ok === true ? 1 : 0);
        expect(first?.ok === false ? first.refusal.code : "").not.toBe("abandoned");
      }
      expect(storage.length).toBe(0);
      for (const { outbox } of tabs) expect(outbox.unanswered.get()).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
