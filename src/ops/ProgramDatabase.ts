/**
 * The database for a program beside the server, such as the audit or an import: the one that `DATABASE_URL` names, or the
 * embedded one in `DATA_DIR`. If the embedded one runs, its server is asked as any client would and left as it is; if
 * not, it is started for the program and stopped after.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { startPostgres } from "./EmbeddedPostgres.ts";
import { openCluster, POSTGRES_HOST, POSTGRES_USER } from "./PostgresCluster.ts";
import { runningPostmaster } from "./Postmaster.ts";

export interface ProgramDatabase {
  readonly url: string;
  /** Where it is, for people: without its password. */
  readonly place: string;
  readonly close: () => Promise<void>;
}

/** Rejects with a sentence when there is no database. */
export const openDatabase = async ({
  databaseUrl,
  dataDir,
}: {
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
}): Promise<ProgramDatabase> => {
  if (databaseUrl !== undefined) {
    const { host, pathname } = new URL(databaseUrl);
    return { url: databaseUrl, place: `${host}${pathname}`, close: () => Promise.resolve() };
  }
  const folder = join(dataDir, "postgres");
  // Opening a cluster makes it when it is missing: an audit must not.
  if (!existsSync(join(folder, "cluster", "PG_VERSION")))
    throw new Error(
      `There is no database in ${folder}. Start the server once, or set DATA_DIR or DATABASE_URL to where it is.`,
    );
  const { dataDir: clusterDir, password } = await openCluster(folder);
  const running = runningPostmaster(clusterDir);
  if (running !== undefined) {
    const at = `${POSTGRES_HOST}:${running.port}/${POSTGRES_USER}`;
    return {
      url: `postgres://${POSTGRES_USER}:${password}@${at}`,
      place: `${folder} (its server runs, process ${running.pid})`,
      close: () => Promise.resolve(),
    };
  }
  const server = await startPostgres({ folder, log: () => undefined });
  return { url: server.url, place: `${folder} (started for this)`, close: server.stop };
};
