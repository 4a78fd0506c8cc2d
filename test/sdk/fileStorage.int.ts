import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileStorage } from "../../sdk/src/node.ts";
import { createKeep } from "../../sdk/src/Keep.ts";
import type { Warning } from "../../sdk/src/index.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-files-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("what was written is there for the next process, under any key, and gone when removed", async () => {
  const storage = fileStorage(join(folder, "new"));
  const keys = ["croupier.session", "a/b", "..", "ünï", "50%"];
  for (const key of keys) storage.setItem(key, `of ${key}`);
  storage.setItem("a/b", "newer");
  const other = fileStorage(join(folder, "new"));
  expect(other.length).toBe(keys.length);
  expect(Array.from({ length: keys.length }, (_, index) => other.key(index)).toSorted()).toEqual(
    keys.toSorted(),
  );
  expect(other.getItem("a/b")).toBe("newer");
  other.removeItem("a/b");
  other.removeItem("never");
  expect(storage.getItem("a/b")).toBeNull();
  expect(storage.key(99)).toBeNull();
  expect(await readdir(folder)).toEqual(["new"]);
});

test("a draft that a killed process left is no key", async () => {
  const storage = fileStorage(folder);
  storage.setItem("k", "whole");
  await writeFile(join(folder, "k.json.999.1"), "ha");
  expect(storage.length).toBe(1);
  expect(storage.getItem("k")).toBe("whole");
});

test("a folder that vanishes throws, and the client goes on in memory", async () => {
  const gone = join(folder, "gone");
  const warnings: Warning[] = [];
  const keep = createKeep(fileStorage(gone), (warning) => warnings.push(warning));
  await rm(gone, { recursive: true });
  expect(keep.set("k", "1")).toBe(false);
  expect(keep.get("k")).toBe("1");
  expect(keep.keys("")).toEqual(["k"]);
  keep.remove("k");
  expect(keep.get("k")).toBeNull();
  expect(warnings.map(({ code }) => code)).toEqual(["storage"]);
});
