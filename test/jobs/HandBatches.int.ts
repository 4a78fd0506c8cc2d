/** What is owed for stored hands is paid once, whoever dies at whatever step. */
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { handFeed } from "../../entities/handFeed/entity.ts";
import { handPlayer } from "../../entities/handPlayer/entity.ts";
import { HAND_FEED_ID, HandFeed } from "../../rpc/handFeed.ts";
import { HandPlayer, handPlayerId } from "../../rpc/handPlayer.ts";
import { COUNTS } from "../../rpc/handStats.ts";
import { Unavailable } from "../../rpc/failure.ts";
import { ActorSystem } from "../../src/actor/ActorSystem.ts";
import type { Ask } from "../../src/actor/Ask.ts";
import { systemClock } from "../../src/actor/Clock.ts";
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import { Announcer } from "../../src/hands/announce.ts";
import { countColumns } from "../../src/hands/store/countColumns.ts";
import { HandStore } from "../../src/hands/store/HandStore.ts";
import { HAND_BATCHES, HandBatches, type HandBatchesOptions } from "../../src/jobs/HandBatches.ts";
import { Term, TermEnded } from "../../src/jobs/Term.ts";
import { handsText, parsed } from "../hands/Scribe.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { quietMetrics } from "../support/quietMetrics.ts";

const never = new AbortController().signal;
/** Stored at 0; by then no importer has announced anything. */
const LATER = 3_600_000;

let database: FreshDatabase;
let pool: pg.Pool;
let store: HandStore;
let journal: MemoryJournal;
let system: ActorSystem;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});
beforeEach(async () => {
  await clear();
});
afterAll(async () => {
  await system.shutdown();
  await pool.end();
  await database.drop();
});

const clear = async () => {
  await pool.query("TRUNCATE singleton, hand, hand_player, hand_batch");
  await pool.query("UPDATE hand_counting SET counted_to = 0, planned_to = 0");
  store = new HandStore({ pool, now: () => 0 });
  journal = new MemoryJournal();
  begin();
};

/** A process with the entities, on what the one before it has left. */
const begin = () => {
  system = new ActorSystem({
    actors: [handFeed, handPlayer],
    journal,
    clock: systemClock,
    entropy: { hex: (bytes) => "0".repeat(bytes * 2) },
    metrics: quietMetrics,
    log: () => undefined,
  });
};

const PLAYERS = ["ada", "Bob  the 2nd", "çyd"] as const;

const storeHands = (first: number, last: number, table = 1) =>
  store.store({
    hands: parsed(handsText(first, last, { table })),
    summaries: [],
    source: "test",
  });

const take = () => Term.take(pool, { name: HAND_BATCHES, holder: "p" });

const job = (options: Partial<HandBatchesOptions> = {}) =>
  new HandBatches({ ask: system.ask, now: () => LATER, ...options });

/** Runs until nothing is owed. */
const runAll = async (options: Partial<HandBatchesOptions> = {}) => {
  const term = await take();
  const running = job(options);
  for (;;) {
    await running.run(term, never);
    const { rows } = await pool.query<{ owed: boolean }>(
      `SELECT EXISTS (SELECT FROM hand_batch WHERE NOT announced) OR counted_to < (SELECT COALESCE(max(seq), 0) FROM hand) AS owed
       FROM hand_counting`,
    );
    if (rows[0]?.owed === false) return;
  }
};

/** What the entity of a player has counted, summed over its cells. */
const counted = async (player: string) => {
  const filter = { currency: null, game: null, stakes: null, players: null, position: null };
  const entityId = handPlayerId("winamax", player);
  const totals = await system.ask(HandPlayer, "GetTotals", { entityId, filter });
  if (!totals.ok) throw totals.error;
  return COUNTS.map((_, n) =>
    totals.value.cells.reduce((sum, { counts }) => sum + (counts[n] ?? 0), 0),
  );
};

/** What the rows of a player add up to. */
const owed = async (player: string) => {
  const sums = countColumns.map(({ name }) => `COALESCE(sum(${name}), 0)::int AS ${name}`);
  const { rows } = await pool.query<Record<string, number>>(
    `SELECT ${sums.join(", ")} FROM hand_player WHERE player = $1`,
    [player],
  );
  return countColumns.map(({ name }) => rows[0]?.[name]);
};

const expectPaid = async (batches: number, hands: number) => {
  for (const player of PLAYERS) expect(await counted(player)).toEqual(await owed(player));
  const feed = await system.ask(HandFeed, "GetLatest", { entityId: HAND_FEED_ID });
  expect(feed).toMatchObject({ ok: true, value: { stateVersion: batches, announced: hands } });
};

describe("hands that were stored", () => {
  it("are announced by their batches, and counted by their players", async () => {
    await storeHands(1, 3);
    await storeHands(4, 10);
    await runAll();
    await expectPaid(2, 10);
    expect((await counted("ada"))[COUNTS.indexOf("hands")]).toBe(10);
  });

  it("later are added to those before", async () => {
    for (let n = 0; n < 5; n++) {
      await storeHands(n * 10 + 1, n * 10 + 10);
      await runAll();
    }
    await expectPaid(5, 50);
  });

  it("just now are counted, and left to be announced by who stored them", async () => {
    const stored = await storeHands(1, 3);
    await job({ now: () => 0 }).run(await take(), never);
    await expectPaid(0, 0);
    const announcer = new Announcer({ ask: system.ask, pool, log: () => undefined });
    announcer.announce(stored);
    await announcer.settled();
    await expectPaid(1, 3);
    // And are not announced again.
    await runAll({
      onStep: async (step) => {
        expect(["plan", "count", "finish"]).toContain(step);
      },
    });
    await expectPaid(1, 3);
  });

  it("by many are told to each player in one command a range", async () => {
    await storeHands(1, 200);
    await storeHands(1, 200, 2);
    await runAll();
    await expectPaid(2, 400);
    const entries = journal.entriesOf({
      kind: "hand_player",
      entityId: handPlayerId("winamax", "ada"),
    });
    expect(entries).toHaveLength(1);
  });
});

/** Ends a process at one of its steps: what it was about to do is not done, and nobody hears of it again. */
class Killed extends Error {}

const killingAt = (n: number) => {
  let steps = 0;
  return async () => {
    if (steps++ >= n) throw new Killed();
  };
};

/** Runs under kills at the `n`th step of each life but the last; resolves to whether there was such a step. */
const livesAndDies = async (n: number, ask: () => Ask = () => system.ask): Promise<boolean> => {
  let died = false;
  await storeHands(1, 4);
  await storeHands(5, 6);
  for (let life = 0; life < 3; life++) {
    try {
      await runAll({ ask: ask(), onStep: killingAt(n) });
    } catch (cause) {
      if (!(cause instanceof Killed)) throw cause;
      died = true;
    }
    await system.shutdown();
    begin();
    // More come in between, so that a range that was planned is not the one that would be planned now.
    await storeHands(7 + life * 3, 9 + life * 3);
  }
  await runAll();
  await expectPaid(5, 15);
  return died;
};

describe("a process that is killed", () => {
  it("at any step leaves each batch to be announced once and each hand to be counted once", async () => {
    let deaths = 0;
    while (await livesAndDies(deaths)) {
      deaths += 1;
      await clear();
    }
    expect(deaths).toBeGreaterThan(8);
  });

  it("after something was done, and before anybody heard of it, leaves it done once", async () => {
    let asked = 0;
    // Every third answer is lost.
    const deaf = (async (...said: Parameters<Ask>) => {
      const answer = await system.ask(...said);
      if (++asked % 3 !== 0) return answer;
      const error = new Unavailable({ reason: "the answer is lost", retryAfterMs: 1 });
      return { ok: false, error, replayed: false };
    }) as Ask;
    await storeHands(1, 4);
    await storeHands(5, 8);
    const term = await take();
    const running = job({ ask: deaf });
    let failures = 0;
    for (let n = 0; n < 6; n++)
      await running.run(term, never).catch((cause: unknown) => {
        if (!/answer is lost/.test(String(cause))) throw cause;
        failures += 1;
      });
    expect(failures).toBeGreaterThan(0);
    await runAll();
    await expectPaid(2, 8);
  });
});

describe("a zombie", () => {
  it.each(["plan", "finish", "mark"] as const)(
    "that stands still before it writes down %s, while another does it all, changes nothing",
    async (moment) => {
      await storeHands(1, 4);
      const term = await take();
      const zombie = job({
        onStep: async (step) => {
          if (step !== moment) return;
          await runAll();
          await storeHands(5, 8);
          await runAll();
        },
      });
      await expect(zombie.run(term, never)).rejects.toBeInstanceOf(TermEnded);
      await expectPaid(2, 8);
      const { rows } = await pool.query("SELECT counted_to, planned_to FROM hand_counting");
      expect(rows).toEqual([{ counted_to: "8", planned_to: "8" }]);
    },
  );
});
