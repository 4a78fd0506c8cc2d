import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Unavailable } from "../../rpc/failure.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { connect } from "./support/SocketClient.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

let database: FreshDatabase;
let pool: pg.Pool;
let server: TestGateway;
beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 4 });
  server = await startGateway({ pool, environment: { JOIN_GRANT: "5000" } });
});
afterAll(async () => {
  await server.close();
  await pool.end();
  await database.drop();
});

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const post = async (path: string, body: unknown, at: TestGateway = server): Promise<Answer> => {
  const response = await fetch(at.url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer["body"] };
};

const get = async (path: string, token: unknown): Promise<Answer> => {
  const response = await fetch(server.url + path, {
    headers: { authorization: `Bearer ${String(token)}` },
  });
  return { status: response.status, body: (await response.json()) as Answer["body"] };
};

describe("joining", () => {
  test("makes a guest with a wallet and the grant, whose token opens the lobby's socket", async () => {
    const joined = await post("/auth/join", { display_name: "  Ada  " });
    expect(joined.status).toBe(201);
    expect(joined.body).toMatchObject({
      lobby_id: "demo",
      ws_url: `ws://127.0.0.1:${server.gateway.port}/ws`,
    });
    expect(Date.parse(String(joined.body["expires_at"]))).toBeGreaterThan(Date.now());
    expect((await get("/auth/me", joined.body["token"])).body).toEqual({
      player_id: joined.body["player_id"],
      display_name: "Ada",
      roles: ["player"],
    });
    expect((await get("/wallet/me", joined.body["token"])).body).toMatchObject({
      balance_total: 5000,
      balance_available: 5000,
    });
    const client = connect(
      `${String(joined.body["ws_url"])}?token=${String(joined.body["token"])}`,
    );
    await client.allOf(["CONNECTION_ACK", "STATE_SNAPSHOT", "WALLET_UPDATED"]);
    client.close();
  });

  test("a lobby that is none is refused, and no account is left behind", async () => {
    const count = async () =>
      (await pool.query("SELECT count(*)::int AS n FROM account")).rows[0].n as number;
    const before = await count();
    const refused = await post("/auth/join", { display_name: "Ada", lobby_id: "nowhere" });
    expect(refused).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await count()).toBe(before);
  });

  test.each(["", "   ", "x".repeat(41), "two\nlines", "zero\u200bwidth", 7])(
    "refuses the name %j",
    async (display_name) => {
      expect((await post("/auth/join", { display_name })).body["code"]).toBe("validation_failed");
    },
  );
});

describe("registering", () => {
  test("makes an account that can log in, its password only as argon2id", async () => {
    const credentials = { username: "Grace", password: "correct horse" };
    const registered = await post("/auth/register", credentials);
    expect(registered.status).toBe(201);
    const { rows } = await pool.query("SELECT password_hash FROM account WHERE username = 'Grace'");
    expect(rows[0].password_hash).toMatch(/^\$argon2id\$/);
    const loggedIn = await post("/auth/login", { ...credentials, username: "gRACE" });
    expect(loggedIn.status).toBe(200);
    expect(loggedIn.body["player_id"]).toBe(registered.body["player_id"]);
    expect((await get("/wallet/me", loggedIn.body["token"])).body["balance_total"]).toBe(5000);
  });

  test("one name is one account, in whatever case and however many ask at once", async () => {
    const attempts = await Promise.all(
      ["linus", "Linus", "LINUS", "lInUs"].map((username) =>
        post("/auth/register", { username, password: "a password" }),
      ),
    );
    expect(attempts.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
    const taken = await post("/auth/register", { username: "linus", password: "a password" });
    expect(taken.body["code"]).toBe("username_taken");
  });

  test.each([
    { username: "ab", password: "a password" },
    { username: "white space", password: "a password" },
    { username: "'; DROP TABLE account; --", password: "a password" },
    { username: "shortpw", password: "1234567" },
    { username: "longpw", password: "x".repeat(129) },
  ])("refuses %j", async (credentials) => {
    expect((await post("/auth/register", credentials)).status).toBe(400);
  });

  test("is refused while wallets are away, and the name stays free", async () => {
    const ask = server.fake.game.ask;
    Object.assign(server.fake.game, {
      ask: async () => ({
        ok: false,
        error: new Unavailable({ reason: "moving", retryAfterMs: 100 }),
        replayed: false,
      }),
    });
    const credentials = { username: "barbara", password: "a password" };
    expect((await post("/auth/register", credentials)).status).toBe(503);
    Object.assign(server.fake.game, { ask });
    expect((await post("/auth/register", credentials)).status).toBe(201);
  });
});

describe("logging in", () => {
  test("says neither which part was wrong, nor does the time it takes", async () => {
    await post("/auth/register", { username: "donald", password: "a password" });
    const wrongPassword = await post("/auth/login", { username: "donald", password: "wrong one" });
    const unknownUser = await post("/auth/login", { username: "nobody", password: "wrong one" });
    expect(unknownUser).toEqual(wrongPassword);
    expect(unknownUser).toMatchObject({ status: 401, body: { code: "bad_credentials" } });

    // The least of several, taken in turns: what else the machine does only ever adds.
    const leastMs = { donald: Infinity, nobody: Infinity };
    for (let time = 0; time < 9; time++)
      for (const username of ["donald", "nobody"] as const) {
        const startedAt = performance.now();
        await post("/auth/login", { username, password: "wrong one" });
        leastMs[username] = Math.min(leastMs[username], performance.now() - startedAt);
      }
    // Without the work for an unknown user it would be a tenth.
    expect(leastMs.nobody).toBeGreaterThan(leastMs.donald / 2);
  });

  test("the administrator may, with the setting's password and its rights", async () => {
    const admin = await post("/auth/login", { username: "admin", password: "admin" });
    expect(admin.status).toBe(200);
    expect((await get("/auth/me", admin.body["token"])).body["roles"]).toEqual(["admin"]);
    const taken = await post("/auth/register", { username: "Admin", password: "a password" });
    expect(taken.status).toBe(409);
  });

  test("a changed setting changes the administrator's password at the next start", async () => {
    const next = await startGateway({
      pool,
      environment: { ADMIN_PASSWORD: "another password" },
    });
    const login = (password: string) => post("/auth/login", { username: "admin", password }, next);
    expect((await login("admin")).status).toBe(401);
    expect((await login("another password")).status).toBe(200);
    await next.close();
  });

  test("many at once are answered, all or with 503, and other requests go on", async () => {
    const logins = Array.from({ length: 200 }, () =>
      post("/auth/login", { username: "nobody", password: "wrong one" }),
    );
    const { token } = await server.player();
    expect((await get("/wallet/me", token)).status).toBe(200);
    const statuses = new Set((await Promise.all(logins)).map(({ status }) => status));
    expect([...statuses].toSorted()).toEqual([401, 503]);
  });
});

describe("refreshing a token", () => {
  const refresh = async (token: unknown): Promise<Answer> => {
    const response = await fetch(`${server.url}/auth/refresh`, {
      method: "POST",
      headers: { authorization: `Bearer ${String(token)}` },
    });
    return { status: response.status, body: (await response.json()) as Answer["body"] };
  };
  const claimsOf = (token: unknown) =>
    JSON.parse(Buffer.from(String(token).split(".")[1] ?? "", "base64url").toString()) as Record<
      string,
      unknown
    >;

  test("gives a guest another one for the same lobby, and the old one stays valid", async () => {
    const { body: joined } = await post("/auth/join", { display_name: "Ada" });
    const refreshed = await refresh(joined["token"]);
    expect(refreshed).toEqual({
      status: 200,
      body: {
        player_id: joined["player_id"],
        token: expect.any(String),
        expires_at: expect.any(String),
        ws_url: `ws://127.0.0.1:${server.gateway.port}/ws`,
      },
    });
    expect(claimsOf(refreshed.body["token"])).toMatchObject({
      player_id: joined["player_id"],
      lobby_id: "demo",
      roles: ["player"],
    });
    for (const token of [joined["token"], refreshed.body["token"]])
      expect((await get("/wallet/me", token)).status).toBe(200);
    const lifeMs = Date.parse(String(refreshed.body["expires_at"])) - Date.now();
    const oldLifeMs = Date.parse(String(joined["expires_at"])) - Date.now();
    expect(lifeMs).toBeGreaterThan(0);
    expect(lifeMs).toBeGreaterThanOrEqual(oldLifeMs - 1000);
  });

  test("reads the roles of now: what the account has lost, the next token lacks", async () => {
    const credentials = { username: "hopper", password: "a password" };
    const { body: registered } = await post("/auth/register", credentials);
    expect(registered["ws_url"]).toBe(`ws://127.0.0.1:${server.gateway.port}/ws`);
    const setRoles = (roles: ReadonlyArray<string>) =>
      pool.query("UPDATE account SET roles = $2 WHERE player_id = $1", [
        registered["player_id"],
        roles,
      ]);
    await setRoles(["player", "admin"]);
    const { body: promoted } = await post("/auth/login", credentials);
    expect(promoted["ws_url"]).toBe(registered["ws_url"]);
    expect((await get("/admin/players", promoted["token"])).status).toBe(200);
    await setRoles(["player"]);
    const { body: demoted } = await refresh(promoted["token"]);
    expect((await get("/auth/me", demoted["token"])).body["roles"]).toEqual(["player"]);
    expect((await get("/admin/players", demoted["token"])).status).toBe(403);
    expect(claimsOf(demoted["token"])).not.toHaveProperty("lobby_id");
  });

  test("is refused without a token, with one that is over or forged, and to nobody's account", async () => {
    const { body: joined } = await post("/auth/join", { display_name: "Ada" });
    const playerId = String(joined["player_id"]);
    const forged = (await server.player({ playerId, secret: "x".repeat(32) })).token;
    const over = (await server.player({ playerId, lifetimeMs: -1000 })).token;
    const ghost = (await server.player({ playerId: "p_ghost" })).token;
    for (const token of ["", forged, over, ghost])
      expect(await refresh(token)).toMatchObject({ status: 401, body: { code: "unauthorized" } });
  });
});

test("without the database an account's call is 503, not a fault", async () => {
  const lost = new pg.Pool({ connectionString: database.url, max: 1 });
  const gateway = await startGateway({ pool: lost });
  await lost.end();
  const answer = await post("/auth/join", { display_name: "Ada" }, gateway);
  expect(answer).toMatchObject({ status: 503, body: { code: "unavailable" } });
  await gateway.close();
});
