/** What is read of recorded hands. */
import pg from "pg";
import { Schema } from "effect";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HandBody, HandsBody } from "../../../rpc/http/hand.ts";
import type { HandsPage } from "../../../src/gateway/PokerDesks.ts";
import { HandStore } from "../../../src/hands/store/HandStore.ts";
import { make } from "../../../src/hands/store/views.ts";
import { type FreshDatabase, freshDatabase } from "../../support/postgres.ts";
import { handId, handsText, parsed } from "../Scribe.ts";

let database: FreshDatabase;
let pool: pg.Pool;
let views: ReturnType<typeof make>;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  const store = new HandStore({ pool, now: () => 0 });
  const hands = [
    ...parsed(handsText(1, 20)),
    ...parsed(handsText(1, 5, { table: 2, players: ["ada", "dan", "'; DROP TABLE hand; --"] })),
  ];
  await store.store({ hands, summaries: [], source: "test" });
  views = make(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** The page's body; a name that is ambiguous fails the test. */
const recent = async (
  page: Omit<HandsPage, "filter" | "player"> & { readonly player?: string },
) => {
  const { player, ...rest } = page;
  const asked = player === undefined ? undefined : { name: player };
  const body = await views.recent({ ...rest, player: asked, filter: {} });
  if (body instanceof Error) throw body;
  return body;
};

const isHands = Schema.is(HandsBody);
const isHand = Schema.is(HandBody);
const down = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, n) => from - n);
const seqsOf = ({ hands }: HandsBody) => hands.map(({ seq }) => seq);

describe("recent hands", () => {
  it("are the newest first, a page at a time to the end", async () => {
    const first = await recent({ limit: 20, offset: 0 });
    expect(isHands(first)).toBe(true);
    expect(seqsOf(first)).toEqual(down(25, 6));
    expect(first).toMatchObject({ total: 25, next_before: "6" });
    const rest = await recent({ limit: 20, offset: 0, before: 6 });
    expect(seqsOf(rest)).toEqual(down(5, 1));
    expect(rest.next_before).toBeNull();
  });

  it("may be skipped", async () => {
    expect(seqsOf(await recent({ limit: 3, offset: 2 }))).toEqual([23, 22, 21]);
    expect(seqsOf(await recent({ limit: 3, offset: 2, before: 10 }))).toEqual([7, 6, 5]);
    expect(await recent({ limit: 3, offset: 100 })).toMatchObject({
      hands: [],
      next_before: null,
    });
  });

  it("of a player are counted by the player's entity", async () => {
    await pool.query("INSERT INTO hand_player_total VALUES ('winamax', 'dan', 5, 0)");
    expect(await recent({ limit: 1, offset: 0, player: "dan" })).toMatchObject({ total: 5 });
    await pool.query("TRUNCATE hand_player_total");
    expect(await recent({ limit: 1, offset: 0, player: "dan" })).toMatchObject({ total: 0 });
  });

  it("of a player are those that the player was in, whatever the name", async () => {
    const dan = await recent({ limit: 3, offset: 0, player: "dan" });
    expect(seqsOf(dan)).toEqual([25, 24, 23]);
    expect(dan).toMatchObject({ next_before: "23" });
    const drop = { limit: 9, offset: 1, before: 25, player: "'; DROP TABLE hand; --" };
    expect(seqsOf(await recent(drop))).toEqual([23, 22, 21]);
    expect(seqsOf(await recent({ limit: 50, offset: 0, player: "Bob  the 2nd" }))).toEqual(
      down(20, 1),
    );
    expect(await recent({ limit: 9, offset: 0, player: "nobody" })).toEqual({
      hands: [],
      total: 0,
      next_before: null,
    });
  });
});

describe("a hand", () => {
  it("is there with all that was written of it", async () => {
    const body = await views.hand(handId(3));
    expect(isHand(body)).toBe(true);
    expect(body).toMatchObject({
      hand_id: handId(3),
      seq: 3,
      hero: "ada",
      hero_position: "BTN",
      hero_result: 7,
      hero_cards: ["Ah", "Kd"],
      blinds: { ante: 0, small_blind: 2, big_blind: 5 },
      max_seats: 5,
      button: 1,
      seats: [
        { seat: 1, player: "ada", stack: 500, position: "BTN", cards: ["Ah", "Kd"], net: 7 },
        { seat: 2, player: "Bob  the 2nd", stack: 420, position: "SB", cards: [], net: -2 },
        { seat: 3, player: "çyd", stack: 777, position: "BB", cards: [], net: -5 },
      ],
      streets: [
        { name: "blinds", pot: 7 },
        {
          name: "preflop",
          pot: 22,
          actions: [
            { player: "ada", action: "raise", amount: 15, to: 15, all_in: false, discarded: null },
            { player: "Bob  the 2nd", action: "fold", amount: 0, to: null },
            { player: "çyd", action: "fold" },
          ],
        },
      ],
      collected: [{ player: "ada", amount: 22, pot: "pot" }],
    });
  });

  it("that nobody has recorded is not there", async () => {
    expect(await views.hand("winamax:1-1-1")).toBeUndefined();
  });
});
