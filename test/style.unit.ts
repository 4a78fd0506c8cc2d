/** The rules of style that no linter knows. A rule that must be broken is changed here, with its reason. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const THIS_FILE = "test/style.unit.ts";
const CODE = ["rpc", "entities", "src", "sdk", "web", "test", "bench", "scripts", "docs"];

const filesBelow = (folder: string): ReadonlyArray<string> =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "dist") return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });

const present = new Set(readdirSync(root));
const files = CODE.filter((folder) => present.has(folder))
  .flatMap(filesBelow)
  .filter((path) => /\.(ts|tsx|mts|mjs)$/.test(path) && path !== THIS_FILE)
  .map((path) => ({ path, lines: readFileSync(join(root, path), "utf8").split("\n") }));

/** Where `pattern` stands, as `path:line`, in the files whose path `within` matches. */
const occurrences = (pattern: RegExp, within: RegExp) =>
  files
    .filter(({ path }) => within.test(path))
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
    );

describe("house style", () => {
  it("names no file after a drawer", () => {
    const drawer = /^(utils?|helpers?|manager|common|misc|shared)\b/i;
    expect(files.map(({ path }) => path).filter((path) => drawer.test(basename(path)))).toEqual([]);
  });

  it.each([
    [
      "errors are not swallowed",
      /Effect\.ignore\b|\bcatchAllCause\b/,
      /^(rpc|entities|sdk|src\/[a-z]+)\//,
    ],
    ["types are not switched off", /@ts-(ignore|nocheck)/, /./],
    [
      "clock and chance come in from outside",
      /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\)/,
      /^(rpc|entities\/[^/]+\/(race\/|draw\/|decider|events|invariants))/,
    ],
    [
      "every step of a stop has a bound (src/ops/Closing.ts)",
      /=> Effect\.promise\((\(\) => )?\w+\.(close|end|stop|shutdown|settled|drain)\b/,
      /^src\//,
    ],
    ["no test is left out or alone", /\b(it|test|describe)\.(skip|only|todo)\b/, /^test\//],
    [
      "nothing waits for time to pass in a test",
      /\bEffect\.sleep\b|\bsetTimeout\(r(esolve)?,/,
      // What starts another process may have to ask it again and again whether it is ready.
      /^test\/.*\.[a-z0-9]+\.ts$/,
    ],
  ] as const)("%s", (_, pattern, within) => {
    expect(occurrences(pattern, within)).toEqual([]);
  });

  it("looks again at what a browser shows until it is so: a single look races with the painting", () => {
    // What is done once, such as a bet, is `await expect(bet()).resolves`.
    const once = /\bexpect\(\s*\(*await\b/g;
    const found = files
      .filter(({ path }) => /^test\/web\/.*\.e2e\.ts$/.test(path))
      .flatMap(({ lines, path }) => {
        const text = lines.join("\n");
        return Array.from(
          text.matchAll(once),
          ({ index }) => `${path}:${text.slice(0, index).split("\n").length}`,
        );
      });
    expect(found).toEqual([]);
  });

  it("lets no test draw by chance: what is not pure asks for the run's seed itself", () => {
    const drawn = files.filter(
      ({ lines, path }) =>
        /^test\/.*\.(int|sim|chaos|e2e)\.ts$/.test(path) &&
        lines.some((line) => line.includes('"fast-check"')) &&
        !lines.some((line) => line.includes("support/fixedSeed.ts")),
    );
    expect(drawn.map(({ path }) => path)).toEqual([]);
  });

  it("finds what it looks for", () => {
    expect(occurrences(/Every setting of the program/, /^src\/ops\//)).toEqual([
      "src/ops/Config.ts:2",
    ]);
  });
});
