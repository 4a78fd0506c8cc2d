/** What payment providers send by themselves: read from its raw bytes, heard once, and sent again when it must be. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Unavailable } from "../../rpc/failure.ts";
import { PaymentId, ReservationId } from "../../rpc/id.ts";
import { ReservationNotFound } from "../../rpc/raffle.ts";
import { failure, success } from "../../src/gateway/Answer.ts";
import type { Reservations } from "../../src/gateway/Game.ts";
import type { ProviderEvent } from "../../src/payments/PaymentProvider.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

const EVENT: ProviderEvent = {
  eventId: "evt-1",
  reservationId: ReservationId.make("harbour.a"),
  paymentId: PaymentId.make("p-1"),
  ref: "pay-1",
  status: "succeeded",
  failure: null,
};
const READING = JSON.stringify({ _tag: "event", event: EVENT });

let server: TestGateway;
let heard: Array<readonly [string, ProviderEvent]>;
let answer: Reservations["hear"];
beforeAll(async () => {
  server = await startGateway();
});
beforeEach(() => {
  heard = [];
  answer = async () => success({ isNews: true });
  Object.assign(server.fake.game.reservations, {
    hear: (provider: "sandbox_card", event: ProviderEvent) => {
      heard.push([provider, event]);
      return answer(provider, event);
    },
  });
});
afterAll(() => server.close());

const post = async (body: string | Uint8Array, provider = "sandbox_card", at = server) => {
  const response = await fetch(`${at.url}/api/v1/payments/webhooks/${provider}`, {
    method: "POST",
    headers: { "x-signature": "t=1,v1=abc" },
    body,
  });
  const { headers, status } = response;
  return { status, headers, body: (await response.json()) as Record<string, unknown> };
};
const verdicts = async () => {
  const text = await server.metrics();
  return Object.fromEntries(
    [...text.matchAll(/^croupier_webhooks_total\{.*verdict="(\w+)"\} (\d+)/gm)].map(
      ([, verdict, count]) => [verdict, Number(count)],
    ),
  );
};

test("the provider reads the bytes as they came, with any header", async () => {
  const odd = '{ "_tag" : "other" , "žš": "\\u0000" }\n';
  expect(await post(odd)).toMatchObject({ status: 200, body: { received: true } });
  expect(server.payments.read.at(-1)).toEqual({ body: odd, signature: "t=1,v1=abc" });
  expect(heard).toEqual([]);
});

test("its news is heard before it is answered, and again when it comes again", async () => {
  expect(await post(READING)).toMatchObject({ status: 200, body: { received: true } });
  expect(heard).toEqual([["sandbox_card", EVENT]]);
  answer = async () => ({ ok: true, value: { isNews: true }, replayed: true });
  expect((await post(READING)).status).toBe(200);
  answer = async () => success({ isNews: false });
  expect((await post(READING)).status).toBe(200);
  expect(heard).toHaveLength(3);
  expect(await verdicts()).toMatchObject({ news: 1, known: 2 });
});

test("a forged one is refused, logged and counted, and nobody hears of it", async () => {
  expect(await post("not signed")).toMatchObject({
    status: 400,
    body: { code: "webhook_forged", status: 400 },
  });
  expect(heard).toEqual([]);
  expect(server.log.at(-1)).toMatchObject({
    level: "warn",
    message: "a webhook was refused",
    fields: { provider: "sandbox_card", why: "no JSON" },
  });
  expect((await verdicts())["forged"]).toBe(1);
});

test("forged ones count against their address; authentic ones are never turned away", async () => {
  const limited = await startGateway({ environment: { RATE_LIMIT_PER_SECOND: "1" } });
  const forged = await Promise.all(
    Array.from({ length: 50 }, () => post("no", "sandbox_card", limited)),
  );
  const refused = forged.filter(({ status }) => status === 400);
  expect(new Set(forged.map(({ status }) => status))).toEqual(new Set([400, 429]));
  expect(limited.log.filter(({ message }) => message === "a webhook was refused")).toHaveLength(
    refused.length,
  );
  for (let count = 0; count < 5; count++)
    expect((await post('{"_tag":"other"}', "sandbox_card", limited)).status).toBe(200);
  await limited.close();
});

describe("when it cannot be heard", () => {
  test("now, the provider is to send it again", async () => {
    answer = async () => failure(new Unavailable({ reason: "moving", retryAfterMs: 2000 }));
    const answered = await post(READING);
    expect(answered).toMatchObject({ status: 503, body: { code: "unavailable" } });
    expect(answered.headers.get("retry-after")).toBe("2");
    answer = () => Promise.reject(Object.assign(new Error("gone"), { code: "ECONNREFUSED" }));
    expect((await post(READING)).status).toBe(503);
    answer = () => Promise.reject(new Error("secret cause"));
    const broken = await post(READING);
    expect(broken.status).toBe(500);
    expect(JSON.stringify(broken.body)).not.toContain("secret");
    expect((await verdicts())["unavailable"]).toBe(2);
  });

  test("ever, for its reservation is none of ours, it is taken and logged", async () => {
    const { reservationId } = EVENT;
    answer = async () => failure(new ReservationNotFound({ reservationId }));
    expect((await post(READING)).status).toBe(200);
    expect(server.log.at(-1)).toMatchObject({
      level: "warn",
      fields: { eventId: "evt-1", reservationId, code: "ReservationNotFound" },
    });
    expect((await verdicts())["unknown_reservation"]).toBe(1);
  });
});

test("there are only webhooks of providers that are set up and send some", async () => {
  for (const provider of ["stripe", "wallet", "paypal", "..%2f"])
    expect(await post(READING, provider)).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
  const got = await fetch(`${server.url}/api/v1/payments/webhooks/sandbox_card`);
  expect(got.status).toBe(404);
});

test("one of more than 64 KiB is not read", async () => {
  const long = `{"_tag":"other","x":"${"x".repeat(64 * 1024)}"}`;
  expect((await post(long)).status).toBe(413);
  expect(server.payments.read.at(-1)?.body).not.toBe(long);
  const most = `{"_tag":"other","x":"${"x".repeat(64 * 1024 - 23)}"}`;
  expect(most).toHaveLength(64 * 1024);
  expect((await post(most)).status).toBe(200);
});
