/** The poker side of the real server, from outside: what is sent to it, good and bad, and what it then says of it. */
import { mkdtemp, rm } from "node:fs/promises";
import { once } from "node:events";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HandSummaryBody } from "../../rpc/handBody.ts";
import { generateHands } from "../../src/hands/generator/HandGenerator.ts";
import { freshDatabase, type FreshDatabase } from "../support/postgres.ts";
import { type Server, startServer } from "../support/server.ts";
import { caller } from "./support/call.ts";
import { connect, type Frame } from "./support/SocketClient.ts";
import { slowdown } from "../support/slowdown.ts";

const HANDS = 60;
const PIECE_BYTES = 1024 * 1024;

let database: FreshDatabase;
let folder: string;
let server: Server;
let token: string;
const call = caller(() => server.url);
beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), "croupier-poker-"));
  server = await startServer({
    env: { DATABASE_URL: database.url, DATA_DIR: folder, DEMO: "0" },
  });
  const account = { username: "ann", password: "correct horse battery" };
  token = String((await call("POST", "/auth/register", { body: account })).body["token"]);
});
afterAll(async () => {
  await server.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const post = async (body: string | Uint8Array) => {
  const response = await fetch(`${server.url}/api/v1/hands/import`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "text/plain" },
    body,
  });
  return {
    status: response.status,
    body: (await response.json()) as {
      readonly imported: number;
      readonly duplicates: number;
      readonly failed_count: number;
      readonly failed: ReadonlyArray<{ readonly line: number; readonly reason: string }>;
    },
  };
};
const history = (seed: number, names?: ReadonlyArray<string>) => [
  ...generateHands(seed, HANDS, names === undefined ? {} : { names }),
];
const textOf = (hands: ReturnType<typeof history>) => hands.map(({ text }) => text).join("");
/** Asks until the answer is so. */
const eventually = async <A>(what: string, ask: () => Promise<A | undefined>): Promise<A> => {
  const until = Date.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > until) throw new Error(`not in time: ${what}`);
  }
};

describe("hands that are sent", () => {
  test("are told to trackers one by one, listed, shown, and counted; sent again they are known", async () => {
    const tracker = connect(`${server.url.replace("http", "ws")}/ws?client_name=test`);
    await tracker.nextOf("snapshot");
    const hands = history(1);
    const told = tracker.next("the last hand", (frame: Frame) =>
      JSON.stringify(frame).includes(`"${hands.at(-1)!.hand.handId}"`),
    );
    expect((await post(textOf(hands))).body).toMatchObject({ imported: HANDS, failed_count: 0 });
    await told;
    tracker.close();

    const { body: recent } = await call<{ hands: ReadonlyArray<HandSummaryBody>; total: number }>(
      "GET",
      "/api/v1/hands/recent?limit=200",
    );
    expect(recent.hands.map(({ hand_id }) => hand_id)).toEqual(
      hands.map(({ hand }) => hand.handId).toReversed(),
    );
    const [first] = hands;
    expect(await call("GET", `/api/v1/hands/${first!.hand.handId}`)).toMatchObject({
      status: 200,
      body: { total_pot: first!.hand.totalPot, rake: first!.hand.rake },
    });
    const player = first!.hand.results[0]!.player;
    const played = hands.filter(({ hand }) => hand.results.some((one) => one.player === player));
    await eventually(`the hands of ${player}`, async () => {
      const { body } = await call("GET", `/api/v1/stats/player/${encodeURIComponent(player)}`);
      return body["hands"] === played.length ? body : undefined;
    });
    expect((await post(textOf(hands))).body).toMatchObject({ imported: 0, duplicates: HANDS });
  });

  test("by players whose names are SQL or script are theirs, as text", async () => {
    const names = [
      "Robert'); DROP TABLE hand;--",
      '<script>alert("1")</script>',
      "' OR '1'='1",
      "100%_wild",
      "Ann \\ Bob",
      "${process.exit()}",
      "ÀÉ€",
      "a b  c",
      "$1",
      "Smith; SELECT",
    ];
    const hands = history(2, names);
    expect((await post(textOf(hands))).body).toMatchObject({ imported: HANDS, failed_count: 0 });
    for (const name of names) {
      const played = hands.filter(({ hand }) => hand.results.some(({ player }) => player === name));
      await eventually(`the hands of ${name}`, async () => {
        const { body } = await call("GET", `/api/v1/stats/player/${encodeURIComponent(name)}`);
        return body["player"] === name && body["hands"] === played.length ? body : undefined;
      });
    }
  });
});

test("the administrator sees the feed and a player as entities, and nothing contradicts itself", async () => {
  const login = { username: "admin", password: "admin" };
  const admin = String((await call("POST", "/auth/login", { body: login })).body["token"]);
  const name = encodeURIComponent("winamax:Smith%3B%20SELECT");
  for (const path of ["hand_feed/main", `hand_player/${name}`])
    expect(await call("GET", `/admin/entities/${path}`, { token: admin })).toMatchObject({
      status: 200,
      body: { version: expect.any(Number), state: expect.any(Object), broken: [] },
    });
});

describe("what is no hand", () => {
  test.each([
    ["a binary file", Uint8Array.from({ length: 300_000 }, (_, n) => (n * 2_654_435_761) >>> 24)],
    ["nothing but line ends", "\r\n".repeat(100_000)],
    ["a page", "<!doctype html><title>Hands</title>"],
  ])("%s brings nothing, and the hands after it are read", async (name, bytes) => {
    const hands = history(10 + name.length);
    const body = Buffer.concat([
      Buffer.from(bytes),
      Buffer.from("\n\n\n"),
      Buffer.from(textOf(hands)),
    ]);
    expect(await post(body)).toMatchObject({ status: 202, body: { imported: HANDS } });
  });

  test("a line of 48 MB is refused with its number; the server answers others meanwhile", async () => {
    const hands = history(40);
    const [first, ...rest] = hands.map(({ text }) => text);
    const lines = first!.split("\n");
    const head = lines.slice(0, 3).join("\n");
    const sent = request(`${server.url}/api/v1/hands/import`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
    });
    const responded = once(sent, "response");
    const write = async (piece: Buffer | string) => {
      if (!sent.write(piece)) await once(sent, "drain");
    };
    await write(`${head}\n`);
    const piece = Buffer.alloc(PIECE_BYTES, "x");
    let slowestMs = 0;
    for (let piecesLeft = 48; piecesLeft > 0; piecesLeft--) {
      await write(piece);
      const startedAt = performance.now();
      expect((await call("GET", "/health/live")).status).toBe(200);
      slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    }
    await write(`\n${lines.slice(3).join("\n")}`);
    await write(rest.join(""));
    sent.end();
    const [response] = await responded;
    let text = "";
    for await (const chunk of response) text += String(chunk);
    expect(JSON.parse(text)).toMatchObject({
      imported: HANDS - 1,
      failed: expect.arrayContaining([
        expect.objectContaining({ hand_id: hands[0]!.hand.handId, reason: expect.any(String) }),
      ]),
    });
    expect(slowestMs).toBeLessThan(1000 * slowdown());
  });
});

describe("equity", () => {
  const path = "/api/v1/equity/calculate/multiway";

  test("of two hands is exact", async () => {
    const asked = { hero: "AhKh", villain: "QsQd" };
    expect((await call("POST", "/api/v1/equity/calculate", { body: asked })).body).toMatchObject({
      method: "exact",
      samples: 1_712_304,
      std_error: 0,
    });
  });

  test.each([
    ["a card that is none", { players: ["AhKx", "QQ"] }, "invalid_cards"],
    ["a card twice in a hand", { players: ["AhAh", "QQ"] }, "invalid_cards"],
    ["a card of two players", { players: ["AhKd", "AhQd"] }, ["invalid_cards", "no_combination"]],
    ["a board of two cards", { players: ["AhKd", "QQ"], board: "2c3c" }, "invalid_cards"],
    ["a board of six", { players: ["AhKd", "QQ"], board: "2c3c4c5c6c7c" }, "invalid_cards"],
    ["a card twice on the board", { players: ["AhKd", "QQ"], board: "2c2c4c" }, "invalid_cards"],
    [
      "a dead card of a player",
      { players: ["AhKd", "QQ"], dead: "Ah" },
      ["invalid_cards", "no_combination"],
    ],
    ["a range that is none", { players: ["AhKd", "KQ+-"] }, "invalid_cards"],
    [
      "ranges that leave nothing",
      { players: ["AA", "AA", "AA"] },
      ["invalid_cards", "no_combination"],
    ],
    ["SQL", { players: ["AhKd'; DROP TABLE hand;--", "QQ"] }, "invalid_cards"],
    [
      "exact of what nobody can deal out",
      { players: Array.from({ length: 9 }, () => "random"), mode: "exact" },
      "not_exact",
    ],
  ] as const)("%s is refused with where and why", async (_, body, code) => {
    const answered = await call("POST", path, { body });
    expect(answered.status).toBe(422);
    expect([code].flat()).toContain(answered.body["code"]);
    expect(String(answered.body["detail"]).length).toBeGreaterThan(10);
  });

  test("over a socket shows its progress, is cancelled, and leaves the threads to others", async () => {
    const client = connect(`${server.url.replace("http", "ws")}/ws?token=${token}`);
    await client.nextOf("CONNECTION_ACK");
    const players = ["random", "random", "random", "random", "random", "random"];
    const endless = { target_std_error: 0.00005, max_samples: 1_000_000_000 };
    client.send({ type: "CALCULATE_EQUITY", id: "long", players, ...endless });
    expect(await client.nextOf("EQUITY_PROGRESS")).toMatchObject({ id: "long" });
    client.send({ type: "CANCEL_EQUITY", id: "long" });
    expect(await client.nextOf("ERROR")).toMatchObject({ id: "long", code: "cancelled" });
    client.send({
      type: "CALCULATE_EQUITY",
      id: "short",
      players,
      target_std_error: 0.005,
      seed: 7,
    });
    const told = await client.next("the answer", (frame) => frame.type === "EQUITY_RESULT");
    expect(told).toMatchObject({ id: "short", method: "monte_carlo", converged: true });
    // The same seed gives the same answer, by whatever way it is asked.
    const again = await call("POST", path, { body: { players, target_std_error: 0.005, seed: 7 } });
    expect(again.body["players"]).toEqual(told["players"]);
    client.close();
  });
});

// The last, for it stops the server.
test("a stop waits for an import under way, and nothing of it is lost", async () => {
  const hands = history(77);
  const bytes = Buffer.from(textOf(hands));
  const half = Math.floor(bytes.byteLength / 2);
  const sent = request(`${server.url}/api/v1/hands/import`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-length": bytes.byteLength },
  });
  const responded = once(sent, "response");
  sent.write(bytes.subarray(0, half));
  // What came before this is there when this is answered.
  await call("GET", "/health/live");
  const ending = server.stop();
  await eventually("the drain", async () => {
    const ready = await fetch(`${server.url}/health/ready`).catch(() => undefined);
    return ready === undefined || ready.status === 503 ? true : undefined;
  });
  sent.end(bytes.subarray(half));
  const [response] = await responded;
  expect(response.statusCode).toBe(202);
  expect(await ending).toBe(0);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const stored = await client.query("SELECT FROM hand WHERE hand_id = ANY($1)", [
    hands.map(({ hand }) => hand.handId),
  ]);
  await client.end();
  expect(stored.rowCount).toBe(HANDS);
});
