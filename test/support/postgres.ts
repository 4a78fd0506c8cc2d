import { createHash, randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { inject } from "vitest";
import { migrate, readMigrations } from "../../src/ops/Migrations.ts";

/** Held while the template is made: any number that no other lock of the tests has. */
const TEMPLATE_LOCK = 2_718_281_828;

export interface FreshDatabase {
  /** Connects to it as its owner. */
  readonly url: string;
  readonly name: string;
  /** Removes it, closing whatever is still connected. */
  readonly drop: () => Promise<void>;
}

const serverUrl = () => {
  const url = inject("postgresUrl");
  if (url === "")
    throw new Error(
      "Only int, sim, chaos and e2e tests have a database: name the file accordingly.",
    );
  return url;
};

const withDatabase = (name: string) => {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
};

const asAdmin = async <A>(use: (client: pg.Client) => Promise<A>): Promise<A> => {
  const client = new pg.Client({ connectionString: withDatabase("postgres") });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
};

/** Makes the database that the others are copies of, once for each content of the migrations. */
const template = async (client: pg.Client) => {
  const migrations = await readMigrations();
  const digest = createHash("sha256").update(migrations.map((m) => m.checksum).join());
  const name = `template_${digest.digest("hex").slice(0, 16)}`;
  await client.query("SELECT pg_advisory_lock($1)", [TEMPLATE_LOCK]);
  const made = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  if (made.rowCount === 0) {
    // Renamed when whole: a migration that fails must not leave a template behind.
    const draft = `${name}_draft`;
    await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${draft}`);
    await migrate(withDatabase(draft), migrations);
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
  }
  await client.query("SELECT pg_advisory_unlock($1)", [TEMPLATE_LOCK]);
  return name;
};

const LEAVE_WITHIN_MS = 2000;
const LOOK_EVERY_MS = 10;

/**
 * A pool has ended before its connections have: those that are still there would be cut off, and say so to nobody who listens.
 * Whoever stays longer is cut off.
 */
const drop = async (admin: pg.Client, name: string): Promise<void> => {
  const until = performance.now() + LEAVE_WITHIN_MS;
  const others = "SELECT 1 FROM pg_stat_activity WHERE datname = $1 LIMIT 1";
  while ((await admin.query(others, [name])).rowCount !== 0 && performance.now() < until)
    await delay(LOOK_EVERY_MS);
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
};

let templateName: Promise<string> | undefined;

/** A new, migrated, otherwise empty database on the run's server, for one test or one file. */
export const freshDatabase = (): Promise<FreshDatabase> =>
  asAdmin(async (client) => {
    templateName ??= template(client);
    const name = `test_${randomBytes(8).toString("hex")}`;
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${await templateName}`);
    return {
      url: withDatabase(name),
      name,
      drop: () => asAdmin((admin) => drop(admin, name)),
    };
  });

/** A new database without any table, for tests of the migrations themselves. */
export const emptyDatabase = (): Promise<FreshDatabase> =>
  asAdmin(async (client) => {
    const name = `test_${randomBytes(8).toString("hex")}`;
    await client.query(`CREATE DATABASE ${name}`);
    return {
      url: withDatabase(name),
      name,
      drop: () => asAdmin((admin) => drop(admin, name)),
    };
  });
