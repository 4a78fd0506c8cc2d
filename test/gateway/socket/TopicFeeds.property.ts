import fc from "fast-check";
import { expect, test } from "vitest";
import type { Clock } from "../../../src/actor/Clock.ts";
import { TopicHub } from "../../../src/actor/TopicHub.ts";
import type { TopicFrame } from "../../../src/actor/Topics.ts";
import type { Outcome } from "../../../src/actor/Ask.ts";
import type { Failure } from "../../../rpc/http/problem.ts";
import { TopicFeeds } from "../../../src/gateway/socket/TopicFeeds.ts";
import type { Snapshot, TopicKind } from "../../../src/gateway/socket/TopicKinds.ts";
import { Socket } from "../../../src/gateway/socket/Socket.ts";
import { Traffic } from "../../../src/gateway/socket/Traffic.ts";
import { Unavailable } from "../../../rpc/failure.ts";
import { HubTopics } from "../support/HubTopics.ts";

const TOPIC = "lobby:l";
/** More than a run publishes, so that no snapshot is too old. */
const HISTORY = 1000;

/** What happens to the topic, in any order: the world of one run. */
const makeWorld = () => {
  const hub = new TopicHub();
  let version = 1;
  const publish = () => {
    version += 1;
    hub.publish({ topic: TOPIC, version, sampled: false, text: String(version) }, HISTORY);
  };
  hub.opened(TOPIC, version, HISTORY, () => []);

  const timers: Array<() => void> = [];
  const clock: Clock = {
    now: () => 0,
    after: (_, work) => {
      timers.push(work);
      return () => {};
    },
    soon: (work) => timers.push(work),
  };
  /** Snapshots that were asked for and not yet answered. */
  const asked: Array<(outcome: Outcome<Snapshot, Failure>) => void> = [];
  const kind: TopicKind = {
    mayWatch: () => true,
    snapshot: () => new Promise((resolve) => asked.push(resolve)),
  };

  /** Native subscriptions and what came over each socket: `s7` a snapshot at 7, else versions. */
  const subscribed = new Map<Socket, Array<string>>();
  const received = new Map<Socket, Array<string>>();
  const feeds = new TopicFeeds({
    topics: new HubTopics(hub),
    clock,
    publish: (_, frame) => {
      for (const log of subscribed.values()) log.push(frame.text);
    },
    show: (socket, { frames, snapshot }) => {
      if (snapshot !== undefined) socket.sendText(`s${snapshot.version}`);
      for (const frame of frames) socket.sendText(frame.text);
    },
  });
  const connect = () => {
    const socket = new Socket({
      clientId: "c",
      token: "",
      lobbyId: undefined,
      address: "",
      traffic: new Traffic(),
    });
    const log: Array<string> = [];
    received.set(socket, log);
    socket.opened({
      subscribe: () => subscribed.set(socket, log) !== undefined,
      unsubscribe: () => subscribed.delete(socket),
      send: (text: string) => log.push(text),
    } as unknown as Parameters<Socket["opened"]>[0]);
    return socket;
  };
  const join = (socket: Socket, after?: number) =>
    feeds.join(socket, { topic: TOPIC, entityId: "l", kind }, after, (joined) => {
      if (joined.ok) feeds.show(socket, joined.value);
    });
  return {
    feeds,
    hub,
    connect,
    join,
    publish,
    received,
    /** Answers the oldest question with the present, or refuses it. */
    answer: async (available: boolean) => {
      const resolve = asked.shift();
      if (resolve === undefined) return;
      resolve(
        available
          ? {
              ok: true,
              value: { version, frame: { type: "HEARTBEAT", server_time: "" } },
              replayed: false,
            }
          : {
              ok: false,
              error: new Unavailable({ reason: "moving", retryAfterMs: 1 }),
              replayed: false,
            },
      );
      // The feed hears of it in later turns.
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    },
    tick: () => timers.shift()?.(),
    version: () => version,
    pending: () => asked.length + timers.length,
  };
};

type World = ReturnType<typeof makeWorld>;

const settle = async (world: World) => {
  for (let step = 0; world.pending() > 0; step++) {
    if (step > 10_000) throw new Error("never settles");
    await world.answer(true);
    world.tick();
  }
};

test("who joins gets a snapshot and then every change once, whatever happens meanwhile", async () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant("publish" as const) },
    { weight: 2, arbitrary: fc.constant("join" as const) },
    { weight: 3, arbitrary: fc.constant("answer" as const) },
    { weight: 1, arbitrary: fc.constant("refuse" as const) },
    { weight: 2, arbitrary: fc.constant("tick" as const) },
    { weight: 1, arbitrary: fc.constant("leave" as const) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const world = makeWorld();
      const sockets: Array<Socket> = [];
      const left = new Set<Socket>();
      for (const what of steps) {
        if (what === "publish") world.publish();
        else if (what === "join") {
          const socket = world.connect();
          sockets.push(socket);
          world.join(socket);
        } else if (what === "answer") await world.answer(true);
        else if (what === "refuse") await world.answer(false);
        else if (what === "tick") world.tick();
        else {
          const socket = sockets.find((one) => !left.has(one));
          if (socket === undefined) continue;
          left.add(socket);
          world.feeds.leave(socket, TOPIC);
        }
      }
      await settle(world);
      world.publish();
      for (const socket of sockets) {
        const [first, ...rest] = world.received.get(socket)!;
        if (first === undefined) {
          // It left before its snapshot came, or its topic was unavailable for longer than it is waited for.
          continue;
        }
        expect(first).toMatch(/^s\d+$/);
        const start = Number(first.slice(1));
        expect(rest).toEqual(rest.map((_, index) => String(start + 1 + index)));
        if (!left.has(socket)) expect(start + rest.length).toBe(world.version());
      }
      for (const socket of sockets) world.feeds.leave(socket, TOPIC);
      expect(world.hub.isWatched(TOPIC)).toBe(false);
    }),
  );
});

test("who resumes gets exactly what came after its version", () => {
  const world = makeWorld();
  const watcher = world.connect();
  world.join(watcher);
  for (let change = 0; change < 5; change++) world.publish();
  const socket = world.connect();
  world.join(socket, 3);
  world.publish();
  expect(world.received.get(socket)).toEqual(["4", "5", "6", "7"]);
});

test("many that join at once share one snapshot", async () => {
  const world = makeWorld();
  const sockets = Array.from({ length: 100 }, () => world.connect());
  for (const socket of sockets) world.join(socket);
  expect(world.pending()).toBe(1);
  await world.answer(true);
  for (const socket of sockets) expect(world.received.get(socket)).toEqual(["s1"]);
});

test("a failure that stays is told after the last attempt, and the topic is left", async () => {
  const world = makeWorld();
  const socket = world.connect();
  world.join(socket);
  while (world.pending() > 0) {
    await world.answer(false);
    world.tick();
  }
  expect(socket.topics.size).toBe(0);
  expect(world.hub.isWatched(TOPIC)).toBe(false);
});

test("a snapshot that is newer than the frames so far waits for them, and is not asked for again", async () => {
  const world = makeWorld();
  const frames: Array<TopicFrame> = [];
  let latest = 1;
  const timers: Array<() => void> = [];
  let asked = 0;
  const feeds = new TopicFeeds({
    topics: {
      watch: () => ({
        since: (version) =>
          version > latest ? undefined : frames.filter((frame) => frame.version > version),
        close: () => {},
      }),
    },
    clock: {
      now: () => 0,
      after: (_, work) => {
        timers.push(work);
        return () => {};
      },
      soon: () => {},
    },
    publish: () => {},
    show: () => {},
  });
  const kind: TopicKind = {
    mayWatch: () => true,
    snapshot: async () => {
      asked += 1;
      return {
        ok: true,
        value: { version: 3, frame: { type: "HEARTBEAT", server_time: "" } },
        replayed: false,
      };
    },
  };
  const socket = world.connect();
  let got: ReadonlyArray<number> | undefined;
  feeds.join(socket, { topic: TOPIC, entityId: "l", kind }, undefined, (joined) => {
    if (joined.ok)
      got = [joined.value.snapshot?.version ?? 0, ...joined.value.frames.map((one) => one.version)];
  });
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  expect(got).toBeUndefined();
  for (const version of [2, 3, 4])
    frames.push({ topic: TOPIC, version, sampled: false, text: String(version) });
  latest = 4;
  timers.shift()?.();
  expect(got).toEqual([3, 4]);
  expect(asked).toBe(1);
});
