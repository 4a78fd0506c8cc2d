/** Imports through the gateway's desk: what comes in any pieces, of whatever sender, however it ends. */
import { setImmediate as turn } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { HandDesk } from "../../src/gateway/PokerDesks.ts";
import { makeHandDesk } from "../../src/hands/HandDesk.ts";
import type { IntakeServices } from "../../src/hands/HandIntake.ts";
import { type Batch, HandStore, type Stored } from "../../src/hands/store/HandStore.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { signal } from "../support/Signal.ts";
import { count, handId, handsText, handText } from "./Scribe.ts";

let database: FreshDatabase;
let pool: pg.Pool;
let batches: Array<Stored>;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});
beforeEach(async () => {
  await pool.query("TRUNCATE hand, hand_player, hand_batch, tournament_result");
  batches = [];
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const desk = (services: Partial<IntakeServices> = {}): HandDesk =>
  makeHandDesk({
    pool,
    watchedFolders: 0,
    intake: {
      store: new HandStore({ pool, now: () => 0 }),
      count,
      onStored: (stored) => void batches.push(stored),
      ...services,
    },
  });

async function* pieces(text: string | Buffer, bytes: number): AsyncGenerator<Uint8Array> {
  const whole = Buffer.from(text);
  for (let at = 0; at < whole.length; at += bytes) yield whole.subarray(at, at + bytes);
}

const stored = async () =>
  (await pool.query<{ seq: string; hand_id: string }>("SELECT * FROM hand ORDER BY seq")).rows.map(
    (row) => row.hand_id,
  );

const ids = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, n) => handId(first + n));

const SUMMARY = `Winamax Poker - Tournament summary : Expresso(111550795)
Player : ada
Buy-In : 0.93€ + 0.07€
Registered players : 3
Prizepool : 6€
Mode : sngType : sitngo
Speed : turbo
Tournament started 2015/03/01 21:30:11 UTC
You played 11min 58s
You finished in 1st place
You won 6€
`;

describe("an import", () => {
  it("stores what is new and says what became of the rest", async () => {
    const wrong = handText(3).replace("collected 0.22€", "collected 0.23€");
    const text = handsText(1, 2) + wrong + handText(4) + handText(1);
    expect(await desk().import("ada", pieces(text, 100))).toEqual({
      imported: 3,
      duplicates: 1,
      summaries: 0,
      failed: [{ line: expect.any(Number), hand_id: handId(3), reason: expect.any(String) }],
      failed_count: 1,
    });
    expect(await stored()).toEqual([handId(1), handId(2), handId(4)]);
    expect(batches.flatMap((one) => one.stored.map((hand) => hand.handId))).toEqual(await stored());
    expect(await desk().import("ada", pieces(text, 1))).toMatchObject({
      imported: 0,
      duplicates: 4,
    });
  });

  it("takes a last hand without its blank line, and refuses half a hand", async () => {
    const text = handText(1) + handText(2).trimEnd();
    expect(await desk().import("ada", pieces(text, 64))).toMatchObject({ imported: 2 });
    const half = handText(3).slice(0, 400);
    expect(await desk().import("ada", pieces(half, 64))).toMatchObject({
      imported: 0,
      failed_count: 1,
      failed: [{ hand_id: handId(3) }],
    });
  });

  it("of nothing, and of noise, brings nothing", async () => {
    const nothing = { imported: 0, duplicates: 0, summaries: 0, failed_count: 0 };
    expect(await desk().import("ada", pieces("", 1))).toMatchObject(nothing);
    const noise = Buffer.from(Array.from({ length: 100_000 }, (_, n) => (n * n * 31 + n) % 256));
    expect(await desk().import("ada", pieces(noise, 4096))).toMatchObject(nothing);
  });

  it("lists the first refusals of many, and counts all", async () => {
    const wrong = handsText(1, 150).replaceAll("collected 0.22€", "collected 0.23€");
    const body = await desk().import("ada", pieces(wrong, 65_536));
    expect(body.failed_count).toBe(150);
    expect(body.failed).toHaveLength(100);
    expect(body.failed[0]).toMatchObject({ hand_id: handId(1) });
  });

  it("refuses names that no table has room for, and stores the others", async () => {
    const long = handText(2).replaceAll("ada", "a".repeat(90));
    expect(await desk().import("ada", pieces(handText(1) + long + handText(3), 999))).toMatchObject(
      {
        imported: 2,
        failed: [{ hand_id: handId(2), reason: expect.stringMatching(/name longer than 80/) }],
      },
    );
  });

  it("stores a tournament's summary; one that comes again takes its place", async () => {
    expect(await desk().import("ada", pieces(SUMMARY, 50))).toMatchObject({ summaries: 1 });
    const row = async () => (await pool.query("SELECT * FROM tournament_result")).rows;
    expect(await row()).toEqual([
      {
        site: "winamax",
        tournament_id: "111550795",
        player: "ada",
        name: "Expresso",
        started_at: String(Date.UTC(2015, 2, 1, 21, 30, 11)),
        buy_in: "100",
        place: 1,
        registered: 3,
        won: "600",
        multiplier: 2,
      },
    ]);
    await desk().import("ada", pieces(SUMMARY.replace("You won 6€", "You won 5€"), 50));
    expect(await row()).toMatchObject([{ won: "500" }]);
  });
});

describe("an import whose sender", () => {
  it("goes away keeps the hands that were whole", async () => {
    const broken = async function* () {
      yield Buffer.from(handsText(1, 300) + handText(301).slice(0, 100));
      throw new Error("the client went away");
    };
    await expect(desk().import("ada", broken())).rejects.toThrow("the client went away");
    expect(await stored()).toEqual(ids(1, 300));
  });

  it("is faster than the database has to wait for it", async () => {
    const gate = signal("the first batch may be stored");
    const reached = signal("the first batch is on its way");
    const store = new HandStore({ pool, now: () => 0 });
    let asked = 0;
    const source = async function* () {
      for (let n = 0; n < 40; n++) {
        asked += 1;
        yield Buffer.from(handsText(n * 100 + 1, n * 100 + 100));
      }
    };
    const slow = async (batch: Batch) => {
      reached.fire();
      await gate.fired();
      return store.store(batch);
    };
    const importing = desk({ store: { store: slow } }).import("ada", source());
    await reached.fired();
    // As long as it likes: no more is taken than a batch to follow.
    for (let n = 0; n < 2000; n++) await turn();
    expect(asked).toBeLessThan(10);
    gate.fire();
    expect(await importing).toMatchObject({ imported: 4000 });
    expect(await stored()).toEqual(ids(1, 4000));
  });

  it("meets a database that is away is told, and what was stored stays", async () => {
    const store = new HandStore({ pool, now: () => 0 });
    let calls = 0;
    const away = (batch: Batch) =>
      ++calls < 3 ? store.store(batch) : Promise.reject(new Error("away"));
    const importing = desk({ store: { store: away } }).import(
      "ada",
      pieces(handsText(1, 1000), 65_536),
    );
    await expect(importing).rejects.toThrow("away");
    const left = await stored();
    expect(left.length).toBeGreaterThan(0);
    expect(left).toEqual(ids(1, left.length));
    expect(await desk().import("ada", pieces(handsText(1, 1000), 65_536))).toMatchObject({
      imported: 1000 - left.length,
      duplicates: left.length,
    });
  });
});

describe("a hand", () => {
  it("is found by its id, or not", async () => {
    await desk().import("ada", pieces(handText(7), 999));
    expect(await desk().hand(handId(7))).toMatchObject({ ok: true, value: { hand_id: handId(7) } });
    expect(await desk().hand("winamax:0-0-0")).toMatchObject({
      ok: false,
      error: { _tag: "HandNotFound" },
    });
  });
});
