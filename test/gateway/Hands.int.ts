/** Recorded hands, statistics, queries and configuration by REST: what reaches the desks, and what never does. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { caller } from "./support/call.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

let server: TestGateway;
const call = caller(() => server.url);
beforeAll(async () => {
  server = await startGateway();
});
beforeEach(() => {
  server.poker.filters.length = 0;
  server.poker.queries.length = 0;
});
afterAll(() => server.close());

const ODD_NAMES = [
  "Kai  Greene",
  "Robert'); DROP TABLE hand_player;--",
  '<script>alert("1")</script>',
  "ÀÉ€ – 100%",
  "a/b?c#d",
];

describe("recorded hands", () => {
  test("are asked for by page, and from a place on", async () => {
    await call("GET", "/api/v1/hands/recent");
    await call("GET", "/api/v1/hands/recent?limit=20&offset=40&before=123&player=Ann");
    await call("GET", "/api/v1/hands/recent?limit=500");
    expect(server.poker.filters).toEqual([
      { limit: 50, offset: 0, before: undefined, player: undefined, filter: {} },
      { limit: 20, offset: 40, before: 123, player: { name: "Ann" }, filter: {} },
      { limit: 500, offset: 0, before: undefined, player: undefined, filter: {} },
    ]);
  });

  test("are sifted by what the address says, each by itself", async () => {
    const query =
      "player=Ann&site=winamax&game=omaha&format=cash&currency=EUR&stake=0.02%2F0.05&players=6" +
      "&from=2025-02-28&to=2025-02-28&min_pot=250&position=BTN&result=lost&showdown=no";
    expect(await call("GET", `/api/v1/hands/recent?${query}`)).toMatchObject({ status: 200 });
    expect(server.poker.filters).toEqual([
      {
        limit: 50,
        offset: 0,
        player: { name: "Ann", site: "winamax" },
        filter: {
          game: "omaha",
          format: "cash",
          currency: "EUR",
          stakes: "0.02/0.05",
          players: 6,
          from: "2025-02-28",
          to: "2025-02-28",
          minPot: 250,
          position: "BTN",
          result: "lost",
          showdown: "no",
        },
      },
    ]);
  });

  test.each(ODD_NAMES)("of %s reach the desk under that name", async (name) => {
    await call("GET", `/api/v1/hands/recent?player=${encodeURIComponent(name)}`);
    expect(server.poker.filters).toMatchObject([{ player: { name } }]);
  });

  test.each([
    ["game", "game=chess"],
    ["format", "format=mail"],
    ["currency", "currency=USD"],
    ["stake", `stake=${"1".repeat(41)}`],
    ["players", "players=1"],
    ["from", "from=2025-02-30"],
    ["from", "from=yesterday"],
    ["to", "to=2025-03-01' OR 1=1"],
    ["to", "from=2025-03-02&to=2025-03-01"],
    ["min_pot", "min_pot=-1"],
    ["min_pot", "min_pot=2.5"],
    ["position", "position=LEFT"],
    ["result", "result=drawn"],
    ["showdown", "showdown=maybe"],
    ["site", "player=Ann&site=x'--"],
    ["site", "site=winamax"],
    ["before", "before=-1"],
    ["before", "before=1e9"],
    ["limit", "limit=-5"],
  ])("with a wrong %s are refused, naming it: %s", async (path, query) => {
    expect(await call("GET", `/api/v1/hands/recent?${query}`)).toMatchObject({
      status: 400,
      body: { code: "validation_failed", errors: [{ path }] },
    });
    expect(server.poker.filters).toEqual([]);
  });

  test.each([
    "limit=0",
    "limit=501",
    "limit=x",
    "offset=-1",
    "offset=10001",
    "before=x",
    "before=1;DROP",
    "player=",
    `player=${"x".repeat(81)}`,
  ])("with %s never reach the desk", async (query) => {
    expect(await call("GET", `/api/v1/hands/recent?${query}`)).toMatchObject({ status: 400 });
    expect(server.poker.filters).toEqual([]);
  });

  test("that nobody has are not found, whatever the id", async () => {
    for (const id of ["winamax:1-1-1", "'--", "import"])
      expect(await call("GET", `/api/v1/hands/${id}`)).toMatchObject({
        status: 404,
        body: { code: "not_found" },
      });
    for (const id of ["%00", "%E0%A4%A", "x".repeat(129)])
      expect((await call("GET", `/api/v1/hands/${id}`)).status).toBe(400);
  });
});

describe("statistics", () => {
  test.each(ODD_NAMES)("of %s reach the desk under that name, and no other", async (name) => {
    const path = `/api/v1/stats/player/${encodeURIComponent(name)}`;
    expect(await call("GET", path)).toMatchObject({ status: 404, body: { player: name } });
    await call("GET", `/api/v1/stats/players?search=${encodeURIComponent(name)}`);
    expect(server.poker.filters).toMatchObject([{ name }, { search: name }]);
  });

  test("of a name that players of several sites have ask which is meant", async () => {
    expect(await call("GET", "/api/v1/stats/player/Ann?site=elsewhere")).toMatchObject({
      status: 422,
      body: { code: "player_ambiguous", player: "Ann", sites: ["elsewhere", "winamax"] },
    });
    expect((await call("GET", "/api/v1/stats/player/Ann?site=A%20B")).status).toBe(400);
  });

  test.each([
    "player/Ann/sessions?before=-1",
    "player/Ann/tournaments?before=x",
    "player/Ann/tournaments?limit=0",
    "players?before=12",
    "players?limit=-1",
  ])("in lists, %s is no place in one", async (query) => {
    expect((await call("GET", `/api/v1/stats/${query}`)).status).toBe(400);
  });

  test("are filtered by what the address says, each by itself", async () => {
    await call(
      "GET",
      "/api/v1/stats/player/Ann?game=holdem&currency=EUR&stake=0.02%2F0.05&position=BTN&players=6&from=2026-01-01&to=2026-01-31",
    );
    await call("GET", "/api/v1/stats/player/Ann");
    const all = { currency: null, game: null, stakes: null, players: null, position: null };
    expect(server.poker.filters).toEqual([
      {
        name: "Ann",
        filter: {
          currency: "EUR",
          game: "holdem",
          stakes: "0.02/0.05",
          players: 6,
          position: "BTN",
        },
        days: { from: "2026-01-01", to: "2026-01-31" },
      },
      { name: "Ann", filter: all, days: { from: undefined, to: undefined } },
    ]);
  });

  test.each([
    "game=chess",
    "position=LEFT",
    "players=1",
    "players=11",
    "from=yesterday",
    "from=2026-02-30",
    "to=2026-01-01' OR 1=1",
  ])("filtered by %s never reach the desk", async (query) => {
    expect((await call("GET", `/api/v1/stats/player/Ann?${query}`)).status).toBe(400);
    expect(server.poker.filters).toEqual([]);
  });
});

describe("SQL", () => {
  const PATH = "/api/v1/analytics/query";
  const admin = async () => (await server.player({ playerId: "admin", roles: ["admin"] })).token;

  test("is the administrator's alone", async () => {
    const body = { sql: "SELECT 1" };
    const { token } = await server.player();
    expect((await call("POST", PATH, { body })).status).toBe(401);
    expect((await call("POST", PATH, { body, token })).status).toBe(403);
    expect((await call("GET", "/api/v1/analytics/datasets", { token })).status).toBe(403);
    expect(server.poker.queries).toEqual([]);
    expect(await call("POST", PATH, { body, token: await admin() })).toMatchObject({
      status: 200,
      body: { rows: [[1]], truncated: false },
    });
  });

  test("that cannot be carried out is refused with the reason, and counted", async () => {
    const token = await admin();
    expect(await call("POST", PATH, { body: { sql: "DROP TABLE hand" }, token })).toMatchObject({
      status: 422,
      body: { code: "query_failed", reason: expect.any(String) },
    });
    expect(await server.metrics()).toContain('croupier_queries_total{outcome="query_failed"} 1');
  });

  test.each([
    ["none", { sql: "" }],
    ["a novel", { sql: "x".repeat(10_001) }],
    ["no rows", { sql: "SELECT 1", limit: 0 }],
    ["all the rows there are", { sql: "SELECT 1", limit: 1e9 }],
  ])("of %s never reaches the desk", async (_, body) => {
    expect((await call("POST", PATH, { body, token: await admin() })).status).toBe(400);
    expect(server.poker.queries).toEqual([]);
  });
});

test("a client may ask what this server has", async () => {
  expect(await call("GET", "/api/v1/config")).toMatchObject({
    status: 200,
    body: {
      release: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      currency: "CRD",
      watched_folders: 2,
      equity: { max_players: 9, default_std_error: 0.001, workers: 1 },
    },
  });
});
