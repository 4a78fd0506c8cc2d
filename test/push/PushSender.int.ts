/** Notices to a push service of this machine: what it gets, and what becomes of it when it does not take them. */
import { importJWK, jwtVerify } from "jose";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Notice } from "../../src/push/Notice.ts";
import { type PushOutcome, PushSender } from "../../src/push/PushSender.ts";
import { PushServices } from "../../src/push/PushServices.ts";
import { VapidKeys } from "../../src/push/VapidKeys.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { PushService, type ServiceAnswer, SubscribedBrowser } from "./PushService.ts";

const NOW = 1_700_000_000_000;
const CONTACT = "mailto:operator@example.com";
const NOTICE: Notice = { title: "¡Has ganado!", body: "Verano: bici.", url: "/#/x", tag: "draw:x" };

let database: FreshDatabase;
let pool: pg.Pool;
let service: PushService;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});
beforeEach(async () => {
  await pool.query("TRUNCATE push_subscription");
  service = await PushService.start();
});
afterEach(() => service.close());
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const desk = () => {
  const keys = new VapidKeys(pool, undefined);
  const outcomes: Array<PushOutcome> = [];
  const pauses: Array<number> = [];
  const logged: Array<unknown> = [];
  let now = NOW;
  const sender = new PushSender({
    pool,
    keys,
    services: new PushServices([service.origin]),
    contact: CONTACT,
    now: () => now,
    log: (message, fields) => void logged.push([message, fields]),
    onOutcome: (outcome) => void outcomes.push(outcome),
    pause: async (ms) => {
      pauses.push(ms);
      now += ms;
    },
  });
  const send = async (browser: SubscribedBrowser, lifeMs = 60_000) => {
    sender.post({ browser, notice: NOTICE, urgency: "high", expiresAt: NOW + lifeMs });
    await sender.idle();
    return outcomes.at(-1);
  };
  return { keys, logged, outcomes, pauses, send, sender };
};

const subscribed = async (name: string, player = "ada") => {
  const browser = new SubscribedBrowser(`${service.origin}/${name}`);
  await pool.query("INSERT INTO push_subscription VALUES ($1, $2, $3, $4, 'en', 1)", [
    browser.endpoint,
    player,
    browser.p256dh,
    browser.auth,
  ]);
  return browser;
};

const subscriptions = async () =>
  (await pool.query("SELECT endpoint FROM push_subscription")).rows.map(({ endpoint }) => endpoint);

describe("a notice", () => {
  it("comes encrypted for the browser that subscribed, which alone can read it", async () => {
    const browser = await subscribed("b1");
    expect(await desk().send(browser)).toBe("sent");
    expect(service.noticesOf(browser)).toEqual([NOTICE]);
    const [{ body, headers, method } = { body: Buffer.alloc(0), headers: {}, method: "" }] =
      service.pushed;
    expect(method).toBe("POST");
    expect(headers).toMatchObject({ "content-encoding": "aes128gcm", ttl: "60", urgency: "high" });
    expect(body.includes("ganado")).toBe(false);
    expect(() => new SubscribedBrowser(browser.endpoint).read(body)).toThrow();
  });

  it("is signed by this server for that push service", async () => {
    const { keys, send } = desk();
    await send(await subscribed("b1"));
    const { publicKey } = await keys.pair();
    const [, jwt = "", key] =
      /^vapid t=(.+), ?k=(.+)$/.exec(service.pushed[0]?.headers.authorization ?? "") ?? [];
    expect(key).toBe(publicKey);
    const point = Buffer.from(publicKey, "base64url");
    const { payload } = await jwtVerify(
      jwt,
      await importJWK(
        {
          kty: "EC",
          crv: "P-256",
          x: point.subarray(1, 33).toString("base64url"),
          y: point.subarray(33).toString("base64url"),
        },
        "ES256",
      ),
      { audience: service.origin, subject: CONTACT },
    );
    expect(payload.exp).toBeLessThan(Date.now() / 1000 + 86_400);
  });
});

describe("a push service that", () => {
  it.each([404, 410])("answers %i ends the subscription", async (status) => {
    const [gone, other] = [await subscribed("b1"), await subscribed("b2")];
    service.answers.push({ status });
    expect(await desk().send(gone)).toBe("gone");
    expect(await subscriptions()).toEqual([other.endpoint]);
  });

  it("answers 410 does not end one that the browser has renewed meanwhile", async () => {
    const old = await subscribed("b1");
    await pool.query("UPDATE push_subscription SET p256dh = 'renewed'");
    service.answers.push({ status: 410 });
    expect(await desk().send(old)).toBe("gone");
    expect(await subscriptions()).toEqual([old.endpoint]);
  });

  it.each([
    ["is overloaded", [{ status: 500 }, { status: 503 }], [1000, 5000]],
    ["asks for patience", [{ status: 429, headers: { "retry-after": "7" } }], [7000]],
  ] as const)("%s is asked again, a little later", async (_, answers, paused) => {
    service.answers.push(...answers);
    const browser = await subscribed("b1");
    const { pauses, send } = desk();
    expect(await send(browser)).toBe("sent");
    expect(pauses).toEqual(paused);
    expect(service.noticesOf(browser)).toEqual(
      Array.from({ length: answers.length + 1 }, () => NOTICE),
    );
  });

  it.each<readonly [string, ReadonlyArray<ServiceAnswer>, number]>([
    ["fails each time", Array.from({ length: 9 }, () => ({ status: 500 })), 3],
    ["refuses it", [{ status: 413 }], 1],
    ["sends elsewhere", [{ status: 302, headers: { location: "/inside" } }], 1],
    ["asks for too much patience", [{ status: 429, headers: { "retry-after": "3600" } }], 1],
  ])("%s is given up, and the log tells why without the address", async (_, answers, attempts) => {
    service.answers.push(...answers);
    const browser = await subscribed("secret-b1");
    const { logged, send } = desk();
    expect(await send(browser)).toBe("failed");
    expect(service.pushed.map(({ path }) => path)).toEqual(Array(attempts).fill("/secret-b1"));
    expect(logged).toEqual([
      [
        "a notice was not taken",
        {
          notice: NOTICE.tag,
          service: new URL(service.origin).host,
          because: expect.stringContaining(String(answers[0]?.status)),
        },
      ],
    ]);
    expect(JSON.stringify(logged)).not.toContain("secret");
    expect(await subscriptions()).toHaveLength(1);
  });

  it("is away is asked again, and given up", async () => {
    const browser = await subscribed("b1");
    const { pauses, send } = desk();
    const { origin } = service;
    await service.close();
    expect(await send(browser)).toBe("failed");
    expect(pauses).toEqual([1000, 5000]);
    service = await PushService.start();
    expect(service.origin).not.toBe(origin);
  });

  it("fails until the notice is of no use is not asked any more", async () => {
    service.answers.push({ status: 503 }, { status: 503 });
    expect(await desk().send(await subscribed("b1"), 3000)).toBe("late");
    expect(service.pushed).toHaveLength(2);
  });
});

describe("the sender", () => {
  it("calls no address outside the push services", async () => {
    const elsewhere = await PushService.start();
    const { logged, send } = desk();
    expect(await send(new SubscribedBrowser(`${elsewhere.origin}/inside`))).toBe("failed");
    expect(elsewhere.pushed).toEqual([]);
    expect(logged).toHaveLength(1);
    await elsewhere.close();
  });

  it("lives with keys that are none", async () => {
    const browser = { endpoint: `${service.origin}/b1`, p256dh: "short", auth: "short" };
    const { outcomes, sender } = desk();
    sender.post({ browser, notice: NOTICE, urgency: "normal", expiresAt: NOW + 1 });
    await sender.idle();
    expect(outcomes).toEqual(["failed"]);
  });

  it("sends many, a bounded number at a time, and has room for a bounded number", async () => {
    const browser = await subscribed("b1");
    const { outcomes, sender } = desk();
    const all = sender.room;
    service.answers.push(...Array<undefined>(32).fill(undefined));
    const held = service.requests.more(32);
    for (let i = 0; i < 200; i++)
      sender.post({ browser, notice: NOTICE, urgency: "normal", expiresAt: NOW + 60_000 });
    await held;
    expect(service.pushed).toHaveLength(32);
    expect(sender.room).toBe(all - 200);
    await sender.close();
    expect(sender.room).toBe(all);
    expect(outcomes).toHaveLength(200);
  });
});
