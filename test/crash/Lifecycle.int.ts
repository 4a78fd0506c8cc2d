/** Starts and stops of the product as its users have them: with its embedded database, in a folder of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { runningPostmaster } from "../../src/ops/Postmaster.ts";
import { freshDatabase } from "../support/postgres.ts";
import { freePort, launchServer, type Server, startServer } from "../support/server.ts";
import { until } from "./deadline.ts";
import { type Answer, bet, Player } from "./Player.ts";

/** What a stop says that leaves something behind. */
const IN_VAIN = /the stop (goes on without|does not wait any longer)|did not stop within/;
const STAKE = 100;
const SOCKETS = 8;
/** Bets of each socket under way at once. */
const LANES = 4;
/** Answered bets after which the server is told to stop. */
const SOME_BETS = 200;

let folder: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-lifecycle-"));
  env = {
    DATA_DIR: folder,
    PORT: String(await freePort()),
    BETTING_SECONDS: "3600",
    JOIN_GRANT: "1000000000",
    MAX_BET: "1000000000",
  };
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const postmaster = () => runningPostmaster(join(folder, "postgres", "cluster"))?.pid;

describe("with the embedded database", () => {
  let server: Server;
  let player: Player;
  let given: Answer;
  const first = bet("first");

  beforeAll(async () => {
    server = await startServer({ env });
    player = await Player.join(server.url);
    given = await player.ask(first);
    expect(given.status).toBe(201);
  });

  afterAll(async () => {
    await server.stop();
    expect(postmaster(), "PostgreSQL goes with its server").toBeUndefined();
  });

  /** All that was promised before is still so. */
  const expectKept = async () => {
    expect(await player.ask(first)).toEqual({ ...given, replayed: true });
  };

  it("SIGTERM under load drains: each command is answered or its socket closed, nothing answered is lost", async () => {
    const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => player.openSocket()));
    const accepted = new Map<string, string>();
    const others: Array<unknown> = [];
    const load = sockets.flatMap((socket, s) =>
      Array.from({ length: LANES }, async (_, lane) => {
        for (let n = 0; ; n++) {
          const key = `${s}-${lane}-${n}`;
          const answer = await socket.ask({
            type: "PLACE_BET",
            idempotency_key: key,
            market: "win",
            selection: [lane + 1],
            stake: STAKE,
          });
          if (answer === undefined) return;
          if (answer.type === "BET_PLACED") accepted.set(key, String(answer["bet_id"]));
          else others.push(answer["code"]);
        }
      }),
    );
    await until(
      `${SOME_BETS} bets`,
      () => accepted.size,
      (size) => size >= SOME_BETS,
    );
    expect(await server.stop()).toBe(0);
    expect(server.output()).not.toMatch(IN_VAIN);
    expect(postmaster()).toBeUndefined();
    await Promise.all(load);
    expect(new Set(await Promise.all(sockets.map(({ closed }) => closed)))).toEqual(
      new Set([1012]),
    );
    expect(others.filter((code) => code !== "unavailable")).toEqual([]);

    server = await startServer({ env });
    await expectKept();
    const keys = [...accepted.keys()].slice(-SOME_BETS);
    const again = await Promise.all(
      keys.map((key) =>
        player.ask(bet(key, { stake: STAKE, selection: [Number(key.split("-")[1]) + 1] })),
      ),
    );
    expect(again.map(({ body }) => body["bet_id"])).toEqual(keys.map((key) => accepted.get(key)));
    expect(again.every(({ replayed }) => replayed)).toBe(true);
  });

  it("kill -9 leaves PostgreSQL behind, and the next start takes over by itself", async () => {
    const orphan = postmaster();
    await server.kill();
    expect(postmaster()).toBe(orphan);
    server = await startServer({ env });
    expect(postmaster()).not.toBe(orphan);
    await expectKept();
  });

  it("refuses a second process on the same folder with a sentence, and goes on", async () => {
    const second = await launchServer({ env: { ...env, PORT: String(await freePort()) } });
    expect(await second.ended()).toBe(1);
    expect(second.output()).toMatch(
      /^Another Croupier is running on \S+ \(PostgreSQL is process \d+\); stop it, or give this one its own DATA_DIR\.$/m,
    );
    await expectKept();
  });

  it.each([
    ["SIGINT", "SIGINT"],
    ["SIGTERM", "SIGINT"],
    ["SIGHUP", "SIGINT"],
  ] as const)("%s stops it, PostgreSQL too, also when %s follows", async (signal, another) => {
    process.kill(server.pid, signal);
    // It stops once it takes no connections any more; whoever is impatient then presses Ctrl-C again.
    await until(
      "the stop to begin",
      () =>
        player.send({ path: "/health/live" }).then(
          () => "up",
          () => "down",
        ),
      (state) => state === "down",
    );
    const isThere = process.kill(server.pid, another);
    const ending = await server.ended();
    expect({ ending, isThere }).toEqual({ ending: 0, isThere: true });
    expect(server.output()).not.toMatch(IN_VAIN);
    expect(postmaster()).toBeUndefined();
    server = await startServer({ env });
    await expectKept();
  });
});

describe("a start that cannot be", () => {
  let server: Server | undefined;

  afterEach(async () => {
    await server?.kill();
  });

  it.each([
    [
      "wrong values",
      { BETTING_SECONDS: "1", JOIN_GRANT: "1.50", DATABASE_URL: "mysql://localhost/croupier" },
      [
        /^BETTING_SECONDS must be a whole number of seconds from 2 to 86400; /m,
        /^JOIN_GRANT must be a whole number of minor units from 0 to \d+; /m,
        /^DATABASE_URL must be a URL that begins with postgres:\/\/ or postgresql:\/\/; /m,
      ],
    ],
    [
      "development secrets in production",
      { ENVIRONMENT: "production", RATE_LIMIT_PER_SECOND: "50" },
      [
        /^JWT_SECRET must be set to a secret of your own when ENVIRONMENT is production/m,
        /^SERVICE_TOKEN must be set/m,
        /^ADMIN_PASSWORD must be set/m,
      ],
    ],
    [
      "a database that is not there",
      { DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing" },
      [
        /^The database cannot be brought to the newest schema \(check DATABASE_URL\): .*ECONNREFUSED/m,
      ],
    ],
  ] as const)("says so in sentences and ends with 1: %s", async (_, settings, sentences) => {
    server = await launchServer({ env: settings });
    expect(await server.ended()).toBe(1);
    for (const sentence of sentences) expect(server.output()).toMatch(sentence);
    expect(server.output(), "no stack").not.toMatch(/^\s+at /m);
  });

  it("says so when its port is taken", async () => {
    const port = await freePort();
    const blocker = spawn(process.execPath, [
      "-e",
      `require("net").createServer().listen(${port}, "127.0.0.1", () => console.log("listening"))`,
    ]);
    await once(blocker.stdout, "data");
    const database = await freshDatabase();
    server = await launchServer({ env: { DATABASE_URL: database.url, PORT: String(port) } });
    expect(await server.ended()).toBe(1);
    expect(server.output()).toContain(
      `Cannot listen on 127.0.0.1:${port}: is the port taken? PORT sets another.`,
    );
    blocker.kill();
    await database.drop();
  });
});
