import { beforeEach, expect, test } from "vitest";
import { backoffMs } from "../../../web/src/connection/backoff.ts";
import { openConnection } from "../../../web/src/connection/Connection.ts";
import type {
  Connection,
  ConnectionState,
  SocketEvents,
} from "../../../web/src/connection/Connection.ts";
import { ManualTimers } from "./ManualTimers.ts";

const ACK = JSON.stringify({
  type: "CONNECTION_ACK",
  client_id: "c",
  server_time: "2025-01-01T00:00:00.000Z",
});
const HEARTBEAT = JSON.stringify({ type: "HEARTBEAT", server_time: "2025-01-01T00:00:00.000Z" });

interface Opened {
  readonly events: SocketEvents;
  readonly sent: string[];
  isClosed: boolean;
}

let timers: ManualTimers;
let sockets: Opened[];
let states: ConnectionState["kind"][];
let frames: string[];
let connection: Connection;

beforeEach(() => {
  timers = new ManualTimers();
  sockets = [];
  states = [];
  frames = [];
  connection = openConnection({
    open: (events) => {
      const opened: Opened = { events, sent: [], isClosed: false };
      sockets.push(opened);
      return {
        send: (text) => opened.sent.push(text),
        close: () => {
          opened.isClosed = true;
        },
      };
    },
    after: timers.after,
    random: () => 1,
    onFrame: (frame) => frames.push(frame.type),
    onState: (state) => states.push(state.kind),
  });
});

const socket = (index: number): Opened => {
  const opened = sockets[index];
  if (opened === undefined) throw new Error(`socket ${index} was not opened`);
  return opened;
};

test("it is online when the server has greeted, not before", () => {
  connection.send({ type: "PING" });
  expect(socket(0).sent).toEqual([]);
  socket(0).events.message(ACK);
  connection.send({ type: "PING" });
  expect(socket(0).sent).toEqual([`{"type":"PING"}`]);
  expect(states).toEqual(["connecting", "online"]);
});

test("lost, it is opened again after waits that double up to a cap, and start anew once greeted", () => {
  const waits: number[] = [];
  for (let attempt = 0; attempt < 7; attempt += 1) {
    socket(attempt).events.closed(1006);
    let waited = 0;
    while (sockets.length === attempt + 1) {
      timers.pass(100);
      waited += 100;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([400, 800, 1_600, 3_200, 6_400, 8_000, 8_000]);
  socket(7).events.message(ACK);
  socket(7).events.closed(1006);
  timers.pass(400);
  expect(sockets).toHaveLength(9);
});

test("waits are random from a quarter to the whole, so that clients do not come back together", () => {
  expect(backoffMs(2, 0)).toBe(400);
  expect(backoffMs(2, 0.999)).toBeLessThanOrEqual(1_600);
});

test("a socket that fell silent is taken for lost; one that speaks is not", () => {
  socket(0).events.message(ACK);
  timers.pass(30_000);
  socket(0).events.message(HEARTBEAT);
  timers.pass(44_000);
  expect(states.at(-1)).toBe("online");
  timers.pass(1_000);
  expect(socket(0).isClosed).toBe(true);
  expect(states.at(-1)).toBe("waiting");
});

test("what an abandoned socket still says is not heard", () => {
  socket(0).events.message(ACK);
  timers.pass(45_000);
  socket(0).events.message(HEARTBEAT);
  socket(0).events.closed(1006);
  expect(frames).toEqual(["CONNECTION_ACK"]);
  timers.pass(400);
  expect(sockets).toHaveLength(2);
});

test("1008 is final", () => {
  socket(0).events.closed(1008);
  connection.wake();
  timers.pass(60_000);
  expect(states).toEqual(["connecting", "refused"]);
  expect(sockets).toHaveLength(1);
});

test("woken while waiting it connects at once; woken while online it wants an answer soon", () => {
  socket(0).events.closed(1006);
  connection.wake();
  expect(sockets).toHaveLength(2);
  socket(1).events.message(ACK);
  connection.wake();
  expect(socket(1).sent).toEqual([`{"type":"PING"}`]);
  timers.pass(4_000);
  expect(states.at(-1)).toBe("waiting");
});

test("closed, it stays closed", () => {
  connection.close();
  connection.wake();
  timers.pass(60_000);
  expect(socket(0).isClosed).toBe(true);
  expect(sockets).toHaveLength(1);
});

test("frames that are no JSON, or of a type not known here, are passed over", () => {
  socket(0).events.message(ACK);
  for (const text of ["", "{", "[]", "null", `{"type":"NEWS"}`, `{"type":"toString"}`]) {
    socket(0).events.message(text);
  }
  expect(frames).toEqual(["CONNECTION_ACK"]);
});
