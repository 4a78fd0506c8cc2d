import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

/** Let in between two batches are fewer. */
const BATCH = 50;

describe("behind a proxy of ours", () => {
  const PROXY = "127.0.0.4";
  let behind: TestGateway;
  beforeAll(async () => {
    behind = await startGateway({
      environment: {
        RATE_LIMIT_PER_SECOND: String(PER_SECOND),
        TRUSTED_PROXIES: `${PROXY}, 127.0.0.1/32`,
      },
      rpc: async (_, stranger) => {
        stranger();
        return Response.json([]);
      },
    });
  });
  afterAll(() => behind.close());
  const flood = (proxy: string, forwarded: (index: number) => string) =>
    Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        from(proxy, `${behind.url}/health/live`, { "x-forwarded-for": forwarded(index) }),
      ),
    );
  const refusals = (answers: Awaited<ReturnType<typeof flood>>) =>
    answers.filter(({ status }) => status === 429).length;

  test("each client counts by itself, however many come through", async () => {
    const answers = await flood(PROXY, (index) => `198.51.100.${index}`);
    expect(refusals(answers)).toBe(0);
  });

  test("one client that floods is refused, whatever else it claims to be", async () => {
    const answers = await flood(PROXY, (index) => `198.51.100.${index}, 203.0.113.9`);
    expect(refusals(answers)).toBeGreaterThan(20);
    const bystander = { "x-forwarded-for": "203.0.113.10" };
    expect((await from(PROXY, `${behind.url}/health/live`, bystander)).status).toBe(200);
  });

  test("who is no proxy of ours counts by its own address", async () => {
    expect(refusals(await flood("127.0.0.5", (index) => `192.0.2.${index}`))).toBeGreaterThan(20);
  });

  test("the same holds for sockets", async () => {
    const headers = { "x-forwarded-for": "203.0.113.20" };
    const { token } = await behind.player();
    const url = `${behind.wsUrl}?token=${token}`;
    const first = connect(url, headers);
    await first.nextOf("CONNECTION_ACK");
    // Its frames and its connections come out of one bucket, which is another's than its neighbour's.
    for (let index = 0; index < 100; index++) first.send({ type: "PING" });
    await first.nextOf("ERROR");
    const neighbour = connect(`${behind.wsUrl}?token=${(await behind.player()).token}`, {
      "x-forwarded-for": "203.0.113.21",
    });
    await neighbour.nextOf("CONNECTION_ACK");
    neighbour.send({ type: "PING" });
    await neighbour.nextOf("PONG");
    first.close();
    neighbour.close();
  });

  test("a socket that floods slowly enough to be let in in between is cut off too", async () => {
    const { token } = await behind.player();
    const client = connect(`${behind.wsUrl}?token=${token}`, {
      "x-forwarded-for": "203.0.113.60",
    });
    await client.nextOf("CONNECTION_ACK");
    let isOver = false;
    const closed = client.closed().finally(() => (isOver = true));
    // Between two batches time passes, and something is let in again.
    for (let batch = 0; batch < 500 && !isOver; batch++) {
      for (let id = 1; id < BATCH; id++) client.send({ type: "PING" });
      const id = String(batch);
      client.send({ type: "PING", id });
      const answered = client.next(`an answer to ${id}`, (frame) => frame["id"] === id);
      await Promise.race([answered, closed]);
    }
    expect(await closed).toEqual({ code: 1008, reason: "flooding" });
  });

  test("guesses at one password are few, from one address and for one name", async () => {
    const guess = async (client: string, username: string) => {
      const response = await fetch(`${behind.url}/auth/login`, {
        method: "POST",
        headers: { "x-forwarded-for": client, "content-type": "application/json" },
        body: JSON.stringify({ username, password: "a guess" }),
      });
      return { status: response.status, retryAfter: response.headers.get("retry-after") };
    };
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        guess("203.0.113.50", index % 2 === 0 ? "ada" : "ADA"),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
    expect(answers.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(20);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.retryAfter)).toBeGreaterThanOrEqual(1);
    expect((await guess("203.0.113.50", "bob")).status).toBe(401);
    expect((await guess("203.0.113.51", "ada")).status).toBe(401);
  });

  test("and for typed RPC without the service token", async () => {
    const call = (client: string) =>
      fetch(`${behind.url}/rpc`, {
        method: "POST",
        headers: { "x-forwarded-for": client, "content-type": "application/json" },
        body: "{}",
      });
    const answers = await Promise.all(Array.from({ length: 200 }, () => call("203.0.113.30")));
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect((await call("203.0.113.31")).status).toBe(200);
  });
});
