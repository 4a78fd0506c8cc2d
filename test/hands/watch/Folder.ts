/** A folder that poker clients write to, watched by one watcher after another or by several at once, on a real database. */
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect } from "vitest";
import { HandStore } from "../../../src/hands/store/HandStore.ts";
import { HandWatcher } from "../../../src/hands/watch/HandWatcher.ts";
import type { Look, WatchedFileServices } from "../../../src/hands/watch/WatchedFile.ts";
import { type FreshDatabase, freshDatabase } from "../../support/postgres.ts";
import { Tally } from "../../support/Signal.ts";
import { count } from "../Scribe.ts";

export interface WatchOptions {
  readonly services?: (real: WatchedFileServices) => WatchedFileServices;
  readonly folder?: string;
}

export class Folder {
  readonly #watchers: Array<HandWatcher> = [];
  /** Hands that were stored as new, by whichever watcher. */
  readonly stored = new Tally("stored hands");
  readonly looks: Array<Look & { readonly path: string }> = [];
  readonly looked = new Tally("looks");
  readonly log: Array<string> = [];
  readonly warnings: Array<string> = [];
  readonly warned = new Tally("warnings");

  readonly path: string;
  readonly pool: pg.Pool;
  readonly #database: FreshDatabase;

  private constructor(path: string, pool: pg.Pool, database: FreshDatabase) {
    this.path = path;
    this.pool = pool;
    this.#database = database;
  }

  static async open(): Promise<Folder> {
    const database = await freshDatabase();
    const pool = new pg.Pool({ connectionString: database.url });
    const folder = await mkdtemp(join(tmpdir(), "hands-"));
    // Its connections may still be closing when the database is dropped.
    pool.on("error", () => undefined);
    return new Folder(folder, pool, database);
  }

  async close(): Promise<void> {
    await Promise.all(this.#watchers.map((watcher) => watcher.close()));
    await this.pool.end();
    await this.#database.drop();
    await rm(this.path, { recursive: true, force: true });
  }

  async watch({ folder = this.path, services = (real) => real }: WatchOptions = {}) {
    const watcher = new HandWatcher({
      folders: [folder],
      poll: false,
      services: services({
        store: new HandStore({ pool: this.pool, now: () => Date.now() }),
        count,
        onStored: ({ stored }) => {
          for (const _ of stored) this.stored.add();
        },
      }),
      log: (message) => void this.log.push(message),
      warn: (message) => {
        this.warnings.push(message);
        this.warned.add();
      },
      onLook: (path, look) => {
        this.looks.push({ ...look, path });
        this.looked.add();
      },
    });
    this.#watchers.push(watcher);
    await watcher.start();
    return watcher;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  write(name: string, text: string | Buffer): Promise<void> {
    return writeFile(this.file(name), text);
  }

  append(name: string, text: string | Buffer): Promise<void> {
    return appendFile(this.file(name), text);
  }

  /** Resolves when `n` hands have been stored in all, and holds that these are the ones, each once. */
  async expectHands(ids: ReadonlyArray<string>): Promise<void> {
    const missing = ids.length - this.stored.count;
    if (missing > 0) await this.stored.more(missing);
    expect((await this.handIds()).toSorted()).toEqual([...ids].toSorted());
    expect(this.stored.count).toBe(ids.length);
  }

  /** In the order in which they were stored. */
  async handIds(): Promise<ReadonlyArray<string>> {
    const { rows } = await this.pool.query<{ hand_id: string }>(
      "SELECT hand_id FROM hand ORDER BY seq",
    );
    return rows.map((row) => row.hand_id);
  }

  /** Resolves when a look has come to this, from now on or before. */
  async untilLook(is: (look: Look & { readonly path: string }) => boolean): Promise<void> {
    while (!this.looks.some(is)) await this.looked.more(1);
  }
}
