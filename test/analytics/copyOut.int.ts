/** COPY as a stream: what arrives is what PostgreSQL sent, however slowly it is taken, and the connection is good for more. */
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { Writable } from "node:stream";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyOut } from "../../src/analytics/copyOut.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";

let database: FreshDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const ROWS = 5000;
const SELECT = `SELECT n, repeat(n::text, 20) FROM generate_series(1, ${ROWS}) AS n`;
const RIGHT = Array.from({ length: ROWS }, (_, n) => `${n + 1},${`${n + 1}`.repeat(20)}\n`).join(
  "",
);

/** Takes one piece in each turn of the event loop, and looks at none of them before the last has come. */
class SlowReader extends Writable {
  readonly #pieces: Array<Buffer> = [];

  get text(): string {
    return Buffer.concat(this.#pieces).toString();
  }

  override _write(piece: Buffer, _: BufferEncoding, done: () => void): void {
    this.#pieces.push(piece);
    setImmediate(done);
  }
}

describe("COPY as a stream", () => {
  it.each([64, 16_384, 1_000_000])(
    "is whole when no more than %d bytes may wait",
    async (highWaterMark) => {
      const out = new SlowReader({ highWaterMark });
      await copyOut(client, SELECT, out);
      expect(out.text === RIGHT).toBe(true);
      expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    },
  );

  it("fails with PostgreSQL's reason", async () => {
    const other = new pg.Client({ connectionString: database.url });
    other.on("error", () => undefined);
    await other.connect();
    await expect(
      copyOut(other, "SELECT 1 / (3 - n) FROM generate_series(1, 5) AS n", new SlowReader()),
    ).rejects.toThrow("division by zero");
    await other.end();
  });

  it.each([SELECT, "SELECT 1"])("fails when it cannot be written: %s", async (select) => {
    const folder = mkdtempSync(join(tmpdir(), "croupier-copy-"));
    const other = new pg.Client({ connectionString: database.url });
    other.on("error", () => undefined);
    await other.connect();
    await expect(
      copyOut(other, select, createWriteStream(join(folder, "missing", "x.csv"))),
    ).rejects.toThrow("ENOENT");
    await other.end();
    rmSync(folder, { recursive: true });
  });
});
