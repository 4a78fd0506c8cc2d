/** Terms of office: what is written under an older one is not written, whatever runs at once. */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Term, TermEnded } from "../../src/jobs/Term.ts";
import "../support/fixedSeed.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";

const OFFICE = "scribe";
const LOCK = 4711;
/** Writes one line; the number is drawn when the office's row has been locked. */
const LINE = "line AS (INSERT INTO line (term) SELECT term FROM office)";
const SLOW_LINE = `
wait AS MATERIALIZED (SELECT term, pg_advisory_xact_lock($3) FROM office),
line AS (INSERT INTO line (term) SELECT term FROM wait)`;

let database: FreshDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  await pool.query("CREATE TABLE line (number bigserial PRIMARY KEY, term bigint NOT NULL)");
});
beforeEach(async () => {
  await pool.query("TRUNCATE singleton, line RESTART IDENTITY");
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const take = (holder: string) => Term.take(pool, { name: OFFICE, holder });

const written = async () => {
  const { rows } = await pool.query<{ term: string }>("SELECT term FROM line ORDER BY number");
  return rows.map(({ term }) => Number(term));
};

/** Resolves when so many sessions of the database wait for a lock. */
const waiting = async (count: number): Promise<void> => {
  for (;;) {
    const { rows } = await pool.query<{ count: string }>(
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if (Number(rows[0]?.count) === count) return;
  }
};

describe("a term", () => {
  it("is one higher each time that the office is taken, and writes in its holder's name", async () => {
    expect((await take("p1")).number).toBe(1);
    const second = await take("p2");
    expect(second.number).toBe(2);
    await second.act(LINE, []);
    expect(await written()).toEqual([2]);
    const { rows } = await pool.query("SELECT term, holder FROM singleton");
    expect(rows).toEqual([{ term: "2", holder: "p2" }]);
  });

  it("has ended when another begins: the zombie's act writes nothing and says so", async () => {
    const zombie = await take("p1");
    await zombie.act(LINE, []);
    const successor = await take("p2");
    const refused = zombie.act(LINE, []);
    await expect(refused).rejects.toBeInstanceOf(TermEnded);
    await expect(refused).rejects.toMatchObject({ name: OFFICE, term: 1 });
    await successor.act(LINE, []);
    expect(await written()).toEqual([1, 2]);
  });

  it("has ended even for who held the office both times", async () => {
    const first = await take("p1");
    await take("p1");
    await expect(first.act(LINE, [])).rejects.toBeInstanceOf(TermEnded);
  });

  it("does not touch other offices", async () => {
    const scribe = await take("p1");
    await Term.take(pool, { name: "other", holder: "p2" });
    await scribe.act(LINE, []);
    expect(await written()).toEqual([1]);
  });
});

describe("acts and successions at the same time", () => {
  it("let an act under way end before the successor reads", async () => {
    const gate = await pool.connect();
    await gate.query("SELECT pg_advisory_lock($1)", [LOCK]);
    const predecessor = await take("p1");
    const act = predecessor.act(SLOW_LINE, [LOCK]);
    await waiting(1);
    const seen = take("p2").then((successor) =>
      successor.read<{ term: string }>("SELECT term FROM line", []),
    );
    await waiting(2);
    await gate.query("SELECT pg_advisory_unlock($1)", [LOCK]);
    gate.release();
    await act;
    expect(await seen).toEqual([{ term: "1" }]);
    await expect(predecessor.act(LINE, [])).rejects.toBeInstanceOf(TermEnded);
  });

  it("let an act wait for a succession under way, and refuse it then", async () => {
    const predecessor = await take("p1");
    const succession = await pool.connect();
    await succession.query("BEGIN");
    await succession.query("UPDATE singleton SET term = term + 1");
    const act = predecessor.act(LINE, []).then(
      () => "written",
      (cause: unknown) => cause,
    );
    await waiting(1);
    await succession.query("COMMIT");
    succession.release();
    expect(await act).toBeInstanceOf(TermEnded);
    expect(await written()).toEqual([]);
  });

  it("never write a line of an older term after one of a newer, in any order", async () => {
    const moves = fc.array(
      fc.record({ who: fc.nat({ max: 3 }), move: fc.constantFrom("take", "act", "act", "act") }),
      { minLength: 4, maxLength: 24 },
    );
    await fc.assert(
      fc.asyncProperty(moves, async (all) => {
        await pool.query("TRUNCATE singleton, line RESTART IDENTITY");
        const terms: Array<Term | undefined> = [];
        let refused = 0;
        let wrote = 0;
        const step = async ({ move, who }: (typeof all)[number]) => {
          if (move === "take") {
            terms[who] = await take(`p${who}`);
            return;
          }
          await terms[who]?.act(LINE, []).then(
            () => wrote++,
            (cause: unknown) => {
              expect(cause).toBeInstanceOf(TermEnded);
              refused++;
            },
          );
        };
        // Each of the four does its own one after the other, all four at once.
        await Promise.all(
          [0, 1, 2, 3].map(async (one) => {
            for (const each of all) if (each.who === one) await step(each);
          }),
        );
        const lines = await written();
        expect(lines).toEqual(lines.toSorted((a, b) => a - b));
        expect(lines.length).toBe(wrote);
        expect(refused + wrote).toBeLessThanOrEqual(all.length);
      }),
      { numRuns: 60 },
    );
  });
});
