import { describe, expect, it } from "vitest";
import { handFeed } from "../../../entities/handFeed/entity.ts";
import { scenarios } from "../../support/given.ts";
import { batchOf, FEED, handFeedDesk, summaryOf } from "./desk.ts";

const AT = 1_700_000_000_000;
const given = scenarios(handFeedDesk, { entityId: FEED, at: AT });
const announced = (batchId: number, first: number, last: number) => ({
  _tag: "HandsAnnounced",
  ...batchOf(batchId, first, last),
});

describe("an announcement", () => {
  it("is news", () => {
    given()
      .when("Announce", batchOf(1, 1, 2))
      .then([announced(1, 1, 2)])
      .replying({ stateVersion: 1 });
  });

  it("of a batch that was announced changes nothing, under another command id either", () => {
    given(announced(1, 1, 2))
      .when("Announce", batchOf(1, 1, 2))
      .then([])
      .replying({
        stateVersion: 1,
      });
  });

  it("that comes out of turn is news, once", () => {
    const run = given(announced(2, 3, 4));
    run.when("Announce", batchOf(1, 1, 2)).then([announced(1, 1, 2)]);
    run.when("Announce", batchOf(2, 3, 4)).then([]);
    run.when("Announce", batchOf(1, 1, 2)).then([]);
  });

  it("of more hands than one may tell of is refused by its schema", () => {
    const latest = Array.from({ length: 51 }, (_, n) => summaryOf(n + 1));
    expect(() => given().when("Announce", { batchId: 1, hands: 51, latest })).toThrow(/50/);
  });
});

describe("the latest hands", () => {
  it("are the newest first, fifty at most, in the order in which they were stored", () => {
    const { run } = given(announced(1, 1, 40), announced(3, 61, 70), announced(2, 41, 60));
    expect(run.query("GetLatest", AT)).toEqual({
      stateVersion: 3,
      announced: 70,
      latest: Array.from({ length: 50 }, (_, n) => summaryOf(70 - n)),
    });
  });

  it("are none at first", () => {
    expect(given().run.query("GetLatest", AT)).toEqual({
      stateVersion: 0,
      announced: 0,
      latest: [],
    });
  });
});

describe("who watches", () => {
  it("sees one frame a batch, with the hands that it tells of and the number of all", () => {
    const { run } = given(announced(1, 1, 60));
    const frames = run.steps.flatMap(
      ({ after, event, meta }) => handFeed.topic?.frames(event, after, meta) ?? [],
    );
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({
      version: 1,
      frame: { type: "HANDS_IMPORTED", state_version: 1, count: 60 },
    });
    const shown = (frames[0]?.frame as { readonly hands?: ReadonlyArray<object> } | undefined)
      ?.hands;
    expect(shown).toHaveLength(50);
    expect(shown?.[0]).toEqual({
      hand_id: "winamax:100-11-1700000000",
      seq: 11,
      timestamp: "2023-11-14T22:13:31.000Z",
      format: "cash",
      game_type: "holdem",
      limit: "no_limit",
      currency: "EUR",
      stakes: "0.02/0.05",
      table: "Aix-la-Chapelle 11",
      players: 5,
      total_pot: 120,
      rake: 6,
      board: ["Ah", "Td", "2c"],
      hero: "Kai  Greene",
      hero_cards: ["As", "Ad"],
      hero_position: "BTN",
      hero_result: 103,
    });
    expect(shown?.[1]).toMatchObject({ hero: null, hero_cards: [], hero_result: null });
  });
});
