/** The list of unclaimed money before the administrator, and before nobody else. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { UnclaimedBody } from "../../rpc/http/admin/unclaimed.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

const BODY: UnclaimedBody = {
  unclaimed: [
    {
      what: "raffle_payout",
      player_id: "olga",
      amount: 900,
      since: "2026-01-02T03:04:05.000Z",
      why: null,
      kind: "raffle",
      entity_id: "spring",
      ref: "spring",
    },
  ],
  total: 1_900,
  next_before: "5.raffle.7.0.spring",
};

let server: TestGateway;
let admin: string;
const asked: Array<unknown> = [];
beforeAll(async () => {
  server = await startGateway();
  Object.assign(server.fake.game.views, {
    unclaimed: async (page: unknown) => {
      asked.push(page);
      return BODY;
    },
  });
  admin = (await server.player({ playerId: "admin", roles: ["admin"] })).token;
});
afterAll(() => server.close());

const list = async (query = "", token = admin) => {
  const headers = token === "" ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${server.url}/admin/unclaimed${query}`, { headers });
  return { status: response.status, body: await response.json() };
};

test("is read by the administrator, whole or of one player, page by page", async () => {
  expect(await list()).toEqual({ status: 200, body: BODY });
  await list("?player_id=olga&limit=1&before=5.raffle.7.0.spring");
  expect(asked).toEqual([
    { before: undefined, limit: 50, playerId: undefined },
    { before: "5.raffle.7.0.spring", limit: 1, playerId: "olga" },
  ]);
});

test("is no player's business", async () => {
  const { token } = await server.player();
  expect(await list("", "")).toMatchObject({ status: 401, body: { code: "unauthorized" } });
  expect(await list("", token)).toMatchObject({ status: 403, body: { code: "forbidden" } });
});

test.each(["limit=0", "limit=201", "before=later", "before=5.%00", "player_id=%20"])(
  "refuses %s",
  async (query) => {
    expect(await list(`?${query}`)).toMatchObject({
      status: 400,
      body: { code: "validation_failed" },
    });
  },
);
