import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Unavailable } from "../../../rpc/failure.ts";
import { connect, type SocketClient, within } from "../support/SocketClient.ts";
import { startGateway, type TestGateway } from "../support/TestGateway.ts";

let server: TestGateway;
beforeAll(async () => {
  server = await startGateway();
});
afterAll(() => server.close());

const BET = { type: "PLACE_BET", market: "win", selection: [3], stake: 250 };

/** Connected, and past its snapshots. */
const ready = async (at: TestGateway = server) => {
  const { token, playerId } = await at.player();
  const client = connect(`${at.wsUrl}?token=${token}`);
  await client.allOf(["CONNECTION_ACK", "STATE_SNAPSHOT", "WALLET_UPDATED"]);
  return { client, token, playerId };
};

const versions = (client: SocketClient, type = "RACE_STATE_CHANGED") =>
  client.frames.filter((frame) => frame.type === type).map((frame) => frame["state_version"]);

describe("a connection", () => {
  test("is acknowledged first, then given its lobby and its wallet", async () => {
    const { client, playerId } = await ready();
    expect(client.frames[0]?.type).toBe("CONNECTION_ACK");
    expect(client.frames.map(({ type }) => type).toSorted()).toEqual([
      "CONNECTION_ACK",
      "STATE_SNAPSHOT",
      "SUBSCRIBED",
      "SUBSCRIBED",
      "WALLET_UPDATED",
    ]);
    expect(client.frames.find(({ type }) => type === "STATE_SNAPSHOT")).toMatchObject({
      lobby_id: "demo",
      phase: "betting",
      phase_ends_at: "2027-01-15T08:00:00.000Z",
      odds: { "1": "3.20" },
    });
    expect(client.frames.find(({ type }) => type === "WALLET_UPDATED")).toMatchObject({
      player_id: playerId,
      balance_available: 100_000,
    });
    client.close();
  });

  test("is kept, one of hundreds in a row, while others close", async () => {
    for (let round = 0; round < 40; round++) {
      const clients = [];
      for (let index = 0; index < 5; index++) clients.push((await ready()).client);
      for (const client of clients) client.close();
    }
  });

  test("may speak before it is acknowledged", async () => {
    const { token } = await server.player();
    const client = connect(`${server.wsUrl}?token=${token}`);
    client.socket.on("open", () => client.send({ type: "PING", id: "early" }));
    expect(await client.nextOf("PONG")).toMatchObject({ id: "early" });
    expect(client.frames[0]?.type).toBe("CONNECTION_ACK");
    client.close();
  });

  test.each([
    ["without a token", async () => ""],
    ["with nonsense for a token", async () => "?token=nonsense"],
    [
      "with a forged token",
      async () =>
        `?token=${(await server.player({ secret: "another secret of thirty-two bytes" })).token}`,
    ],
    [
      "with an expired token",
      async () => `?token=${(await server.player({ lifetimeMs: -1000 })).token}`,
    ],
    [
      "with a token of another lobby",
      async () => `?token=${(await server.player({ lobbyId: "other" })).token}&lobby_id=demo`,
    ],
  ])("%s is closed with 1008", async (_, query) => {
    const client = connect(server.wsUrl + (await query()));
    expect((await client.closed()).code).toBe(1008);
    expect(client.frames).toEqual([]);
  });

  test("of an account without a lobby may name one", async () => {
    const { token } = await server.player({ lobbyId: undefined });
    const client = connect(`${server.wsUrl}?token=${token}&lobby_id=demo`);
    expect(await client.nextOf("STATE_SNAPSHOT")).toMatchObject({ lobby_id: "demo" });
    client.close();
  });

  test("that sends a frame of more than 16 KiB is closed", async () => {
    const { client } = await ready();
    client.send(JSON.stringify({ type: "PING", id: "x".repeat(17_000) }));
    await client.closed();
  });

  test("that sends nonsense is told so and lives on", async () => {
    const { client } = await ready();
    for (const text of [
      "{",
      "null",
      '{"type":"NOPE","id":"1"}',
      '{"type":"PLACE_BET","id":"2","market":"win","selection":[1],"stake":1.5,"idempotency_key":"k"}',
      '{"type":"PLACE_BET","id":"3","market":"win","selection":[1],"stake":100}',
      `{"type":"PING","id":${"[".repeat(5000)}${"]".repeat(5000)}}`,
    ]) {
      client.send(text);
      expect(await client.nextOf("ERROR")).toMatchObject({ code: "validation_failed" });
    }
    client.send({ type: "PING", id: "still here" });
    expect(await client.nextOf("PONG")).toMatchObject({ id: "still here" });
    client.close();
  });
});

describe("a bet", () => {
  test("is answered with the client's id, twice the same for one key", async () => {
    const { client } = await ready();
    client.send({ ...BET, id: "1", idempotency_key: "k-1" });
    const placed = await client.nextOf("BET_PLACED");
    expect(placed).toMatchObject({ id: "1", stake: 250, wallet: { balance_locked: 250 } });
    client.send({ ...BET, id: "2", idempotency_key: "k-1" });
    expect(await client.nextOf("BET_PLACED")).toEqual({ ...placed, id: "2" });
    client.send({ ...BET, stake: 300, id: "3", idempotency_key: "k-1" });
    expect(await client.nextOf("ERROR")).toMatchObject({
      id: "3",
      code: "idempotency_key_reused",
    });
    client.close();
  });

  test("of one key is one bet, over two sockets and REST", async () => {
    const { client, token } = await ready();
    const other = connect(`${server.wsUrl}?token=${token}`);
    await other.nextOf("CONNECTION_ACK");
    client.send({ ...BET, idempotency_key: "shared" });
    other.send({ ...BET, idempotency_key: "shared" });
    const answers = await Promise.all([client.nextOf("BET_PLACED"), other.nextOf("BET_PLACED")]);
    const rest = await fetch(`${server.url}/bets`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "x-idempotency-key": "shared",
      },
      body: JSON.stringify({ market: "win", selection: [3], stake: 250 }),
    });
    expect(rest.headers.get("idempotent-replayed")).toBe("true");
    const { bet_id } = (await rest.json()) as { readonly bet_id: string };
    expect(answers.map((answer) => answer["bet_id"])).toEqual([bet_id, bet_id]);
    client.close();
    other.close();
  });

  test("refused by a rule is an error with the rule's code and figures", async () => {
    const { client } = await ready();
    client.send({ ...BET, id: "1", stake: 100_001, idempotency_key: "k" });
    expect(await client.nextOf("ERROR")).toEqual({
      type: "ERROR",
      id: "1",
      code: "insufficient_funds",
      detail: expect.any(String),
      available: 100_000,
      required: 100_001,
    });
    client.send({ type: "CANCEL_BET", id: "2", bet_id: "nowhere", idempotency_key: "c" });
    expect(await client.nextOf("ERROR")).toMatchObject({ id: "2", code: "not_found" });
    client.send({ type: "CAST_POWER", id: "3", power: "boost", target: 1, idempotency_key: "p" });
    expect(await client.nextOf("POWER_CAST")).toMatchObject({ id: "3", power: "boost" });
    client.close();
  });

  test("too many in flight are refused, and those in flight are answered", async () => {
    const slow = await startGateway();
    const placeBet = slow.fake.game.placeBet;
    const held: Array<() => void> = [];
    Object.assign(slow.fake.game, {
      placeBet: async (...args: Parameters<typeof placeBet>) => {
        await new Promise<void>((resolve) => held.push(resolve));
        return placeBet(...args);
      },
    });
    const { client } = await ready(slow);
    for (let index = 0; index < 65; index++)
      client.send({ ...BET, stake: 100, id: String(index), idempotency_key: `k-${index}` });
    expect(await client.nextOf("ERROR")).toMatchObject({ id: "64", code: "rate_limited" });
    expect(held).toHaveLength(64);
    for (const release of held) release();
    await client.next("the last bet", (frame) => frame["id"] === "63");
    expect(client.frames.filter(({ type }) => type === "BET_PLACED")).toHaveLength(64);
    client.close();
    await slow.close();
  });

  test("that fails unforeseen tells the client nothing and the log the cause", async () => {
    const faulty = await startGateway();
    Object.assign(faulty.fake.game, {
      placeBet: () => {
        throw new Error("secret cause");
      },
    });
    const { client } = await ready(faulty);
    client.send({ ...BET, id: "1", idempotency_key: "k" });
    const error = await client.nextOf("ERROR");
    expect(error).toMatchObject({ id: "1", code: "internal_error" });
    expect(JSON.stringify(error)).not.toContain("secret");
    expect(String(faulty.log.at(-1)?.fields?.["cause"])).toContain("secret cause");
    client.close();
    await faulty.close();
  });
});

describe("a topic", () => {
  test("reaches everyone in the lobby, each change once and in order", async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, () => ready()));
    const before = server.fake.lobby.stateVersion;
    for (let change = 0; change < 20; change++) {
      server.fake.changeLobby();
      server.fake.sampleLobby();
    }
    for (const { client } of clients) {
      await client.next("the last change", (frame) => frame["state_version"] === before + 20);
      expect(versions(client)).toEqual(
        Array.from({ length: 20 }, (_, index) => before + 1 + index),
      );
      client.close();
    }
  });

  test("of someone else's wallet is forbidden, of nothing not found", async () => {
    const { client, playerId } = await ready();
    const other = await server.player();
    client.send({ type: "SUBSCRIBE", id: "1", topic: `wallet:${other.playerId}` });
    expect(await client.nextOf("ERROR")).toMatchObject({ id: "1", code: "forbidden" });
    for (const topic of ["everyone", "lobby:", ":demo", "nothing:1", "lobby:nowhere"]) {
      client.send({ type: "SUBSCRIBE", topic });
      expect(await client.nextOf("ERROR")).toMatchObject({ code: "not_found" });
    }
    client.send({ type: "SUBSCRIBE", id: "2", topic: `wallet:${playerId}` });
    expect(await client.nextOf("SUBSCRIBED")).toMatchObject({ id: "2" });
    client.close();
  });

  test("of the wallet follows a bet", async () => {
    const { client } = await ready();
    client.send({ ...BET, idempotency_key: "k" });
    expect(await client.nextOf("WALLET_UPDATED")).toMatchObject({ version: 2 });
    client.close();
  });

  test("that was left sends no more", async () => {
    const { client } = await ready();
    client.send({ type: "UNSUBSCRIBE", id: "1", topic: "lobby:demo" });
    await client.nextOf("UNSUBSCRIBED");
    server.fake.changeLobby();
    client.send({ type: "PING" });
    await client.nextOf("PONG");
    expect(versions(client)).toEqual([]);
    client.close();
  });

  test("is resumed with exactly what was missed", async () => {
    const first = await ready();
    const seen = server.fake.lobby.stateVersion;
    first.client.close();
    await first.client.closed();
    for (let change = 0; change < 3; change++) server.fake.changeLobby();
    const { client } = await ready();
    client.send({ type: "RESUME", id: "1", topic: "lobby:demo", after_version: seen });
    await client.next("the answer", (frame) => frame["id"] === "1");
    await client.next("the last", (frame) => frame["state_version"] === seen + 3);
    expect(versions(client)).toEqual([seen + 1, seen + 2, seen + 3]);
    client.close();
  });

  test("is resumed with a snapshot when too much was missed", async () => {
    const { client } = await ready();
    const now = server.fake.lobby.stateVersion;
    client.send({ type: "RESUME", topic: "lobby:demo", after_version: -1000 });
    expect(await client.nextOf("STATE_SNAPSHOT")).toMatchObject({ state_version: now });
    client.close();
  });

  test("has a snapshot for who asks, with the asker's id", async () => {
    const { client } = await ready();
    client.send({ type: "GET_STATE_SNAPSHOT", id: "s" });
    expect(await client.nextOf("STATE_SNAPSHOT")).toMatchObject({ id: "s", lobby_id: "demo" });
    client.close();
  });

  test("waits for an entity that moves", async () => {
    const moving = await startGateway();
    const ask = moving.fake.game.ask as unknown as (...args: ReadonlyArray<unknown>) => unknown;
    let refusals = 2;
    Object.assign(moving.fake.game, {
      ask: async (...args: ReadonlyArray<unknown>) =>
        args[1] === "GetLobby" && refusals-- > 0
          ? { ok: false, error: new Unavailable({ reason: "moving", retryAfterMs: 1 }) }
          : ask(...args),
    });
    const { client } = await ready(moving);
    expect(client.frames.some(({ type }) => type === "ERROR")).toBe(false);
    client.close();
    await moving.close();
  });
});

describe("a client that does not read", () => {
  test("is closed with 1013 behind what was sent, without a gap; the others miss nothing", async () => {
    const lazy = await ready();
    const keen = await ready();
    const before = server.fake.lobby.stateVersion;
    lazy.client.socket.pause();
    // The kernel's buffers take some megabytes before the gateway's own begins to fill.
    const bulk = "x".repeat(64 * 1024);
    let sent = 0;
    const closed = () => server.log.some(({ message }) => message === "closed slow readers");
    while (!closed()) {
      if (sent > 2000) throw new Error("2,000 frames of 64 KiB and still open");
      for (let frame = 0; frame < 4; frame++) {
        server.fake.changeLobby({ bulk });
        sent += 1;
      }
      const last = server.fake.lobby.stateVersion;
      await keen.client.next("what was just sent", (frame) => frame["state_version"] === last);
    }
    lazy.client.socket.resume();
    const end = await lazy.client.closed();
    expect(end.code).toBe(1013);
    expect(end.reason).toContain("resume");
    const got = versions(lazy.client);
    expect(got).toEqual(got.map((_, index) => before + 1 + index));
    expect(versions(keen.client)).toEqual(
      Array.from({ length: sent }, (_, index) => before + 1 + index),
    );
    keen.client.close();
  });
});

describe("a stop", () => {
  test("answers what is under way, closes with 1012, and frees the port", async () => {
    const stopping = await startGateway();
    const placeBet = stopping.fake.game.placeBet;
    let release!: () => void;
    let reached!: () => void;
    const atGame = new Promise<void>((resolve) => {
      reached = resolve;
    });
    Object.assign(stopping.fake.game, {
      placeBet: async (...args: Parameters<typeof placeBet>) => {
        reached();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return placeBet(...args);
      },
    });
    const { client } = await ready(stopping);
    client.send({ ...BET, id: "1", idempotency_key: "k" });
    await within(atGame, "the bet to reach the game");
    const stopped = stopping.gateway.close();
    client.send({ ...BET, id: "2", idempotency_key: "k-2" });
    expect(await client.nextOf("ERROR")).toMatchObject({ id: "2", code: "unavailable" });
    release();
    expect(await client.nextOf("BET_PLACED")).toMatchObject({ id: "1" });
    expect((await client.closed()).code).toBe(1012);
    await stopped;
    await expect(fetch(`${stopping.url}/health/live`)).rejects.toThrow();
    await stopping.close();
  });

  test("does not wait longer than it is told", async () => {
    const stuck = await startGateway();
    Object.assign(stuck.fake.game, { placeBet: () => new Promise(() => {}) });
    const { client } = await ready(stuck);
    client.send({ ...BET, idempotency_key: "k" });
    client.send({ type: "PING" });
    await client.nextOf("PONG");
    await within(stuck.gateway.close(50), "the stop");
    await stuck.close();
  });
});
