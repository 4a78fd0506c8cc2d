/**
 * The classic transaction as fast as PostgreSQL itself can do it: by pgbench, a C program, with prepared statements and
 * without a network to the player. Where pgbench is not installed, the same statements come from many connections of a
 * Node process.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../support/Postgres.ts";
import { startWorker } from "../support/Worker.ts";
import { PLAYERS } from "./classic-bet.ts";
import type { ConnectionsReply, ConnectionsRequest } from "./classic-connections.ts";

/** The numbers of clients that are tried; the best one is the peer. */
export const CLIENT_COUNTS = [1, 2, 4, 8, 16, 32, 64] as const;

/** What a run may take longer than its measured time: connecting, warming up, ending. */
const GRACE_MS = 30_000;

/** The key is made by the server, the cheapest way to a unique one. */
const SCRIPT = `\\set player random(0, ${PLAYERS - 1})
BEGIN;
SELECT balance_total, balance_locked FROM wallet WHERE player_id = 'player-' || :player FOR UPDATE;
UPDATE wallet SET balance_locked = balance_locked + 100 WHERE player_id = 'player-' || :player;
INSERT INTO bet (player_id, idempotency_key, race_id, market, selection, stake) VALUES ('player-' || :player, gen_random_uuid()::text, 'race-1', 'win', '{3}', 100) RETURNING bet_id;
COMMIT;
`;

export interface ClassicLoad {
  /** How it was measured, for the report. */
  readonly by: string;
  /** Bets a second of `clients` connections over some seconds. */
  readonly run: (clients: number, seconds: number) => Promise<number>;
  readonly stop: () => Promise<void>;
}

const pgbenchVersion = (): string | undefined => {
  const { status, stdout } = spawnSync("pgbench", ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
};

const runPgbench = (args: ReadonlyArray<string>, deadlineMs: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn("pgbench", args, {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: deadlineMs,
    });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.once("error", reject);
    child.once("close", () => {
      const tps = /^tps = ([\d.]+) \(without initial connection time\)/m.exec(output)?.[1];
      const failed = /^number of failed transactions: (\d+)/m.exec(output)?.[1] ?? "0";
      if (tps === undefined || failed !== "0")
        reject(new Error(`pgbench failed (${failed} transactions):\n${output}${errors}`));
      else resolve(Number(tps));
    });
  });

const byPgbench = async (database: Database, version: string): Promise<ClassicLoad> => {
  const folder = await mkdtemp(join(tmpdir(), "croupier-pgbench-"));
  const script = join(folder, "bet.sql");
  await writeFile(script, SCRIPT);
  return {
    by: `${version}, prepared statements`,
    run: (clients, seconds) =>
      runPgbench(
        [
          ...["--no-vacuum", "--protocol=prepared", `--file=${script}`],
          // One thread serves several clients well, two use both cores of a small machine.
          ...[`--client=${clients}`, `--jobs=${Math.min(clients, 2)}`, `--time=${seconds}`],
          database.url,
        ],
        seconds * 1000 + GRACE_MS,
      ),
    stop: () => rm(folder, { recursive: true, force: true }),
  };
};

const byConnections = async (database: Database): Promise<ClassicLoad> => {
  const worker = await startWorker<ConnectionsRequest, ConnectionsReply>(
    new URL("classic-connections.ts", import.meta.url),
  );
  return {
    by: "connections of a Node process (pgbench is not installed)",
    run: async (clients, seconds) => {
      const request = { url: database.url, clients, seconds };
      return (await worker.ask(request, seconds * 1000 + GRACE_MS)).perSecond;
    },
    stop: worker.stop,
  };
};

/** Ready to run on a database that has the classic tables. */
export const openClassicLoad = (database: Database): Promise<ClassicLoad> => {
  const version = pgbenchVersion();
  return version === undefined ? byConnections(database) : byPgbench(database, version);
};
