/** Whatever frames are lost, doubled or late, and however slowly they are read: every hand comes once, in order. */
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { Hand } from "../../../sdk/src/poker.ts";
import type { Given } from "../support/FakeServer.ts";
import { problem } from "../support/FakeServer.ts";
import { hand, hands, Table, turn } from "../support/Table.ts";

const RECENT = "GET /api/v1/hands/recent";
/** What a feed tells of one batch, and shows to who comes. */
const MAX_TOLD = 50;

/** The server's hands, and what it says of them. */
class Feed {
  readonly table = new Table();
  stored = 0;
  version = 0;
  isBusy = false;

  constructor() {
    this.table.server.answers.set(RECENT, ({ call }): Given => {
      if (this.isBusy) return problem(503, "unavailable", { retry_after_ms: 100 });
      const query = new URL(call.slice(4), "http://x").searchParams;
      const before = Math.min(Number(query.get("before")), this.stored + 1);
      const first = Math.max(1, before - Number(query.get("limit")));
      const page = hands(first, before - 1).toReversed();
      return { status: 200, body: { hands: page, total: this.stored, next_before: null } };
    });
  }

  store(count: number, isTold: boolean): void {
    this.stored += count;
    this.version += 1;
    if (isTold) this.tell(count);
  }

  tell(count: number): void {
    const told = hands(Math.max(1, this.stored - Math.min(count, MAX_TOLD) + 1), this.stored);
    this.table.sockets.last.say({
      type: "HANDS_IMPORTED",
      state_version: this.version,
      count,
      hands: told,
    });
  }

  /** Over a connection that is new or was resumed. */
  show(): void {
    const asked = this.table.sockets.last.sent.findLast(({ topic }) => topic === "hands");
    this.table.sockets.last.say({ type: "SUBSCRIBED", id: String(asked?.["id"]), topic: "hands" });
    this.table.sockets.last.say({
      type: "HANDS_SNAPSHOT",
      state_version: this.version,
      hands: hands(Math.max(1, this.stored - MAX_TOLD + 1), this.stored).toReversed(),
      server_time: "",
    });
  }
}

let feed: Feed;
afterEach(() => feed.table.croupier.close());

const act = fc.oneof(
  fc.record({
    kind: fc.constant("store" as const),
    count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 40, max: 700 })),
    isTold: fc.boolean(),
  }),
  fc.record({ kind: fc.constantFrom("again" as const, "cut" as const, "busy" as const) }),
  fc.record({ kind: fc.constant("read" as const), count: fc.integer({ min: 1, max: 300 }) }),
);

test("any history of a feed, read at any speed", () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 80 }),
      fc.option(fc.integer({ min: 0, max: 80 }), { nil: undefined }),
      fc.array(act, { maxLength: 25 }),
      async (before, after, acts) => {
        feed = new Feed();
        feed.stored = before;
        const afterSeq = after === undefined ? undefined : Math.min(after, before);
        await feed.table.join();
        const stop = new AbortController();
        const reader = feed.table.poker.followHands({
          signal: stop.signal,
          ...(afterSeq === undefined ? {} : { afterSeq }),
        });
        const seen: number[] = [];
        let wanted = 0;
        const read = async () => {
          for (;;) {
            const next = await reader.next();
            if (next.done === true) return;
            seen.push(next.value.seq);
            wanted -= 1;
            while (wanted <= 0 && !stop.signal.aborted) await turn();
          }
        };
        const reading = read();
        feed.show();
        await turn();
        for (const step of acts) {
          if (step.kind === "store") feed.store(step.count, step.isTold);
          else if (step.kind === "again") feed.tell(3);
          else if (step.kind === "busy") feed.isBusy = !feed.isBusy;
          else if (step.kind === "read") wanted += step.count;
          else {
            feed.table.reconnect();
            feed.show();
          }
          await turn();
        }
        feed.isBusy = false;
        wanted = Number.POSITIVE_INFINITY;
        feed.table.reconnect();
        feed.show();
        for (let waits = 0; waits < 500 && seen.at(-1) !== feed.stored; waits += 1)
          await feed.table.pass(100);
        stop.abort();
        await reading;
        const from = (afterSeq ?? before) + 1;
        expect(seen).toEqual(hands(from, feed.stored).map(({ seq }) => seq));
        feed.table.croupier.close();
        expect(feed.table.timers.pending).toBe(0);
      },
    ),
    { numRuns: 60 },
  ));

describe("watching", () => {
  const watched = () => {
    const batches: (readonly Hand[])[] = [];
    const lives: boolean[] = [];
    const stop = feed.table.poker.watchHands({
      hands: (batch) => batches.push(batch),
      live: (isLive) => lives.push(isLive),
    });
    return { batches, lives, stop };
  };

  test("hands that come together are told together, and nothing after the end", async () => {
    feed = new Feed();
    await feed.table.join();
    const { batches, lives, stop } = watched();
    feed.show();
    await turn();
    feed.store(3, true);
    await turn();
    expect(batches).toEqual([hands(1, 3)]);
    stop();
    await turn();
    feed.store(1, true);
    await turn();
    expect(batches).toHaveLength(1);
    expect(lives).toEqual([true, false]);
  });

  test("who wants the newest alone is taken ahead past what a large import brought", async () => {
    feed = new Feed();
    await feed.table.join();
    const seen: number[] = [];
    feed.table.poker.watchHands(
      { hands: (batch) => seen.push(...batch.map(({ seq }) => seq)) },
      { afterSeq: 0, maxBehind: 3 },
    );
    feed.stored = 2;
    feed.show();
    await turn();
    feed.store(900, true);
    await turn();
    expect(seen).toEqual([1, 2, 900, 901, 902]);
  });

  test("without a session, hands come by the trackers' entrance; after joining, over the player's connection", async () => {
    feed = new Feed();
    const { sockets, timers } = feed.table;
    const { batches, lives } = watched();
    await turn();
    const say = (type: string, data: object, version = feed.version): void =>
      sockets.last.events.message(JSON.stringify({ type, data, state_version: version }));
    expect(sockets.last.url).toBe("wss://play.example/ws?client_name=croupier-sdk");
    const server_time = new Date(timers.nowMs()).toISOString();
    say("connection_ack", { client_id: "c", client_name: "croupier-sdk", server_time });
    say("snapshot", { hands: [] });
    await turn();
    feed.store(2, false);
    for (const one of hands(1, 2)) say("new_hand", one);
    await turn();
    // Of a large import only the newest are told.
    feed.store(60, false);
    say("hands_imported", { count: 60, told: 1 });
    say("new_hand", hand(62));
    await turn();
    expect(batches.flat().map(({ seq }) => seq)).toEqual(hands(1, 62).map(({ seq }) => seq));

    const tracker = sockets.last;
    await feed.table.join();
    expect(tracker.isClosed).toBe(true);
    feed.store(1, false);
    feed.show();
    await turn();
    expect(batches.flat().at(-1)?.seq).toBe(63);
    expect(lives).toEqual([true, false, true]);
  });

  test("a server that does not let itself be read is told of, and what a listener throws is its own", async () => {
    feed = new Feed();
    await feed.table.join();
    feed.table.server.answers.set(RECENT, () => problem(403, "forbidden"));
    const stop = feed.table.poker.watchHands({ hands: () => undefined }, { afterSeq: 0 });
    feed.stored = 60;
    feed.show();
    await turn();
    expect(feed.table.warnings).toMatchObject([{ cause: { name: "ReadFailed" } }]);
    stop();
    feed.table.poker.watchHands({
      hands: () => {
        throw new Error("mine");
      },
    });
    feed.store(1, true);
    await turn();
    expect(feed.table.warnings.at(-1)).toMatchObject({ code: "listener" });
  });
});
