/** Statistics as the gateway asks for them: hands that were generated, stored and counted, against sums made by hand. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handPlayer } from "../../entities/handPlayer/entity.ts";
import { partsOf } from "../../entities/handPlayer/parts.ts";
import type { Hand } from "../../rpc/hand.ts";
import { HandPlayer, type CellFilter } from "../../rpc/handPlayer.ts";
import type {
  HandPlayersBody,
  PlayerStatsBody,
  SessionBody,
  TournamentsBody,
} from "../../rpc/http/handStats.ts";
import { CommandId } from "../../rpc/id.ts";
import { ActorSystem } from "../../src/actor/ActorSystem.ts";
import { systemClock, systemEntropy } from "../../src/actor/Clock.ts";
import { PgJournal } from "../../src/actor/PgJournal.ts";
import type { Outcome } from "../../src/actor/Ask.ts";
import type { DayRange, MarkedPage, StatsDesk } from "../../src/gateway/PokerDesks.ts";
import { generateHands } from "../../src/hands/generator/HandGenerator.ts";
import { pgFilteredStats } from "../../src/hands/PgFilteredStats.ts";
import type { PlayerHand } from "../../src/hands/PlayerHand.ts";
import { countHand } from "../../src/hands/stats/countHand.ts";
import { playerBody } from "../../src/hands/stats/playerBody.ts";
import { SESSION_GAP_MS } from "../../src/hands/stats/sessions.ts";
import { makeStatsDesk } from "../../src/hands/StatsDesk.ts";
import { HandStore } from "../../src/hands/store/HandStore.ts";
import { readCounts, readPlayers } from "../../src/hands/store/readCounts.ts";
import { formatStakes } from "../../src/hands/winamax/stakes.ts";
import { batchOf, type CountedHand } from "../entities/handPlayer/batches.ts";
import { EVERYTHING } from "../entities/handPlayer/desk.ts";
import { freshDatabase } from "../support/postgres.ts";
import { quietMetrics } from "../support/quietMetrics.ts";

const HANDS = 900;
/** Few, so that each has many hands; such as try whoever reads names as anything but text. */
const NAMES = [
  "ada",
  "Kai  Greene",
  "10000001",
  "'; DROP TABLE hand; --",
  "100%_a\\b",
  "..Élodie",
  "<b>won</b>",
  "a:b/c?d",
  "STRASSE ß",
  "won 5",
];

interface Stored {
  readonly hand: Hand;
  readonly players: ReadonlyArray<PlayerHand>;
}

/** Half an hour and a bit lies between some of them, so that there are sessions. */
const spread = (hand: Hand, n: number): Hand => ({
  ...hand,
  playedAt: Date.UTC(2024, 1, 28, 22) + n * 50_000 + Math.floor(n / 40) * (SESSION_GAP_MS + 1_000),
});

const played: ReadonlyArray<Stored> = Array.from(
  generateHands(11, HANDS, { names: NAMES }),
  ({ hand }, n) => {
    const spreadOut = spread(hand, n);
    return { hand: spreadOut, players: countHand(spreadOut, () => undefined) };
  },
);

const rowsOf = (player: string): ReadonlyArray<CountedHand> =>
  played.flatMap(({ hand, players }, n) =>
    players
      .filter((one) => one.player === player)
      .map(({ counts, players: size, position }) => {
        const { currency, game, limit, playedAt } = hand;
        const stakes = formatStakes(hand);
        const cell = { currency, game, limit, stakes, players: size, position, counts };
        return { seq: n + 1, playedAt, cell };
      }),
  );

/** What the answer has to be. */
const bodyOf = (
  player: string,
  passes: (hand: CountedHand) => boolean = () => true,
): PlayerStatsBody => {
  const rows = rowsOf(player);
  const whole = batchOf(rows, 1, HANDS);
  const part = batchOf(rows.filter(passes), 1, HANDS);
  return playerBody({
    site: "winamax",
    player,
    firstAt: whole?.firstAt ?? null,
    lastAt: whole?.lastAt ?? null,
    parts: partsOf(part?.cells ?? []),
    days: (part?.days ?? []).toSorted((a, b) =>
      `${a.day} ${a.currency}` < `${b.day} ${b.currency}` ? -1 : 1,
    ),
  });
};

const open = async () => {
  const database = await freshDatabase();
  const pool = new pg.Pool({ connectionString: database.url });
  const projections = handPlayer.projections;
  const journal = new PgJournal({ url: database.url, pool, projections, log: () => {} });
  const system = new ActorSystem({
    actors: [handPlayer],
    journal,
    clock: systemClock,
    entropy: systemEntropy,
    metrics: quietMetrics,
    log: () => {},
  });
  await new HandStore({ pool, now: systemClock.now }).store({
    hands: played,
    summaries: [],
    source: "test",
  });
  const reads = {
    read: async <Row extends object>(text: string, values: ReadonlyArray<unknown>) =>
      (await pool.query<Row>(text, [...values])).rows,
  };
  for (const range of [
    { from: 1, to: 400 },
    { from: 401, to: HANDS },
  ]) {
    const players = await readPlayers(reads, range);
    for (const [entityId, counts] of await readCounts(reads, range, players)) {
      const commandId = CommandId.make(`count:${range.from}`);
      await system.ask(HandPlayer, "Count", { entityId, commandId, ...range, ...counts });
    }
  }
  const desk = makeStatsDesk({ ask: system.ask, pool, filtered: pgFilteredStats(pool) });
  return {
    desk,
    pool,
    close: async () => {
      await system.shutdown();
      await journal.close();
      await pool.end();
      await database.drop();
    },
  };
};

let server: Awaited<ReturnType<typeof open>>;
let desk: StatsDesk;
beforeAll(async () => {
  server = await open();
  desk = server.desk;
});
afterAll(() => server.close());

const ALWAYS: DayRange = { from: undefined, to: undefined };
const ask = async (name: string, filter: Partial<CellFilter> = {}, days = ALWAYS) => {
  const answered = await desk.player({ name }, { ...EVERYTHING, ...filter }, days);
  return answered.ok ? answered.value : answered.error._tag;
};

const bodyIn = <Body>(answered: Outcome<Body, Error>): Body => {
  if (!answered.ok) throw answered.error;
  return answered.value;
};
const sessions = async (name: string, page: Parameters<StatsDesk["sessions"]>[1]) =>
  bodyIn(await desk.sessions({ name }, page));
const tournamentsOf = async (name: string, page: MarkedPage) =>
  bodyIn(await desk.tournaments({ name }, page));

const dayOf = ({ playedAt }: CountedHand) => new Date(playedAt).toISOString().slice(0, 10);

describe("a player's statistics", () => {
  it.each(NAMES)(
    "of %s are those of all hands, from the entity and from the rows",
    async (name) => {
      const expected = bodyOf(name);
      expect(expected.hands).toBeGreaterThan(100);
      expect(await ask(name)).toEqual(expected);
      // The same, counted again from the rows: the whole is a part too.
      expect(await ask(name, {}, { from: "1970-01-01", to: undefined })).toEqual(expected);
    },
  );

  it.each(["EUR", "chips", "play"] as const)("are given in %s", async (currency) => {
    const expected = bodyOf("ada", ({ cell }) => cell.currency === currency);
    expect(expected.net.map((one) => one.currency)).toEqual([currency]);
    expect(await ask("ada", { currency })).toEqual(expected);
    expect(await ask("ada", { currency }, { from: "1970-01-01", to: undefined })).toEqual(expected);
  });

  it.each([
    [{ game: "omaha" }],
    [{ position: "BTN" }],
    [{ players: 3 }],
    [{ stakes: formatStakes(played[0]!.hand), currency: played[0]!.hand.currency }],
    [{ game: "holdem", position: "BB", players: 6 }],
  ] as const)("are filtered by %j", async (filter) => {
    const expected = bodyOf("Kai  Greene", ({ cell }) =>
      Object.entries(filter).every(([name, value]) => cell[name as keyof typeof cell] === value),
    );
    expect(await ask("Kai  Greene", filter)).toEqual(expected);
  });

  it.each([
    ["2024-02-29", "2024-02-29"],
    ["2024-03-01", undefined],
    [undefined, "2024-02-28"],
    // February has no thirtieth: the day after its last but one.
    ["2024-02-30", "2024-03-02"],
    ["2025-01-01", "2024-01-01"],
  ])("are those of the days from %s to %s", async (from, to) => {
    const first = from === "2024-02-30" ? "2024-03-01" : (from ?? "0");
    const passes = (hand: CountedHand) => dayOf(hand) >= first && dayOf(hand) <= (to ?? "9");
    expect(await ask("ada", {}, { from, to })).toEqual(bodyOf("ada", passes));
  });

  it.each(["nobody", "ADA", "ada ", "", "ada\0", "\ud800", "%"])("of %j are none", async (name) => {
    expect(await ask(name)).toBe("RecordedPlayerNotFound");
    expect(await ask(name, { position: "BTN" })).toBe("RecordedPlayerNotFound");
  });

  it("of a filter that leaves nothing are nothing, for a player who is known", async () => {
    const body = await ask("ada", { stakes: "'; --" });
    expect(body).toMatchObject({
      hands: 0,
      vpip: { made: 0, opportunities: 0, share: null },
      net: [],
      by_position: [],
      confidence: "none",
    });
    expect(await ask("ada", { stakes: "\0" })).toBe("RecordedPlayerNotFound");
  });
});

describe("the list of players", () => {
  const found = async (search?: string, limit = 50) =>
    (await desk.players(search, { limit })).players.map(({ player }) => player);

  it("has those with the most hands first", async () => {
    const { players } = await desk.players(undefined, { limit: 50 });
    expect(new Set(players.map(({ player }) => player))).toEqual(new Set(NAMES));
    expect(players).toEqual(players.toSorted((a, b) => b.hands - a.hands));
    for (const { hands, last_at, player } of players) {
      const whole = bodyOf(player);
      expect({ hands, last_at }).toEqual({ hands: whole.hands, last_at: whole.last_at });
    }
    expect(await found(undefined, 3)).toEqual(players.slice(0, 3).map(({ player }) => player));
  });

  it("goes on from page to page, each player once", async () => {
    const { players, next_before } = await desk.players(undefined, { limit: 50 });
    expect(next_before).toBeNull();
    const paged: Array<HandPlayersBody["players"][number]> = [];
    let before: string | null = null;
    do {
      const page = await desk.players(undefined, { limit: 2, before: before ?? undefined });
      expect(page.players.length).toBeLessThanOrEqual(2);
      paged.push(...page.players);
      before = page.next_before;
    } while (before !== null);
    expect(paged).toEqual(players);
  });

  it.each([
    ["greene", ["Kai  Greene"]],
    ["I  G", ["Kai  Greene"]],
    ["élo", ["..Élodie"]],
    ["%_", ["100%_a\\b"]],
    ["\\", ["100%_a\\b"]],
    ["';", ["'; DROP TABLE hand; --"]],
    ["<B>", ["<b>won</b>"]],
    ["nobody", []],
    ["\0", []],
  ])("finds %j in any case", async (search, names) => {
    expect(await found(search)).toEqual(names);
  });
});

describe("sessions", () => {
  /** By the definition: in each currency, hands with at most half an hour between them. */
  const sessionsOf = (player: string) => {
    const sessions: Array<ReadonlyArray<CountedHand>> = [];
    for (const currency of ["EUR", "chips", "play"]) {
      const hands = rowsOf(player)
        .filter(({ cell }) => cell.currency === currency)
        .toSorted((a, b) => a.playedAt - b.playedAt);
      let session: Array<CountedHand> = [];
      for (const hand of hands) {
        const last = session.at(-1);
        if (last === undefined || hand.playedAt - last.playedAt > SESSION_GAP_MS)
          sessions.push((session = []));
        session.push(hand);
      }
    }
    return sessions;
  };

  const all = async (player: string, limit: number): Promise<ReadonlyArray<SessionBody>> => {
    const found: Array<SessionBody> = [];
    let before: number | undefined;
    for (;;) {
      const page = await sessions(player, { limit, before });
      expect(page.sessions.length).toBeLessThanOrEqual(limit);
      found.push(...page.sessions);
      if (page.next_before === null) return found;
      before = Number(page.next_before);
    }
  };

  it("are told apart by time and currency, however they are paged", async () => {
    for (const name of NAMES.slice(0, 4)) {
      const expected = sessionsOf(name);
      const found = await all(name, 200);
      expect(found.length).toBe(expected.length);
      const key = (one: SessionBody) => [one.currency, one.from, one.to, one.hands, one.net].join();
      expect(found.map(key).toSorted()).toEqual(
        expected
          .map((hands) =>
            [
              hands[0]!.cell.currency,
              new Date(hands[0]!.playedAt).toISOString(),
              new Date(hands.at(-1)!.playedAt).toISOString(),
              hands.length,
              bodyNet(hands),
            ].join(),
          )
          .toSorted(),
      );
      expect(found.map(({ to }) => to)).toEqual(
        found
          .map(({ to }) => to)
          .toSorted()
          .toReversed(),
      );
      for (const limit of [1, 2, 7]) expect(await all(name, limit)).toEqual(found);
    }
  });

  const bodyNet = (hands: ReadonlyArray<CountedHand>) =>
    playerBody({
      site: "winamax",
      player: "",
      firstAt: 0,
      lastAt: 0,
      days: [],
      parts: partsOf(hands.map(({ cell }) => cell)),
    }).net[0]?.net;

  it("name their best and worst hands", async () => {
    const [session] = (await sessions("ada", { limit: 1 })).sessions;
    const hands = played.filter(
      ({ hand: { currency, playedAt, results } }) =>
        currency === session!.currency &&
        playedAt >= Date.parse(session!.from) &&
        playedAt <= Date.parse(session!.to) &&
        results.some(({ player }) => player === "ada"),
    );
    const nets = hands.map(({ hand }) => hand.results.find(({ player }) => player === "ada")!.net);
    expect(session).toMatchObject({
      tables: new Set(hands.map(({ hand }) => hand.table.name)).size,
      best_hand: { net: Math.max(...nets) },
      worst_hand: { net: Math.min(...nets) },
    });
    expect(hands.map(({ hand }) => hand.handId)).toContain(session!.best_hand.hand_id);
  });

  it("of one who never played are none", async () => {
    for (const name of ["nobody", "ada\0"])
      expect(await sessions(name, { limit: 5 })).toEqual({ sessions: [], next_before: null });
  });
});

describe("tournaments", () => {
  it("come newest first, those of unknown date last", async () => {
    const insert = `INSERT INTO tournament_result
      (site, tournament_id, player, name, started_at, buy_in, place, registered, won, multiplier)
      VALUES ('winamax', $1, $2, $3, $4, 200, $5, 3, $6, $7)`;
    const { pool } = server;
    await pool.query(insert, ["t1", "ada", "Expresso", 1_000, 1, 1_000, 2.5]);
    await pool.query(insert, ["t2", "ada", "Freeroll", null, null, 0, null]);
    await pool.query(insert, ["t3", "ada", "Déglingos !", 2_000, 2, 0, null]);
    await pool.query(insert, ["t1", "10000001", "Expresso", 1_000, 3, 0, 2.5]);
    const { tournaments } = await tournamentsOf("ada", { limit: 50 });
    expect(tournaments.map((one) => one.tournament_id)).toEqual(["t3", "t1", "t2"]);
    expect(tournaments[1]).toEqual({
      tournament_id: "t1",
      name: "Expresso",
      player: "ada",
      started_at: "1970-01-01T00:00:01.000Z",
      buy_in: 200,
      place: 1,
      registered: 3,
      won: 1_000,
      multiplier: 2.5,
    });
    const paged: Array<string> = [];
    let before: string | null = null;
    do {
      const page: TournamentsBody = await tournamentsOf("ada", {
        limit: 1,
        before: before ?? undefined,
      });
      paged.push(...page.tournaments.map((one) => one.tournament_id));
      before = page.next_before;
    } while (before !== null);
    expect(paged).toEqual(["t3", "t1", "t2"]);
    expect(await tournamentsOf("\ud800", { limit: 1 })).toEqual({
      tournaments: [],
      next_before: null,
    });
  });
});
