/**
 * The web console's files. All are listed at the start and only what is listed is served, so no path can lead
 * elsewhere. Bodies are kept in memory in the encodings that browsers take; each is compressed when first asked for.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { pageHeaders, type Headers } from "./SecurityHeaders.ts";

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** A console is a megabyte; a folder of more than this was not meant. */
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;

/** The best level takes seconds a megabyte for a few percent. */
const BROTLI_QUALITY = 9;

/** Below, a compressed file saves no packet. */
const MIN_COMPRESSED_BYTES = 1024;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".mp3": "audio/mpeg",
};

/** Already compressed; a second time only costs. */
const INCOMPRESSIBLE = new Set([".png", ".jpg", ".webp", ".ico", ".woff2", ".mp3"]);

/** Vite names a built file after its content: `index-BxY3f9Qa.js`. Such a file never changes. */
const HASHED_NAME = /-[\w-]{8,}\.\w+$/;

export type Encoding = "br" | "gzip" | "identity";

export interface Asset {
  readonly contentType: string;
  readonly etag: string;
  readonly headers: Headers;
  /** The body in the best encoding that the client takes. */
  readonly body: (
    encoding: Encoding,
  ) => Promise<{ readonly bytes: Buffer; readonly encoding: Encoding }>;
}

/** The best of what an `Accept-Encoding` header allows. */
export const acceptedEncoding = (header: string): Encoding => {
  const accepts = (name: string) =>
    new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))`, "i").test(header);
  if (accepts("br")) return "br";
  return accepts("gzip") ? "gzip" : "identity";
};

export const makeAsset = (
  content: Buffer,
  options: {
    readonly contentType: string;
    readonly compressible: boolean;
    readonly immutable: boolean;
    readonly headers: Headers;
  },
): Asset => {
  const compressed = new Map<Encoding, Promise<Buffer>>();
  const compress = (encoding: "br" | "gzip") => {
    let bytes = compressed.get(encoding);
    if (bytes === undefined) {
      bytes =
        encoding === "br"
          ? compressBrotli(content, {
              params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
            })
          : compressGzip(content);
      compressed.set(encoding, bytes);
    }
    return bytes;
  };
  const isCompressed = options.compressible && content.length >= MIN_COMPRESSED_BYTES;
  return {
    contentType: options.contentType,
    // Weak, for the encodings of one file share it.
    etag: `W/"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`,
    headers: [
      ...options.headers,
      ["Cache-Control", options.immutable ? "public, max-age=31536000, immutable" : "no-cache"],
      ...(isCompressed ? ([["Vary", "Accept-Encoding"]] as const) : []),
    ],
    body: async (encoding) =>
      encoding === "identity" || !isCompressed
        ? { bytes: content, encoding: "identity" }
        : { bytes: await compress(encoding), encoding },
  };
};

export interface StaticFiles {
  /** The file at a path; `/` is `index.html`. */
  readonly file: (path: string) => Asset | undefined;
  /** What a browser gets that asks for a page of the console: `index.html`, where the console finds its way. */
  readonly page: Asset;
}

const filesBelow = async (folder: string) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
};

/** Reads the folder; a folder that is missing or has no `index.html` gives undefined. */
export const readStaticFiles = async (folder: string): Promise<StaticFiles | undefined> => {
  const isBuilt = (await stat(folder).catch(() => undefined))?.isDirectory() === true;
  if (!isBuilt) return undefined;
  const assets = new Map<string, Asset>();
  let totalBytes = 0;
  for (const file of await filesBelow(folder)) {
    const content = await readFile(file);
    totalBytes += content.length;
    if (totalBytes > MAX_TOTAL_BYTES)
      throw new Error(
        `${folder} has more than ${MAX_TOTAL_BYTES} bytes; is it the console's build?`,
      );
    const extension = extname(file).toLowerCase();
    assets.set(
      `/${relative(folder, file).split(sep).join("/")}`,
      makeAsset(content, {
        contentType: CONTENT_TYPES[extension] ?? "application/octet-stream",
        compressible: !INCOMPRESSIBLE.has(extension),
        immutable: HASHED_NAME.test(file),
        headers: pageHeaders(),
      }),
    );
  }
  const page = assets.get("/index.html");
  if (page === undefined) return undefined;
  return { file: (path) => (path === "/" ? page : assets.get(path)), page };
};
