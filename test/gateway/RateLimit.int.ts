import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "./support/SocketClient.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

const PER_SECOND = 20;
let server: TestGateway;
beforeAll(async () => {
  server = await startGateway({ environment: { RATE_LIMIT_PER_SECOND: String(PER_SECOND) } });
});
afterAll(() => server.close());

/** Sends from another address of this machine, which a client may choose as its own on Linux. */
const from = (address: string, url: string, headers: Record<string, string> = {}) =>
  new Promise<{ readonly status: number; readonly retryAfter: string | undefined }>(
    (resolve, reject) => {
      import("node:http").then(({ get }) => {
        get(url, { localAddress: address, headers, agent: false }, (response) => {
          response.resume();
          response.on("end", () =>
            resolve({
              status: response.statusCode ?? 0,
              retryAfter: response.headers["retry-after"],
            }),
          );
        }).on("error", reject);
      }, reject);
    },
  );

test("a flood from one address is refused with 429 and starves nobody at another", async () => {
  const flood = await Promise.all(
    Array.from({ length: 200 }, () => from("127.0.0.2", `${server.url}/health/live`)),
  );
  const refused = flood.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(100);
  expect(Number(refused[0]?.retryAfter)).toBeGreaterThanOrEqual(1);
  expect(flood.some(({ status }) => status === 200)).toBe(true);
  expect((await from("127.0.0.3", `${server.url}/health/live`)).status).toBe(200);
});

test("a player is limited across addresses", async () => {
  const { token } = await server.player();
  const headers = { authorization: `Bearer ${token}` };
  const answers = await Promise.all(
    Array.from({ length: 80 }, (_, index) =>
      from(`127.0.1.${1 + (index % 8)}`, `${server.url}/wallet/me`, headers),
    ),
  );
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(20);
});

test("a socket that floods is told so, and cut off when it goes on", async () => {
  const { token } = await server.player();
  const client = connect(`${server.wsUrl}?token=${token}`);
  await client.nextOf("CONNECTION_ACK");
  for (let index = 0; index < 100; index++) client.send({ type: "PING", id: String(index) });
  const error = await client.nextOf("ERROR");
  expect(error).toMatchObject({ code: "rate_limited" });
  expect(error["retry_after_ms"]).toBeGreaterThan(0);
  expect(typeof error["id"]).toBe("string");
  for (let index = 0; index < 2000; index++) client.send({ type: "PING" });
  expect((await client.closed()).code).toBe(1008);
});
