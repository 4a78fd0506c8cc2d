import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocketServer, type WebSocket } from "ws";
import { openRawSocket, type RawSocketOptions } from "../../bench/load/RawSocket.ts";
import { clientFrame, OPCODE } from "../../bench/load/WebSocketFrames.ts";

let server: WebSocketServer;
let port: number;

beforeEach(async () => {
  server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    verifyClient: ({ req }: { readonly req: IncomingMessage }) => req.url !== "/refused",
  });
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  for (const client of server.clients) client.terminate();
  server.close();
  await once(server, "close");
});

/** Opens a socket and gives it with the server's end of it. */
const open = async (on: Partial<RawSocketOptions> = {}) => {
  const connection = once(server, "connection");
  const socket = await openRawSocket({
    host: "127.0.0.1",
    port,
    path: "/ws?token=t",
    onText: () => {},
    onEnd: () => {},
    ...on,
  });
  const [peer] = (await connection) as [WebSocket];
  return { socket, peer };
};

test("a strict server reads what it sends, and it reads what the server sends", async () => {
  let heard = (_text: string) => {};
  const text = new Promise<string>((resolve) => {
    heard = resolve;
  });
  const { socket, peer } = await open({
    onText: (bytes, start, end) => heard(bytes.toString("utf8", start, end)),
  });
  const received = once(peer, "message");
  socket.send(clientFrame(OPCODE.text, Buffer.from("größer")));
  const [data] = (await received) as [Buffer];
  expect(data.toString()).toBe("größer");
  peer.send("schöner");
  expect(await text).toBe("schöner");
  socket.close();
});

test("it answers a ping with the same bytes", async () => {
  const { socket, peer } = await open();
  const pong = once(peer, "pong");
  peer.ping("are you there");
  const [data] = (await pong) as [Buffer];
  expect(data.toString()).toBe("are you there");
  socket.close();
});

test("it reports the code with which the server closes", async () => {
  let ended = (_code: number | undefined) => {};
  const code = new Promise<number | undefined>((resolve) => {
    ended = resolve;
  });
  const { peer } = await open({ onEnd: (given) => ended(given) });
  peer.close(1013);
  expect(await code).toBe(1013);
});

test("a refused upgrade is an error that says how it was refused", async () => {
  await expect(
    openRawSocket({ host: "127.0.0.1", port, path: "/refused", onText: () => {}, onEnd: () => {} }),
  ).rejects.toThrow("401");
});
