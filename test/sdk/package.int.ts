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

/** Uses every entry, as a game would. It connects to nobody: port 9 discards. */
const GAME = `
import { createCroupier, runningOrder } from "@croupier/sdk";
import type { Croupier, LobbyState, Outcome, Problem } from "@croupier/sdk";
import { fileStorage, openNodeSocket } from "@croupier/sdk/node";
import { CroupierProvider, useCommand, useLobby, useReadable, useWallet } from "@croupier/sdk/react";
import { createElement } from "react";

const croupier: Croupier = createCroupier({
  url: "http://127.0.0.1:9",
  storage: fileStorage("./kept"),
  openSocket: openNodeSocket,
});
const joined = await croupier.join({ displayName: "Ada" });
if (joined.ok) throw new Error("nobody is there");
const code: Problem["code"] | "offline" | "unexpected" = joined.problem.code;
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
const element = createElement(CroupierProvider, { croupier }, createElement(Odds));
croupier.close();
console.log(JSON.stringify([code, outcome.ok, state.lobby, runningOrder(state.run), typeof name, typeof element, typeof wrong, typeof keyless]));
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
  ]);
});
afterAll(() => game.remove());

test("the package has its entries, declarations, README, guide and examples, and depends on nothing", async () => {
  const manifest = JSON.parse(await readFile(join(game.path, "package.json"), "utf8")) as {
    readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly dependencies?: unknown;
  };
  expect(Object.keys(manifest.exports)).toEqual([".", "./react", "./node"]);
  const files = Object.values(manifest.exports).flatMap((entry) => Object.values(entry));
  for (const file of [...files, "README.md", "docs/sdk.md", "examples/bot.ts"])
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
    "--strict --exactOptionalPropertyTypes --target ES2023 --module NodeNext --lib ES2023";
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
  ]);
});

test("the core is small, whole and without the parts for React and Node", async () => {
  const bundle = await build({
    configFile: false,
    logLevel: "error",
    root: game.folder,
    build: {
      write: false,
      minify: true,
      target: "es2022",
      lib: { entry: join(game.path, "index.js"), formats: ["es"] },
    },
  });
  const [chunk] = (Array.isArray(bundle) ? bundle : [bundle]).flatMap((each) =>
    "output" in each ? each.output : [],
  );
  const code = chunk?.type === "chunk" ? chunk.code : "";
  expect(code).toContain("PLACE_BET");
  expect(code).not.toMatch(/\bimport\b[^;]*from/);
  const bytes = gzipSync(code, { level: 9 }).length;
  console.log(`the core has ${bytes} bytes gzipped`);
  expect(bytes).toBeLessThan(MAX_CORE_BYTES);
});
