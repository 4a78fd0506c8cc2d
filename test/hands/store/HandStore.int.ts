/** Hands in PostgreSQL: each once, numbered without a gap, whole or not at all. */
import type { Duplex } from "node:stream";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { COUNTS } from "../../../rpc/handStats.ts";
import { countColumns } from "../../../src/hands/store/countColumns.ts";
import { type Batch, HandStore } from "../../../src/hands/store/HandStore.ts";
import type { TournamentSummary } from "../../../src/hands/winamax/Summary.ts";
import { type FreshDatabase, freshDatabase } from "../../support/postgres.ts";
import { FIRST_AT, handId, handsText, parsed } from "../Scribe.ts";

const NOW = 1_800_000_000_000;

let database: FreshDatabase;
let pool: pg.Pool;
let store: HandStore;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});
beforeEach(async () => {
  await pool.query("TRUNCATE hand, hand_player, hand_batch, hand_file, tournament_result");
  store = new HandStore({ pool, now: () => NOW });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const batch = (first: number, last: number, more: Partial<Batch> = {}): Batch => ({
  hands: parsed(handsText(first, last)),
  summaries: [],
  source: "test",
  ...more,
});

const seqs = async () =>
  (await pool.query<{ seq: string }>("SELECT seq FROM hand ORDER BY seq")).rows.map(({ seq }) =>
    Number(seq),
  );
const upTo = (last: number) => Array.from({ length: last }, (_, n) => n + 1);

const batches = async () =>
  (await pool.query("SELECT * FROM hand_batch ORDER BY batch_id")).rows as ReadonlyArray<object>;

describe("a batch", () => {
  it("is stored with its number, and says what was new", async () => {
    const first = await store.store(batch(1, 2));
    expect(first).toMatchObject({ batchId: 1, duplicates: 0 });
    expect(first.stored).toMatchObject([
      { seq: 1, handId: handId(1), stakes: "0.02/0.05", players: 3, totalPot: 22, rake: 0 },
      { seq: 2, handId: handId(2), hero: { player: "ada", cards: ["Ah", "Kd"] } },
    ]);
    expect(await store.store(batch(3, 3))).toMatchObject({ batchId: 2, stored: [{ seq: 3 }] });
    expect(await batches()).toEqual([
      {
        batch_id: "1",
        source: "test",
        first_seq: "1",
        last_seq: "2",
        stored_at: String(NOW),
        announced: false,
      },
      expect.objectContaining({ batch_id: "2", first_seq: "3", last_seq: "3" }),
    ]);
  });

  it("leaves out what is known, and counts it", async () => {
    await store.store(batch(2, 4));
    const again = await store.store(batch(1, 6));
    expect(again).toMatchObject({ batchId: 2, duplicates: 3 });
    expect(again.stored.map((one) => one.handId)).toEqual([handId(1), handId(5), handId(6)]);
    expect(await seqs()).toEqual(upTo(6));
  });

  it("that has a hand twice has it once", async () => {
    const twice = [...parsed(handsText(1, 2)), ...parsed(handsText(2, 3))];
    const { duplicates, stored } = await store.store(batch(1, 1, { hands: twice }));
    expect({ duplicates, stored: stored.length }).toEqual({ duplicates: 1, stored: 3 });
  });

  it("of nothing but duplicates makes no batch", async () => {
    await store.store(batch(1, 3));
    expect(await store.store(batch(1, 3))).toEqual({ batchId: null, stored: [], duplicates: 3 });
    expect(await batches()).toHaveLength(1);
  });

  it("has one row for each player, with every count in its own column", async () => {
    const hands = parsed(handsText(1, 1)).map((one) => ({
      ...one,
      // Each count another number, so that no column can stand for another.
      players: one.players.map((player, p) => ({
        ...player,
        counts: COUNTS.map((_, n) => 100 * p + n),
      })),
    }));
    await store.store(batch(1, 1, { hands }));
    const { rows } = await pool.query<Record<string, unknown>>(
      "SELECT * FROM hand_player ORDER BY player",
    );
    expect(rows.map(({ player }) => player)).toEqual(["Bob  the 2nd", "ada", "çyd"]);
    for (const row of rows) {
      const p = hands[0]?.players.findIndex(({ player }) => player === row["player"]) ?? -1;
      expect(countColumns.map(({ name }) => Number(row[name]))).toEqual(
        COUNTS.map((_, n) => 100 * p + n),
      );
      expect(row).toMatchObject({
        seq: "1",
        played_at: String(FIRST_AT + 40_000),
        currency: "EUR",
        game: "holdem",
        limit_kind: "no_limit",
        stakes: "0.02/0.05",
        players: 3,
      });
    }
    const columns = countColumns.map(({ name }) => name);
    expect(columns).toEqual(expect.arrayContaining(["vpip_chances", "fold_to_c_bet", "ev_net"]));
  });

  it("moves the mark of its file, also when it has no hand", async () => {
    const mark = (offset: number) => ({
      path: "/hands/a.txt",
      place: { offset, line: offset / 10 },
      fingerprint: `f${offset}`,
    });
    await store.store(batch(1, 2, { file: mark(100) }));
    expect(await store.marks(["/hands/a.txt", "/hands/b.txt"])).toEqual([mark(100)]);
    await store.store(batch(1, 2, { file: mark(200), hands: [] }));
    expect(await store.marks(["/hands/a.txt"])).toEqual([mark(200)]);
  });
});

describe("a batch that fails", () => {
  it("leaves nothing: no hand, no player, no mark, no number", async () => {
    await store.store(batch(1, 2));
    const broken = parsed(handsText(3, 4)).map((one, n) => ({
      ...one,
      players: one.players.map((player) => (n === 0 ? player : { ...player, player: "a\0b" })),
    }));
    const file = { path: "/hands/a.txt", place: { offset: 9, line: 1 }, fingerprint: "f" };
    await expect(store.store(batch(1, 1, { hands: broken, file }))).rejects.toThrow(/0x00/);
    expect(await store.marks(["/hands/a.txt"])).toEqual([]);
    expect(await store.store(batch(3, 4))).toMatchObject({ batchId: 2, stored: [{ seq: 3 }, {}] });
    expect(await seqs()).toEqual(upTo(4));
    const { rows } = await pool.query("SELECT count(*)::int AS rows FROM hand_player");
    expect(rows).toEqual([{ rows: 4 * 3 }]);
  });

  // Each statement of the transaction in turn, and the commit: before it is sent, and after it is done but unheard.
  const STATEMENTS = ["BEGIN", "LOCK", "SELECT", "hand", "hand_player", "hand_batch", "COMMIT"];
  it.each(STATEMENTS.map((name, n) => [name, n] as const))(
    "because the connection breaks at %s is stored by trying again",
    async (_name, n) => {
      const cut = cutting(pool, n, "before");
      const fragile = new HandStore({ pool: cut, now: () => NOW });
      await expect(fragile.store(batch(1, 3))).rejects.toThrow("cut");
      expect(await seqs()).toEqual([]);
      expect(await fragile.store(batch(1, 3))).toMatchObject({ batchId: 1, duplicates: 0 });
      expect(await seqs()).toEqual(upTo(3));
    },
  );

  it("because its connection is cut without a word fails alone: the process goes on", async () => {
    const own = new pg.Pool({ connectionString: database.url });
    try {
      // As when a machine or a database's process dies: no message comes, and `pg` tells of it by an event.
      own.once("acquire", (client) => {
        const { connection } = client as unknown as { connection: { stream: Duplex } };
        const { query } = client;
        client.query = ((...args: Parameters<typeof query>) => {
          if (String(args[0]).startsWith("SELECT pg_advisory"))
            connection.stream.destroy(new Error("cut"));
          return query.apply(client, args);
        }) as typeof client.query;
      });
      const fragile = new HandStore({ pool: own, now: () => NOW });
      await expect(fragile.store(batch(1, 3))).rejects.toThrow(/cut|terminated|not queryable/);
      expect(await fragile.store(batch(1, 3))).toMatchObject({ batchId: 1, duplicates: 0 });
    } finally {
      await own.end();
    }
  });

  it("because the answer to its commit is lost is found to be there", async () => {
    const fragile = new HandStore({ pool: cutting(pool, 6, "after"), now: () => NOW });
    await expect(fragile.store(batch(1, 3))).rejects.toThrow("cut");
    expect(await fragile.store(batch(1, 3))).toMatchObject({ batchId: null, duplicates: 3 });
    // It stays to be announced.
    expect(await batches()).toMatchObject([{ batch_id: "1", announced: false }]);
  });
});

describe("many importers at once", () => {
  it("of the same tournaments in different orders do not block each other for ever", async () => {
    const summaries = Array.from({ length: 40 }, (_, n): TournamentSummary => ({
      site: "winamax",
      tournamentId: String(n),
      name: "Deepstack",
      lateRegistration: false,
      player: "ada",
      buyIn: { prize: 90, bounty: 0, fee: 10, ticket: false },
      rebuys: { cost: null, mine: 0, total: 0 },
      addons: { cost: null, mine: 0, total: 0 },
      registeredPlayers: 100,
      prizePool: 9000,
      mode: "tt",
      type: "normal",
      speed: "normal",
      flightId: null,
      levels: [],
      startedAt: NOW,
      playedSeconds: 60,
      place: 3,
      won: 500,
      wonBounty: 0,
      wonTickets: [],
    }));
    const importer = async (k: number) => {
      const own = new pg.Pool({ connectionString: database.url, max: 1 });
      const mine = new HandStore({ pool: own, now: () => NOW });
      const ordered = k === 0 ? summaries : summaries.toReversed();
      try {
        for (let n = 0; n < 15; n++)
          await mine.store(batch(1, 1, { hands: [], summaries: ordered }));
      } finally {
        await own.end();
      }
    };
    await Promise.all([importer(0), importer(1)]);
    const { rows } = await pool.query("SELECT count(*)::int AS rows FROM tournament_result");
    expect(rows).toEqual([{ rows: 40 }]);
  });

  it("number the hands without a gap or a repetition, in the order of their commits", async () => {
    const pools = Array.from(
      { length: 4 },
      () => new pg.Pool({ connectionString: database.url, max: 2 }),
    );
    const seen: Array<number> = [];
    let isOver = false;
    const reader = async () => {
      for (;;) {
        const last = seen.at(-1) ?? 0;
        const { rows } = await pool.query<{ seq: string }>(
          "SELECT seq FROM hand WHERE seq > $1 ORDER BY seq",
          [last],
        );
        seen.push(...rows.map(({ seq }) => Number(seq)));
        if (isOver && rows.length === 0) return;
      }
    };
    const reading = reader();
    const importer = async (own: pg.Pool, k: number) => {
      const mine = new HandStore({ pool: own, now: () => NOW });
      // Each overlaps its neighbour by half.
      for (let n = 0; n < 10; n++) await mine.store(batch(k * 50 + n * 10, k * 50 + n * 10 + 59));
    };
    await Promise.all(pools.map(importer));
    isOver = true;
    await reading;
    expect(await seqs()).toEqual(upTo(300));
    // Who reads on from the last that was seen misses none.
    expect(seen).toEqual(upTo(300));
    const ranges = await pool.query<{ first_seq: string; last_seq: string; batch_id: string }>(
      "SELECT batch_id, first_seq, last_seq FROM hand_batch ORDER BY batch_id",
    );
    let next = 1;
    for (const [n, row] of ranges.rows.entries()) {
      expect(Number(row.batch_id)).toBe(n + 1);
      expect(Number(row.first_seq)).toBe(next);
      next = Number(row.last_seq) + 1;
    }
    expect(next).toBe(301);
    await Promise.all(pools.map((own) => own.end()));
  });
});

/** A pool whose first transaction loses its connection at its `n`th statement, before or after that is carried out. */
const cutting = (real: pg.Pool, n: number, when: "before" | "after"): pg.Pool => {
  let isCut = false;
  const connect = async () => {
    const client = await real.connect();
    if (isCut) return client;
    isCut = true;
    let statements = 0;
    const query = async (...args: ReadonlyArray<unknown>) => {
      const isIt = statements++ === n;
      if (isIt && when === "before") throw new Error("cut");
      const answer = await (client.query as (...all: ReadonlyArray<unknown>) => Promise<unknown>)(
        ...args,
      );
      if (isIt) throw new Error("cut");
      return answer;
    };
    const release = (destroy?: boolean) => client.release(destroy);
    const [on, off] = [client.on.bind(client), client.off.bind(client)];
    return { query, release, on, off } as unknown as pg.PoolClient;
  };
  return { connect } as unknown as pg.Pool;
};
