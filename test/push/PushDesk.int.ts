/** Subscribing for notices, and the server's keys. */
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import webPush from "web-push";
import { PushServiceUnknown, TooManySubscriptions } from "../../rpc/http/push.ts";
import { PlayerId } from "../../rpc/id.ts";
import { PushDesk } from "../../src/push/PushDesk.ts";
import { PushServices } from "../../src/push/PushServices.ts";
import { configuredKeys, VapidKeys } from "../../src/push/VapidKeys.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";

let database: FreshDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});
beforeEach(() => pool.query("TRUNCATE push_subscription, push_key"));
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const [ada, bob] = [PlayerId.make("ada"), PlayerId.make("bob")];

const deskAt = (now = 1) =>
  new PushDesk({
    pool,
    keys: new VapidKeys(pool, undefined),
    services: new PushServices([]),
    now: () => now,
  });

const browser = (name: string, more: { language?: "en" | "es"; auth?: string } = {}) => ({
  endpoint: `https://fcm.googleapis.com/fcm/send/${name}`,
  keys: { p256dh: "p", auth: more.auth ?? "a" },
  language: more.language ?? ("en" as const),
});

const rows = async () =>
  (
    await pool.query(
      "SELECT endpoint, player_id, auth, language, created_at FROM push_subscription ORDER BY endpoint",
    )
  ).rows;

describe("a subscription", () => {
  it("is kept, renewed and ended by its player", async () => {
    await deskAt(1).subscribe(ada, browser("b1"));
    await deskAt(2).subscribe(ada, browser("b1", { language: "es", auth: "a2" }));
    const { endpoint } = browser("b1");
    expect(await rows()).toEqual([
      { endpoint, player_id: "ada", auth: "a2", language: "es", created_at: "1" },
    ]);
    await deskAt().unsubscribe(bob, endpoint);
    expect(await rows()).toHaveLength(1);
    await deskAt().unsubscribe(ada, endpoint);
    await deskAt().unsubscribe(ada, endpoint);
    expect(await rows()).toEqual([]);
  });

  it("goes with the browser to whoever uses it now", async () => {
    await deskAt(1).subscribe(ada, browser("b1"));
    await deskAt(2).subscribe(bob, browser("b1"));
    expect(await rows()).toMatchObject([{ player_id: "bob", created_at: "2" }]);
  });

  it("is refused to a sixth browser, however many come at once, and renewed in the others", async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => deskAt().subscribe(ada, browser(`b${i}`))),
    );
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(5);
    expect(answers.filter((answer) => answer instanceof TooManySubscriptions)).toHaveLength(7);
    const [first] = await rows();
    const again = { ...browser("x"), endpoint: first.endpoint };
    expect(await deskAt().subscribe(ada, again)).toBeUndefined();
    expect(await deskAt().subscribe(bob, browser("b-bob"))).toBeUndefined();
    expect(await rows()).toHaveLength(6);
  });

  it("is refused at a service that is not known", async () => {
    const inside = { ...browser("b1"), endpoint: "http://169.254.169.254/latest" };
    expect(await deskAt().subscribe(ada, inside)).toBeInstanceOf(PushServiceUnknown);
    expect(await rows()).toEqual([]);
  });
});

describe("the server's keys", () => {
  it("are made once, by whichever of many processes comes first, and stay", async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => deskAt().publicKey()));
    expect(new Set(made).size).toBe(1);
    expect(await deskAt().publicKey()).toBe(made[0]);
    expect(Buffer.from(made[0] ?? "", "base64url")).toHaveLength(65);
  });

  it("are those of the settings, if they are a pair", async () => {
    const pair = webPush.generateVAPIDKeys();
    const keys = new VapidKeys(pool, configuredKeys(pair));
    expect(await keys.pair()).toEqual(pair);
    expect((await pool.query("SELECT FROM push_key")).rowCount).toBe(0);
    expect(configuredKeys({ publicKey: "", privateKey: "" })).toBeUndefined();
  });

  it.each([
    ["two halves of different pairs", (other: string) => ({ privateKey: other })],
    ["one half alone", () => ({ privateKey: "" })],
    ["no keys", () => ({ publicKey: "x", privateKey: "y" })],
  ])("are not %s", (_, change) => {
    const pair = {
      ...webPush.generateVAPIDKeys(),
      ...change(webPush.generateVAPIDKeys().privateKey),
    };
    expect(() => configuredKeys(pair)).toThrow("VAPID_PRIVATE_KEY must be one pair");
  });

  it("are looked for again after the database was away", async () => {
    const away = new pg.Pool({ connectionString: "postgres://nobody@127.0.0.1:1/none" });
    let isAway = true;
    const query = (text: string, values?: ReadonlyArray<unknown>) =>
      (isAway ? away : pool).query(text, values === undefined ? [] : [...values]);
    const keys = new VapidKeys({ query } as pg.Pool, undefined);
    await expect(keys.pair()).rejects.toThrow("ECONNREFUSED");
    isAway = false;
    expect(await keys.pair()).toEqual(await new VapidKeys(pool, undefined).pair());
    await away.end();
  });
});
