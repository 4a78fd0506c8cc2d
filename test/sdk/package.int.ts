import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "vite";
import { type InstalledPackage, installPackage } from "./support/sdkPackage.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** What a game's players download, at most. */
const MAX_CORE_BYTES = 15_000;
/** What the poker entry has without the core: a calculator's page loads no more. */
const MAX_POKER_BYTES = 7_000;

/** Uses every entry, as a game would. It connects to nobody: port 9 discards. */
const GAME = `
import { createCroupier, runningOrder } from "@croupier/sdk";
import type { Croupier, LobbyState, LocalProblem, Outcome, Problem } from "@croupier/sdk";
import { fileStorage, openNodeSocket } from "@croupier/sdk/node";
import { CroupierProvider, useCommand, useLobby, useReadable, useWallet } from "@croupier/sdk/react";
import { createPoker } from "@croupier/sdk/poker";
import type { EquityOutcome, Hand } from "@croupier/sdk/poker";
import { drawWinners } from "@croupier/sdk/draw";
import { createReadStream } from "node:fs";
import { createElement } from "react";

const croupier: Croupier = createCroupier({
  url: "http://127.0.0.1:9",
  storage: fileStorage("./kept"),
  openSocket: openNodeSocket,
});
const joined = await croupier.join({ displayName: "Ada" });
if (joined.ok) throw new Error("nobody is there");
const code: Problem["code"] | LocalProblem["code"] = joined.problem.code;
const outcome: Outcome = await croupier.placeBet({ raceId: "r", market: "win", selection: [1], stake: 100 });
const lobby = await croupier.get("/lobbies/{lobby_id}", { path: { lobby_id: "demo" } });
const name: string = lobby.ok ? lobby.body.name : lobby.problem.detail;
// @ts-expect-error a path parameter is missing
const wrong = () => croupier.get("/lobbies/{lobby_id}");
// @ts-expect-error a call that moves money needs a key
const keyless = () => croupier.post("/favors", { body: { to: "p", amount: 1, repay: 1, due_in_seconds: 60 } });
const state: LobbyState = croupier.lobby("demo").get();
function Odds() {
  const phase: string | undefined = useLobby("demo", ({ lobby }) => lobby?.phase);
  const { submit, pending } = useCommand("cancelBet");
  const available: number | undefined = useWallet()?.available;
  const online = useReadable(croupier.connection, ({ kind }) => kind === "online");
  return createElement("p", { onClick: () => void submit("b") }, phase, pending, available, String(online));
}
const poker = createPoker(croupier);
const stop = new AbortController();
const asking: Promise<EquityOutcome> = poker.calculateEquity({ players: ["AA", "KK"] }, { signal: stop.signal });
stop.abort();
const equity = await asking;
const imported = await poker.importHands(createReadStream("game.ts"));
// @ts-expect-error a position that there is not
const nowhere = () => poker.stats("Ada", { position: "BUTTON" });
const following: AsyncGenerator<Hand> = poker.followHands({ signal: stop.signal });
const followed = await following.next();
const hand = await poker.hand("winamax:1");
const draw = { serverSeed: "00", randomness: "", tickets: ["1:r.a"], prizes: 1 };
const told = [
  equity.ok ? "" : equity.refusal.code, imported.ok ? "" : imported.refusal.code,
  followed.done, hand.ok ? hand.body.board : hand.problem.code, drawWinners(draw), typeof nowhere,
];
const element = createElement(CroupierProvider, { croupier }, createElement(Odds));
croupier.close();
console.log(JSON.stringify([code, outcome.ok, state.lobby, runningOrder(state.run), typeof name, typeof element, typeof wrong, typeof keyless, told]));
`;

let game: InstalledPackage;

beforeAll(async () => {
  game = await installPackage([
    "react",
    "@types/react",
    "csstype",
    "ws",
    "@types/node",
    "undici-types",
    "@noble/curves",
    "@noble/hashes",
  ]);
});
afterAll(() => game.remove());

test("the package has its entries, declarations, README, guide and examples, and depends on nothing", async () => {
  const manifest = JSON.parse(await readFile(join(game.path, "package.json"), "utf8")) as {
    readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly dependencies?: unknown;
  };
  expect(Object.keys(manifest.exports)).toEqual([".", "./react", "./node", "./poker", "./draw"]);
  const files = Object.values(manifest.exports).flatMap((entry) => Object.values(entry));
  for (const file of [
    ...files,
    "README.md",
    "docs/sdk.md",
    "examples/bot.ts",
    "examples/tracker.ts",
  ])
    expect(existsSync(join(game.path, file)), file).toBe(true);
  expect(manifest.dependencies).toBeUndefined();
  const sources = (await readdir(game.path, { recursive: true })).filter((name) =>
    /\.(js|d\.ts)$/.test(name),
  );
  for (const source of sources)
    expect(await readFile(join(game.path, source), "utf8"), source).not.toMatch(
      /from "(effect|@effect|\.\.\/\.\.\/rpc)|\.ts"/,
    );
});

test("a game without Effect type-checks against it and runs, with every entry", async () => {
  expect(existsSync(join(game.folder, "node_modules/effect"))).toBe(false);
  await writeFile(join(game.folder, "game.ts"), GAME);
  const compiler = join(ROOT, "node_modules/.bin/tsc");
  const options =
    "--ignoreConfig --strict --exactOptionalPropertyTypes --target ES2023 --module NodeNext --lib ES2023";
  await game.run(compiler, ...options.split(" "), "--types", "node", "game.ts");
  const printed = await game.run(process.execPath, "game.js");
  expect(JSON.parse(printed)).toEqual([
    "offline",
    false,
    null,
    null,
    "string",
    "object",
    "function",
    "function",
    ["cancelled", "no_session", true, "offline", ["1:r.a"], "function"],
  ]);
});

/** An entry bundled with all that it needs, and nothing else. */
const bundled = async (
  entry: string,
): Promise<{ readonly code: string; readonly bytes: number }> => {
  const bundle = await build({
    configFile: false,
    logLevel: "error",
    root: game.folder,
    build: {
      write: false,
      minify: true,
      target: "es2022",
      lib: { entry: join(game.path, entry), formats: ["es"] },
    },
  });
  const [chunk] = (Array.isArray(bundle) ? bundle : [bundle]).flatMap((each) =>
    "output" in each ? each.output : [],
  );
  // The bundler names the modules in comments, by the paths of this test's own folder.
  const code = (chunk?.type === "chunk" ? chunk.code : "").replaceAll(/^\/\/ .*$/gm, "");
  expect(code).not.toMatch(/\bimport\b[^;]*from/);
  const bytes = gzipSync(code, { level: 9 }).length;
  console.log(`${entry} has ${bytes} bytes gzipped`);
  return { code, bytes };
};

test("the core is small, whole and without the parts for React, Node and poker", async () => {
  const { bytes, code } = await bundled("index.js");
  expect(code).toContain("PLACE_BET");
  expect(code).not.toContain("CALCULATE_EQUITY");
  expect(bytes).toBeLessThan(MAX_CORE_BYTES);
});

test("the poker entry is small, and has nothing of the races and raffles", async () => {
  const { bytes, code } = await bundled("poker.js");
  expect(code).toContain("CALCULATE_EQUITY");
  expect(code).not.toContain("PLACE_BET");
  expect(bytes).toBeLessThan(MAX_POKER_BYTES);
});
