/**
 * PostgreSQL is killed under load, and again whenever its supervisor has brought it back, until everybody has noticed. The
 * server says `unavailable` while that lasts, goes on by itself afterwards, and has kept its word to each client.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningPostgres, startPostgres } from "../../src/ops/EmbeddedPostgres.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "./deadline.ts";
import { auditOf, query } from "./House.ts";
import { type Answer, bet, insist, Player, type Request, send } from "./Player.ts";
import type { PlayerSocket } from "./PlayerSocket.ts";
import { slowdown } from "../support/slowdown.ts";

const STAKE = 100;
const SOCKETS = 6;
/** Bets that have to be answered before PostgreSQL is killed and after it is back. */
const SOME_BETS = 200;
/** The server's own time-out is 10 s, looked at four times a second. */
const LONGEST_ANSWER_MS = 11_000;
/** A client that is told to come back waits for a moment, if not for as long as it was told. */
const AGAIN_MS = 20;

let folder: string;
let postgres: RunningPostgres;
let server: Server;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-restart-"));
  postgres = await startPostgres({ folder, log: () => undefined });
  env = {
    DATABASE_URL: postgres.url,
    BETTING_SECONDS: "3600",
    JOIN_GRANT: "1000000000",
    MAX_BET: "1000000000",
  };
  server = await startServer({ env });
});

afterAll(async () => {
  await server.stop();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What the clients of a load have been told. */
class Told {
  /** Ids of accepted bets by key. */
  readonly accepted = new Map<string, string>();
  readonly others: Array<unknown> = [];
  unavailable = 0;
  slowestMs = 0;
  isOver = false;

  async timed<A>(answer: Promise<A>): Promise<A> {
    const askedAt = performance.now();
    const given = await answer;
    this.slowestMs = Math.max(this.slowestMs, performance.now() - askedAt);
    return given;
  }
}

/** Bets one after the other, each repeated under its key until it is decided. */
const betBySocket = async (name: string, socket: PlayerSocket, told: Told): Promise<void> => {
  for (let n = 0; !told.isOver; n++) {
    const key = `${name}-${n}`;
    for (;;) {
      const answer = await told.timed(
        socket.ask({
          type: "PLACE_BET",
          idempotency_key: key,
          market: "win",
          selection: [(n % 8) + 1],
          stake: STAKE,
        }),
      );
      if (answer?.type === "BET_PLACED") told.accepted.set(key, String(answer["bet_id"]));
      else if (answer?.["code"] !== "unavailable") told.others.push(answer);
      if (answer?.["code"] !== "unavailable") break;
      told.unavailable++;
      await delay(AGAIN_MS);
    }
  }
};

const betByRest = async (player: Player, told: Told): Promise<ReadonlyArray<Answer>> => {
  const refusals: Array<Answer> = [];
  for (let n = 0; !told.isOver; n++) {
    const key = `rest-${n}`;
    for (;;) {
      const answer = await told.timed(player.send(bet(key, { stake: STAKE })));
      if (answer.status === 201) told.accepted.set(key, String(answer.body["bet_id"]));
      else if (answer.status !== 503) told.others.push(answer);
      if (answer.status !== 503) break;
      refusals.push(answer);
      await delay(AGAIN_MS);
    }
  }
  return refusals;
};

/** Reads from the database itself, past the actors. */
const readByRest = async (player: Player, told: Told): Promise<ReadonlySet<number>> => {
  const seen = new Set<number>();
  while (!told.isOver) {
    seen.add((await told.timed(player.send({ path: "/bets?limit=1" }))).status);
    await delay(AGAIN_MS);
  }
  return seen;
};

const health = async (part: string) => (await send(server.url, { path: `/health/${part}` })).status;

it("survives PostgreSQL's kill -9 under load, and nothing acknowledged is lost", async () => {
  const told = new Told();
  const player = await Player.join(server.url);
  const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => player.openSocket()));
  const load = Promise.all(sockets.map((socket, i) => betBySocket(`socket${i}`, socket, told)));
  const byRest = betByRest(player, told);
  const reads = readByRest(player, told);
  const answered = (count: number) =>
    until(
      `${count} accepted bets`,
      () => told.accepted.size,
      (size) => size >= count,
    );

  await answered(SOME_BETS);
  expect(await health("db")).toBe(200);
  let isNoticed = false;
  const noticed = until(
    "health to tell that the database is away",
    () => health("db"),
    (status) => status === 503,
  ).then(() => {
    isNoticed = true;
  });
  let kills = 0;
  while (!isNoticed || told.unavailable === 0) {
    const pid = await until("PostgreSQL to run", postgres.pid, (running) => running !== undefined);
    if (pid !== undefined) process.kill(pid, "SIGKILL");
    kills++;
    await until("its end", postgres.pid, (running) => running !== pid);
  }
  await noticed;
  expect(kills).toBeGreaterThan(0);
  expect(await health("live")).toBe(200);

  await until(
    "health to tell that all is well again",
    () => health("ready"),
    (status) => status === 200,
  );
  await answered(told.accepted.size + SOME_BETS);
  told.isOver = true;
  const refusals = await byRest;
  await load;

  expect(told.others).toEqual([]);
  expect(told.slowestMs).toBeLessThan(LONGEST_ANSWER_MS * slowdown());
  expect(told.unavailable).toBeGreaterThan(0);
  for (const { body, retryAfter } of refusals) {
    expect(body).toMatchObject({ code: "unavailable", status: 503 });
    expect(Number(retryAfter)).toBeGreaterThan(0);
  }
  expect([...(await reads)].toSorted()).toEqual([200, 503]);

  const stored = await query(postgres.url, "SELECT bet_id FROM bet");
  expect(stored.map(({ bet_id }) => bet_id).toSorted()).toEqual(
    [...told.accepted.values()].toSorted(),
  );
  expect(await player.wallet()).toMatchObject({ balance_locked: told.accepted.size * STAKE });
  expect((await auditOf(postgres.url)).findings).toEqual([]);
  for (const socket of sockets) socket.close();
});

it("is still of its cluster after PostgreSQL's restart: a second process joins it and leaves again", async () => {
  const PLAYERS = 12;
  const players = await Promise.all(Array.from({ length: PLAYERS }, () => Player.join(server.url)));
  const placed = await Promise.all(players.map((player) => player.ask(bet("before"))));
  expect(placed.map(({ status }) => status)).toEqual(players.map(() => 201));
  const second = await startServer({ env });
  // Whichever process has the wallet and the lobby now: what the one has answered is so at the other.
  const bySecond = (player: Player, request: Request) => insist(second.url, request, player.token);
  const again = await Promise.all(players.map((player) => bySecond(player, bet("before"))));
  expect(again).toEqual(placed.map((answer) => ({ ...answer, replayed: true })));
  const more = await Promise.all(players.map((player) => bySecond(player, bet("more"))));
  expect(more.map(({ status }) => status)).toEqual(players.map(() => 201));
  expect(await second.stop()).toBe(0);
  const wallets = await Promise.all(players.map((player) => player.wallet()));
  expect(wallets.map((wallet) => wallet["balance_locked"])).toEqual(
    placed.map(({ body }, i) => Number(body["stake"]) + Number(more[i]?.body["stake"])),
  );
  expect(await health("ready")).toBe(200);
  expect((await auditOf(postgres.url)).findings).toEqual([]);
});
