/** The whole product for a browser test: the run's console, served by the real server with a database of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { inject } from "vitest";
import { freshDatabase } from "../../support/postgres.ts";
import { startServer } from "../../support/server.ts";
import type { Server } from "../../support/server.ts";
import { launchBrowser } from "./Browser.ts";

export interface House {
  readonly server: Server;
  readonly url: string;
  readonly browser: Browser;
  /** For what the test keeps, such as screenshots; goes with the house. */
  readonly folder: string;
  readonly close: () => Promise<void>;
}

export interface HouseOptions {
  readonly bettingSeconds: number;
  readonly racingSeconds: number;
  readonly resultsSeconds: number;
  readonly env?: Readonly<Record<string, string>>;
}

export async function openHouse(options: HouseOptions): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), "croupier-house-"));
  const database = await freshDatabase();
  const server = await startServer({
    env: {
      DATABASE_URL: database.url,
      DATA_DIR: join(folder, "data"),
      WEB_DIR: inject("consoleDir"),
      BETTING_SECONDS: String(options.bettingSeconds),
      RACING_SECONDS: String(options.racingSeconds),
      RESULTS_SECONDS: String(options.resultsSeconds),
      ...options.env,
    },
  });
  const browser = await launchBrowser();
  return {
    server,
    url: server.url,
    browser,
    folder,
    close: async () => {
      await browser.close();
      await server.stop();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
