/** The migration that gave players their site: what was recorded before it reads as if it had been recorded after. */
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { generateHands } from "../../../src/hands/generator/HandGenerator.ts";
import { countHand } from "../../../src/hands/stats/countHand.ts";
import { HandStore } from "../../../src/hands/store/HandStore.ts";
import { migrate, readMigrations } from "../../../src/ops/Migrations.ts";
import { emptyDatabase, type FreshDatabase } from "../../support/postgres.ts";

const MIGRATION = 13;
/** What the table had before. */
const ADDED = ["site", "format", "total_pot", "at_showdown"];

let before: FreshDatabase;
let after: FreshDatabase;
beforeAll(async () => {
  [before, after] = [await emptyDatabase(), await emptyDatabase()];
});
afterAll(async () => {
  await before.drop();
  await after.drop();
});

it("hands recorded before have all that hands have that are recorded after", async () => {
  const migrations = await readMigrations();
  await migrate(after.url, migrations);
  await migrate(before.url, migrations.slice(0, MIGRATION - 1));
  const [old, now] = [before, after].map(({ url }) => new pg.Pool({ connectionString: url })) as [
    pg.Pool,
    pg.Pool,
  ];
  try {
    const hands = [...generateHands(21, 300)].map(({ hand }) => ({
      hand,
      players: countHand(hand, () => undefined),
    }));
    await new HandStore({ pool: now, now: () => 0 }).store({
      hands,
      summaries: [],
      source: "test",
    });
    const rowsOf = async (pool: pg.Pool, table: string, order: string) =>
      (await pool.query<Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY ${order}`)).rows;
    const hand = await rowsOf(now, "hand", "seq");
    const players = await rowsOf(now, "hand_player", "seq, player");
    // One that no jsonb can be: it is told by what was counted.
    const odd = { ...hand[0], seq: "1000", hand_id: "odd", detail: '{"streets":[],"x":"\\u0000"}' };
    const oddPlayer = { ...players[0], seq: "1000", showdowns: 1 };
    const insert = async (table: string, rows: ReadonlyArray<Record<string, unknown>>) => {
      const columns = Object.keys(rows[0] ?? {}).filter(
        (name) => !ADDED.includes(name) || table === "hand",
      );
      await old.query(
        `INSERT INTO ${table} (${columns.join(", ")})
         SELECT ${columns.join(", ")} FROM json_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(rows)],
      );
    };
    await insert("hand", [...hand, odd]);
    await insert("hand_player", [...players, oddPlayer]);
    await old.query(
      "INSERT INTO tournament_result (tournament_id, player, name, buy_in, won) VALUES ('t', 'ada', 'Freeroll', 0, 0)",
    );

    await migrate(before.url, migrations);
    expect(await rowsOf(old, "hand", "seq")).toEqual([...hand, odd]);
    const migrated = await rowsOf(old, "hand_player", "seq, player");
    expect(migrated.slice(0, -1)).toEqual(players);
    expect(migrated.at(-1)).toMatchObject({ seq: "1000", site: "winamax", at_showdown: true });
    expect(players.filter((row) => row["at_showdown"] === true).length).toBeGreaterThan(50);
    expect(await rowsOf(old, "tournament_result", "player")).toMatchObject([{ site: "winamax" }]);
  } finally {
    await old.end();
    await now.end();
  }
});
