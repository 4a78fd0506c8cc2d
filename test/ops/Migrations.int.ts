import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate, readMigrations } from "../../src/ops/Migrations.ts";
import { emptyDatabase, freshDatabase, type FreshDatabase } from "../support/postgres.ts";

let database: FreshDatabase;
let folder: string;

beforeEach(async () => {
  database = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), "croupier-migrations-"));
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const write = (name: string, sql: string) => writeFile(join(folder, name), sql);

const migrateFolder = async () => migrate(database.url, await readMigrations(folder));

const query = async (sql: string): Promise<ReadonlyArray<Record<string, unknown>>> => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

describe("migrate", () => {
  it("applies each file once, in order, and records it", async () => {
    await write("0001_wallet.sql", "CREATE TABLE wallet (id text)");
    await write("0002_name.sql", "ALTER TABLE wallet ADD name text");
    expect(await migrateFolder()).toEqual(["0001_wallet.sql", "0002_name.sql"]);
    expect(await migrateFolder()).toEqual([]);
    await write("0003_row.sql", "INSERT INTO wallet VALUES ('a', 'A')");
    expect(await migrateFolder()).toEqual(["0003_row.sql"]);
    expect(await query("SELECT * FROM wallet")).toEqual([{ id: "a", name: "A" }]);
    expect(await query("SELECT number, name FROM schema_migration ORDER BY number")).toEqual([
      { number: 1, name: "0001_wallet.sql" },
      { number: 2, name: "0002_name.sql" },
      { number: 3, name: "0003_row.sql" },
    ]);
  });

  it("applies each file once when several processes start at once", async () => {
    await write("0001_wallet.sql", "CREATE TABLE wallet (id text)");
    await write("0002_row.sql", "INSERT INTO wallet VALUES ('a')");
    const runs = await Promise.all(Array.from({ length: 8 }, migrateFolder));
    expect(runs.flat().toSorted()).toEqual(["0001_wallet.sql", "0002_row.sql"]);
    expect(await query("SELECT * FROM wallet")).toEqual([{ id: "a" }]);
  });

  it("keeps what was applied before a file that fails, and nothing of that file", async () => {
    await write("0001_wallet.sql", "CREATE TABLE wallet (id text)");
    await write("0002_bad.sql", "INSERT INTO wallet VALUES ('a'); SELECT 1 / 0;");
    await expect(migrateFolder()).rejects.toThrow(
      "Migration 0002_bad.sql failed and changed nothing: division by zero",
    );
    expect(await query("SELECT * FROM wallet")).toEqual([]);
    expect(await query("SELECT name FROM schema_migration")).toEqual([{ name: "0001_wallet.sql" }]);
  });

  it("refuses a file that was edited after it had been applied", async () => {
    await write("0001_wallet.sql", "CREATE TABLE wallet (id text)");
    await migrateFolder();
    await write("0001_wallet.sql", "CREATE TABLE wallet (id integer)");
    await expect(migrateFolder()).rejects.toThrow(
      "Migration 0001_wallet.sql differs from 0001_wallet.sql as it was applied to this database",
    );
  });

  it("refuses a database that a newer release has migrated", async () => {
    await write("0001_wallet.sql", "CREATE TABLE wallet (id text)");
    await write("0002_name.sql", "ALTER TABLE wallet ADD name text");
    await migrateFolder();
    await rm(join(folder, "0002_name.sql"));
    await expect(migrateFolder()).rejects.toThrow(
      "The database has migration 0002_name.sql, which this release does not know",
    );
  });

  it("takes line ends for no change", async () => {
    await write("0001_wallet.sql", "CREATE TABLE wallet (\n  id text\n)");
    await migrateFolder();
    await write("0001_wallet.sql", "CREATE TABLE wallet (\r\n  id text\r\n)");
    expect(await migrateFolder()).toEqual([]);
  });
});

describe("readMigrations", () => {
  it.each([
    ["a gap", ["0001_a.sql", "0003_c.sql"], "Migration 0003_c.sql stands where number 2 belongs"],
    ["a repetition", ["0001_a.sql", "0001_b.sql"], "Migration 0001_b.sql stands where number 2"],
    ["a stray name", ["0001_a.sql", "later.sql"], "Migration later.sql stands where number 2"],
  ])("refuses %s", async (_, names, message) => {
    for (const name of names) await write(name, "SELECT 1");
    await expect(readMigrations(folder)).rejects.toThrow(message);
  });
});

describe("freshDatabase", () => {
  it("has every migration of the repository and none of another test's rows", async () => {
    const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
    try {
      expect(one.name).not.toBe(other.name);
      expect(await migrate(one.url, await readMigrations())).toEqual([]);
    } finally {
      await Promise.all([one.drop(), other.drop()]);
    }
  });
});
