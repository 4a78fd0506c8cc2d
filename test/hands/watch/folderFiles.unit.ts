import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { historiesBelow } from "../../../src/hands/watch/folderFiles.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "croupier-folder-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const found = async (unlistable: Array<string> = []) =>
  (await historiesBelow(folder, (path) => unlistable.push(path)))
    .map(({ path }) => path.slice(folder.length + 1))
    .toSorted();

it("finds histories at any depth, and nothing else", async () => {
  mkdirSync(join(folder, "a/b.txt"), { recursive: true });
  for (const name of ["1.txt", "2.TXT", "3.log", ".4.txt", "a/5.txt", "a/b.txt/6.txt"])
    writeFileSync(join(folder, name), "");
  symlinkSync(folder, join(folder, "a/loop"));
  symlinkSync(join(folder, "1.txt"), join(folder, "link.txt"));
  expect(await found()).toEqual(["1.txt", "2.TXT", "a/5.txt", "a/b.txt/6.txt"]);
});

it("a folder that cannot be listed keeps nothing else out, and is told of", async () => {
  // By its name, which is no text: it cannot be asked for again.
  mkdirSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff])]));
  writeFileSync(join(folder, "1.txt"), "");
  const unlistable: Array<string> = [];
  expect(await found(unlistable)).toEqual(["1.txt"]);
  expect(unlistable).toEqual([join(folder, "\uFFFD")]);
});

it("no folder has no files", async () => {
  expect(await historiesBelow(join(folder, "none"))).toEqual([]);
});
