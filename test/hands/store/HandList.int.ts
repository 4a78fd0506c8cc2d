/** Lists of hands against the plainest list there is: all hands in an array, sifted and turned round. */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordManyHands } from "../../../bench/hands/manyHands.ts";
import type { Hand, HandSummary } from "../../../rpc/hand.ts";
import { PlayerAmbiguous } from "../../../rpc/http/hand.ts";
import type { HandFilter } from "../../../src/gateway/PokerDesks.ts";
import { generateHands } from "../../../src/hands/generator/HandGenerator.ts";
import { countHand } from "../../../src/hands/stats/countHand.ts";
import { HandLister, type WalkLimits } from "../../../src/hands/store/HandList.ts";
import { HandStore } from "../../../src/hands/store/HandStore.ts";
import type { ParsedHand } from "../../../src/hands/store/ParsedHand.ts";
import { playersAtShowdown } from "../../../src/hands/store/showdown.ts";
import { findPlayer, type SitePlayer } from "../../../src/hands/store/SitePlayer.ts";
import { summaryFrom, summaryOf } from "../../../src/hands/store/summary.ts";
import { make as makeViews } from "../../../src/hands/store/views.ts";
import "../../support/fixedSeed.ts";
import { type FreshDatabase, freshDatabase } from "../../support/postgres.ts";

let database: FreshDatabase;
let pool: pg.Pool;
let store: HandStore;

const NAMES = [
  "Ada",
  "ada",
  "Kai  Greene",
  "'; DROP TABLE hand; --",
  '$1 OR "1"=1',
  "100%_a\\b",
  "..Élodie",
  "<b>won</b>",
  "çyd",
  "Bob",
];
const ELSEWHERE = "elsewhere";
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2025, 1, 26);
const HANDS = 400;

/** What an all-in was worth is of no interest here. */
const counted = (hand: Hand): ParsedHand => ({
  hand,
  players: countHand(hand, () => undefined),
});

/** Every game and format, on five days that do not come in their order; every fifth hand is of another site. */
const RECORDED: ReadonlyArray<ParsedHand> = [
  ...generateHands(11, HANDS, { names: NAMES, startsAt: FIRST_DAY }),
].map(({ hand }, n) => {
  const playedAt = FIRST_DAY + ((n * 3) % 5) * DAY_MS + (n % 97) * 60_000;
  return counted(
    n % 5 === 0
      ? {
          ...hand,
          playedAt,
          site: ELSEWHERE,
          handId: hand.handId.replace("winamax", ELSEWHERE),
        }
      : { ...hand, playedAt },
  );
});

interface Known {
  readonly parsed: ParsedHand;
  readonly summary: HandSummary;
}

const known = (hands: number): ReadonlyArray<Known> =>
  RECORDED.slice(0, hands).map((parsed, n) => ({ parsed, summary: summaryOf(parsed, n + 1) }));

/** What the list is about, in the plainest words. */
const fits = (
  { parsed: { hand, players }, summary }: Known,
  player: SitePlayer | undefined,
  filter: HandFilter,
): boolean => {
  const of = player && players.find((one) => one.player === player.player);
  if (player !== undefined && (of === undefined || hand.site !== player.site)) return false;
  const net = player === undefined ? summary.hero?.net : resultOf(hand, player);
  const position = player === undefined ? summary.hero?.position : of?.position;
  const atShowdown = playersAtShowdown(hand);
  const wasShown = player === undefined ? atShowdown.size > 0 : atShowdown.has(player.player);
  const day = new Date(hand.playedAt).toISOString().slice(0, 10);
  return (
    (filter.game ?? hand.game) === hand.game &&
    (filter.format ?? hand.format) === hand.format &&
    (filter.currency ?? hand.currency) === hand.currency &&
    (filter.stakes ?? summary.stakes) === summary.stakes &&
    (filter.players ?? summary.players) === summary.players &&
    (filter.from ?? day) <= day &&
    (filter.to ?? day) >= day &&
    (filter.minPot ?? 0) <= hand.totalPot &&
    (filter.position === undefined || filter.position === position) &&
    (filter.result === undefined || (net ?? 0) * (filter.result === "won" ? 1 : -1) > 0) &&
    (filter.showdown === undefined || (filter.showdown === "yes") === wasShown)
  );
};
const resultOf = (hand: Hand, { player }: SitePlayer) =>
  hand.results.find((one) => one.player === player)?.net;

const expected = (hands: number, player: SitePlayer | undefined, filter: HandFilter) =>
  known(hands)
    .filter((one) => fits(one, player, filter))
    .map(({ summary }) => summary)
    .toReversed();

const forget = () => pool.query("TRUNCATE hand, hand_player, hand_batch");

const add = (from: number, to: number) =>
  store.store({ hands: RECORDED.slice(from, to), summaries: [], source: "test" });

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  store = new HandStore({ pool, now: () => 0 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Most of what may be asked for is not: all of it at once fits no hand. */
const some = <Value>(...values: ReadonlyArray<Value>) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );

const stakes = [...new Set(known(HANDS).map(({ summary }) => summary.stakes))];
const filters: fc.Arbitrary<HandFilter> = fc.record({
  game: some("holdem" as const, "omaha" as const, "razz" as const),
  format: some("cash" as const, "tournament" as const),
  currency: some("EUR" as const, "chips" as const),
  stakes: some(...stakes.slice(0, 6), "'; --"),
  players: some(2, 5, 6),
  from: some("2025-02-27", "2025-02-28", "2025-03-02", "2030-01-01"),
  to: some("2025-02-26", "2025-02-28", "2025-03-01"),
  minPot: some(0, 500, 20_000),
  position: some("BTN" as const, "BB" as const),
  result: some("won" as const, "lost" as const),
  showdown: some("yes" as const, "no" as const),
});
const players = some<SitePlayer>(
  { site: "winamax", player: "Ada" },
  { site: ELSEWHERE, player: "Ada" },
  { site: "winamax", player: "'; DROP TABLE hand; --" },
  { site: "winamax", player: '$1 OR "1"=1' },
  { site: "nowhere", player: "Ada" },
);

describe("a list", () => {
  it("has each hand that fits once, in order, however it is paged and whatever comes meanwhile", async () => {
    const met = { pages: 0, stopped: 0, found: 0, came: 0 };
    const few = fc.record({
      everyones: fc.integer({ min: 1, max: 60 }),
      players: fc.integer({ min: 1, max: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(
        filters,
        players,
        fc.integer({ min: 1, max: 30 }),
        fc.oneof({ weight: 3, arbitrary: few }, fc.constant(undefined)),
        fc.integer({ min: 0, max: HANDS }),
        async (filter, player, limit, limits: WalkLimits | undefined, first) => {
          await forget();
          await add(0, first);
          const lister = new HandLister(pool, limits);
          const listed: Array<HandSummary> = [];
          let before: number | undefined;
          let there = first;
          do {
            const page = await lister.list({ limit, offset: 0, before, player, filter });
            expect(page.rows.length).toBeLessThanOrEqual(limit);
            listed.push(...page.rows.map(summaryFrom));
            if (page.nextBefore !== null) {
              expect(page.nextBefore).toBeLessThan(before ?? Infinity);
              if (page.rows.length < limit) met.stopped += 1;
            }
            before = page.nextBefore ?? undefined;
            met.pages += 1;
            const more = Math.min(there + 7, HANDS);
            if (there < more) await add(there, more);
            met.came += more - there;
            there = more;
          } while (before !== undefined);
          expect(listed).toEqual(expected(first, player, filter));
          met.found += listed.length;
        },
      ),
      // The same each time: what it has met is counted below.
      { numRuns: 60, seed: 20_251_122 },
    );
    // What it is for was met: many pages, walks that stopped on their way, and hands that came meanwhile.
    expect(met.pages).toBeGreaterThan(120);
    expect(met.stopped).toBeGreaterThan(20);
    expect(met.found).toBeGreaterThan(200);
    expect(met.came).toBeGreaterThan(100);
  });

  it("passes over as many as it is asked to", async () => {
    await forget();
    await add(0, HANDS);
    const lister = new HandLister(pool);
    const filter: HandFilter = { format: "cash", result: "lost" };
    const all = expected(HANDS, undefined, filter).map(({ seq }) => seq);
    const page = await lister.list({ limit: 5, offset: 3, filter });
    expect(page.rows.map(({ seq }) => Number(seq))).toEqual(all.slice(3, 8));
  });
});

describe("among very many hands a page", () => {
  const MANY = 60_000;
  beforeAll(async () => {
    await forget();
    await recordManyHands(pool, MANY);
  }, 120_000);

  const EVERYONES: ReadonlyArray<HandFilter> = [
    {},
    { game: "razz" },
    { game: "omaha5" },
    { currency: "EUR", stakes: "0.05/0.10" },
    { from: "2025-04-01", to: "2025-04-03" },
    { to: "2025-01-02", result: "won" },
    { minPot: 1_900, showdown: "yes" },
    { format: "tournament", position: "BTN" },
  ];
  const ASKED = [undefined, "Ada", "Bob 7"].flatMap((player) =>
    EVERYONES.map((filter) => [player ?? "everyone", filter] as const),
  );

  it.each(ASKED)("of %s, %j, is read from an index, and few of its rows", async (name, filter) => {
    interface Plan {
      readonly "Node Type": string;
      readonly "Actual Rows": number;
      readonly "Actual Loops": number;
      readonly "Rows Removed by Filter"?: number;
      readonly Plans?: ReadonlyArray<Plan>;
    }
    const nodes: Array<Plan> = [];
    const collect = (plan: Plan): void => {
      nodes.push(plan);
      plan.Plans?.forEach(collect);
    };
    const explained = {
      query: async (sql: string, values?: Array<unknown>) => {
        const { rows } = await pool.query<{ "QUERY PLAN": readonly [{ readonly Plan: Plan }] }>(
          `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
          values,
        );
        collect(rows[0]!["QUERY PLAN"][0].Plan);
        return pool.query(sql, values);
      },
    } as unknown as pg.Pool;
    const player = name === "everyone" ? undefined : { site: "winamax", player: name };
    const page = await new HandLister(explained).list({ limit: 50, offset: 0, player, filter });
    const types = new Set(nodes.map((node) => node["Node Type"]));
    expect(types).not.toContain("Seq Scan");
    // What is read in all steps together: a small part of the hands, for a page that is full.
    const read = nodes
      .filter((node) => node["Node Type"].includes("Index"))
      .reduce((sum, node) => sum + node["Actual Rows"] * node["Actual Loops"], 0);
    if (page.rows.length === 50) expect(read).toBeLessThan(MANY / 5);
  });
});

describe("a name", () => {
  const ADA = { name: "Ada" };
  const hands = (body: unknown) => (body as { hands: ReadonlyArray<unknown> }).hands.length;

  it("is enough while one site has a player of it, and is asked about when two have", async () => {
    await forget();
    const views = makeViews(pool);
    const page = { limit: 200, offset: 0, filter: {} };
    await add(1, 5);
    expect(await findPlayer(pool, ADA)).toEqual({ site: "winamax", player: "Ada" });
    const here = hands(await views.recent({ ...page, player: ADA }));
    expect(here).toBeGreaterThan(0);
    await add(5, 40);
    expect(await views.recent({ ...page, player: ADA })).toEqual(
      new PlayerAmbiguous({ player: "Ada", sites: [ELSEWHERE, "winamax"] }),
    );
    const [elsewhere, winamax] = await Promise.all(
      [ELSEWHERE, "winamax"].map(async (site) =>
        hands(await views.recent({ ...page, player: { ...ADA, site } })),
      ),
    );
    const of = (site: string) =>
      RECORDED.slice(1, 40).filter(
        (one) => one.hand.site === site && one.players.some(({ player }) => player === "Ada"),
      ).length;
    expect([elsewhere, winamax]).toEqual([of(ELSEWHERE), of("winamax")]);
    expect(of(ELSEWHERE)).toBeGreaterThan(0);
  });

  it.each(["nobody", "", "\0", "\ud800", "%"])(
    "that nobody has, %j, lists nothing",
    async (name) => {
      await add(0, 10);
      expect(
        await makeViews(pool).recent({ limit: 9, offset: 0, filter: {}, player: { name } }),
      ).toEqual({ hands: [], total: 0, next_before: null });
    },
  );
});
