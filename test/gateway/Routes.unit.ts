import { HttpApi, HttpApiEndpoint, HttpApiGroup } from "@effect/platform";
import { Either, Schema } from "effect";
import { expect, test } from "vitest";
import { Accepted, accepted } from "../../rpc/http/accepted.ts";
import { CroupierApi } from "../../rpc/http/api.ts";
import { success } from "../../src/gateway/Answer.ts";
import { compile, type Handler } from "../../src/gateway/Routes.ts";
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
    "post /auth/logout_everywhere authenticated 200",
    "post /auth/password authenticated 200",
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
    "get /api/v1/raffles optional 200",
    "post /api/v1/raffles admin 201",
    "get /api/v1/raffles/:raffle_id optional 200",
    "put /api/v1/raffles/:raffle_id admin 200",
    "post /api/v1/raffles/:raffle_id/publish admin 200",
    "post /api/v1/raffles/:raffle_id/suspend admin 200",
    "post /api/v1/raffles/:raffle_id/resume admin 200",
    "post /api/v1/raffles/:raffle_id/cancel admin 200",
    "post /api/v1/raffles/:raffle_id/close admin 200",
    "post /api/v1/raffles/:raffle_id/draw admin 200",
    "get /api/v1/raffles/:raffle_id/draw optional 200",
    "get /api/v1/raffles/:raffle_id/verify open 200",
    "get /api/v1/raffles/:raffle_id/numbers optional 200",
    "get /api/v1/raffles/:raffle_id/books authenticated 200",
    "get /api/v1/raffles/:raffle_id/ws/stats admin 200",
    "post /api/v1/reservations authenticated 201",
    "get /api/v1/reservations authenticated 200",
    "get /api/v1/reservations/:reservation_id authenticated 200",
    "post /api/v1/reservations/:reservation_id/add-number authenticated 200",
    "post /api/v1/reservations/:reservation_id/remove-number authenticated 200",
    "post /api/v1/reservations/:reservation_id/move-to-checkout authenticated 200",
    "post /api/v1/reservations/:reservation_id/cancel authenticated 200",
    "post /api/v1/reservations/:reservation_id/pay authenticated 200",
    "get /api/v1/payment-providers open 200",
    "put /api/v1/payment-providers/:name admin 200",
    "get /admin/payments admin 200",
    "post /admin/payments/:payment_id/resolve-refund admin 200",
    "get /api/v1/push/key open 200",
    "post /api/v1/push/subscriptions authenticated 201",
    "post /api/v1/push/unsubscribe authenticated 200",
    "get /api/v1/hands/recent open 200",
    "get /api/v1/hands/kinds open 200",
    "get /api/v1/hands/:hand_id open 200",
    "get /api/v1/stats/player/:name open 200",
    "get /api/v1/stats/players open 200",
    "get /api/v1/stats/player/:name/sessions open 200",
    "get /api/v1/stats/player/:name/tournaments open 200",
    "post /api/v1/equity/calculate open 200",
    "post /api/v1/equity/calculate/multiway open 200",
    "post /api/v1/equity/evaluate open 200",
    "get /analytics/runners open 200",
    "get /analytics/runners/:name open 200",
    "get /analytics/races open 200",
    "get /api/v1/analytics/datasets admin 200",
    "post /api/v1/analytics/query admin 200",
    "get /api/v1/config open 200",
    "get /ws/stats open 200",
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
    "post /admin/players/:player_id/revoke_tokens admin 200",
    "post /admin/players/:player_id/grant_admin admin 200",
    "post /admin/players/:player_id/revoke_admin admin 200",
    "post /admin/players/:player_id/adjust admin 200",
    "get /admin/acts admin 200",
    "get /admin/unclaimed admin 200",
    "get /health open 200",
    "get /health/live open 200",
    "get /health/ready open 200",
    "get /health/:part open 200",
    "get /metrics open 200",
  ]);
});

test("whatever moves a player's money needs an idempotency key", () => {
  for (const name of [
    "bets.place",
    "bets.cancel",
    "powers.cast",
    "reservations.pay",
    "admin.send",
    "players.adjust",
  ]) {
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

test("a reservation may come with a key or without one, but not with a bad one", () => {
  for (const name of ["create", "addNumber", "removeNumber", "moveToCheckout", "cancel"]) {
    const { decodeHeaders, headerNames } = route(`reservations.${name}`);
    expect(headerNames).toEqual(["x-idempotency-key"]);
    expect(decodeHeaders!({})).toEqual(Either.right({}));
    expect(decodeHeaders!({ "x-idempotency-key": "k" })).toEqual(
      Either.right({ "x-idempotency-key": "k" }),
    );
    for (const bad of ["", "with space", "k".repeat(129)])
      expect(Either.isLeft(decodeHeaders!({ "x-idempotency-key": bad }))).toBe(true);
  }
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

const things = <Get extends HttpApiEndpoint.HttpApiEndpoint.Any>(get: Get) =>
  HttpApi.make("test").add(HttpApiGroup.make("things").add(get));

test("an endpoint with two success statuses is refused at the start, not at the first request", () => {
  const get = HttpApiEndpoint.get("get", "/things")
    .addSuccess(Schema.String)
    .addSuccess(Schema.Number, { status: 202 });
  expect(() => compile(things(get))).toThrow("things.get: must have one success status");
});

test("beside its success status an endpoint may have that of accepted(…), told apart by the answer's type", () => {
  const body = Schema.Struct({ id: Schema.String });
  for (const get of [
    HttpApiEndpoint.get("get", "/things").addSuccess(body).addSuccess(accepted(body)),
    HttpApiEndpoint.get("get", "/things").addSuccess(accepted(body)).addSuccess(body),
  ])
    expect(compile(things(get))).toMatchObject([{ name: "things.get", successStatus: 200 }]);
  expect(() =>
    compile(things(HttpApiEndpoint.get("get", "/things").addSuccess(accepted(body)))),
  ).toThrow("things.get: must have one success status");
});

test("a handler may answer what its endpoint declares, and 202 only where that is declared", () => {
  const body = Schema.Struct({ id: Schema.String });
  const one = HttpApiEndpoint.post("one", "/things").addSuccess(body);
  const two = HttpApiEndpoint.post("two", "/things").addSuccess(body).addSuccess(accepted(body));
  const done = async () => success({ id: "t" });
  const later = async () => success(new Accepted({ id: "t" }));
  const other = async () => success(new Accepted({ id: 7 }));
  const answers: ReadonlyArray<unknown> = [
    done satisfies Handler<typeof one>,
    done satisfies Handler<typeof two>,
    later satisfies Handler<typeof two>,
    // @ts-expect-error -- it declares no 202
    later satisfies Handler<typeof one>,
    // @ts-expect-error -- a 202 of another body
    other satisfies Handler<typeof two>,
  ];
  expect(answers).toHaveLength(5);
});

test("an accepted answer is its body on the wire, and not taken for the other by who reads it", () => {
  const schema = accepted(Schema.Struct({ at: Schema.Date }));
  const at = "2026-01-01T00:00:00.000Z";
  const answer = Schema.decodeSync(schema)({ at });
  expect(answer).toEqual(new Accepted({ at: new Date(at) }));
  expect(Schema.encodeSync(schema)(answer)).toEqual({ at });
});
