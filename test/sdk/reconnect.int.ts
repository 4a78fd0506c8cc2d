/**
 * The SDK's promise, whole: over connections that break a thousand times, and pages that are reloaded in between, what a
 * client shows is what the server has, and every command is carried out once and told of once.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCroupier, gridOf, isLive } from "../../sdk/src/index.ts";
import { fileStorage, openNodeSocket } from "../../sdk/src/node.ts";
import type { BetBody, Croupier, StatementLineBody } from "../../sdk/src/index.ts";
import { audit } from "../../src/audit/Audit.ts";
import { withBooks } from "../../src/audit/PgBooks.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { type Server, startServer } from "../support/server.ts";
import { Chance } from "./support/Chance.ts";
import { type Fault, FAULTS, FaultyProxy } from "./support/FaultyProxy.ts";
import { LingeringSockets } from "./support/LingeringSocket.ts";
import { MemoryStorage } from "./support/MemoryStorage.ts";
import { Books, RestlessPlayer } from "./support/RestlessPlayer.ts";
import { until } from "./support/until.ts";
import { PATIENCE_MS } from "../support/patience.ts";

const SEED = Number(process.env["SEED"] ?? 20_250_101);
/** The server gives a player the lobby that was joined unasked, with a snapshot; the other is the client's own affair. */
const LOBBIES = ["demo", "side"] as const;
const RAFFLE = "tombola";
/** Few enough that players meet each other's. */
const RAFFLE_NUMBERS = 60;
const PLAYERS = 12;
const FAULTS_IN_ALL = 1_000;
/** Of each kind at least so many must have been felt, or the run has proved nothing about it. */
const LEAST_OF_EACH = 50;
const LEAST_RELOADS = 20;
const LEAST_BETS = 200;
/** A cut is over at once; what stalls takes the client a while to notice, so there is less of that. */
const WEIGHTED: readonly Fault[] = [
  "cut",
  "cut",
  "cut",
  "cut",
  "tear",
  "tear",
  "tear",
  "slow",
  "slow",
  "stall",
  "overtake",
  "overtake",
];
/** Some 25 s on an idle machine; the rest is for one that is shared. */
const RUN_TIMEOUT_MS = 240_000;
const DAY_MS = 24 * 3_600_000;

let database: FreshDatabase;
let server: Server;
let proxy: FaultyProxy;
let folder: string;
const chance = new Chance(SEED);
const sockets = new LingeringSockets();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-sdk-"));
  database = await freshDatabase();
  server = await startServer({
    env: {
      DATABASE_URL: database.url,
      BETTING_SECONDS: "3",
      RACING_SECONDS: "4",
      RESULTS_SECONDS: "2",
      JOIN_GRANT: "100000000",
      SELECTION_SECONDS: "2",
      CHECKOUT_SECONDS: "2",
    },
  });
  const admin = createCroupier({ url: server.url, openSocket: openNodeSocket });
  await admin.login({ username: "admin", password: "admin" });
  const created = await admin.post("/lobbies", {
    body: {
      lobby_id: "side",
      name: "Side",
      betting_ms: 2_000,
      racing_ms: 3_000,
      results_ms: 1_000,
    },
  });
  expect(created.ok).toBe(true);
  const raffled = await admin.post("/api/v1/raffles", {
    body: {
      raffle_id: RAFFLE,
      title: "Tombola",
      ticket_price: 100,
      total_numbers: RAFFLE_NUMBERS,
      draw_at: new Date(Date.now() + DAY_MS).toISOString(),
      prizes: [{ name: "A ham" }],
    },
  });
  expect(raffled.ok).toBe(true);
  admin.close();
  proxy = await FaultyProxy.to(server.url, chance);
});

afterAll(async () => {
  sockets.terminate();
  await proxy.close();
  await server.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Ten with a page each, two of them in Node with files; and one with two tabs on one storage. */
const seated = async (): Promise<readonly RestlessPlayer[]> => {
  const shared = { storage: new MemoryStorage(), books: new Books() };
  const players: RestlessPlayer[] = [];
  for (let n = 0; n < PLAYERS; n += 1) {
    const isTab = n >= PLAYERS - 2;
    const isNode = n < 2;
    const player = new RestlessPlayer({
      url: proxy.url,
      name: `player${n}`,
      lobbyIds: LOBBIES,
      raffleId: RAFFLE,
      storage: isTab
        ? shared.storage
        : isNode
          ? fileStorage(join(folder, String(n)))
          : new MemoryStorage(),
      openSocket: isNode ? openNodeSocket : sockets.open,
      chance,
      books: isTab ? shared.books : new Books(),
    });
    if (player.client.session.get() === null) {
      const joined = await player.client.join({ displayName: `Player ${n}`, lobbyId: LOBBIES[0] });
      expect(joined.ok).toBe(true);
    }
    players.push(player);
  }
  return players;
};

const pages = async <Page, Line>(
  read: (before: string | undefined) => Promise<Page>,
  linesOf: (page: Page) => { readonly lines: readonly Line[]; readonly next: string | null },
): Promise<readonly Line[]> => {
  const all: Line[] = [];
  let before: string | undefined;
  for (;;) {
    const { lines, next } = linesOf(await read(before));
    all.push(...lines);
    if (next === null) return all;
    before = next;
  }
};

const statementOf = (player: RestlessPlayer): Promise<readonly StatementLineBody[]> =>
  pages(
    (before) => player.client.get("/wallet/me/statement", { query: { limit: 200, before } }),
    (answer) => {
      if (!answer.ok) throw new Error(answer.problem.detail);
      return { lines: answer.body.lines, next: answer.body.next_before };
    },
  );

const betsOf = async (
  player: RestlessPlayer,
  races: ReadonlySet<string>,
): Promise<readonly BetBody[]> => {
  const all: BetBody[] = [];
  for (const race of races) {
    const answer = await player.client.get("/bets", { query: { race_id: race, limit: 200 } });
    if (!answer.ok) throw new Error(answer.problem.detail);
    all.push(...answer.body.bets);
  }
  return all;
};

/** What the client shows of a lobby is what the server says, at one and the same version. */
const agree = async (client: Croupier, lobbyId: string): Promise<void> => {
  const lobby = client.lobby(lobbyId);
  for (;;) {
    const before = lobby.get().lobby?.state_version;
    const answer = await client.get("/lobbies/{lobby_id}", { path: { lobby_id: lobbyId } });
    if (!answer.ok) throw new Error(answer.problem.detail);
    const { odds, ...told } = answer.body;
    const version = told.state_version;
    await until(
      `${client.session.get()?.playerId} comes to version ${version} of ${lobbyId} with its odds`,
      (check) => [lobby.subscribe(check)],
      () => {
        const shown = lobby.get().lobby;
        return (shown?.state_version ?? -1) > version || sameJson(shown?.odds, odds);
      },
      PATIENCE_MS,
    );
    const { odds: _odds, ...shown } = lobby.get().lobby ?? {};
    if (lobby.get().lobby?.state_version !== version) continue;
    expect(shown).toEqual(told);
    expect(version).toBeGreaterThanOrEqual(before ?? 0);
    return;
  }
};
/** The client's numbers are the server's, and its reservation, if there is one, is live there or was told how it ended. */
const agreeOnRaffle = async (client: Croupier): Promise<void> => {
  const raffle = client.raffle(RAFFLE);
  const mine = client.reservation(RAFFLE);
  for (;;) {
    const numbers = await client.get("/api/v1/raffles/{raffle_id}/numbers", {
      path: { raffle_id: RAFFLE },
      query: { format: "bitmap" },
    });
    if (!numbers.ok) throw new Error(numbers.problem.detail);
    const { bitmap, state_version: version, total_numbers: total } = numbers.body;
    const shown = (): number => raffle.get().raffle?.state_version ?? -1;
    const what = `${client.session.get()?.playerId} comes to version ${version} of the raffle`;
    await until(
      what,
      (check) => [raffle.subscribe(check)],
      () => shown() >= version,
      PATIENCE_MS,
    );
    if (shown() !== version) continue;
    const grid = gridOf(total, bitmap?.reserved ?? "", bitmap?.sold ?? "");
    expect(grid.changedSince(raffle.get().grid)).toEqual([]);
    const held = numbers.body.numbers.map(({ number }) => number);
    await until(
      `${client.session.get()?.playerId} shows ${JSON.stringify(held)} as reserved`,
      (check) => [mine.subscribe(check), raffle.subscribe(check)],
      () => shown() > version || sameJson(isLive(mine.get()) ? mine.get()?.numbers : [], held),
      PATIENCE_MS,
    );
    if (shown() > version) continue;
    return;
  }
};
const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

test(
  "over a thousand broken connections and many reloads, clients agree with the server and nothing is done twice or lost",
  async () => {
    const players = await seated();

    let faults = 0;
    while (faults < FAULTS_IN_ALL) {
      await proxy.passed(chance.between(1, 4));
      for (let acts = chance.between(0, 4); acts > 0; acts -= 1) chance.pick(players)?.act();
      // Seldom enough that a life is resumed many times before it ends.
      if (chance.next() < 0.03) chance.pick(players)?.reload();
      if (proxy.harm(chance.pick(WEIGHTED) ?? "cut")) faults += 1;
    }
    proxy.heal();

    // Whatever was ordered comes out.
    for (const player of players) {
      const { books, client } = player;
      await until(
        `${player.playerId} has every answer`,
        (check) => [
          client.unanswered.subscribe(check),
          ...players.map((each) => each.client.onOutcome(check)),
        ],
        () => client.unanswered.get().length === 0 && books.untold.length === 0,
        PATIENCE_MS,
      );
    }
    for (const { client } of players) await agreeOnRaffle(client);
    // The last races in which anyone has bet are paid, and the next ones are on.
    const last = LOBBIES.map((id) => players[0]?.client.lobby(id).get().lobby?.race_id);
    for (const { client, playerId } of players)
      for (const [at, lobbyId] of LOBBIES.entries()) {
        const lobby = client.lobby(lobbyId);
        await until(
          `${playerId} sees the next race of ${lobbyId}`,
          (check) => [lobby.subscribe(check)],
          () => lobby.get().lobby?.race_id !== last[at],
          PATIENCE_MS,
        );
      }

    // State: what each client shows is what the server says.
    for (const { client, playerId } of players) {
      for (const lobbyId of LOBBIES) await agree(client, lobbyId);
      const wallet = await client.get("/wallet/me");
      if (!wallet.ok) throw new Error(wallet.problem.detail);
      await until(
        `${playerId} sees its wallet's version ${wallet.body.version}`,
        (check) => [client.wallet.subscribe(check)],
        () => client.wallet.get()?.version === wallet.body.version,
        PATIENCE_MS,
      );
      expect(client.wallet.get()).toEqual({
        total: wallet.body.balance_total,
        held: wallet.body.balance_locked,
        available: wallet.body.balance_available,
        isFrozen: wallet.body.frozen,
        version: wallet.body.version,
      });
      expect(wallet.body.open_holds).toEqual([]);
    }

    // Commands: each has one outcome, the one that the server's own books show.
    const races = new Set<string>();
    for (const { books } of players)
      for (const command of books.ordered.values())
        if ("race_id" in command && command.race_id !== undefined) races.add(command.race_id);
    const tabs = players.slice(-2);
    for (const player of players) {
      expect(player.disorders).toEqual([]);
      expect(player.contradictions).toEqual([]);
      expect(player.warnings).toEqual([]);
      const isTab = tabs.includes(player);
      for (const [key, outcomes] of player.books.told) {
        if (!isTab) expect([key, outcomes.length]).toEqual([key, 1]);
        const [first] = outcomes;
        for (const outcome of outcomes) expect(outcome).toEqual(first);
        expect(first?.ok === false ? first.refusal.code : "").not.toBe("abandoned");
      }

      const carriedOut = [...player.books.told.values()].flatMap(([outcome]) =>
        outcome?.ok === true ? [outcome.frame] : [],
      );
      const placed = carriedOut.flatMap((frame) =>
        frame.type === "BET_PLACED" ? [frame.bet_id] : [],
      );
      const cancelled = carriedOut.flatMap((frame) =>
        frame.type === "BET_CANCELLED" ? [frame.bet_id] : [],
      );
      const casts = carriedOut.flatMap((frame) =>
        frame.type === "POWER_CAST" ? [frame.cast_id] : [],
      );
      const reserved = carriedOut.flatMap((frame) =>
        frame.type === "NUMBERS_RESERVED" ? [frame.reservation.id] : [],
      );
      expect(new Set(reserved).size).toBe(reserved.length);
      for (const outcome of player.changes)
        expect(outcome.ok ? "" : outcome.refusal.code).not.toBe("abandoned");
      const bets = await betsOf(player, races);
      expect(bets.map(({ bet_id: betId }) => betId).toSorted()).toEqual(placed.toSorted());
      expect(
        bets
          .filter(({ status }) => status === "cancelled")
          .map(({ bet_id: betId }) => betId)
          .toSorted(),
      ).toEqual(cancelled.toSorted());

      const statement = await statementOf(player);
      const held = statement.filter(({ purpose }) => purpose === "hold").map(({ ref }) => ref);
      expect(new Set(held).size).toBe(held.length);
      const released = new Set(
        statement.filter(({ purpose }) => purpose === "release").map(({ ref }) => ref),
      );
      // What was held and not given back is what was told as done: no bet or cast beside.
      const kept = held.filter((ref) => !released.has(ref));
      expect(kept.toSorted()).toEqual(
        [...placed.filter((betId) => !cancelled.includes(betId)), ...casts].toSorted(),
      );
    }

    // Money: the server's books, folded and added up again.
    const connected = new pg.Client({ connectionString: database.url });
    await connected.connect();
    const report = await withBooks(connected, (opened) => audit(opened, () => undefined));
    await connected.end();
    expect(report.findings).toEqual([]);

    // It has met what it is for.
    const sum = (count: (player: RestlessPlayer) => number): number =>
      players.reduce((total, player) => total + count(player), 0);
    const kinds = (type: string): number =>
      sum(
        ({ books }) =>
          [...books.told.values()].filter(([first]) => first?.ok && first.frame.type === type)
            .length,
      );
    const done = {
      seed: SEED,
      ...proxy.counts,
      late: sockets.late,
      reloads: sum(({ lives }) => lives - 1),
      commands: sum(({ books }) => books.ordered.size),
      inherited: sum(({ inherited }) => inherited),
      bets: kinds("BET_PLACED"),
      cancelled: kinds("BET_CANCELLED"),
      casts: kinds("POWER_CAST"),
      reservations: kinds("NUMBERS_RESERVED"),
      changes: sum(({ changes }) => changes.filter(({ ok }) => ok).length),
      races: races.size,
    };
    console.log(JSON.stringify(done));
    for (const fault of FAULTS) expect(proxy.counts[fault], fault).toBeGreaterThan(LEAST_OF_EACH);
    expect(done.reloads).toBeGreaterThan(LEAST_RELOADS);
    expect(done.late, "messages of connections that were overtaken").toBeGreaterThan(0);
    expect(done.inherited, "commands of an earlier life").toBeGreaterThan(LEAST_OF_EACH);
    expect(done.bets).toBeGreaterThan(LEAST_BETS);
    expect(done.cancelled).toBeGreaterThan(LEAST_OF_EACH);
    expect(done.casts).toBeGreaterThan(PLAYERS);
    expect(done.reservations).toBeGreaterThan(LEAST_OF_EACH);
    expect(done.changes).toBeGreaterThan(LEAST_OF_EACH);
    for (const { client } of players) client.close();
  },
  RUN_TIMEOUT_MS,
);
