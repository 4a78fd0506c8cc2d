/**
 * The files of an embedded PostgreSQL, all in one folder:
 *
 * - `cluster/`: PostgreSQL's own data directory
 * - `password`: of the one user, random, readable by this process's user alone
 * - `port`: the TCP port of the last start, taken again while it is free so that addresses noted elsewhere stay right
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, mkdirSync, realpathSync } from "node:fs";
import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts";
import { POSTGRES_MAJOR, postgresPrograms, type PostgresPrograms } from "./PostgresBinaries.ts";

/** The one user of the cluster, and the database of the same name. */
export const POSTGRES_USER = "croupier";

/** Loopback alone: the embedded database is nobody else's. */
export const POSTGRES_HOST = "127.0.0.1";

const PASSWORD_BYTES = 24;

export interface PostgresCluster {
  /** PostgreSQL's data directory, absolute and without symbolic links. */
  readonly dataDir: string;
  readonly password: string;
  readonly programs: PostgresPrograms;
  readonly port: () => Promise<number>;
}

const unlessMissing = (error: NodeJS.ErrnoException) => {
  if (error.code === "ENOENT") return undefined;
  throw error;
};

const readIfPresent = (path: string) => readFile(path, "utf8").catch(unlessMissing);

const initialise = async (
  folder: string,
  { dataDir, programs, password }: Omit<PostgresCluster, "port">,
) => {
  // Made under another name and renamed when whole, so a start that is cut short leaves nothing half made and of two
  // at once only one wins.
  const draft = join(folder, `cluster.${process.pid}.${randomBytes(4).toString("hex")}`);
  const passwordFile = `${draft}.password`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (programs.user !== undefined) {
      await chown(draft, programs.user.uid, programs.user.gid);
      await chown(passwordFile, programs.user.uid, programs.user.gid);
    }
    const { file, args, options } = programs.command("initdb", [
      `--pgdata=${draft}`,
      `--username=${POSTGRES_USER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // Sorts by code point and folds case by Unicode, the same on every machine whatever its C library.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
    ]);
    const initdb = spawn(file, args, {
      ...options,
      env: programEnvironment(),
      stdio: ["ignore", "ignore", "pipe"],
    });
    const [stderr, [code]] = await Promise.all([text(initdb.stderr), once(initdb, "exit")]);
    if (code !== 0)
      throw new EmbeddedPostgresError({
        message: `PostgreSQL's initdb failed in ${folder}: ${stderr.trim()}`,
      });
    await rename(draft, dataDir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { force: true, recursive: true });
  }
};

const choosePassword = async (folder: string) => {
  const path = join(folder, "password");
  const password = randomBytes(PASSWORD_BYTES).toString("base64url");
  await writeFile(path, `${password}\n`, { mode: 0o600, flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      // Another start came first, or it is a later one: what the file says counts.
      if (error.code !== "EEXIST") throw error;
    },
  );
  return (await readFile(path, "utf8")).trim();
};

/** Resolves to `port` while nothing listens on it, to any free one for 0, to undefined when it is taken. */
const freePort = (port: number) =>
  new Promise<number | undefined>((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(port, POSTGRES_HOST, () => {
      const address = server.address() as AddressInfo;
      server.close(() => resolve(address.port));
    });
  });

const choosePort = async (folder: string) => {
  const path = join(folder, "port");
  const kept = Number(await readIfPresent(path));
  const wanted = Number.isInteger(kept) && kept > 0 && kept <= 65_535 ? kept : 0;
  const port = (await freePort(wanted)) ?? (await freePort(0));
  if (port === undefined)
    throw new EmbeddedPostgresError({ message: `No TCP port is free on ${POSTGRES_HOST}.` });
  if (port !== kept) await writeFile(path, `${port}\n`);
  return port;
};

/** The environment of PostgreSQL's programs: nothing of ours, so no `PG…` variable changes what they do. */
export const programEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"] ?? "",
  LC_ALL: "C",
  TZ: "UTC",
});

/**
 * Opens the cluster in `folder`, which is made when missing. Nothing is started yet.
 * Rejects with `EmbeddedPostgresError` when it cannot be made or is of another major version.
 */
export const openCluster = async (folder: string): Promise<PostgresCluster> => {
  mkdirSync(folder, { recursive: true });
  const real = realpathSync(folder);
  const dataDir = join(real, "cluster");
  const programs = postgresPrograms(dataDir);
  if (programs.user !== undefined) chownSync(real, programs.user.uid, programs.user.gid);
  const password = await choosePassword(real);
  const cluster = { dataDir, programs, password };
  let version = await readIfPresent(join(dataDir, "PG_VERSION"));
  if (version === undefined) {
    await initialise(real, cluster);
    version = await readFile(join(dataDir, "PG_VERSION"), "utf8");
  }
  if (Number(version) !== POSTGRES_MAJOR)
    throw new EmbeddedPostgresError({
      message: `${dataDir} was made by PostgreSQL ${version.trim()}, and this release brings PostgreSQL ${POSTGRES_MAJOR}; dump it with the old release and load it into a new DATA_DIR.`,
    });
  return { ...cluster, port: () => choosePort(real) };
};
