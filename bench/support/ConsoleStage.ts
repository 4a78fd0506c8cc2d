/** The console as it is now, built and served to a Chromium of its own by a server that plays one scripted lobby. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { freePort } from "../../test/support/server.ts";
import { launchBrowser } from "../../test/web/support/Browser.ts";
import { buildConsole } from "../../test/web/support/buildConsole.ts";
import { startFakeServer, type FakeServer } from "../../test/web/support/FakeServer.ts";
import type { Stage } from "../Bench.ts";

export interface ConsoleStage {
  readonly browser: Browser;
  readonly server: FakeServer;
}

export const openConsole = async (stage: Stage): Promise<ConsoleStage> => {
  const root = await mkdtemp(join(tmpdir(), "croupier-bench-console-"));
  stage.defer(() => rm(root, { recursive: true, force: true }));
  stage.progress("building the console");
  await buildConsole(root);
  const server = await startFakeServer({ root, port: await freePort() });
  stage.defer(server.stop);
  const browser = await launchBrowser();
  stage.defer(() => browser.close());
  return { browser, server };
};
