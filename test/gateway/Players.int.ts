/** Players before the administrator: a real game on a real database behind the gateway. */
import { Schema } from "effect";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ActsBody } from "../../rpc/http/admin/acts.ts";
import { PlayerBody, type PlayersBody } from "../../rpc/http/admin/players.ts";
import type { StatementBody, WalletBody } from "../../rpc/http/wallet.ts";
import { LobbyId } from "../../rpc/id.ts";
import { MAX_BALANCE_MINOR } from "../../rpc/wallet.ts";
import { makeGame } from "../../src/game.ts";
import { beginsWith, SEARCH } from "../../src/gateway/Accounts.ts";
import { GRANT, type House, openHouse } from "../admin/House.ts";
import { HubTopics } from "./support/HubTopics.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

let house: House;
let server: TestGateway;
let admin: string;
beforeAll(async () => {
  house = await openHouse();
  server = await startGateway({ pool: house.pool, environment: { JOIN_GRANT: String(GRANT) } });
  Object.assign(
    server.fake.game,
    makeGame(house.system, new HubTopics(house.system.topics), house.pool),
  );
  admin = (await server.player({ playerId: "admin", roles: ["admin"] })).token;
});
afterAll(async () => {
  await server.close();
  await house.close();
});

const call = async <Body = Readonly<Record<string, unknown>>>(
  method: string,
  path: string,
  {
    token = admin,
    body,
    key,
  }: { readonly token?: string; readonly body?: unknown; readonly key?: string } = {},
) => {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { "x-idempotency-key": key }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Body,
    headers: response.headers,
  };
};

/** A guest with a lobby to play in. */
const join = async (name: string) => {
  const lobbyId = LobbyId.make("derby");
  await call("POST", "/lobbies", {
    body: { lobby_id: lobbyId, name: "Derby", betting_ms: 3_600_000 },
  });
  const { body } = await call<{ readonly token: string; readonly player_id: string }>(
    "POST",
    "/auth/join",
    { token: "", body: { display_name: name, lobby_id: lobbyId } },
  );
  return { token: body.token, playerId: body.player_id };
};
const act = (playerId: string, name: string, body: unknown, key?: string) =>
  call("POST", `/admin/players/${playerId}/${name}`, {
    body,
    ...(key === undefined ? {} : { key }),
  });
/** As the contract has it: no field is missing, wrong or unknown. */
const decodePlayer = Schema.decodeUnknownSync(PlayerBody, { onExcessProperty: "error" });
const get = async (playerId: string) =>
  decodePlayer((await call<unknown>("GET", `/admin/players/${playerId}`)).body);
const decodeActs = Schema.decodeUnknownSync(ActsBody, { onExcessProperty: "error" });
const newestAct = async () =>
  decodeActs((await call<unknown>("GET", "/admin/acts?limit=1")).body).acts[0];

describe("who is no administrator", () => {
  test.each([
    ["GET", "/admin/players", undefined],
    ["GET", "/admin/players/admin", undefined],
    ["GET", "/admin/lobbies", undefined],
    ["GET", "/admin/acts", undefined],
    ["POST", "/admin/players/admin/freeze", { reason: "r" }],
    ["POST", "/admin/players/admin/unfreeze", { reason: "r" }],
    ["POST", "/admin/players/admin/adjust", { amount: 1, reason: "r" }],
  ])("is refused %s %s", async (method, path, body) => {
    const before = await newestAct();
    const { token } = await server.player();
    const request = { ...(body === undefined ? {} : { body }), key: "k" };
    expect((await call(method, path, { ...request, token: "" })).status).toBe(401);
    expect((await call(method, path, { ...request, token })).status).toBe(403);
    expect(await newestAct()).toEqual(before);
  });
});

describe("searching", () => {
  const insert = (rows: ReadonlyArray<readonly [string, string | null, string]>) =>
    house.pool.query(
      `INSERT INTO account (player_id, username, password_hash, display_name, roles)
       SELECT player_id, username, CASE WHEN username IS NULL THEN NULL ELSE 'hash' END, display_name, '{player}'
       FROM json_to_recordset($1) AS row(player_id text, username text, display_name text)`,
      [
        JSON.stringify(
          rows.map(([player_id, username, display_name]) => ({
            player_id,
            username,
            display_name,
          })),
        ),
      ],
    );
  const search = async (query: string) =>
    (await call<PlayersBody>("GET", `/admin/players?${query}`)).body;
  const ids = ({ players }: PlayersBody) => players.map(({ player_id }) => player_id);

  beforeAll(() =>
    insert([
      ["s_1", "Zoe", "Zoë the First"],
      ["s_2", null, "zoe a guest"],
      ["s_3", "mona", "100% luck_y"],
      ["S_4", null, "Ζωή"],
    ]),
  );

  test("finds whose id, user name or display name begins so, names in any case", async () => {
    expect(ids(await search("query=ZOE"))).toEqual(["s_1", "s_2"]);
    expect(ids(await search("query=mon"))).toEqual(["s_3"]);
    expect(ids(await search("query=s_"))).toEqual(["s_1", "s_2", "s_3"]);
    expect(ids(await search(`query=${encodeURIComponent("ζω")}`))).toEqual(["S_4"]);
    expect(ids(await search("query=%20mona%20"))).toEqual(["s_3"]);
    expect(ids(await search("query=ona"))).toEqual([]);
    expect((await search("query=mona")).players).toEqual([
      {
        player_id: "s_3",
        username: "mona",
        display_name: "100% luck_y",
        roles: ["player"],
        created_at: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
  });

  test("takes what is special in a pattern as it is", async () => {
    expect(ids(await search(`query=${encodeURIComponent("100%")}`))).toEqual(["s_3"]);
    for (const pattern of ["%", "_", "z_e", "\\"])
      expect(ids(await search(`query=${encodeURIComponent(pattern)}`))).toEqual([]);
  });

  test("lists everyone once, page by page, in the order of ids", async () => {
    const all = ids(await search("limit=200"));
    expect(all).toEqual(expect.arrayContaining(["S_4", "admin", "s_1", "s_2", "s_3"]));
    expect(all).toEqual(all.toSorted());
    const paged: Array<string> = [];
    let after: string | null = "";
    while (after !== null) {
      const page: PlayersBody = await search(`limit=2&after=${encodeURIComponent(after)}`);
      paged.push(...ids(page));
      after = page.next_after;
    }
    expect(paged).toEqual(all);
  });

  test("reads an index, however many players there are", async () => {
    await house.pool
      .query(`INSERT INTO account (player_id, username, password_hash, display_name, roles)
      SELECT 'many_' || n, 'user' || n, 'hash', 'Name ' || md5(n::text), '{player}' FROM generate_series(1, 30000) n`);
    await house.pool.query("ANALYZE account");
    for (const query of ["", "s_1", "zoe", "user123", "name ab", "many_"]) {
      const { rows } = await house.pool.query(`EXPLAIN ${SEARCH}`, [beginsWith(query), "", 51]);
      const plan = rows.map((row) => String(row["QUERY PLAN"])).join("\n");
      expect(plan).not.toContain("Seq Scan");
      expect(plan).toContain("account_by_");
    }
    await house.pool.query("DELETE FROM account WHERE player_id LIKE 'many%'");
  });

  test.each(["limit=0", "limit=201", "query=%00", `query=${"x".repeat(129)}`])(
    "%s is malformed",
    async (query) => {
      expect((await call("GET", `/admin/players?${query}`)).status).toBe(400);
    },
  );
});

describe("a player", () => {
  test("is shown with account, wallet, holds, newest bets and statement", async () => {
    const { playerId, token } = await join("Ada");
    const bet = { market: "win", selection: [3], stake: 400 };
    expect((await call("POST", "/bets", { token, body: bet, key: "b1" })).status).toBe(201);
    const shown = await get(playerId);
    expect(shown).toMatchObject({
      player_id: playerId,
      account: { username: null, display_name: "Ada", roles: ["player"] },
      wallet: {
        balance_total: GRANT,
        balance_locked: 400,
        frozen: false,
        freeze: null,
        open_holds: [{ amount: 400, purpose: "bet" }],
      },
      bets: [{ race_id: "derby-1", stake: 400, status: "accepted" }],
    });
    expect(shown.statement.map(({ purpose }) => purpose)).toEqual(["hold", "grant"]);
  });

  test("has no wallet as the administrator, and no account when a service opened it", async () => {
    expect(await get("admin")).toMatchObject({
      account: { username: "admin", roles: ["admin"] },
      wallet: null,
      bets: [],
      statement: [],
    });
    await house.open("nobody's");
    expect(await get("nobody's")).toMatchObject({
      account: null,
      wallet: { balance_total: GRANT },
    });
  });

  test("that is none is not found", async () => {
    expect(await call("GET", "/admin/players/ghost")).toMatchObject({
      status: 404,
      body: { code: "not_found", player_id: "ghost" },
    });
  });
});

describe("freezing", () => {
  test("refuses the player's bets until it ends, and says who did it and why", async () => {
    const { playerId, token } = await join("Eve");
    const bet = (key: string) =>
      call("POST", "/bets", { token, body: { market: "win", selection: [1], stake: 200 }, key });
    expect(await act(playerId, "freeze", { reason: "card reported stolen" })).toMatchObject({
      status: 200,
      body: {
        player_id: playerId,
        balance_total: GRANT,
        frozen: true,
        freeze: { reason: "card reported stolen", since: expect.stringMatching(/Z$/) },
        version: 2,
      },
    });
    expect(await newestAct()).toMatchObject({
      by: "admin",
      act: "freeze_wallet",
      target: { player_id: playerId },
      reason: "card reported stolen",
      outcome: "done",
      replayed: false,
    });
    expect(await bet("b1")).toMatchObject({ status: 409, body: { code: "wallet_frozen" } });
    // The player learns that it is frozen; why is between the house and itself.
    const mine = await call<WalletBody>("GET", "/wallet/me", { token });
    expect(mine.body).toMatchObject({ frozen: true });
    expect(JSON.stringify(mine.body)).not.toContain("stolen");
    expect((await get(playerId)).wallet?.freeze?.reason).toBe("card reported stolen");

    expect((await act(playerId, "freeze", { reason: "again" })).body).toMatchObject({
      freeze: { reason: "card reported stolen" },
      version: 2,
    });
    expect((await act(playerId, "unfreeze", { reason: "found again" })).body).toMatchObject({
      frozen: false,
      freeze: null,
      version: 3,
    });
    expect(await bet("b2")).toMatchObject({ status: 201 });
    const { rows } = await house.pool.query(
      "SELECT command, by, events FROM journal WHERE kind = 'wallet' AND entity_id = $1 AND command LIKE '%reeze' ORDER BY version",
      [playerId],
    );
    expect(rows).toMatchObject([
      { command: "Freeze", by: "admin", events: [{ reason: "card reported stolen" }] },
      { command: "Freeze", by: "admin", events: [] },
      { command: "Unfreeze", by: "admin", events: [{ reason: "found again" }] },
    ]);
  });

  test("needs a wallet and a reason; a refusal is an act too, a malformed request is none", async () => {
    expect(await act("admin", "freeze", { reason: "r" })).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
    const refused = await newestAct();
    expect(refused).toMatchObject({ outcome: "refused", code: "not_found" });
    for (const body of [{}, { reason: "" }, { reason: " x" }, { reason: "a\nb" }, { reason: 7 }])
      expect((await act("admin", "freeze", body)).status).toBe(400);
    expect(await newestAct()).toEqual(refused);
  });
});

describe("adjusting", () => {
  test("moves money between the player and the house, once for each key", async () => {
    const { playerId, token } = await join("Kim");
    const adjust = (amount: number, key: string, reason = "double charge") =>
      act(playerId, "adjust", { amount, reason }, key);
    const first = await adjust(250, "k1");
    expect(first).toMatchObject({
      status: 200,
      body: { player_id: playerId, balance_total: GRANT + 250, frozen: false, version: 2 },
    });
    expect(await newestAct()).toMatchObject({
      act: "adjust_wallet",
      target: { player_id: playerId },
      details: { amount: 250 },
      reason: "double charge",
      idempotency_key: "k1",
      outcome: "done",
      replayed: false,
    });
    const again = await adjust(250, "k1");
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await newestAct()).toMatchObject({ outcome: "done", replayed: true });
    for (const [amount, reason] of [
      [251, "double charge"],
      [250, "another"],
    ] as const)
      expect(await adjust(amount, "k1", reason)).toMatchObject({
        status: 422,
        body: { code: "idempotency_key_reused" },
      });
    expect(await newestAct()).toMatchObject({ outcome: "refused", code: "idempotency_key_reused" });
    expect((await adjust(-GRANT, "k2")).body).toMatchObject({ balance_total: 250 });
    const { body } = await call<StatementBody>("GET", "/wallet/me/statement?limit=2", { token });
    expect(body.lines).toMatchObject([
      {
        purpose: "adjustment",
        counter_account: "house:adjustments",
        amount: -GRANT,
        balance_total: 250,
        ref: "double charge",
      },
      { purpose: "adjustment", amount: 250 },
    ]);
  });

  test("takes no more than is available, brings in no more than fits", async () => {
    const { playerId, token } = await join("Lee");
    await call("POST", "/bets", {
      token,
      body: { market: "win", selection: [1], stake: 1_000 },
      key: "b",
    });
    expect(await act(playerId, "adjust", { amount: -GRANT, reason: "r" }, "k1")).toMatchObject({
      status: 422,
      body: { code: "insufficient_funds", available: GRANT - 1_000, required: GRANT },
    });
    const much = { amount: MAX_BALANCE_MINOR, reason: "r" };
    expect(await act(playerId, "adjust", much, "k2")).toMatchObject({
      status: 422,
      body: { code: "balance_limit" },
    });
    expect((await get(playerId)).wallet).toMatchObject({ balance_total: GRANT });
  });

  test.each([
    [{ amount: 0, reason: "r" }, "k"],
    [{ amount: 1.5, reason: "r" }, "k"],
    [{ amount: "1", reason: "r" }, "k"],
    [{ amount: MAX_BALANCE_MINOR + 1, reason: "r" }, "k"],
    [{ amount: 1 }, "k"],
    [{ amount: 1, reason: "x".repeat(201) }, "k"],
    [{ amount: 1, reason: "r" }, undefined],
  ])("%j with key %s is malformed", async (body, key) => {
    expect(await act("s_1", "adjust", body, key)).toMatchObject({
      status: 400,
      body: { code: "validation_failed" },
    });
  });
});
