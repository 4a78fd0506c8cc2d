import { Agent, type IncomingMessage, request as httpRequest } from "node:http";
import { connect as tcpConnect } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Unavailable } from "../../rpc/failure.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";
import { within } from "./support/SocketClient.ts";

let server: TestGateway;
beforeAll(async () => {
  server = await startGateway();
});
afterAll(() => server.close());

const BET = { market: "win", selection: [3], stake: 250 };

const post = (
  path: string,
  options: {
    readonly token?: string;
    readonly key?: string;
    readonly body?: string | Buffer;
    readonly headers?: Record<string, string>;
    readonly method?: string;
  },
) =>
  fetch(server.url + path, {
    method: options.method ?? "POST",
    headers: {
      "content-type": "application/json",
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(options.key === undefined ? {} : { "x-idempotency-key": options.key }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: options.body }),
  });

const problemOf = async (response: Response) => {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("x-request-id")).toBeTruthy();
  const problem = (await response.json()) as {
    readonly code: string;
    readonly status: number;
    readonly errors?: ReadonlyArray<{ readonly path: string }>;
  };
  expect(problem.status).toBe(response.status);
  return problem;
};

describe("a bet", () => {
  test("is answered with 201, and again with the same answer for the same key", async () => {
    const { token } = await server.player();
    const first = await post("/bets", { token, key: "k-1", body: JSON.stringify(BET) });
    expect(first.status).toBe(201);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    const answer = await first.json();
    expect(answer).toMatchObject({
      status: "accepted",
      stake: 250,
      wallet: { balance_total: 100_000, balance_locked: 250, balance_available: 99_750 },
    });
    const again = await post("/bets", { token, key: "k-1", body: JSON.stringify(BET) });
    expect(again.status).toBe(201);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await again.json()).toEqual(answer);
  });

  test("with a used key and another body is refused", async () => {
    const { token } = await server.player();
    await post("/bets", { token, key: "k-1", body: JSON.stringify(BET) });
    const reused = await post("/bets", {
      token,
      key: "k-1",
      body: JSON.stringify({ ...BET, stake: 300 }),
    });
    expect(reused.status).toBe(422);
    expect((await problemOf(reused)).code).toBe("idempotency_key_reused");
  });

  test("of a whole wallet and more is refused with what there is", async () => {
    const { token } = await server.player();
    const refused = await post("/bets", {
      token,
      key: "k-1",
      body: JSON.stringify({ ...BET, stake: 100_001 }),
    });
    expect(refused.status).toBe(422);
    expect(await problemOf(refused)).toMatchObject({
      code: "insufficient_funds",
      available: 100_000,
      required: 100_001,
    });
  });

  test.each([
    ["malformed JSON", '{"market":'],
    ["no body", ""],
    ["a float", JSON.stringify({ ...BET, stake: 2.5 })],
    ["a negative stake", JSON.stringify({ ...BET, stake: -250 })],
    ["a stake as text", JSON.stringify({ ...BET, stake: "250" })],
    ["a stake beyond 2^53", '{"market":"win","selection":[3],"stake":9007199254740993}'],
    ["an unknown market", JSON.stringify({ ...BET, market: "superfecta" })],
    ["an array", "[]"],
    ["deeply nested JSON", "[".repeat(20_000) + "]".repeat(20_000)],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ])("with %s is refused with 400", async (_, body) => {
    const { token } = await server.player();
    const refused = await post("/bets", { token, key: "k", body });
    expect(refused.status).toBe(400);
    expect((await problemOf(refused)).code).toBe("validation_failed");
  });

  test("names every wrong field by its path", async () => {
    const { token } = await server.player();
    const refused = await post("/bets", {
      token,
      key: "k",
      body: JSON.stringify({ market: "win", selection: [1, "two"], stake: 0.5 }),
    });
    const { errors } = await problemOf(refused);
    expect(errors?.map(({ path }) => path)).toEqual(["selection.1", "stake"]);
  });

  test("without a key is refused with 400", async () => {
    const { token } = await server.player();
    const refused = await post("/bets", { token, body: JSON.stringify(BET) });
    expect(refused.status).toBe(400);
    expect((await problemOf(refused)).errors?.map(({ path }) => path)).toEqual([
      "x-idempotency-key",
    ]);
  });

  test("without a lobby, by body or token, is refused with 400", async () => {
    const { token } = await server.player({ lobbyId: undefined });
    const refused = await post("/bets", { token, key: "k", body: JSON.stringify(BET) });
    expect(refused.status).toBe(400);
    expect((await problemOf(refused)).errors?.map(({ path }) => path)).toEqual(["lobby_id"]);
    const named = { ...BET, lobby_id: "demo" };
    expect((await post("/bets", { token, key: "k", body: JSON.stringify(named) })).status).toBe(
      201,
    );
  });

  test("of another player is not shown, and one that is not there is not found", async () => {
    const owner = await server.player();
    const placed = await post("/bets", { token: owner.token, key: "k", body: JSON.stringify(BET) });
    const { bet_id } = (await placed.json()) as { readonly bet_id: string };
    const get = (id: string, token: string) =>
      fetch(`${server.url}/bets/${id}`, { headers: { authorization: `Bearer ${token}` } });
    expect((await get(bet_id, owner.token)).status).toBe(200);
    const other = await server.player();
    expect((await problemOf(await get(bet_id, other.token))).code).toBe("forbidden");
    expect((await problemOf(await get("nowhere", owner.token))).code).toBe("not_found");
    expect((await get("%ff", owner.token)).status).toBe(400);
    expect((await get("%00", owner.token)).status).toBe(400);
  });
});

describe("the verdict on a bet", () => {
  const verdict = async (body: object) => {
    const { token } = await server.player();
    return post("/bets/validate", { token, body: JSON.stringify(body) });
  };

  test("is given and nothing is placed", async () => {
    const before = server.fake.bets.size;
    const answer = await verdict(BET);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ valid: true, race_id: "race-1", stake: 250 });
    expect(server.fake.bets.size).toBe(before);
  });

  test.each([
    [{ stake: 99 }, "stake_below_min"],
    [{ stake: 50_001 }, "stake_above_max"],
    [{ selection: [8] }, "invalid_selection"],
    [{ selection: [9] }, "invalid_selection"],
    [{ selection: [1, 2] }, "invalid_selection"],
    [{ market: "exacta", selection: [1, 1] }, "invalid_selection"],
    [{ race_id: "race-0" }, "betting_closed"],
    [{ lobby_id: "nowhere" }, "not_found"],
  ])("on %j is %s", async (change, code) => {
    expect((await problemOf(await verdict({ ...BET, ...change }))).code).toBe(code);
  });
});

describe("a body", () => {
  test.each([
    ["with", true],
    ["without", false],
  ])("of more than 64 KiB, %s its length in advance, is refused with 413", async (_, announced) => {
    const { token } = await server.player();
    const body = JSON.stringify({ ...BET, note: "x".repeat(70_000) });
    const response = await fetch(`${server.url}/bets`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        "x-idempotency-key": "k",
      },
      body: announced ? body : new Blob([body]).stream(),
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(413);
    expect((await problemOf(response)).code).toBe("payload_too_large");
  });

  test("of just 64 KiB is taken, in as many pieces as it comes", async () => {
    const { token } = await server.player();
    const empty = JSON.stringify({ ...BET, note: "" }).length;
    const body = JSON.stringify({ ...BET, note: "x".repeat(64 * 1024 - empty) });
    const response = await post("/bets", { token, key: "k", body });
    expect(response.status).toBe(201);
  });

  test("of another type than JSON is refused with 415", async () => {
    const { token } = await server.player();
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
      expect(
        (await post("/bets", { token, key: "k", body: "{}", headers: { "content-type": type } }))
          .status,
      ).toBe(415);
    const withCharset = { "content-type": "application/json; charset=utf-8" };
    expect(
      (await post("/bets", { token, key: "k", body: JSON.stringify(BET), headers: withCharset }))
        .status,
    ).toBe(201);
  });

  test("that is refused unread leaves the connection usable", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = async (method: string, path: string, body: string) => {
      const request = httpRequest(server.url + path, {
        agent,
        method,
        headers: { "content-type": "application/json", "content-length": body.length },
      });
      request.end(body);
      const [response] = (await within(once(request, "response"), `${method} ${path}`)) as [
        IncomingMessage,
      ];
      response.resume();
      await once(response, "end");
      return { status: response.statusCode, port: request.socket?.localPort };
    };
    const refused = await send("POST", "/bets", "x".repeat(60_000));
    expect(refused.status).toBe(401);
    const next = await send("GET", "/health/live", "");
    expect(next).toEqual({ status: 200, port: refused.port });
    agent.destroy();
  });
});

describe("a token", () => {
  const me = async (token: string | undefined) => {
    const response = await fetch(`${server.url}/wallet/me`, {
      headers: token === undefined ? {} : { authorization: token },
    });
    return response;
  };

  test("of a player opens the player's wallet", async () => {
    const { token, playerId } = await server.player();
    for (let time = 0; time < 2; time++) {
      const response = await me(`Bearer ${token}`);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({
        player_id: playerId,
        currency: "CRD",
        balance_total: 100_000,
        balance_locked: 0,
        balance_available: 100_000,
        frozen: false,
        open_holds: [],
        version: 1,
      });
    }
  });

  test("that is missing, forged, expired or of another scheme is refused with 401", async () => {
    const forged = await server.player({ secret: "some other secret of thirty-two bytes" });
    const expired = await server.player({ lifetimeMs: -1000 });
    const good = await server.player();
    for (const header of [
      undefined,
      "Bearer ",
      "Bearer x.y.z",
      `Bearer ${forged.token}`,
      `Bearer ${expired.token}`,
      `Basic ${good.token}`,
      `Bearer ${good.token}x`,
    ]) {
      const response = await me(header);
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect((await problemOf(response)).code).toBe("unauthorized");
    }
  });

  test("of a player makes no lobby, an administrator's does", async () => {
    const player = await server.player();
    const admin = await server.player({ roles: ["admin"] });
    const create = (token: string, body: object) =>
      post("/lobbies", { token, body: JSON.stringify(body) });
    expect((await problemOf(await create(player.token, { name: "Mine" }))).code).toBe("forbidden");
    expect((await create(admin.token, { name: "New", lobby_id: "new" })).status).toBe(201);
    expect((await create(admin.token, { name: "", lobby_id: "new" })).status).toBe(400);
    expect((await create(admin.token, { name: "New", betting_ms: 1 })).status).toBe(400);
    expect((await post("/lobbies/new/stop", { token: admin.token })).status).toBe(200);
  });
});

describe("methods", () => {
  test("HEAD answers what GET does, without the body", async () => {
    const get = await fetch(`${server.url}/lobbies`);
    const head = await fetch(`${server.url}/lobbies`, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(head.headers.get("content-length")).toBe(String((await get.arrayBuffer()).byteLength));
    expect((await head.arrayBuffer()).byteLength).toBe(0);
    expect((await fetch(`${server.url}/races/nowhere`, { method: "HEAD" })).status).toBe(404);
  });

  test("another method than the path takes is refused with 405 and what it takes", async () => {
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      const response = await fetch(`${server.url}/bets`, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS, POST");
      await problemOf(response);
    }
  });

  test("a preflight tells a local page what it may send, and another page nothing", async () => {
    const preflight = (origin: string) =>
      fetch(`${server.url}/bets`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
    const local = await preflight("http://localhost:5173");
    expect(local.status).toBe(204);
    expect(local.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
    expect(local.headers.get("access-control-allow-methods")).toContain("POST");
    expect(local.headers.get("access-control-allow-headers")).toContain("X-Idempotency-Key");
    const foreign = await preflight("https://evil.example");
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
    expect(foreign.headers.get("access-control-allow-methods")).toBeNull();
  });

  test("a path that is none is 404, /ws without an upgrade 426", async () => {
    for (const path of ["/nowhere", "/bets/a/b", "/..%2f..%2fetc/passwd", "/lobbies/"])
      expect((await problemOf(await fetch(server.url + path))).code).toBe("not_found");
    const upgrade = await fetch(`${server.url}/ws`);
    expect(upgrade.status).toBe(426);
    expect((await fetch(`${server.url}/nowhere`, { method: "POST" })).status).toBe(404);
  });
});

describe("an answer", () => {
  test("bears the request's id, the client's own when it is usable", async () => {
    const id = (given: string) =>
      fetch(`${server.url}/health/live`, { headers: { "x-request-id": given } }).then((response) =>
        response.headers.get("x-request-id"),
      );
    expect(await id("client-7")).toBe("client-7");
    expect(await id("x".repeat(65))).not.toBe("x".repeat(65));
    expect(await id("a b")).not.toBe("a b");
  });

  test("tells browsers to run, frame and keep nothing", async () => {
    const { headers } = await fetch(`${server.url}/lobbies`, {
      headers: { origin: "http://localhost:5173" },
    });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
    expect(headers.get("access-control-expose-headers")).toContain("Idempotent-Replayed");
  });
});

describe("a fault", () => {
  test("of an entity that moves is 503 with when to come back", async () => {
    const faulty = await startGateway();
    Object.assign(faulty.fake.game, {
      placeBet: async () => ({
        ok: false,
        error: new Unavailable({ reason: "moving", retryAfterMs: 1500 }),
        replayed: false,
      }),
    });
    const { token } = await faulty.player();
    const response = await fetch(`${faulty.url}/bets`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        "x-idempotency-key": "k",
      },
      body: JSON.stringify(BET),
    });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("2");
    expect(await problemOf(response)).toMatchObject({ code: "unavailable", retry_after_ms: 1500 });
    await faulty.close();
  });

  test("of ours tells the client its id and the log the rest", async () => {
    const faulty = await startGateway();
    Object.assign(faulty.fake.game.views, {
      race: () => {
        throw new Error("relation race_secret does not exist");
      },
      replay: () => Promise.reject(Object.assign(new Error("refused"), { code: "ECONNREFUSED" })),
    });
    const broken = await fetch(`${faulty.url}/races/race-1`);
    expect(broken.status).toBe(500);
    const body = await broken.text();
    expect(body).not.toContain("race_secret");
    const line = faulty.log.find(({ level }) => level === "error");
    expect(line?.fields).toMatchObject({
      requestId: broken.headers.get("x-request-id"),
      route: "races.get",
    });
    expect(String(line?.fields?.["cause"])).toContain("race_secret");
    const away = await fetch(`${faulty.url}/races/race-1/replay`);
    expect(away.status).toBe(503);
    expect(away.headers.get("retry-after")).toBe("1");
    await faulty.close();
  });

  test("of the client, gone before its answer, harms nobody", async () => {
    const slow = await startGateway();
    let asked!: () => void;
    const reached = new Promise<void>((resolve) => {
      asked = resolve;
    });
    let answer!: (value: unknown) => void;
    const original = slow.fake.game.placeBet;
    Object.assign(slow.fake.game, {
      placeBet: async (...args: Parameters<typeof original>) => {
        asked();
        await new Promise((resolve) => {
          answer = resolve;
        });
        return original(...args);
      },
    });
    const { token } = await slow.player();
    const abort = new AbortController();
    const response = fetch(`${slow.url}/bets`, {
      method: "POST",
      signal: abort.signal,
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        "x-idempotency-key": "k",
      },
      body: JSON.stringify(BET),
    });
    await within(reached, "the bet to reach the game");
    abort.abort();
    await expect(response).rejects.toThrow("aborted");
    answer(undefined);
    expect((await fetch(`${slow.url}/health/live`)).status).toBe(200);
    await slow.close();
  });

  test("of a client that leaves amid its body harms nobody", async () => {
    const { token } = await server.player();
    const socket = tcpConnect(server.gateway.port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(
      `POST /bets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nX-Idempotency-Key: k\r\n` +
        `Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"market":`,
    );
    socket.resetAndDestroy();
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  });

  test("in the protocol itself closes that connection alone", async () => {
    const socket = tcpConnect(server.gateway.port, "127.0.0.1");
    await once(socket, "connect");
    socket.on("error", () => {});
    socket.resume();
    const closed = once(socket, "close");
    socket.write("NONSENSE\r\n\r\n");
    await within(closed, "the connection's end");
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  });
});

test("a runner is asked for by its name, spaces and all", async () => {
  const asked: Array<unknown> = [];
  const runner = server.fake.game.views.analytics.runner;
  Object.assign(server.fake.game.views.analytics, {
    runner: (...args: ReadonlyArray<unknown>) => {
      asked.push(args);
      return Promise.resolve(undefined);
    },
  });
  const response = await fetch(`${server.url}/analytics/runners/Neon%20Comet?limit=7&before=1.x`);
  Object.assign(server.fake.game.views.analytics, { runner });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: "not_found", name: "Neon Comet" });
  expect(asked).toEqual([["Neon Comet", { before: "1.x", limit: 7 }]]);
});
