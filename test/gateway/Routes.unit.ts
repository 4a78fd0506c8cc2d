import { HttpApi, HttpApiEndpoint, HttpApiGroup } from "@effect/platform";
import { Either, Schema } from "effect";
import { expect, test } from "vitest";
import { CroupierApi } from "../../rpc/http/api.ts";
import { compile } from "../../src/gateway/Routes.ts";
import { allowedMethods } from "../../src/gateway/Fallback.ts";

const routes = compile(CroupierApi);
const route = (name: string) => {
  const found = routes.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no route ${name}`);
  return found;
};

test("every call of the wire protocol has its route, guard and status", () => {
  const table = routes.map(
    ({ method, path, guard, successStatus }) => `${method} ${path} ${guard} ${successStatus}`,
  );
  expect(table).toEqual([
    "post /auth/join open 201",
    "post /auth/register open 201",
    "post /auth/login open 200",
    "post /auth/refresh authenticated 200",
    "get /auth/me authenticated 200",
    "get /wallet/me authenticated 200",
    "get /wallet/me/statement authenticated 200",
    "get /lobbies open 200",
    "get /lobbies/:lobby_id open 200",
    "post /lobbies admin 201",
    "post /lobbies/:lobby_id/stop admin 200",
    "get /admin/lobbies admin 200",
    "post /bets authenticated 201",
    "post /bets/validate authenticated 200",
    "del /bets/:bet_id authenticated 200",
    "get /bets authenticated 200",
    "get /bets/:bet_id authenticated 200",
    "post /powers/cast authenticated 201",
    "get /races/:race_id open 200",
    "get /races/:race_id/replay open 200",
    "get /races/:race_id/verify open 200",
    "post /favors authenticated 201",
    "get /favors authenticated 200",
    "post /favors/:favor_id/accept authenticated 200",
    "post /favors/:favor_id/decline authenticated 200",
    "post /favors/:favor_id/withdraw authenticated 200",
    "post /favors/:favor_id/repay authenticated 200",
    "get /analytics/runners open 200",
    "get /analytics/runners/:name open 200",
    "get /analytics/races open 200",
    "get /admin/cluster admin 200",
    "post /admin/cluster/processes admin 202",
    "post /admin/cluster/processes/:process_id/:action admin 202",
    "get /admin/kinds admin 200",
    "put /admin/kinds/:kind/paused admin 200",
    "get /admin/entities admin 200",
    "get /admin/entities/:kind/:entity_id admin 200",
    "get /admin/entities/:kind/:entity_id/journal admin 200",
    "post /admin/entities/:kind/:entity_id/commands admin 200",
    "get /admin/players admin 200",
    "get /admin/players/:player_id admin 200",
    "post /admin/players/:player_id/freeze admin 200",
    "post /admin/players/:player_id/unfreeze admin 200",
    "post /admin/players/:player_id/adjust admin 200",
    "get /admin/acts admin 200",
    "get /health open 200",
    "get /health/live open 200",
    "get /health/ready open 200",
    "get /health/:part open 200",
    "get /metrics open 200",
  ]);
});

test("whatever moves a player's money needs an idempotency key", () => {
  for (const name of ["bets.place", "bets.cancel", "powers.cast", "admin.send", "players.adjust"]) {
    const { decodeHeaders, headerNames } = route(name);
    expect(headerNames).toEqual(["x-idempotency-key"]);
    expect(Either.isRight(decodeHeaders!({ "x-idempotency-key": "k-1" }))).toBe(true);
    for (const bad of [undefined, "", "with space", "ключ", "k".repeat(129)])
      expect(Either.isLeft(decodeHeaders!({ "x-idempotency-key": bad }))).toBe(true);
  }
});

test.each([
  { market: "win", selection: [3], stake: 2.5 },
  { market: "win", selection: [3], stake: -1 },
  { market: "win", selection: [3], stake: 0 },
  { market: "win", selection: [3], stake: "250" },
  { market: "win", selection: [3], stake: 2 ** 53 },
  { market: "win", selection: [3], stake: null },
  { market: "win", selection: [3] },
  { market: "win", selection: "3", stake: 250 },
  { market: "win", selection: [1.5], stake: 250 },
  { market: "win", selection: [], stake: 250 },
  { market: "trifecta", selection: [1, 2, 3, 4], stake: 250 },
  { market: "superfecta", selection: [1], stake: 250 },
  { market: "win", selection: [3], stake: 250, lobby_id: 7 },
  [],
  null,
  "bet",
])("refuses the body %j", (body) => {
  expect(Either.isLeft(route("bets.place").decodePayload!(body))).toBe(true);
});

test("ignores unknown fields of a body", () => {
  const decoded = route("bets.place").decodePayload!({
    market: "win",
    selection: [3],
    stake: 250,
    colour: "red",
  });
  expect(decoded).toEqual(Either.right({ market: "win", selection: [3], stake: 250 }));
});

test("page sizes are numbers within bounds, with a default", () => {
  const { decodeQuery } = route("bets.list");
  expect(decodeQuery!({})).toEqual(Either.right({ limit: 50 }));
  expect(decodeQuery!({ limit: "200" })).toEqual(Either.right({ limit: 200 }));
  for (const limit of ["0", "201", "-1", "1.5", "many", ""])
    expect(Either.isLeft(decodeQuery!({ limit }))).toBe(true);
});

test("says what is allowed at a path", () => {
  const methods = allowedMethods(routes);
  expect(methods("/bets")).toEqual(["GET", "HEAD", "OPTIONS", "POST"]);
  expect(methods("/bets/b1")).toEqual(["DELETE", "GET", "HEAD", "OPTIONS"]);
  expect(methods("/bets/b1/x")).toEqual([]);
  expect(methods("/metrics")).toEqual(["GET", "HEAD", "OPTIONS"]);
});

test("an endpoint with two success statuses is refused at the start, not at the first request", () => {
  const api = HttpApi.make("test").add(
    HttpApiGroup.make("things").add(
      HttpApiEndpoint.get("get", "/things")
        .addSuccess(Schema.String)
        .addSuccess(Schema.Number, { status: 202 }),
    ),
  );
  expect(() => compile(api)).toThrow("things.get: must have one success status");
});
