/** The lists of a player's bets and favors by REST: what is no place in a list, and what is no filter, is refused by name. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { caller } from "./support/call.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

let server: TestGateway;
let token: string;
const call = caller(() => server.url);
beforeAll(async () => {
  server = await startGateway();
  ({ token } = await server.player());
});
afterAll(() => server.close());

test("bets are there by page, of a race, of a lobby, of a status", async () => {
  expect(await call("GET", "/bets", { token })).toMatchObject({
    status: 200,
    body: { bets: [], next_before: null },
  });
  const query = "race_id=r%3A1&lobby_id=main&status=won&before=1700000000000.main%3Ab1&limit=200";
  expect((await call("GET", `/bets?${query}`, { token })).status).toBe(200);
  expect(await call("GET", "/favors", { token })).toMatchObject({
    status: 200,
    body: { favors: [], next_before: null },
  });
});

test.each([
  ["before", "before=x"],
  ["before", "before=-1.b"],
  ["before", "before=12"],
  ["before", "before=12.%00"],
  ["before", `before=1.${"b".repeat(200)}`],
  ["limit", "limit=-1"],
  ["limit", "limit=201"],
  ["status", "status=lucky"],
  ["race_id", "race_id=r'%20OR%201=1"],
  ["lobby_id", "lobby_id=%00"],
])("with a wrong %s they are refused, naming it: %s", async (path, query) => {
  expect(await call("GET", `/bets?${query}`, { token })).toMatchObject({
    status: 400,
    body: { code: "validation_failed", errors: [{ path }] },
  });
});

test.each(["before=x", "limit=0"])("favors with %s are refused", async (query) => {
  expect((await call("GET", `/favors?${query}`, { token })).status).toBe(400);
});
