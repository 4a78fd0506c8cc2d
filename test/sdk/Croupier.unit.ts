import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCroupier } from "../../sdk/src/index.ts";
import type { Croupier, SessionEnd, Warning } from "../../sdk/src/index.ts";
import { FakeServer, problem, UNAUTHORIZED } from "./support/FakeServer.ts";
import { ACK, FakeSockets } from "./support/FakeSockets.ts";
import { snapshot } from "./support/history.ts";
import { ManualTimers } from "./support/ManualTimers.ts";
import { MemoryStorage } from "./support/MemoryStorage.ts";

const HOUR_MS = 3_600_000;
const LIFE_MS = 8 * HOUR_MS;
const BEAT_MS = 30_000;
const BET = { raceId: "r1", market: "win", selection: [1], stake: 500 } as const;

let timers: ManualTimers;
let server: FakeServer;
let sockets: FakeSockets;
let storage: MemoryStorage;
let tokens: number;
let ends: SessionEnd[];
let warnings: Warning[];
let opened: Croupier[];

beforeEach(() => {
  timers = new ManualTimers();
  server = new FakeServer();
  sockets = new FakeSockets();
  storage = new MemoryStorage();
  tokens = 0;
  ends = [];
  warnings = [];
  opened = [];
  server.answers.set("POST /auth/join", () => ({
    status: 201,
    body: { ...granted("ada"), lobby_id: "demo" },
  }));
  server.answers.set("POST /auth/login", () => ({ status: 200, body: granted("bob") }));
  server.answers.set("POST /auth/refresh", () => ({ status: 200, body: granted("ada") }));
});

afterEach(() => {
  for (const croupier of opened) croupier.close();
});

const granted = (playerId: string) => ({
  player_id: playerId,
  token: `token-${(tokens += 1)}`,
  expires_at: new Date(timers.nowMs() + LIFE_MS).toISOString(),
  ws_url: "wss://near.example/ws",
});
const open = (): Croupier => {
  const croupier = createCroupier({
    url: "https://play.example/",
    storage,
    openSocket: sockets.open,
    fetch: server.fetch,
    timers,
    random: () => 1,
    makeKey: () => "key",
  });
  croupier.onSessionEnd((why) => ends.push(why));
  croupier.onWarning((warning) => warnings.push(warning));
  opened.push(croupier);
  return croupier;
};
const joined = async (): Promise<Croupier> => {
  const croupier = open();
  const answer = await croupier.join({ displayName: "Ada" });
  if (!answer.ok) throw new Error(answer.problem.detail);
  sockets.last.say(ACK);
  return croupier;
};
/** Time passes, and the server says its own. */
const beat = (ms: number): void => {
  for (let left = ms; left > 0; left -= BEAT_MS) {
    timers.pass(Math.min(left, BEAT_MS));
    const time = new Date(timers.nowMs()).toISOString();
    sockets.last.say({ type: "HEARTBEAT", server_time: time });
  }
};
/** Lets what was promised come about. */
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

describe("session", () => {
  test("joining connects, near the wallet, and the next life finds the session kept", async () => {
    const croupier = await joined();
    expect(croupier.session.get()).toMatchObject({
      playerId: "ada",
      displayName: "Ada",
      lobbyId: "demo",
    });
    expect(sockets.last.url).toBe("wss://near.example/ws?token=token-1");
    expect(croupier.connection.get()).toEqual({ kind: "online" });
    croupier.close();
    const next = open();
    expect(next.session.get()).toEqual(croupier.session.get());
    expect(sockets.opened).toHaveLength(2);
  });

  test("where the nearest gateway is not reached, the server's own address is used", async () => {
    open();
    await opened[0]?.join({ displayName: "Ada" });
    sockets.last.events.closed(1006);
    timers.pass(8_000);
    expect(sockets.last.url).toBe("wss://play.example/ws?token=token-1");
  });

  test("a token is exchanged when half of its life is over; the connection stays, the next uses the new one", async () => {
    const croupier = await joined();
    beat(LIFE_MS / 2 - 1);
    expect(server.calls("POST /auth/refresh")).toBe(0);
    timers.pass(1);
    await turn();
    expect(server.asked.at(-1)).toMatchObject({ call: "POST /auth/refresh", token: "token-1" });
    expect(croupier.session.get()).toMatchObject({ token: "token-2", lobbyId: "demo" });
    expect(croupier.connection.get()).toEqual({ kind: "online" });
    expect(sockets.opened).toHaveLength(1);
    sockets.last.events.closed(1013);
    timers.pass(8_000);
    expect(sockets.opened).toHaveLength(2);
    expect(sockets.last.url).toContain("token-2");
  });

  test("to a clock that is far ahead every token looks old; it is exchanged seldom all the same", async () => {
    const now = timers.nowMs();
    timers.pass(30 * 24 * HOUR_MS);
    server.answers.set("POST /auth/refresh", () => ({
      status: 200,
      body: {
        player_id: "ada",
        token: `token-${(tokens += 1)}`,
        expires_at: new Date(now + LIFE_MS).toISOString(),
      },
    }));
    server.answers.set(
      "POST /auth/join",
      server.answers.get("POST /auth/refresh") ?? (() => UNAUTHORIZED),
    );
    await open().join({ displayName: "Ada" });
    for (let second = 0; second < 60; second += 1) {
      timers.pass(1_000);
      await turn();
    }
    expect(server.calls("POST /auth/refresh")).toBeLessThanOrEqual(2);
  });

  test("while the server cannot be asked, the exchange is tried again", async () => {
    const croupier = await joined();
    const refresh = server.answers.get("POST /auth/refresh");
    server.answers.delete("POST /auth/refresh");
    timers.pass(LIFE_MS / 2);
    await turn();
    timers.pass(30_000);
    await turn();
    expect(server.calls("POST /auth/refresh")).toBe(2);
    if (refresh !== undefined) server.answers.set("POST /auth/refresh", refresh);
    timers.pass(30_000);
    await turn();
    expect(croupier.session.get()?.token).toBe("token-2");
  });

  test("a token that the server refuses ends the session, says so, and keeps what is unanswered", async () => {
    const croupier = await joined();
    void croupier.placeBet(BET);
    server.answers.set("POST /auth/refresh", () => UNAUTHORIZED);
    sockets.last.events.closed(1008);
    await turn();
    expect(ends).toEqual(["refused"]);
    expect(croupier.session.get()).toBeNull();
    expect(croupier.connection.get()).toEqual({ kind: "idle" });
    expect([...Array(storage.length).keys()].map(storage.key)).toEqual([
      "croupier.command.ada.key",
    ]);
  });

  test("1008 with a token that is good is no end: it is tried again, slowly", async () => {
    const croupier = await joined();
    sockets.last.events.closed(1008);
    await turn();
    expect(croupier.session.get()?.token).toBe("token-2");
    expect(croupier.connection.get()).toEqual({ kind: "waiting", waitMs: 8_000 });
    timers.pass(8_000);
    expect(sockets.opened).toHaveLength(2);
  });

  test("1008 for the old token, after an exchange, connects at once with the new one", async () => {
    const croupier = await joined();
    beat(LIFE_MS / 2);
    await turn();
    expect(server.calls("POST /auth/refresh")).toBe(1);
    sockets.last.events.closed(1008);
    timers.pass(0);
    expect(sockets.last.url).toContain("token-2");
    expect(croupier.connection.get()).toEqual({ kind: "connecting" });
    expect(server.calls("POST /auth/refresh")).toBe(1);
  });

  test("401 for any call is looked into; a wrong password is none of that", async () => {
    const croupier = await joined();
    server.answers.set("GET /wallet/me", () => UNAUTHORIZED);
    server.answers.set("POST /auth/refresh", () => UNAUTHORIZED);
    await croupier.get("/wallet/me");
    await turn();
    expect(ends).toEqual(["refused"]);
  });

  describe("another password", () => {
    const CHANGE = { password: "the old one", newPassword: "the new one" };
    const answered = () => ({ status: 200, body: granted("ada") });

    test("brings another token; the connection that is closed for it comes back with that", async () => {
      const croupier = await joined();
      server.answers.set("POST /auth/password", async () => {
        await turn();
        // Sooner than the answer: nobody is to ask with the old token why.
        sockets.last.events.closed(1008);
        await turn();
        return answered();
      });
      expect(await croupier.changePassword(CHANGE)).toMatchObject({ ok: true });
      await turn();
      expect(server.asked.at(-1)).toMatchObject({
        call: "POST /auth/password",
        token: "token-1",
        body: { password: "the old one", new_password: "the new one" },
      });
      expect(croupier.session.get()).toMatchObject({ token: "token-2", lobbyId: "demo" });
      timers.pass(0);
      expect(sockets.last.url).toContain("token-2");
      expect(ends).toEqual([]);
    });

    test("refused for the old one leaves everything as it is; for the token, it ends the session", async () => {
      const croupier = await joined();
      server.answers.set("POST /auth/password", () => problem(401, "bad_credentials"));
      expect(await croupier.changePassword(CHANGE)).toMatchObject({
        problem: { code: "bad_credentials" },
      });
      expect(croupier.session.get()?.token).toBe("token-1");
      server.answers.set("POST /auth/password", () => UNAUTHORIZED);
      await croupier.changePassword(CHANGE);
      expect(ends).toEqual(["refused"]);
    });

    test("and the end of all other sessions, asked for while a token is exchanged: each is done", async () => {
      const croupier = await joined();
      for (const call of ["POST /auth/password", "POST /auth/logout_everywhere"])
        server.answers.set(call, answered);
      beat(LIFE_MS / 2);
      await Promise.all([croupier.changePassword(CHANGE), croupier.signOutElsewhere()]);
      expect(server.asked.slice(-3)).toMatchObject([
        { call: "POST /auth/refresh", token: "token-1" },
        { call: "POST /auth/password", token: "token-2" },
        { call: "POST /auth/logout_everywhere", token: "token-3" },
      ]);
      expect(croupier.session.get()?.token).toBe("token-4");
    });

    test("while somebody else comes in here stays the other's affair", async () => {
      const croupier = await joined();
      server.answers.set("POST /auth/password", async () => {
        await croupier.login({ username: "bob", password: "his" });
        return answered();
      });
      expect(await croupier.changePassword(CHANGE)).toMatchObject({ ok: true });
      expect(croupier.session.get()).toMatchObject({ playerId: "bob", token: "token-2" });
    });

    test("is nothing without a session", async () => {
      server.answers.set("POST /auth/password", () => UNAUTHORIZED);
      expect(await open().changePassword(CHANGE)).toMatchObject({
        problem: { code: "unauthorized" },
      });
      expect(ends).toEqual([]);
    });
  });

  test("leaving with something unanswered tells it and stays; unless it is to be given up", async () => {
    const croupier = await joined();
    const outcome = croupier.placeBet(BET);
    expect(croupier.leave()).toMatchObject([{ key: "key", command: { type: "PLACE_BET" } }]);
    expect(croupier.session.get()).not.toBeNull();
    expect(croupier.leave({ abandon: true })).toHaveLength(1);
    expect(await outcome).toMatchObject({ ok: false, refusal: { code: "abandoned" } });
    expect(ends).toEqual(["left"]);
    expect(storage.length).toBe(0);
    expect(sockets.last.isClosed).toBe(true);
    expect(croupier.leave()).toEqual([]);
  });

  test("another player gets another connection, and another wallet", async () => {
    const croupier = await joined();
    croupier.wallet.subscribe(() => undefined);
    const id = String(sockets.last.sent[0]?.["id"]);
    sockets.last.say({ type: "SUBSCRIBED", id, topic: "wallet:ada" });
    const balances = { balance_total: 9, balance_locked: 2, balance_available: 7 };
    sockets.last.say({ type: "WALLET_UPDATED", player_id: "ada", version: 3, ...balances });
    expect(croupier.wallet.get()).toEqual({
      total: 9,
      held: 2,
      available: 7,
      isFrozen: false,
      version: 3,
    });
    await croupier.login({ username: "bob", password: "secret-secret" });
    expect(croupier.wallet.get()).toBeNull();
    expect(sockets.at(0).isClosed).toBe(true);
    sockets.last.say(ACK);
    expect(sockets.last.sent).toMatchObject([{ type: "SUBSCRIBE", topic: "wallet:bob" }]);
  });

  test("what cannot be read in the storage is no session", () => {
    for (const text of ["{", "null", "[]", '{"token":1}']) {
      storage.setItem("croupier.session", text);
      expect(open().session.get()).toBeNull();
    }
    expect(sockets.opened).toEqual([]);
  });
});

describe("what is kept", () => {
  test("a bet made while offline is sent when there is a connection, also in the next life", async () => {
    const first = await joined();
    sockets.last.events.closed(1006);
    void first.placeBet(BET);
    first.close();
    const next = open();
    expect(next.unanswered.get()).toHaveLength(1);
    sockets.last.say(ACK);
    expect(sockets.last.sent).toEqual([
      {
        type: "PLACE_BET",
        lobby_id: "demo",
        race_id: "r1",
        market: "win",
        selection: [1],
        stake: 500,
        id: "key",
        idempotency_key: "key",
      },
    ]);
  });

  test("casts carry their race", async () => {
    const croupier = await joined();
    void croupier.castPower({ raceId: "r1", power: "pwr_oil_01", target: 2 });
    expect(sockets.last.sent).toMatchObject([
      { type: "CAST_POWER", race_id: "r1", lobby_id: "demo" },
    ]);
  });
});

describe("reading", () => {
  test("a lobby is the same object for the same id, fed while it is watched and kept afterwards", async () => {
    const croupier = await joined();
    const lobby = croupier.lobby("demo");
    expect(croupier.lobby("demo")).toBe(lobby);
    const stop = lobby.subscribe(() => undefined);
    sockets.last.say({
      type: "SUBSCRIBED",
      id: String(sockets.last.sent[0]?.["id"]),
      topic: "lobby:demo",
    });
    sockets.last.say(snapshot());
    expect(lobby.get().lobby).toMatchObject({ lobby_id: "demo", state_version: 1 });
    stop();
    timers.pass(2_000);
    lobby.subscribe(() => undefined);
    expect(sockets.last.sent.map(({ type }) => type)).toEqual([
      "SUBSCRIBE",
      "UNSUBSCRIBE",
      "RESUME",
    ]);
    expect(lobby.get().lobby?.state_version).toBe(1);
  });

  test("a lobby that the server does not show says why", async () => {
    const croupier = await joined();
    const lobby = croupier.lobby("nowhere");
    lobby.subscribe(() => undefined);
    const id = String(sockets.last.sent[0]?.["id"]);
    sockets.last.say({ type: "ERROR", id, code: "not_found", detail: "There is none." });
    expect(lobby.get()).toMatchObject({ lobby: null, refusal: { code: "not_found" } });
  });

  test("bets are read when watched and when the wallet changes, and answers count at once", async () => {
    const croupier = await joined();
    const row = { bet_id: "b1", race_id: "r1", market: "win", selection: [1], stake: 500 };
    let status = "accepted";
    server.answers.set("GET /bets", () => ({
      status: 200,
      body: { bets: [{ ...row, status, payout: status === "won" ? 900 : null }] },
    }));
    const bets = croupier.bets("r1");
    bets.subscribe(() => undefined);
    await turn();
    expect(bets.get()).toMatchObject({ isRead: true, bets: [{ bet_id: "b1" }] });
    status = "won";
    const balances = { balance_total: 9, balance_locked: 0, balance_available: 9 };
    sockets.last.say({ type: "WALLET_UPDATED", player_id: "ada", version: 3, ...balances });
    timers.pass(250);
    await turn();
    expect(bets.get().bets).toMatchObject([{ status: "won", payout: 900 }]);
    expect(server.asked.at(-1)?.call).toBe("GET /bets?race_id=r1&limit=200");
  });

  test("the server's clock is told, whatever the local one says", async () => {
    const croupier = await joined();
    const ahead = new Date(timers.nowMs() + 90_000).toISOString();
    sockets.last.say({ type: "HEARTBEAT", server_time: ahead });
    expect(croupier.serverNowMs()).toBe(timers.nowMs() + 90_000);
  });

  test("a listener that throws stops nothing, and is reported", async () => {
    const croupier = await joined();
    croupier.connection.subscribe(() => {
      throw new Error("mine");
    });
    croupier.watch("lobby:demo", () => {
      throw new Error("mine too");
    });
    sockets.last.say(snapshot());
    sockets.last.events.closed(1006);
    timers.pass(400);
    expect(sockets.opened).toHaveLength(2);
    expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(["listener"]));
    expect(warnings.length).toBeGreaterThan(1);
  });
});

test("outside a page the address must be given", () => {
  expect(() => createCroupier({ storage: null })).toThrow("`url`");
});
