/** A raffle's own WebSocket, and raffles at `/ws`. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Unavailable } from "../../rpc/failure.ts";
import { connect, type Frame, type SocketClient } from "./support/SocketClient.ts";
import { RAFFLE_ID } from "./support/FakeGame.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

let server: TestGateway;
beforeAll(async () => {
  server = await startGateway();
});
afterAll(() => server.close());

const url = (raffleId: string = RAFFLE_ID, query = "", at = server) =>
  `${at.url.replace("http", "ws")}/api/v1/raffles/${raffleId}/ws${query}`;

/** Connected, and past the snapshot. */
const watching = async (query = "") => {
  const client = connect(url(RAFFLE_ID, query));
  await client.nextOf("snapshot");
  return client;
};

const NUMBERS = { type: "NUMBERS_CHANGED", sold_count: 0, reserved_count: 0 };
const change = (
  status: "available" | "reserved" | "sold",
  numbers: ReadonlyArray<number>,
  extra: object = {},
) => ({ status, numbers, reservation_id: `${RAFFLE_ID}.a`, player_id: "ann", ...extra });

const told = (client: SocketClient) =>
  client.frames.map(({ data, state_version, type }) => [type, data, state_version]);
const version = () => server.fake.raffle.stateVersion;
const seen = (client: SocketClient, at: number) =>
  client.next(`version ${at}`, (frame) => frame["state_version"] === at);

describe("a watcher", () => {
  test("without a token gets the raffle with all of its numbers, then each change", async () => {
    server.fake.taken.add(3);
    const client = connect(url());
    expect(await client.nextOf("snapshot")).toEqual({
      type: "snapshot",
      data: {
        raffle: expect.objectContaining({ id: RAFFLE_ID, status: "active", total_numbers: 16 }),
        reserved: Buffer.from([8, 0]).toString("base64"),
        sold: "AAA=",
      },
      state_version: version(),
    });
    server.fake.changeRaffle({ ...NUMBERS, changes: [change("reserved", [1, 2])] });
    await seen(client, version());
    server.fake.changeRaffle({ ...NUMBERS, changes: [change("sold", [1])] });
    await seen(client, version());
    server.fake.changeRaffle({ ...NUMBERS, changes: [change("available", [2])] });
    await seen(client, version());
    expect(told(client).slice(1)).toEqual([
      ["number_update", { number_id: "1", status: "reserved", user_id: "ann" }, version() - 2],
      ["number_update", { number_id: "2", status: "reserved", user_id: "ann" }, version() - 2],
      ["number_update", { number_id: "1", status: "sold", user_id: "ann" }, version() - 1],
      ["number_update", { number_id: "2", status: "available" }, version()],
    ]);
    client.close();
  });

  test("is told which reservations have expired, all at one version", async () => {
    const client = await watching();
    const other = { reservation_id: `${RAFFLE_ID}.b`, player_id: 'b"en' };
    server.fake.changeRaffle({
      ...NUMBERS,
      changes: [
        change("available", [4, 5], { expired: true }),
        change("available", [6], { ...other, expired: true }),
        change("reserved", [7], other),
      ],
    });
    await client.next("the last", (frame) => JSON.stringify(frame.data).includes('"7"'));
    const at = version();
    expect(told(client).slice(1)).toEqual([
      ["number_update", { number_id: "4", status: "available" }, at],
      ["number_update", { number_id: "5", status: "available" }, at],
      ["reservation_expired", { reservation_id: `${RAFFLE_ID}.a` }, at],
      ["number_update", { number_id: "6", status: "available" }, at],
      ["reservation_expired", { reservation_id: `${RAFFLE_ID}.b` }, at],
      ["number_update", { number_id: "7", status: "reserved", user_id: 'b"en' }, at],
    ]);
    client.close();
  });

  test("is told that the raffle has changed, and of its draw", async () => {
    const client = await watching();
    const raffle = { id: RAFFLE_ID, status: "closed" };
    server.fake.changeRaffle({ type: "RAFFLE_CHANGED", raffle });
    expect(await client.nextOf("raffle_changed")).toMatchObject({
      data: { raffle },
      state_version: version(),
    });
    const draw = { raffle_id: RAFFLE_ID, server_seed: "5eed", winners: [{ prize: 1, number: 3 }] };
    server.fake.changeRaffle({ type: "RAFFLE_DRAWN", raffle, draw });
    expect(await client.nextOf("raffle_drawn")).toEqual({
      type: "raffle_drawn",
      data: draw,
      state_version: version(),
    });
    client.close();
  });

  test("with a token is let in, with a bad one closed with 1008", async () => {
    const { token } = await server.player();
    const client = await watching(`?token=${token}`);
    client.close();
    for (const query of ["?token=nonsense", `?token=${token}x`]) {
      const refused = connect(url(RAFFLE_ID, query));
      expect((await refused.closed()).code).toBe(1008);
      expect(refused.frames).toEqual([]);
    }
  });

  test.each(["nowhere", "%25", "with%20space", "x".repeat(65)])(
    "of %s, which is no raffle, is closed with 1008",
    async (raffleId) => {
      const client = connect(url(raffleId));
      expect(await client.closed()).toEqual({ code: 1008, reason: "no such raffle" });
      expect(client.frames).toEqual([]);
    },
  );

  test("resumes with exactly what came after its version", async () => {
    const from = version();
    for (const number of [8, 9, 10])
      server.fake.changeRaffle({ ...NUMBERS, changes: [change("reserved", [number])] });
    const client = connect(url(RAFFLE_ID, `?after_version=${from + 1}`));
    await seen(client, from + 3);
    server.fake.changeRaffle({ ...NUMBERS, changes: [change("sold", [8])] });
    await seen(client, from + 4);
    expect(told(client).map(([type, , at]) => [type, at])).toEqual(
      [from + 2, from + 3, from + 4].map((at) => ["number_update", at]),
    );
    client.close();
  });

  test.each([
    ["nobody remembers", "?after_version=0"],
    ["has not been", "?after_version=999999"],
    ["is none", "?after_version=-1"],
  ])("that names a version that %s gets a snapshot", async (_, query) => {
    const client = connect(url(RAFFLE_ID, query));
    expect(await client.nextOf("snapshot")).toMatchObject({ state_version: version() });
    client.close();
  });

  test("that missed more than a snapshot is long gets a snapshot", async () => {
    const from = version();
    const numbers = Array.from({ length: 16 }, (_, number) => number);
    const changes = Array.from({ length: 100 }, () => change("available", numbers));
    for (let count = 0; count < 10; count++) server.fake.changeRaffle({ ...NUMBERS, changes });
    const client = connect(url(RAFFLE_ID, `?after_version=${from}`));
    expect(await client.nextOf("snapshot")).toMatchObject({ state_version: from + 10 });
    client.close();
  });

  test("is not heard", async () => {
    const client = await watching();
    client.send("anything");
    client.send({ type: "PING" });
    server.fake.changeRaffle({ ...NUMBERS, changes: [change("reserved", [1])] });
    await seen(client, version());
    expect(client.frames.map(({ type }) => type)).toEqual(["snapshot", "number_update"]);
    client.close();
  });
});

test("hundreds of watchers get each change once and in order, with one translation for all", async () => {
  const clients = await Promise.all(Array.from({ length: 200 }, () => watching()));
  const before = version();
  const parse = JSON.parse;
  let translations = 0;
  const text = `"state_version":${before + 1}`;
  JSON.parse = (json: string, ...rest: []) => {
    if (json.includes("NUMBERS_CHANGED") && json.includes(text)) translations += 1;
    return parse(json, ...rest) as unknown;
  };
  try {
    for (let count = 0; count < 20; count++)
      server.fake.changeRaffle({ ...NUMBERS, changes: [change("reserved", [count % 16])] });
  } finally {
    JSON.parse = parse;
  }
  expect(translations).toBe(1);
  for (const client of clients) {
    await seen(client, before + 20);
    const versions = client.frames.slice(1).map((frame) => frame["state_version"]);
    expect(versions).toEqual(Array.from({ length: 20 }, (_, index) => before + 1 + index));
    client.close();
  }
});

test("who watches at /ws gets the raffle's frames, and nothing of the translation", async () => {
  const { token } = await server.player();
  const player = connect(`${server.wsUrl}?token=${token}`);
  const watcher = await watching();
  await player.nextOf("CONNECTION_ACK");
  player.send({ type: "SUBSCRIBE", id: "1", topic: `raffle:${RAFFLE_ID}` });
  expect(await player.nextOf("RAFFLE_SNAPSHOT")).toMatchObject({
    raffle_id: RAFFLE_ID,
    state_version: version(),
    raffle: { id: RAFFLE_ID, ticket_price: 250 },
    sold: "AAA=",
  });
  const changes = [change("reserved", [1])];
  server.fake.changeRaffle({ ...NUMBERS, changes });
  expect(await player.nextOf("NUMBERS_CHANGED")).toMatchObject({
    raffle_id: RAFFLE_ID,
    state_version: version(),
    changes,
  });
  await seen(watcher, version());
  expect(watcher.frames.map(({ type }) => type)).toEqual(["snapshot", "number_update"]);
  expect(player.frames.some(({ type }) => type === "number_update")).toBe(false);
  player.send({ type: "SUBSCRIBE", id: "2", topic: `watch raffle:${RAFFLE_ID}` });
  expect(await player.nextOf("ERROR")).toMatchObject({ id: "2", code: "not_found" });
  player.close();
  watcher.close();
});

describe("a draft", () => {
  const drafted = async () => {
    const at = await startGateway();
    at.fake.raffle = { ...at.fake.raffle, status: "draft", publishedAt: null };
    return at;
  };
  const roles = ["admin"] as const;

  test("is watched by the administrator and its organiser; for others there is none", async () => {
    const at = await drafted();
    for (const query of ["", `?token=${(await at.player()).token}`, "?after_version=3"])
      expect(await connect(url(RAFFLE_ID, query, at)).closed()).toEqual({
        code: 1008,
        reason: "no such raffle",
      });
    for (const who of [{ playerId: "root", roles }, { playerId: "olga" }]) {
      const client = connect(url(RAFFLE_ID, `?token=${(await at.player(who)).token}`, at));
      await client.nextOf("snapshot");
      client.close();
    }
    await at.close();
  });

  test("can neither be subscribed to nor resumed at /ws", async () => {
    const at = await drafted();
    const client = connect(`${at.wsUrl}?token=${(await at.player()).token}`);
    await client.nextOf("CONNECTION_ACK");
    const topic = `raffle:${RAFFLE_ID}`;
    for (const frame of [
      { type: "SUBSCRIBE", topic },
      { type: "RESUME", topic, after_version: 3 },
    ]) {
      client.send(frame);
      expect(await client.nextOf("ERROR")).toMatchObject({ code: "not_found" });
    }
    at.fake.changeRaffle({ type: "RAFFLE_CHANGED", raffle: {} });
    client.send({ type: "PING" });
    await client.nextOf("PONG");
    expect(client.frames.some(({ type }) => type === "RAFFLE_CHANGED")).toBe(false);
    client.close();
    await at.close();
  });
});

test("a watcher waits for a raffle that moves", async () => {
  const moving = await startGateway();
  const ask = moving.fake.game.ask as unknown as (...args: ReadonlyArray<unknown>) => unknown;
  let refusals = 3;
  Object.assign(moving.fake.game, {
    ask: async (...args: ReadonlyArray<unknown>) =>
      refusals-- > 0
        ? { ok: false, error: new Unavailable({ reason: "moving", retryAfterMs: 1 }) }
        : ask(...args),
  });
  const client = connect(url(RAFFLE_ID, "", moving));
  await client.nextOf("snapshot");
  client.close();
  await moving.close();
});

test("a stop closes watchers with 1012", async () => {
  const stopping = await startGateway();
  const client = connect(url(RAFFLE_ID, "", stopping));
  await client.nextOf("snapshot");
  expect(stopping.gateway.sockets()).toBe(1);
  expect([...stopping.gateway.raffleWatchers()]).toEqual([[RAFFLE_ID, 1]]);
  await stopping.gateway.close();
  expect((await client.closed()).code).toBe(1012);
  expect(stopping.gateway.raffleWatchers().size).toBe(0);
  await stopping.close();
});

test("a watcher that does not read is closed with 1013 behind what was sent", async () => {
  const lazy = await watching();
  const before = version();
  lazy.socket.pause();
  const numbers = Array.from({ length: 500 }, (_, number) => number);
  const isClosed = () => server.log.some(({ message }) => message === "closed slow readers");
  while (!isClosed()) {
    if (version() - before > 5000) throw new Error("2,500,000 messages and still open");
    server.fake.changeRaffle({ ...NUMBERS, changes: [change("reserved", numbers)] });
    await new Promise((resolve) => setImmediate(resolve));
  }
  lazy.socket.resume();
  expect((await lazy.closed()).code).toBe(1013);
  const got: ReadonlyArray<Frame> = lazy.frames.slice(1);
  expect(got.map((frame) => frame["state_version"])).toEqual(
    got.map((_, index) => before + 1 + Math.floor(index / numbers.length)),
  );
});

test("plain HTTP is told to upgrade", async () => {
  const answer = await fetch(url().replace("ws", "http"));
  expect(answer.status).toBe(426);
});

describe("reserving at /ws", () => {
  test("answers with the reservation, or names the numbers that are taken", async () => {
    const at = await startGateway();
    const client = connect(`${at.wsUrl}?token=${(await at.player()).token}`);
    await client.nextOf("CONNECTION_ACK");
    const frame = { type: "RESERVE_NUMBERS", raffle_id: RAFFLE_ID };
    client.send({ ...frame, id: "1", idempotency_key: "k-1", number_ids: ["1", "2"] });
    expect(await client.nextOf("NUMBERS_RESERVED")).toMatchObject({
      id: "1",
      reservation: {
        id: `${RAFFLE_ID}.k-1`,
        phase: "selection",
        numbers: [
          { id: "1", number: 1 },
          { id: "2", number: 2 },
        ],
        total_amount: 500,
      },
    });
    client.send({ ...frame, id: "2", idempotency_key: "k-2", number_ids: ["0", "2"] });
    expect(await client.nextOf("ERROR")).toMatchObject({
      id: "2",
      code: "number_taken",
      numbers: [2],
    });
    for (const bad of [
      { number_ids: [] },
      { number_ids: ["one"] },
      { number_ids: ["01"] },
      { number_ids: [1] },
      { number_ids: ["3"], idempotency_key: undefined },
    ]) {
      client.send({ ...frame, idempotency_key: "k-3", ...bad });
      expect(await client.nextOf("ERROR")).toMatchObject({ code: "validation_failed" });
    }
    client.send({ ...frame, raffle_id: "x".repeat(65), idempotency_key: "k", number_ids: ["1"] });
    expect(await client.nextOf("ERROR")).toMatchObject({ code: "not_found" });
    const counts = await at.metrics();
    expect(counts).toContain('croupier_reservations_total{act="reserve",outcome="done"} 1');
    expect(counts).toContain('croupier_reservations_total{act="reserve",outcome="number_taken"} 1');
    client.close();
    await at.close();
  });
});
