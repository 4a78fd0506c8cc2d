/** The examples as a reader would try them: the page and the React component in a browser, the programs in Node. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "vite";
import { createCroupier } from "../../sdk/src/index.ts";
import { openNodeSocket } from "../../sdk/src/node.ts";
import { generateHands } from "../../src/hands/generator/HandGenerator.ts";
import { type Server, startServer } from "../support/server.ts";
import { launchBrowser } from "../web/support/Browser.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SOON = { timeout: 15_000 };
/** Betting is open for as long as the tests last; the bot has a lobby of its own, where races end. */
const QUICK_LOBBY = "quick";

/** Mounts the example's component, twice over as React's strict mode does, beside one that picks a part anew each time. */
const REACT_PAGE = `
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { createCroupier } from "@croupier/sdk";
import { CroupierProvider, useCommand, useCroupier, useReadable, useSession } from "@croupier/sdk/react";
import { BetSlip } from "${ROOT}/sdk/examples/BetSlip.tsx";

const croupier = createCroupier();
window.croupier = croupier;

function Parts() {
  const [count, setCount] = useState(0);
  const part = useReadable(croupier.connection, ({ kind }) => ({ kind, count }));
  const { outcome, pending, refusal, reset, submit } = useCommand("cancelBet");
  return <>
    <button onClick={() => setCount(count + 1)}>count</button>
    <button onClick={() => void submit("nobody's:bet")}>cancel</button>
    <button onClick={reset}>reset</button>
    <p id="part">{part.kind} {part.count}</p>
    <p id="cancelled">{pending} {refusal?.code ?? "none"} {String(outcome?.ok)}</p>
  </>;
}
function Game() {
  const session = useSession();
  const { join } = useCroupier();
  const [isShown, setShown] = useState(true);
  if (session === null) return <button onClick={() => void join({ displayName: "Ada" })}>Join</button>;
  return <>
    <button onClick={() => setShown(!isShown)}>toggle</button>
    <Parts />
    {isShown ? <BetSlip lobbyId={session.lobbyId ?? ""} /> : null}
  </>;
}
createRoot(document.getElementById("root")).render(
  <StrictMode><CroupierProvider croupier={croupier}><Game /></CroupierProvider></StrictMode>,
);
`;

let folder: string;
let server: Server;
let browser: Browser;
let page: Page;
const errors: string[] = [];
/** While this is set, the page hears nothing: what is sent arrives all the same. */
let isDeaf = false;

const buildPage = (root: string, outDir: string, base: string) =>
  build({
    configFile: false,
    logLevel: "error",
    root,
    base,
    resolve: {
      alias: [
        { find: /^@croupier\/sdk$/, replacement: join(ROOT, "sdk/src/index.ts") },
        { find: /^@croupier\/sdk\/react$/, replacement: join(ROOT, "sdk/src/react.ts") },
        { find: /^(react|react-dom)(\/.*)?$/, replacement: join(ROOT, "node_modules/$1$2") },
      ],
    },
    build: { outDir, emptyOutDir: true },
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-examples-"));
  const webDir = join(folder, "web");
  const react = join(folder, "react");
  await mkdir(react);
  await writeFile(join(react, "main.tsx"), REACT_PAGE);
  await writeFile(
    join(react, "index.html"),
    `<!doctype html><title>React</title><div id="root"></div><script type="module" src="./main.tsx"></script>`,
  );
  await buildPage(join(ROOT, "sdk/examples/page"), webDir, "/");
  await buildPage(react, join(webDir, "react"), "/react/");
  server = await startServer({
    env: { DATA_DIR: join(folder, "data"), WEB_DIR: webDir, BETTING_SECONDS: "3600" },
  });
  const admin = createCroupier({ url: server.url, openSocket: openNodeSocket });
  await admin.login({ username: "admin", password: "admin" });
  await admin.post("/lobbies", {
    body: {
      lobby_id: QUICK_LOBBY,
      name: "Quick",
      betting_ms: 2_000,
      racing_ms: 2_000,
      results_ms: 1_000,
    },
  });
  admin.close();
  browser = await launchBrowser();
  page = await (await browser.newContext()).newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  await page.routeWebSocket("**/ws**", (socket) => {
    socket.connectToServer().onMessage((message) => {
      if (!isDeaf) socket.send(message);
    });
  });
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test("the examples are sound TypeScript", async () => {
  const compiler = join(ROOT, "node_modules/.bin/tsc");
  await promisify(execFile)(compiler, ["-p", join(ROOT, "sdk/examples"), "--noEmit"]);
}, 120_000);

test("the page: a bet by click, and one that is interrupted by a reload is placed once and told of", async () => {
  await page.goto(server.url);
  await page.getByLabel("Name").fill("Ada");
  await page.getByRole("button", { name: "Join" }).click();
  const runner = page.locator("#runners button").first();
  await runner.waitFor(SOON);
  await runner.click(SOON);
  await page.getByText("Your bet is placed.").waitFor(SOON);
  await expect.poll(() => page.locator("#balance").textContent()).toBe("995.00");

  // Gone before any answer: a page goes on until the next one is there, so the click and the reload in one turn are not enough.
  isDeaf = true;
  await page.evaluate(`document.querySelector("#news").textContent = "";
    document.querySelector("#runners button").click()`);
  await page.reload({ waitUntil: "commit" });
  isDeaf = false;
  await page.getByText("Your bet is placed.").waitFor(SOON);
  await page.locator("#bets li").nth(1).waitFor(SOON);
  await expect.poll(() => page.locator("#bets li").count()).toBe(2);
  await page.waitForFunction(`document.querySelector("#balance").textContent === "990.00"`);

  // Another tab has the same player, and when one of them leaves, both have left.
  const tab = await page.context().newPage();
  await tab.goto(server.url);
  await tab.getByText("990.00").waitFor(SOON);
  await tab.getByRole("button", { name: "Leave" }).click();
  await tab.getByLabel("Name").waitFor(SOON);
  await page.getByLabel("Name").waitFor(SOON);
  await tab.close();
  expect(errors).toEqual([]);
});

test("the React component: bets, refusals, parts and unmounting", async () => {
  await page.goto(`${server.url}/react/index.html`);
  await page.getByRole("button", { name: "Join" }).click();
  const slip = page.getByLabel("Bet slip");
  await slip.getByRole("button").first().click(SOON);
  await slip.getByText("5.00 on 1: accepted").waitFor(SOON);
  await slip.getByText("995.00").waitFor(SOON);

  await page.getByRole("button", { name: "count" }).click();
  await page.getByText("online 1").waitFor(SOON);
  await page.getByRole("button", { name: "cancel" }).click();
  await page.getByText("0 not_found false").waitFor(SOON);
  await page.getByRole("button", { name: "reset" }).click();
  await page.getByText("0 none undefined").waitFor(SOON);

  await page.getByRole("button", { name: "toggle" }).click();
  await slip.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "toggle" }).click();
  await slip.getByText("5.00 on 1: accepted").waitFor(SOON);
  expect(errors).toEqual([]);
});

interface Program {
  readonly child: ChildProcess;
  readonly printed: () => string;
  /** Resolves with its exit code. */
  readonly ended: Promise<number>;
  /** Resolves when it has printed that. */
  readonly prints: (text: string) => Promise<void>;
}
const start = (
  example: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Program => {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", join(ROOT, "sdk/examples", example), ...args],
    { cwd: ROOT, env: { PATH: process.env["PATH"], CROUPIER_URL: server.url, ...env } },
  );
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, "close").then(([code]) => code as number);
  return {
    child,
    printed: () => text,
    ended,
    prints: async (wanted) => {
      while (!text.includes(wanted)) {
        const next = await Promise.race([once(child.stdout, "data"), ended]);
        if (typeof next === "number" && !text.includes(wanted))
          throw new Error(`${example} ended with ${next}:\n${text}`);
      }
    },
  };
};
const startBot = (races: number): Program =>
  start("bot.ts", [], {
    RACES: String(races),
    LOBBY: QUICK_LOBBY,
    BOT_FOLDER: join(folder, "bot"),
  });

test("the bot: plays its races, and killed and started again it is the same player", async () => {
  const first = startBot(9);
  await first.prints("placed:");
  first.child.kill("SIGKILL");
  await first.ended;
  const second = startBot(1);
  const code = await second.ended;
  expect(second.printed()).toContain("settled:");
  expect(code, second.printed()).toBe(0);
  // It did not join anew: the bet of its first life is missing from, or was paid into, the grant.
  expect(second.printed()).toMatch(/available: (?!100000\n)\d+/);
}, 120_000);

test("the tracker: imports a history, prints each hand, and started again goes on where it was", async () => {
  const hands = [...generateHands(5, 12)];
  const file = join(folder, "history.txt");
  await writeFile(file, hands.map(({ text }) => text).join(""));
  const env = { TRACKER_FOLDER: join(folder, "tracker") };
  const first = start("tracker.ts", [file], { ...env, HANDS: "5" });
  expect(await first.ended, first.printed()).toBe(0);
  expect(first.printed()).toContain("12 new, 0 known");
  const second = start("tracker.ts", [file], { ...env, HANDS: "7" });
  expect(await second.ended, second.printed()).toBe(0);
  expect(second.printed()).toContain("0 new, 12 known");
  const printed = `${first.printed()}${second.printed()}`.matchAll(/^hand (\d+):/gm);
  expect([...printed].map(([, seq]) => Number(seq))).toEqual(
    Array.from({ length: 12 }, (_, index) => index + 1),
  );
}, 120_000);

test("the raffle: bought once though it is killed, drawn, and found to be right", async () => {
  const admin = createCroupier({ url: server.url, openSocket: openNodeSocket });
  await admin.login({ username: "admin", password: "admin" });
  const created = await admin.post("/api/v1/raffles", {
    body: {
      raffle_id: "hamper",
      title: "A hamper",
      ticket_price: 100,
      total_numbers: 20,
      draw_at: new Date(Date.now() + 3_600_000).toISOString(),
      prizes: [{ name: "The hamper" }],
    },
  });
  expect(created).toMatchObject({ ok: true });
  const env = { RAFFLE_FOLDER: join(folder, "raffle") };
  const first = start("raffle.ts", ["hamper"], env);
  await first.prints("bought: 0,1");
  first.child.kill("SIGKILL");
  await first.ended;
  const second = start("raffle.ts", ["hamper"], env);
  await second.prints("bought: 0,1");
  const path = { raffle_id: "hamper" };
  expect(await admin.get("/api/v1/raffles/{raffle_id}", { path })).toMatchObject({
    body: { sold_count: 2 },
  });
  const drawn = await admin.post("/api/v1/raffles/{raffle_id}/draw", { path });
  expect(drawn).toMatchObject({ ok: true });
  admin.close();
  expect(await second.ended, second.printed()).toBe(0);
  expect(second.printed()).toMatch(/✓ winners/);
  expect(second.printed()).toMatch(/1\. [01]:.*, which is mine/);
}, 120_000);
