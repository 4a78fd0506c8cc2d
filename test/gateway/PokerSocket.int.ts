/** New hands over `/ws`: trackers without a token, and the topic `hands` for players. */
import { createConnection } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handSummaryBody } from "../../entities/handFeed/body.ts";
import { Unavailable } from "../../rpc/failure.ts";
import { caller } from "./support/call.ts";
import { aHand } from "./support/aHand.ts";
import { connect, type SocketClient, within } from "./support/SocketClient.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

let server: TestGateway;
const call = caller(() => server.url);
beforeAll(async () => {
  server = await startGateway();
});
afterAll(() => server.close());

const version = () => server.fake.handFeed.stateVersion;
const tracker = (query = "client_name=tracker%201.0", at = server) =>
  connect(`${at.wsUrl}?${query}`);
/** Connected, and past the snapshot. */
const watching = async () => {
  const client = tracker();
  await client.nextOf("snapshot");
  return client;
};
const player = async () => {
  const { token } = await server.player();
  const client = connect(`${server.wsUrl}?token=${token}`);
  await client.nextOf("CONNECTION_ACK");
  return client;
};
const told = (client: SocketClient) =>
  client.frames.map(({ data, state_version, type }) => [type, data, state_version]);

describe("a tracker", () => {
  test("is acknowledged by name, shown the newest hands, and told each new one", async () => {
    server.fake.announceHands([aHand(1)]);
    const client = tracker();
    expect(await client.nextOf("connection_ack")).toEqual({
      type: "connection_ack",
      data: {
        client_id: expect.stringMatching(/^[0-9a-f]{18}$/),
        client_name: "tracker 1.0",
        server_time: expect.any(String),
      },
    });
    expect(await client.nextOf("snapshot")).toEqual({
      type: "snapshot",
      data: { hands: [handSummaryBody(aHand(1))] },
      state_version: version(),
    });
    server.fake.announceHands([aHand(2), aHand(3, { hero: null })]);
    await client.next("the second", (frame) => JSON.stringify(frame).includes("winamax:3-1-1"));
    expect(told(client).slice(2)).toEqual([
      ["new_hand", handSummaryBody(aHand(2)), version()],
      ["new_hand", handSummaryBody(aHand(3, { hero: null })), version()],
    ]);
    expect(client.frames[2]?.["data"]).toMatchObject({
      hand_id: "winamax:2-1-1",
      timestamp: "2023-11-14T22:13:20.002Z",
      hero_result: 57,
      hero_position: "BTN",
      game_type: "holdem",
      stakes: "0.02/0.05",
    });
    client.close();
  });

  test("is told how many there were where it is told of the newest alone", async () => {
    const client = await watching();
    server.fake.announceHands([aHand(10), aHand(11)], 5000);
    await client.next("the last", (frame) => JSON.stringify(frame).includes("winamax:11-1-1"));
    expect(
      told(client)
        .slice(2)
        .map(([type, data]) => [type, type === "new_hand" || data]),
    ).toEqual([
      ["hands_imported", { count: 5000, told: 2 }],
      ["new_hand", true],
      ["new_hand", true],
    ]);
    client.close();
  });

  test("that comes back with its last version is told what it has missed, and no snapshot", async () => {
    const client = await watching();
    const last = version();
    client.close();
    server.fake.announceHands([aHand(20)]);
    server.fake.announceHands([aHand(21)]);
    const back = tracker(`client_name=x&after_version=${last}`);
    await back.next("the last", (frame) => JSON.stringify(frame).includes("winamax:21-1-1"));
    expect(told(back).map(([type, , at]) => [type, at])).toEqual([
      ["connection_ack", undefined],
      ["new_hand", last + 1],
      ["new_hand", last + 2],
    ]);
    back.close();
  });

  test("that has missed more than anyone remembers gets a snapshot", async () => {
    const client = tracker("client_name=x&after_version=1");
    expect((await client.nextOf("snapshot"))["state_version"]).toBe(version());
    client.close();
  });

  test("may have a name with SQL and script in it, and gets it back as text", async () => {
    const name = `'; DROP TABLE hand; --<script>alert("ž")</script>`;
    const client = tracker(`client_name=${encodeURIComponent(name)}`);
    expect(await client.nextOf("connection_ack")).toMatchObject({ data: { client_name: name } });
    client.close();
  });

  test("with a name that goes on and on is closed with 1008", async () => {
    const client = tracker(`client_name=${"x".repeat(65)}`);
    expect((await client.closed()).code).toBe(1008);
  });

  test("cannot ask anything, and is told so", async () => {
    const client = await watching();
    client.send({ type: "PLACE_BET", stake: 1 });
    expect(await client.nextOf("error")).toMatchObject({
      data: { code: "validation_failed", detail: expect.any(String) },
    });
    client.close();
  });

  test("is told when the feed does not answer, and closed to come again", async () => {
    const { game } = server.fake;
    const { ask } = game;
    const refuse = () =>
      Promise.resolve({
        ok: false,
        error: new Unavailable({ reason: "moving", retryAfterMs: 100 }),
        replayed: false,
      });
    const stuck = await startGateway({ game: { ...game, ask: refuse as unknown as typeof ask } });
    const client = tracker("client_name=x", stuck);
    expect(await client.nextOf("error")).toMatchObject({ data: { code: "unavailable" } });
    expect((await client.closed()).code).toBe(1013);
    await stuck.close();
  });

  test("with a token is a player, whatever it is called", async () => {
    const { token } = await server.player();
    const client = tracker(`client_name=x&token=${token}`);
    await client.nextOf("CONNECTION_ACK");
    client.close();
    const forged = tracker("client_name=x&token=forged");
    expect((await forged.closed()).code).toBe(1008);
  });

  test("without name or token is nobody", async () => {
    const client = connect(server.wsUrl);
    expect(await client.closed()).toEqual({ code: 1008, reason: "bad token" });
  });
});

describe("the topic hands", () => {
  test("has a snapshot, then each announcement, under the name it was asked for by", async () => {
    const client = await player();
    client.send({ type: "SUBSCRIBE", id: "s", topic: "hands" });
    const subscribed = await client.next("the topic", (frame) => frame["id"] === "s");
    expect(subscribed).toMatchObject({ type: "SUBSCRIBED", topic: "hands" });
    expect(await client.nextOf("HANDS_SNAPSHOT")).toMatchObject({ state_version: version() });
    server.fake.announceHands([aHand(30)]);
    expect(await client.nextOf("HANDS_IMPORTED")).toEqual({
      type: "HANDS_IMPORTED",
      state_version: version(),
      count: 1,
      hands: [handSummaryBody(aHand(30))],
    });
    client.send({ type: "UNSUBSCRIBE", id: "u", topic: "hands" });
    expect(await client.nextOf("UNSUBSCRIBED")).toMatchObject({ topic: "hands" });
    server.fake.announceHands([aHand(31)]);
    client.send({ type: "PING" });
    await client.nextOf("PONG");
    expect(client.frames.filter(({ type }) => type === "HANDS_IMPORTED")).toHaveLength(1);
    client.close();
  });

  test("is resumed by version", async () => {
    const last = version();
    server.fake.announceHands([aHand(40)]);
    const client = await player();
    client.send({ type: "RESUME", topic: "hands", after_version: last });
    expect(await client.nextOf("HANDS_IMPORTED")).toMatchObject({ state_version: last + 1 });
    expect(client.frames.some(({ type }) => type === "HANDS_SNAPSHOT")).toBe(false);
    client.close();
  });

  test("is the only feed there is", async () => {
    const client = await player();
    client.send({ type: "SUBSCRIBE", id: "x", topic: "hand_feed:other" });
    expect(await client.nextOf("ERROR")).toMatchObject({ id: "x", code: "not_found" });
    client.close();
  });
});

test("the counts of sockets are those of this process", async () => {
  const counted = await startGateway();
  const before = await caller(() => counted.url)("GET", "/ws/stats");
  expect(before.body).toEqual({ connections: 0, topics: {}, frames_sent: 0, dropped: 0 });
  const client = tracker("client_name=x", counted);
  await client.nextOf("snapshot");
  counted.fake.announceHands([aHand(1), aHand(2)]);
  await client.next("the last", (frame) => JSON.stringify(frame).includes("winamax:2-1-1"));
  expect((await caller(() => counted.url)("GET", "/ws/stats")).body).toEqual({
    connections: 1,
    topics: { hand_feed: 1 },
    // The acknowledgement, the snapshot, and two hands.
    frames_sent: 4,
    dropped: 0,
  });
  expect(await counted.metrics()).toContain('croupier_sockets{kind="poker"} 1');
  client.close();
  await counted.close();
});

test("a reader that is too slow is closed with 1013, and has missed nothing until then", async () => {
  const keen = await watching();
  const lazy = await watching();
  lazy.socket.pause();
  const table = "x".repeat(4000);
  const isClosed = () => server.log.some(({ message }) => message === "closed slow readers");
  for (let batch = 0; !isClosed(); batch++) {
    if (batch > 500) throw new Error("500 frames of 200 KB and still open");
    server.fake.announceHands(Array.from({ length: 50 }, (_, n) => aHand(1000 + n, { table })));
    const last = version();
    await keen.next("what was just sent", (frame) => frame["state_version"] === last);
  }
  lazy.socket.resume();
  expect((await lazy.closed()).code).toBe(1013);
  const versions = lazy.frames.slice(1).map((frame) => Number(frame["state_version"]));
  expect(versions.every((at, n) => n === 0 || at - versions[n - 1]! <= 1)).toBe(true);
  expect((await call("GET", "/ws/stats")).body["dropped"]).toBe(0);
  keen.close();
});

/** An upgrade by hand, for what a well-made client would not send. */
const upgrade = (path: string) =>
  within(
    new Promise<string>((resolve, reject) => {
      const socket = createConnection(server.gateway.port, "127.0.0.1", () =>
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        ),
      );
      socket.once("data", (data) => {
        resolve(String(data).split("\r\n")[0] ?? "");
        socket.destroy();
      });
      socket.once("error", reject);
    }),
    "an answer",
  );

test("a name with a broken escape ends nothing", async () => {
  expect(await upgrade("/ws?client_name=%E0%A4%A")).toContain("101");
  expect((await call("GET", "/health/live")).status).toBe(200);
});
