/** Notices: to whom, when, in which words, and each at most once a player, whoever dies or stands still. */
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PUSH_NOTICES, PushNotices } from "../../src/jobs/PushNotices.ts";
import { Term, TermEnded } from "../../src/jobs/Term.ts";
import { PlayerId } from "../../rpc/id.ts";
import { PushDesk } from "../../src/push/PushDesk.ts";
import { type Delivery, type PushOutcome, PushSender } from "../../src/push/PushSender.ts";
import { PushServices } from "../../src/push/PushServices.ts";
import { VapidKeys } from "../../src/push/VapidKeys.ts";
import { PushService, SubscribedBrowser } from "../push/PushService.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";

const NOW = 1_700_000_000_000;
const DAY_MS = 86_400_000;
const never = new AbortController().signal;

let database: FreshDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});
beforeEach(async () => {
  await pool.query(
    "TRUNCATE singleton, raffle, reservation_claim, reservation_end, raffle_winner, push_subscription, push_notice",
  );
  await pool.query(
    `INSERT INTO raffle SELECT id, 'active', 'Summer ' || id, NULL, 0, 0, 0, '{}' FROM unnest('{r1,r2}'::text[]) AS r (id)`,
  );
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const take = () => Term.take(pool, { name: PUSH_NOTICES, holder: "p1" });

/** A process with this job: what it posts to browsers is kept. */
const jobAt = (now = NOW, { room = 1000 } = {}) => {
  const posted: Array<Delivery> = [];
  const clock = { now };
  const sender = { room, post: (delivery: Delivery) => void posted.push(delivery) };
  return { clock, posted, sender, job: new PushNotices({ sender, now: () => clock.now }) };
};

const runOnce = async (now = NOW, options: { readonly room?: number } = {}) => {
  const { job, posted } = jobAt(now, options);
  await job.run(await take(), never);
  return posted;
};

const subscribe = (player: string, browser: string, language = "en", createdAt = 1) =>
  pool.query("INSERT INTO push_subscription VALUES ($1, $2, 'p', 'a', $3, $4)", [
    `https://push.example/${browser}`,
    player,
    language,
    createdAt,
  ]);

const reserve = (id: string, player: string, leftMs: number, phase = "selection") =>
  pool.query("INSERT INTO reservation_claim VALUES ($1, $2, $3, '[7, 8]', 200, $4, $5, 1)", [
    id,
    id.split(".")[0],
    player,
    phase,
    NOW + leftMs,
  ]);

const end = (id: string, outcome: string) =>
  pool.query("INSERT INTO reservation_end VALUES ($1, $2, $3, 2, $4)", [
    id,
    id.split(".")[0],
    outcome,
    NOW,
  ]);

const sell = async (id: string, player: string) => {
  await reserve(id, player, 1000);
  await end(id, "sold");
};

const win = (raffle: string, prize: number, player: string, at = NOW) =>
  pool.query("INSERT INTO raffle_winner VALUES ($1, $2, $3, 7, $4, $5, $6)", [
    raffle,
    prize,
    ["Car", "Bicycle"][prize],
    `${raffle}.x`,
    player,
    at,
  ]);

const told = (posted: ReadonlyArray<Delivery>) =>
  posted.map(({ browser, notice }) => `${browser.endpoint.slice(21)}: ${notice.title}`).toSorted();

describe("a reservation that runs out", () => {
  it("is told of in each of its player's browsers, in its language, once", async () => {
    await subscribe("ada", "a1", "en");
    await subscribe("ada", "a2", "es");
    await subscribe("bob", "b1");
    await reserve("r1.x", "ada", 45_500);
    const { job, posted } = jobAt();
    const term = await take();
    await job.run(term, never);
    await job.run(term, never);
    expect(posted).toHaveLength(2);
    expect(posted.find(({ browser }) => browser.endpoint.endsWith("a1"))).toEqual({
      browser: expect.objectContaining({
        endpoint: "https://push.example/a1",
        p256dh: "p",
        auth: "a",
      }),
      notice: {
        title: "Your time is running out",
        body: "Summer r1: in 46 seconds your 2 numbers are free for others.",
        url: "/#/raffles/r1",
        tag: "reservation:r1.x",
      },
      urgency: "high",
      expiresAt: NOW + 45_500,
    });
    expect(posted.find(({ browser }) => browser.endpoint.endsWith("a2"))?.notice).toMatchObject({
      title: "Se te acaba el tiempo",
      body: "Summer r1: en 46 segundos tus 2 números quedan libres para otros.",
    });
  });

  it.each([
    ["has more than a minute left", 60_001, undefined],
    ["is out of time", 0, undefined],
    ["was sold", 30_000, "sold"],
    ["was cancelled", 30_000, "cancelled"],
    ["was freed", 30_000, "expired"],
  ])("is not told of when it %s", async (_, leftMs, outcome) => {
    await subscribe("ada", "a1");
    await reserve("r1.x", "ada", leftMs);
    if (outcome !== undefined) await end("r1.x", outcome);
    expect(await runOnce()).toEqual([]);
  });

  it("is told of again at its next deadline: the checkout's", async () => {
    await subscribe("ada", "a1");
    await reserve("r1.x", "ada", 30_000);
    expect(await runOnce()).toHaveLength(1);
    await pool.query(
      "UPDATE reservation_claim SET phase = 'checkout', expires_at = expires_at + 300000",
    );
    expect(await runOnce(NOW + 1000)).toEqual([]);
    const [{ notice } = { notice: undefined }] = await runOnce(NOW + 280_000);
    expect(notice).toMatchObject({ url: "/#/checkout/r1.x", tag: "reservation:r1.x" });
  });

  it("comes before others when the sender has little room, and the others after it", async () => {
    for (const player of ["ada", "bob", "cyd"]) await subscribe(player, player);
    await reserve("r1.c", "cyd", 50_000);
    await reserve("r1.a", "ada", 40_000);
    await reserve("r1.b", "bob", 30_000);
    expect(told(await runOnce(NOW, { room: 10 }))).toEqual([
      "ada: Your time is running out",
      "bob: Your time is running out",
    ]);
    expect(await runOnce(NOW, { room: 4 })).toEqual([]);
    expect(told(await runOnce(NOW, { room: 5 }))).toEqual(["cyd: Your time is running out"]);
  });
});

describe("a draw", () => {
  const drawn = async () => {
    for (const player of ["ada", "bob", "cyd"]) await subscribe(player, player);
    await sell("r1.a", "ada");
    await sell("r1.b1", "bob");
    await sell("r1.b2", "bob");
    await sell("r2.c", "cyd");
    await reserve("r1.c", "cyd", 1000);
    await end("r1.c", "expired");
    await win("r1", 0, "bob");
    await win("r1", 1, "bob");
  };

  it("is told to those who hold tickets, and to the winners what they have won; once", async () => {
    await drawn();
    await pool.query("UPDATE push_subscription SET language = 'es' WHERE player_id = 'ada'");
    const { job, posted } = jobAt();
    const term = await take();
    await job.run(term, never);
    await job.run(term, never);
    expect(told(posted)).toEqual(["ada: El sorteo se ha celebrado", "bob: You have won!"]);
    expect(posted.find(({ browser }) => browser.endpoint.endsWith("bob"))).toMatchObject({
      notice: {
        body: "Summer r1: Car, Bicycle.",
        url: "/#/raffles/r1/draw",
        tag: "draw:r1",
      },
      urgency: "normal",
      expiresAt: NOW + DAY_MS,
    });
    expect(await runOnce()).toEqual([]);
  });

  it("is told to all in turn when the sender has little room", async () => {
    await drawn();
    const { job, posted, sender } = jobAt();
    const term = await take();
    for (const room of [5, 0, 5, 5]) {
      sender.room = room;
      await job.run(term, never);
    }
    expect(told(posted)).toEqual(["ada: The draw has taken place", "bob: You have won!"]);
  });

  it("after another is told too", async () => {
    await drawn();
    const { job, posted } = jobAt();
    const term = await take();
    await job.run(term, never);
    await win("r2", 0, "cyd", NOW - 1);
    await job.run(term, never);
    expect(told(posted)).toEqual([
      "ada: The draw has taken place",
      "bob: You have won!",
      "cyd: You have won!",
    ]);
  });

  it("is not told to who subscribed after it, nor a day later", async () => {
    await drawn();
    await pool.query("UPDATE push_subscription SET created_at = $1 WHERE player_id = 'ada'", [
      NOW + 1,
    ]);
    expect(await runOnce(NOW + DAY_MS + 1)).toEqual([]);
    expect(told(await runOnce())).toEqual(["bob: You have won!"]);
  });
});

describe("with a sender", () => {
  it("comes to the browser as it was meant", async () => {
    const service = await PushService.start();
    const browser = new SubscribedBrowser(`${service.origin}/a1`);
    const keys = new VapidKeys(pool, undefined);
    const desk = { pool, keys, services: new PushServices([service.origin]), now: () => NOW };
    const { auth, endpoint, p256dh } = browser;
    const body = { endpoint, keys: { auth, p256dh }, language: "es" } as const;
    await new PushDesk(desk).subscribe(PlayerId.make("ada"), body);
    await reserve("r1.x", "ada", 30_000);
    const outcomes: Array<PushOutcome> = [];
    const sender = new PushSender({
      ...desk,
      contact: "mailto:operator@example.com",
      log: () => {},
      onOutcome: (outcome) => void outcomes.push(outcome),
    });
    await new PushNotices({ sender, now: desk.now }).run(await take(), never);
    await sender.idle();
    expect(outcomes).toEqual(["sent"]);
    expect(service.noticesOf(browser)).toMatchObject([{ title: "Se te acaba el tiempo" }]);
    await service.close();
  });
});

describe("of two processes", () => {
  it("one that does not know yet that it was replaced sends nothing", async () => {
    await subscribe("ada", "a1");
    await reserve("r1.x", "ada", 30_000);
    const zombie = jobAt();
    const old = await take();
    const successor = jobAt();
    await successor.job.run(await take(), never);
    await pool.query("TRUNCATE push_notice");
    await expect(zombie.job.run(old, never)).rejects.toBeInstanceOf(TermEnded);
    expect(zombie.posted).toEqual([]);
    expect(successor.posted).toHaveLength(1);
  });

  it("the one that follows sends none that the first has sent", async () => {
    await subscribe("ada", "a1");
    await reserve("r1.x", "ada", 30_000);
    await sell("r1.y", "ada");
    await win("r1", 0, "ada");
    expect(await runOnce()).toHaveLength(2);
    expect(await runOnce()).toEqual([]);
  });
});

describe("records of notices", () => {
  it("are kept for as long as they are asked for", async () => {
    await pool.query(
      "INSERT INTO push_notice VALUES ('drawn:r0', 'ada', $1), ('drawn:r1', 'ada', $2)",
      [NOW - 3 * DAY_MS, NOW - DAY_MS],
    );
    await runOnce();
    const { rows } = await pool.query("SELECT notice FROM push_notice");
    expect(rows).toEqual([{ notice: "drawn:r1" }]);
  });
});
