/** Which pages may open a socket that shows no token: those that may read the same over REST. */
import WebSocket from "ws";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startGateway, type TestGateway } from "../support/TestGateway.ts";

let server: TestGateway;
let closed: TestGateway;
beforeAll(async () => {
  server = await startGateway({});
  closed = await startGateway({ environment: { CORS_ORIGINS: "https://play.example.com" } });
});
afterAll(() => Promise.all([server.close(), closed.close()]));

/** 101 when it was let in. */
const status = (url: string, headers: Readonly<Record<string, string>>) =>
  new Promise<number>((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.on("open", () => {
      socket.terminate();
      resolve(101);
    });
    socket.on("unexpected-response", (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on("error", reject);
  });
const trackers = (one: TestGateway) => `${one.wsUrl}?client_name=hud`;
const raffle = (one: TestGateway) => `${one.wsUrl.slice(0, -3)}/api/v1/raffles/harbour/ws`;

describe.each([
  ["trackers", trackers],
  ["watchers of a raffle", raffle],
])("%s", (_, urlOf) => {
  test("come in from a program, from this machine's pages, and from the server's own", async () => {
    expect(await status(urlOf(server), {})).toBe(101);
    expect(await status(urlOf(server), { origin: "http://localhost:5173" })).toBe(101);
    const own = { host: "play.example.org", origin: "https://play.example.org" };
    expect(await status(urlOf(server), own)).toBe(101);
    expect(await status(urlOf(closed), { origin: "https://play.example.com" })).toBe(101);
  });

  test.each([
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "https://localhost.evil.example" },
    { host: "play.example.org", origin: "https://play.example.org.evil.example" },
    { host: "play.example.org:8080", origin: "https://play.example.org" },
  ])("do not from a page of %j", async (headers) => {
    expect(await status(urlOf(server), headers as unknown as Record<string, string>)).toBe(403);
  });

  test("do not from this machine's pages when the settings name others", async () => {
    expect(await status(urlOf(closed), { origin: "http://localhost:5173" })).toBe(403);
  });
});

test("a player shows a token, and so comes from wherever the page is", async () => {
  const { token } = await server.player();
  const url = `${server.wsUrl}?token=${token}`;
  expect(await status(url, { origin: "https://games.example" })).toBe(101);
});
