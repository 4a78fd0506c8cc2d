/** `npm run audit` as an operator runs it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningPostgres, startPostgres } from "../../src/ops/EmbeddedPostgres.ts";
import { migrate, readMigrations } from "../../src/ops/Migrations.ts";
import { openCluster } from "../../src/ops/PostgresCluster.ts";
import { runningPostmaster } from "../../src/ops/Postmaster.ts";
import { Played } from "./Played.ts";

const AUDIT = fileURLToPath(new URL("../../src/audit.ts", import.meta.url));

const runAudit = async (env: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, ["--import", "tsx", AUDIT], {
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

let dataDir: string;
let server: RunningPostgres;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "croupier-audit-"));
  server = await startPostgres({ folder: join(dataDir, "postgres"), log: () => undefined });
  await migrate(server.url, await readMigrations());
  const played = new Played(server.url);
  await played.join("ada", "bob");
  await played.close();
});

afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const CLEAN = /^clean: 2 of kind wallet; 2 journal entries, 2 ledger lines$/m;

describe("npm run audit", () => {
  it("of a running embedded server looks on and leaves it running", async () => {
    const { pid } = server;
    const before = pid();
    const { code, printed, said } = await runAudit({ DATA_DIR: dataDir });
    expect({ code, printed }).toEqual({ code: 0, printed: expect.stringMatching(CLEAN) });
    expect(said).toContain(`its server runs, process ${before}`);
    expect(pid()).toBe(before);
    expect((await query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });

  it("of the database that DATABASE_URL names says what is wrong, and ends with 1", async () => {
    await query("UPDATE ledger SET amount = amount + 5 WHERE entity_id = 'ada'");
    const { code, printed } = await runAudit({ DATABASE_URL: server.url });
    await query("UPDATE ledger SET amount = amount - 5 WHERE entity_id = 'ada'");
    expect(code).toBe(1);
    expect(printed).toContain("a drift of 5");
    expect(printed).toMatch(/^3 findings: 2 of kind wallet/m);
  });

  it("of a stopped embedded server starts it and stops it again", async () => {
    await server.stop();
    const { code, printed } = await runAudit({ DATA_DIR: dataDir });
    expect({ code, printed }).toEqual({ code: 0, printed: expect.stringMatching(CLEAN) });
    const { dataDir: clusterDir } = await openCluster(join(dataDir, "postgres"));
    expect(runningPostmaster(clusterDir)).toBeUndefined();
  });

  it("where there is no database makes none, and ends with 2", async () => {
    const nowhere = join(dataDir, "nowhere");
    const { code, said } = await runAudit({ DATA_DIR: nowhere });
    expect(code).toBe(2);
    expect(said).toContain(`There is no database in ${join(nowhere, "postgres")}`);
    expect(existsSync(nowhere)).toBe(false);
  });

  it("of a database that does not answer says so, and ends with 2", async () => {
    const { code, said } = await runAudit({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
    expect(code).toBe(2);
    expect(said).toContain("ECONNREFUSED");
  });
});

const query = async (sql: string) => {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
};
