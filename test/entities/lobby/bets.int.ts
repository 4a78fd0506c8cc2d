/** A player's bets by page, while bets are placed, settled and cancelled. */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { make as makeFavorViews } from "../../../entities/favor/views.ts";
import { make as makeViews } from "../../../entities/lobby/views.ts";
import { PlayerId } from "../../../rpc/id.ts";
import type { BetStatus } from "../../../rpc/http/bet.ts";
import "../../support/fixedSeed.ts";
import { type FreshDatabase, freshDatabase } from "../../support/postgres.ts";

let database: FreshDatabase;
let pool: pg.Pool;
const ANN = PlayerId.make("ann");
const BEN = PlayerId.make("ben");

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const STATUSES: ReadonlyArray<BetStatus> = ["accepted", "won", "lost", "refunded", "cancelled"];

interface Placed {
  readonly id: string;
  readonly player: string;
  readonly race: string;
  readonly lobby: string;
  readonly at: number;
  status: BetStatus;
}

const place = async (bets: ReadonlyArray<Placed>) => {
  for (const { at, id, lobby, player, race, status } of bets)
    await pool.query(
      "INSERT INTO bet VALUES ($1, $2, $3, $4, 'win', '[1]', 100, $5, NULL, $6, NULL)",
      [id, player, lobby, race, status, at],
    );
};

/** Several in one moment, of two players in two lobbies. */
const placed = (from: number, count: number): ReadonlyArray<Placed> =>
  Array.from({ length: count }, (_, n) => {
    const number = from + n;
    return {
      id: `bet-${(number * 7919) % 1000}-${number}`,
      player: number % 4 === 0 ? BEN : ANN,
      race: `r${number % 3}`,
      lobby: `l${number % 2}`,
      at: Math.floor(number / 5),
      status: STATUSES[number % STATUSES.length] ?? "won",
    };
  });

const newestFirst = (bets: ReadonlyArray<Placed>) =>
  bets.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).map(({ id }) => id);

describe("bets by page", () => {
  it("are each there once, in order, whatever is placed meanwhile", async () => {
    const views = makeViews(pool);
    const some = <Value>(...values: ReadonlyArray<Value>) =>
      fc.option(fc.constantFrom(...values), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        some("r0", "r1", "'; DROP TABLE bet; --"),
        some("l0", "l1"),
        some(...STATUSES),
        async (count, limit, raceId, lobbyId, status) => {
          await pool.query("TRUNCATE bet");
          const first = placed(0, count);
          await place(first);
          const listed: Array<string> = [];
          let before: string | undefined;
          let next = count;
          do {
            const page = await views.bets(ANN, { limit, before, raceId, lobbyId, status });
            expect(page.bets.length).toBeLessThanOrEqual(limit);
            listed.push(...page.bets.map(({ bet_id }) => bet_id));
            before = page.next_before ?? undefined;
            // In the moment of the newest of them, or later.
            await place(placed(next, 3).map((one) => ({ ...one, at: one.at + 1 })));
            next += 3;
          } while (before !== undefined);
          const wanted = first.filter(
            (one) =>
              one.player === ANN &&
              (raceId ?? one.race) === one.race &&
              (lobbyId ?? one.lobby) === one.lobby &&
              (status ?? one.status) === one.status,
          );
          expect(listed).toEqual(newestFirst(wanted));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("end with the last: a full page has another only when there is another bet", async () => {
    await pool.query("TRUNCATE bet");
    const bets = placed(0, 8).map((one) => ({ ...one, player: ANN }));
    await place(bets);
    const views = makeViews(pool);
    expect((await views.bets(ANN, { limit: 8 })).next_before).toBeNull();
    expect((await views.bets(ANN, { limit: 7 })).next_before).not.toBeNull();
    expect((await views.bets(BEN, { limit: 7 })).bets).toEqual([]);
  });

  it("walk the player's index, however many bets others have", async () => {
    await pool.query("TRUNCATE bet");
    await pool.query(
      "INSERT INTO bet SELECT 'b' || n, 'p' || n % 500, 'l', 'r' || n / 100, 'win', '[1]', 100, 'won', NULL, n, NULL FROM generate_series(1, 50000) n",
    );
    await pool.query("ANALYZE bet");
    const plans: Array<string> = [];
    const explained = {
      query: async (sql: string, values: Array<unknown>) => {
        const { rows } = await pool.query<{ "QUERY PLAN": string }>(`EXPLAIN ${sql}`, values);
        plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
        return { rows: [] };
      },
    } as unknown as pg.Pool;
    const views = makeViews(explained);
    await views.bets(PlayerId.make("p7"), { limit: 50 });
    await views.bets(PlayerId.make("p7"), { limit: 50, before: "25000.b25000" });
    await views.bets(PlayerId.make("p7"), { limit: 50, raceId: "r7" });
    for (const plan of plans) {
      expect(plan).toContain("bet_by_");
      expect(plan).not.toContain("Seq Scan");
    }
  });
});

describe("favors by page", () => {
  it("are each there once, as lender and as borrower, whatever is offered meanwhile", async () => {
    const views = makeFavorViews(pool);
    const offer = async (from: number, count: number) => {
      for (let n = from; n < from + count; n += 1)
        await pool.query(
          `INSERT INTO favor (favor_id, lender_id, borrower_id, amount, repay, due_in_ms, status, offered_at, expires_at)
           VALUES ($1, $2, $3, 100, 100, 1000, 'offered', $4, $5)`,
          [
            `f${(n * 7919) % 1000}-${n}`,
            n % 3 === 0 ? BEN : ANN,
            n % 3 === 0 ? ANN : BEN,
            Math.floor(n / 4),
            n + 1_000,
          ],
        );
    };
    await offer(0, 30);
    const all = await views.favors(ANN, { limit: 200 });
    expect(all.favors).toHaveLength(30);
    expect(all.next_before).toBeNull();
    for (const limit of [1, 4, 7, 29]) {
      const listed: Array<string> = [];
      let before: string | undefined;
      do {
        const page = await views.favors(ANN, { limit, before });
        listed.push(...page.favors.map((one) => one.favor_id));
        before = page.next_before ?? undefined;
      } while (before !== undefined);
      expect(listed).toEqual(all.favors.map((one) => one.favor_id));
    }
    const first = await views.favors(ANN, { limit: 10 });
    await offer(1_000, 5);
    const second = await views.favors(ANN, { limit: 10, before: first.next_before ?? "" });
    expect([...first.favors, ...second.favors].map((one) => one.favor_id)).toEqual(
      all.favors.slice(0, 20).map((one) => one.favor_id),
    );
  });
});
