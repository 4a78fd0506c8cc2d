import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  acceptedEncoding,
  readStaticFiles,
  type StaticFiles,
} from "../../src/gateway/StaticFiles.ts";

const SCRIPT = "console.log('to be compressed');".repeat(100);
let folder: string;
let files: StaticFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-static-"));
  await mkdir(join(folder, "web/assets"), { recursive: true });
  await writeFile(join(folder, "secret.txt"), "not for anyone");
  await writeFile(join(folder, "web/index.html"), "<h1>console</h1>");
  await writeFile(join(folder, "web/assets/index-BxY3f9Qa.js"), SCRIPT);
  files = (await readStaticFiles(join(folder, "web")))!;
});
afterAll(() => rm(folder, { recursive: true }));

const header = (name: string, path: string) =>
  files.file(path)?.headers.find(([one]) => one === name)?.[1];

test("serves what was built and nothing else", () => {
  expect(files.file("/")).toBe(files.page);
  expect(files.file("/index.html")).toBe(files.page);
  for (const path of [
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/assets",
    "/assets/",
    "//etc/passwd",
  ])
    expect(files.file(path)).toBeUndefined();
});

test("a file named after its content may be kept for ever, a page must be asked about", () => {
  expect(header("Cache-Control", "/assets/index-BxY3f9Qa.js")).toContain("immutable");
  expect(header("Cache-Control", "/")).toBe("no-cache");
});

test("compresses into what the browser takes", async () => {
  const script = files.file("/assets/index-BxY3f9Qa.js")!;
  const br = await script.body("br");
  expect(br.encoding).toBe("br");
  expect(brotliDecompressSync(br.bytes).toString()).toBe(SCRIPT);
  const gzip = await script.body("gzip");
  expect(gunzipSync(gzip.bytes).toString()).toBe(SCRIPT);
  expect((await script.body("identity")).bytes.toString()).toBe(SCRIPT);
});

test("does not compress what is too small to gain", async () => {
  expect((await files.page.body("br")).encoding).toBe("identity");
});

test.each([
  ["gzip, deflate, br", "br"],
  ["gzip", "gzip"],
  ["br;q=0, gzip", "gzip"],
  ["br;q=0.5", "br"],
  ["", "identity"],
  ["deflate", "identity"],
])("Accept-Encoding %j means %s", (accept, encoding) => {
  expect(acceptedEncoding(accept)).toBe(encoding);
});

test("a folder that is missing gives no files", async () => {
  expect(await readStaticFiles(join(folder, "nowhere"))).toBeUndefined();
});
