/** `npm run export` as an operator runs it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { addHands } from "./Hands.ts";

const EXPORT = fileURLToPath(new URL("../../src/export.ts", import.meta.url));

const runExport = async (env: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, ["--import", "tsx", EXPORT], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [printed, said, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { code, printed, said };
};

let database: FreshDatabase;
let pool: pg.Pool;
let dataDir: string;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  dataDir = mkdtempSync(join(tmpdir(), "croupier-export-command-"));
  await addHands(pool, { hands: 12, day: 0, days: 2 });
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  await pool.end();
  await database.drop();
});

describe("npm run export", () => {
  it("exports what is new, and says how many rows of each dataset are where", async () => {
    const env = { DATA_DIR: dataDir, DATABASE_URL: database.url };
    const first = await runExport(env);
    expect(first).toMatchObject({ code: 0 });
    expect(first.printed).toMatch(/^\d+ rows written in 6 files$/m);
    expect(first.printed).toContain(
      `hands: 12 rows in 2 files, ${join(dataDir, "exports", "hands")}-*.parquet`,
    );
    expect(first.printed).toMatch(/^bets: 0 rows in 0 files/m);
    expect(first.said).toContain(database.name);
    expect(readdirSync(join(dataDir, "exports"))).toHaveLength(6);
    const second = await runExport(env);
    expect(second).toMatchObject({ code: 0 });
    expect(second.printed).toMatch(/^nothing is new$/m);
    expect(second.printed).toMatch(/^hands: 12 rows in 2 files/m);
  }, 120_000);

  it("where there is no database says so, and makes none", async () => {
    const { code, said } = await runExport({ DATA_DIR: join(dataDir, "nothing") });
    expect(code).toBe(2);
    expect(said).toContain("There is no database");
    expect(existsSync(join(dataDir, "nothing"))).toBe(false);
  });
});
