import { beforeEach, expect, test } from "vitest";
import { backoffMs } from "../../sdk/src/backoff.ts";
import { openConnection } from "../../sdk/src/Connection.ts";
import type { Connection, ConnectionState } from "../../sdk/src/Connection.ts";
import { TIMING } from "../../sdk/src/Timers.ts";
import { ACK, FakeSockets } from "./support/FakeSockets.ts";
import { ManualTimers } from "./support/ManualTimers.ts";

const HEARTBEAT = { type: "HEARTBEAT", server_time: "2025-01-01T00:00:00.000Z" } as const;

let timers: ManualTimers;
let sockets: FakeSockets;
let states: ConnectionState["kind"][];
let frames: string[];
let urls: string[];
let connection: Connection;

beforeEach(() => {
  timers = new ManualTimers();
  sockets = new FakeSockets();
  states = [];
  frames = [];
  urls = ["wss://near/ws", "wss://own/ws"];
  connection = openConnection({
    openSocket: (url, events) => sockets.open(url, events),
    urls: () => urls,
    timers,
    timing: TIMING,
    random: () => 1,
    onFrame: (frame) => frames.push(frame.type),
    onState: (state) => states.push(state.kind),
  });
});

test("it is online when the server has greeted, not before", () => {
  connection.send({ type: "PING" });
  expect(sockets.at(0).sent).toEqual([]);
  sockets.at(0).say(ACK);
  connection.send({ type: "PING" });
  expect(sockets.at(0).sent).toEqual([{ type: "PING" }]);
  expect(states).toEqual(["connecting", "online"]);
});

test("lost, it is opened again after waits that double up to a cap, and start anew once greeted", () => {
  const waits: number[] = [];
  for (let attempt = 0; attempt < 7; attempt += 1) {
    sockets.at(attempt).events.closed(1006);
    let waited = 0;
    while (sockets.opened.length === attempt + 1) {
      timers.pass(100);
      waited += 100;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([400, 800, 1_600, 3_200, 6_400, 8_000, 8_000]);
  sockets.at(7).say(ACK);
  sockets.at(7).events.closed(1006);
  timers.pass(400);
  expect(sockets.opened).toHaveLength(9);
});

test("waits are random from a quarter to the whole, so that clients do not come back together", () => {
  expect(backoffMs(2, 0, TIMING)).toBe(400);
  expect(backoffMs(2, 0.999, TIMING)).toBeLessThanOrEqual(1_600);
  expect(backoffMs(50, 0.999, TIMING)).toBeLessThanOrEqual(8_000);
});

test("1012 and 1013 are a loss like any other", () => {
  for (const code of [1012, 1013]) {
    sockets.last.say(ACK);
    sockets.last.events.closed(code);
    expect(states.at(-1)).toBe("waiting");
    timers.pass(8_000);
  }
  expect(sockets.opened).toHaveLength(3);
});

test("an address that is not reached makes way for the next; one that was is tried first again", () => {
  sockets.at(0).events.closed(1006);
  timers.pass(400);
  sockets.at(1).say(ACK);
  sockets.at(1).events.closed(1006);
  timers.pass(400);
  expect(sockets.opened.map(({ url }) => url)).toEqual([
    "wss://near/ws",
    "wss://own/ws",
    "wss://near/ws",
  ]);
});

test("a socket that cannot even be made is an address that is not reached", () => {
  const made: string[] = [];
  openConnection({
    openSocket: (url, events) => {
      made.push(url);
      if (url.includes("near")) throw new Error("mixed content");
      return sockets.open(url, events);
    },
    urls: () => urls,
    timers,
    timing: TIMING,
    random: () => 1,
    onFrame: () => undefined,
    onState: () => undefined,
  });
  timers.pass(400);
  expect(made).toEqual(["wss://near/ws", "wss://own/ws"]);
});

test("an address is asked for anew at each attempt, so that a new token is used", () => {
  urls = ["wss://other/ws"];
  sockets.at(0).events.closed(1006);
  timers.pass(400);
  expect(sockets.at(1).url).toBe("wss://other/ws");
});

test("a socket that fell silent is taken for lost; one that speaks is not", () => {
  sockets.at(0).say(ACK);
  timers.pass(30_000);
  sockets.at(0).say(HEARTBEAT);
  timers.pass(44_000);
  expect(states.at(-1)).toBe("online");
  timers.pass(1_000);
  expect(sockets.at(0).isClosed).toBe(true);
  expect(states.at(-1)).toBe("waiting");
});

test("one that opens but is not greeted is given up sooner", () => {
  timers.pass(10_000);
  expect(sockets.at(0).isClosed).toBe(true);
  expect(states.at(-1)).toBe("waiting");
});

test("what an abandoned socket still says is not heard", () => {
  sockets.at(0).say(ACK);
  timers.pass(45_400);
  sockets.at(1).say(ACK);
  sockets.at(0).say(HEARTBEAT);
  sockets.at(0).events.closed(1008);
  expect(frames).toEqual(["CONNECTION_ACK", "CONNECTION_ACK"]);
  expect(states.at(-1)).toBe("online");
});

test("1008 waits for its owner's word", () => {
  sockets.at(0).events.closed(1008);
  connection.wake();
  expect(states).toEqual(["connecting", "refused", "connecting"]);
  sockets.at(1).events.closed(1008);
  timers.pass(60_000);
  expect(sockets.opened).toHaveLength(2);
  connection.retry(5_000);
  timers.pass(5_000);
  expect(sockets.opened).toHaveLength(3);
});

test("woken while waiting it connects at once; woken while online it wants an answer soon", () => {
  sockets.at(0).events.closed(1006);
  connection.wake();
  expect(sockets.opened).toHaveLength(2);
  sockets.at(1).say(ACK);
  connection.wake();
  connection.wake();
  expect(sockets.at(1).sent).toEqual([{ type: "PING" }]);
  timers.pass(4_000);
  expect(states.at(-1)).toBe("waiting");
});

test("any frame clears a suspicion", () => {
  sockets.at(0).say(ACK);
  connection.probe();
  timers.pass(3_999);
  sockets.at(0).say({ type: "PONG", server_time: "2025-01-01T00:00:00.000Z" });
  timers.pass(40_000);
  expect(states.at(-1)).toBe("online");
});

test("closed, it stays closed", () => {
  connection.close();
  connection.wake();
  connection.retry(0);
  timers.pass(60_000);
  expect(sockets.at(0).isClosed).toBe(true);
  expect(sockets.opened).toHaveLength(1);
  expect(timers.pending).toBe(0);
});

test("text that is no frame is passed over", () => {
  sockets.at(0).say(ACK);
  for (const text of ["", "{", "[]", "null", `{"kind":"NEWS"}`]) sockets.at(0).events.message(text);
  expect(frames).toEqual(["CONNECTION_ACK"]);
});
