/** Tokens that end before their time, on two gateways before one database. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ActsBody } from "../../rpc/http/admin/acts.ts";
import { Accounts } from "../../src/gateway/Accounts.ts";
import { Revocations } from "../../src/gateway/Revocations.ts";
import { Tokens } from "../../src/gateway/Tokens.ts";
import { ManualClock } from "../support/ManualClock.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { caller } from "./support/call.ts";
import { connect } from "./support/SocketClient.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";
import { PATIENCE_MS } from "../support/patience.ts";

const SECRET = "a secret of the tests, thirty-two bytes long";

/** The same pool to one who never hears of revocations after its start. */
const deafTo = (pool: pg.Pool): pg.Pool => {
  let reads = 0;
  const query = (sql: string, values?: Array<unknown>) =>
    sql.includes("pg_snapshot_xmin") && (reads += 1) > 1
      ? new Promise(() => undefined)
      : pool.query(sql, values);
  return Object.assign(Object.create(pool) as pg.Pool, { query });
};

let database: FreshDatabase;
let pool: pg.Pool;
let server: TestGateway;
let other: TestGateway;
let deaf: TestGateway;
beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 8 });
  const environment = { JWT_SECRET: SECRET };
  server = await startGateway({ pool, environment });
  other = await startGateway({ pool, environment });
  deaf = await startGateway({ pool: deafTo(pool), environment });
});
afterAll(async () => {
  await Promise.all([server, other, deaf].map((one) => one.close()));
  await pool.end();
  await database.drop();
});

interface Signed {
  readonly token: string;
  readonly player_id: string;
}
const at = (one: TestGateway) => caller(() => one.url);
const call: ReturnType<typeof caller> = (...args) => at(server)(...args);
const ofOther: ReturnType<typeof caller> = (...args) => at(other)(...args);
const ofDeaf: ReturnType<typeof caller> = (...args) => at(deaf)(...args);

let users = 0;
const PASSWORD = "a password";
const register = async () => {
  const username = `user-${(users += 1)}`;
  const { body } = await call<Signed>("POST", "/auth/register", {
    body: { username, password: PASSWORD },
  });
  // Wallets are each fake's own.
  for (const one of [other, deaf]) {
    one.fake.wallets.set(body.player_id, { total: 1, locked: 0, version: 1 });
    one.fake.opens(`wallet:${body.player_id}`, 1);
  }
  return { username, playerId: body.player_id, token: body.token };
};
const login = async (username: string, password = PASSWORD) =>
  (await call<Signed>("POST", "/auth/login", { body: { username, password } })).body.token;
const adminLogin = () => login("admin", "admin");
const me = async (one: TestGateway, token: string) =>
  (await at(one)("GET", "/auth/me", { token })).status;
const eventually = async (what: string, holds: () => Promise<boolean>) => {
  const until = performance.now() + PATIENCE_MS;
  while (!(await holds()))
    if (performance.now() > until) throw new Error(`waited ${PATIENCE_MS} ms for ${what}`);
};
const isOutEverywhere = (token: string) =>
  eventually(
    "the other gateway to hear of it",
    async () => (await me(server, token)) === 401 && (await me(other, token)) === 401,
  );
const enter = async (one: TestGateway, token: string) => {
  const client = connect(`${one.wsUrl}?token=${token}`);
  await client.nextOf("CONNECTION_ACK");
  return client;
};
const OVER = { code: 1008, reason: "token revoked" };

describe("signing out everywhere", () => {
  const everywhere = (token: string, one = call) =>
    one<Signed & { readonly code?: string }>("POST", "/auth/logout_everywhere", { token });

  test("ends all tokens on all processes, closes their sockets, and leaves who asked a new token", async () => {
    const { playerId, token, username } = await register();
    const second = await login(username);
    const bystander = await register();
    const sockets = [await enter(server, token), await enter(other, second)];
    const untouched = await enter(other, bystander.token);
    const raffle = connect(
      `${other.url.replace("http", "ws")}/api/v1/raffles/harbour/ws?token=${token}`,
    );
    await raffle.next("the snapshot", () => true);

    const answer = await everywhere(second);
    expect(answer).toMatchObject({ status: 200, body: { player_id: playerId } });
    expect(await me(server, token)).toBe(401);
    expect(await me(server, second)).toBe(401);
    expect(await me(server, answer.body.token)).toBe(200);
    await isOutEverywhere(token);
    await isOutEverywhere(second);
    expect(await me(other, answer.body.token)).toBe(200);
    for (const socket of [...sockets, raffle]) expect(await socket.closed()).toEqual(OVER);
    untouched.send({ type: "PING" });
    await untouched.nextOf("PONG");
    untouched.close();

    const refused = connect(`${server.wsUrl}?token=${token}`);
    expect(await refused.closed()).toEqual({ code: 1008, reason: "bad token" });
    // At once, without a second to wait for: a token of now is a good one.
    expect(await me(other, await login(username))).toBe(200);
    expect((await everywhere(token)).status).toBe(401);
  });

  test("keeps a guest its wallet and its lobby", async () => {
    const { body: guest } = await call<Signed>("POST", "/auth/join", {
      body: { display_name: "Ada" },
    });
    const { body } = await everywhere(guest.token);
    expect(body.player_id).toBe(guest.player_id);
    expect(await me(server, guest.token)).toBe(401);
    const { status } = await call("GET", "/wallet/me", { token: body.token });
    expect(status).toBe(200);
    const socket = connect(`${server.wsUrl}?token=${body.token}`);
    expect(await socket.nextOf("STATE_SNAPSHOT")).toMatchObject({ lobby_id: "demo" });
    socket.close();
  });

  test("twice in one instant ends what the first time let in", async () => {
    const { token } = await register();
    const first = (await everywhere(token)).body.token;
    const second = (await everywhere(first)).body.token;
    expect(await me(server, first)).toBe(401);
    expect(await me(server, second)).toBe(200);
  });

  test("by many at once with one token lets one of them stay", async () => {
    const { token } = await register();
    const answers = await Promise.all(
      [call, ofOther, call, ofOther, ofDeaf].map((one) => everywhere(token, one)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401, 401]);
    const stays = answers.find(({ status }) => status === 200)?.body.token ?? "";
    expect(await me(server, stays)).toBe(200);
  });

  test("ends also what a process with a faster clock has issued", async () => {
    const { playerId, token } = await register();
    const ahead = new Tokens({
      secret: SECRET,
      now: () => Date.now() + 5_000,
      isRevoked: () => false,
    });
    const early = await ahead.issue({ playerId, lobbyId: undefined, roles: ["player"] });
    expect(await me(server, early.token)).toBe(200);
    await everywhere(token);
    expect(await me(server, early.token)).toBe(401);
  });

  test("a process that has not heard of it makes no new token of an old one", async () => {
    const { token } = await register();
    await everywhere(token);
    expect(await me(deaf, token)).toBe(200);
    for (const [path, body] of [
      ["/auth/refresh", undefined],
      ["/auth/logout_everywhere", undefined],
      ["/auth/password", { password: PASSWORD, new_password: "another one" }],
    ] as const)
      expect(await ofDeaf("POST", path, { token, body })).toMatchObject({
        status: 401,
        body: { code: "unauthorized" },
      });
  });

  test("a gateway that starts later knows of it", async () => {
    const { token } = await register();
    await everywhere(token);
    const late = await startGateway({ pool, environment: { JWT_SECRET: SECRET } });
    expect(await me(late, token)).toBe(401);
    await late.close();
  });
});

describe("a changed password", () => {
  const change = (token: string, password: string, new_password = "another one") =>
    call<Signed & { readonly code?: string }>("POST", "/auth/password", {
      token,
      body: { password, new_password },
    });

  test("ends all tokens and the old password, and leaves who asked a new token", async () => {
    const { token, username } = await register();
    const socket = await enter(other, token);
    const changed = await change(token, PASSWORD);
    expect(changed.status).toBe(200);
    await isOutEverywhere(token);
    expect(await socket.closed()).toEqual(OVER);
    expect(await me(other, changed.body.token)).toBe(200);
    const old = { username, password: PASSWORD };
    expect((await call("POST", "/auth/login", { body: old })).status).toBe(401);
    expect(await me(server, await login(username, "another one"))).toBe(200);
  });

  test("needs the old one, and a new one that may be one; nothing ends otherwise", async () => {
    const { token } = await register();
    expect(await change(token, "a guess")).toMatchObject({
      status: 401,
      body: { code: "bad_credentials" },
    });
    expect((await change(token, PASSWORD, "short")).status).toBe(400);
    expect(await me(server, token)).toBe(200);
  });

  test("is nothing for a guest, nor for the administrator of the settings", async () => {
    const { body } = await call<Signed>("POST", "/auth/join", { body: { display_name: "Ada" } });
    for (const [token, password] of [
      [body.token, ""],
      [await adminLogin(), "admin"],
    ] as const)
      expect(await change(token, password)).toMatchObject({
        status: 409,
        body: { code: "password_not_yours" },
      });
  });

  test("of the settings ends the administrator's tokens at the next start", async () => {
    const token = await adminLogin();
    const environment = { JWT_SECRET: SECRET, ADMIN_PASSWORD: "another one" };
    await (await startGateway({ pool, environment })).close();
    await isOutEverywhere(token);
    await (await startGateway({ pool, environment: { JWT_SECRET: SECRET } })).close();
    expect(await me(server, await adminLogin())).toBe(200);
  });
});

describe("an administrator", () => {
  const act = (name: string, playerId: string, token: string, one = call) =>
    one<Readonly<Record<string, unknown>>>("POST", `/admin/players/${playerId}/${name}`, {
      token,
      body: { reason: "a test" },
    });
  const newest = async (token: string) =>
    (await call<ActsBody>("GET", "/admin/acts?limit=1", { token })).body.acts[0];

  test("ends a player's tokens, and it is written down", async () => {
    const { playerId, token, username } = await register();
    const socket = await enter(other, token);
    const admin = await adminLogin();
    expect(await act("revoke_tokens", playerId, admin)).toMatchObject({
      status: 200,
      body: { player_id: playerId, roles: ["player"] },
    });
    expect(await newest(admin)).toMatchObject({
      by: "admin",
      act: "revoke_tokens",
      target: { player_id: playerId },
      reason: "a test",
      outcome: "done",
    });
    await isOutEverywhere(token);
    expect(await socket.closed()).toEqual(OVER);
    expect(await me(server, await login(username))).toBe(200);
  });

  test("makes another one and unmakes them: within a moment the role is gone everywhere", async () => {
    const { playerId, token, username } = await register();
    const root = await adminLogin();
    expect(await act("grant_admin", playerId, token)).toMatchObject({ status: 403 });
    expect(await act("grant_admin", playerId, root)).toMatchObject({
      status: 200,
      body: { roles: ["player", "admin"] },
    });
    expect(await newest(root)).toMatchObject({ act: "grant_admin", outcome: "done" });
    expect(await me(server, token)).toBe(401);
    const admin = await login(username);
    expect((await ofOther("GET", "/admin/acts", { token: admin })).status).toBe(200);
    const watching = await enter(other, admin);

    expect(await act("revoke_admin", playerId, root)).toMatchObject({
      status: 200,
      body: { roles: ["player"] },
    });
    expect(await newest(root)).toMatchObject({ act: "revoke_admin", outcome: "done" });
    await isOutEverywhere(admin);
    expect(await watching.closed()).toEqual(OVER);
    const now = await login(username);
    expect((await call("GET", "/admin/acts", { token: now })).status).toBe(403);
    // Where it has not been heard yet, nothing of this can be undone.
    expect((await ofDeaf("GET", "/admin/acts", { token: admin })).status).toBe(200);
    for (const name of ["grant_admin", "revoke_tokens", "revoke_admin"])
      expect(await act(name, playerId, admin, ofDeaf)).toMatchObject({ status: 403 });
    expect(await newest(root)).toMatchObject({ outcome: "refused", code: "forbidden" });
  });

  test("twice is as good as once", async () => {
    const { playerId } = await register();
    const root = await adminLogin();
    await act("grant_admin", playerId, root);
    const again = await act("grant_admin", playerId, root);
    expect(again.body).toMatchObject({ roles: ["player", "admin"] });
    await act("revoke_admin", playerId, root);
    expect((await act("revoke_admin", playerId, root)).body).toMatchObject({ roles: ["player"] });
  });

  test("cannot be a guest, and the one of the settings stays one", async () => {
    const { body } = await call<Signed>("POST", "/auth/join", { body: { display_name: "Ada" } });
    const root = await adminLogin();
    expect(await act("grant_admin", body.player_id, root)).toMatchObject({
      status: 409,
      body: { code: "role_refused", reason: "guest" },
    });
    expect(await me(server, body.token)).toBe(200);
    expect(await act("revoke_admin", "admin", root)).toMatchObject({
      status: 409,
      body: { code: "role_refused", reason: "administrator_of_the_settings" },
    });
    expect(await me(server, root)).toBe(200);
    expect(await newest(root)).toMatchObject({ outcome: "refused", code: "role_refused" });
  });

  test("finds nobody where there is nobody", async () => {
    for (const name of ["revoke_tokens", "grant_admin", "revoke_admin"])
      expect(await act(name, "ghost", await adminLogin())).toMatchObject({
        status: 404,
        body: { code: "not_found" },
      });
  });
});

describe("reading what is new", () => {
  const nothing = () => undefined;
  const log = { info: nothing, warn: nothing, error: nothing };

  test("misses nothing that was written before and committed after", async () => {
    const [slow, fast] = [await register(), await register()];
    const clock = new ManualClock(Date.now());
    let news = 0;
    let heard: () => void = nothing;
    const revocations = new Revocations({ pool, clock, log });
    revocations.onNews(() => {
      news += 1;
      heard();
    });
    await revocations.start();
    const nextNews = async () => {
      const known = news;
      const isHeard = new Promise<void>((resolve) => (heard = resolve));
      for (let read = 0; read < 20 && news === known; read++) {
        await clock.advance(500);
        await Promise.race([isHeard, pool.query("SELECT pg_sleep(0.05)")]);
      }
      expect(news).toBe(known + 1);
    };
    const client = await pool.connect();
    await client.query("BEGIN");
    await new Accounts(client as unknown as pg.Pool).revoke(slow.playerId, Date.now());
    await new Accounts(pool).revoke(fast.playerId, Date.now());
    await nextNews();
    expect(revocations.covers({ playerId: fast.playerId, issuedAt: 0 })).toBe(true);
    expect(revocations.covers({ playerId: slow.playerId, issuedAt: 0 })).toBe(false);
    await client.query("COMMIT");
    client.release();
    await nextNews();
    expect(revocations.covers({ playerId: slow.playerId, issuedAt: 0 })).toBe(true);
    revocations.close();
  });

  test("the table keeps what is live, and no more", async () => {
    const [old, live] = [await register(), await register()];
    const accounts = new Accounts(pool);
    const WEEK_MS = 7 * 24 * 3_600_000;
    await accounts.revoke(old.playerId, Date.now() - WEEK_MS - 60_000);
    await accounts.revoke(live.playerId, Date.now() - WEEK_MS + 60_000);
    const revocations = new Revocations({ pool, clock: new ManualClock(Date.now()), log });
    await revocations.start();
    revocations.close();
    const { rows } = await pool.query(
      "SELECT player_id FROM token_revocation WHERE player_id = ANY($1)",
      [[old.playerId, live.playerId]],
    );
    expect(rows).toEqual([{ player_id: live.playerId }]);
    expect(revocations.covers({ playerId: old.playerId, issuedAt: 0 })).toBe(false);
  });
});
