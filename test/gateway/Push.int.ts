/** Web push over REST: who gets notices is the player's own affair. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { PushServiceUnknown, TooManySubscriptions } from "../../rpc/http/push.ts";
import { caller } from "./support/call.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

const BROWSER = {
  endpoint: "https://push.example/1",
  keys: { p256dh: "BEl6-_", auth: "k_8-JA==" },
};

const asked: Array<ReadonlyArray<unknown>> = [];
let refusal: TooManySubscriptions | PushServiceUnknown | undefined;
let server: TestGateway;
let token: string;
const call = caller(() => server.url);
beforeAll(async () => {
  server = await startGateway({
    push: {
      publicKey: async () => "BPublic",
      subscribe: async (...of) => {
        asked.push(of);
        return refusal;
      },
      unsubscribe: async (...of) => void asked.push(of),
    },
  });
  token = (await server.player({ playerId: "ann" })).token;
});
afterAll(() => server.close());

test("the key is everyone's", async () => {
  expect(await call("GET", "/api/v1/push/key")).toMatchObject({
    status: 200,
    body: { public_key: "BPublic" },
  });
});

test("a player's browser gets notices, in English unless it says otherwise, and gets them no more", async () => {
  const subscribe = (body: unknown) => call("POST", "/api/v1/push/subscriptions", { token, body });
  expect(await subscribe(BROWSER)).toMatchObject({ status: 201, body: { subscribed: true } });
  await subscribe({ ...BROWSER, language: "es" });
  const { endpoint } = BROWSER;
  expect(
    await call("POST", "/api/v1/push/unsubscribe", { token, body: { endpoint } }),
  ).toMatchObject({ status: 200, body: { subscribed: false } });
  expect(asked).toEqual([
    ["ann", { ...BROWSER, language: "en" }],
    ["ann", { ...BROWSER, language: "es" }],
    ["ann", endpoint],
  ]);
});

test("what the desk refuses is told, and what is malformed never reaches it", async () => {
  const before = asked.length;
  const subscribe = (body: unknown) => call("POST", "/api/v1/push/subscriptions", { token, body });
  refusal = new TooManySubscriptions({ limit: 5 });
  expect(await subscribe(BROWSER)).toMatchObject({
    status: 422,
    body: { code: "too_many_subscriptions", limit: 5 },
  });
  refusal = new PushServiceUnknown();
  expect(await subscribe(BROWSER)).toMatchObject({ status: 422 });
  for (const body of [
    { ...BROWSER, endpoint: "ftp://push.example" },
    { ...BROWSER, keys: { p256dh: "not base64!", auth: "a" } },
    { ...BROWSER, language: "de" },
  ])
    expect((await subscribe(body)).status).toBe(400);
  expect((await call("POST", "/api/v1/push/subscriptions", { body: BROWSER })).status).toBe(401);
  expect(asked).toHaveLength(before + 2);
});
