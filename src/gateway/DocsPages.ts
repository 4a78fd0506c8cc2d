/**
 * The contract for people: the OpenAPI document, Swagger UI at `/docs` and ReDoc at `/redoc`. Nothing is fetched from
 * elsewhere: Swagger UI comes with `@effect/platform`, ReDoc's bundle with its package. Each page is made when first
 * asked for, since they are megabytes that most processes never serve.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { HttpApiSwagger, HttpLayerRouter } from "@effect/platform";
import { CroupierApi } from "../../rpc/http/api.ts";
import { openApiDocument } from "../../rpc/http/openapi.ts";
import { pageHeaders } from "./SecurityHeaders.ts";
import { type Asset, makeAsset } from "./StaticFiles.ts";

const HTML = "text/html; charset=utf-8";

/** Lets a page run the inline scripts it came with, and no others. */
const inlineScriptHashes = (html: string) =>
  [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script]) => `'sha256-${createHash("sha256").update(script!).digest("base64")}'`,
  );

const page = (html: string) =>
  makeAsset(Buffer.from(html), {
    contentType: HTML,
    compressible: true,
    immutable: false,
    headers: pageHeaders(inlineScriptHashes(html)),
  });

const openApi = async () =>
  makeAsset(Buffer.from(JSON.stringify(openApiDocument())), {
    contentType: "application/json",
    compressible: true,
    immutable: false,
    headers: pageHeaders(),
  });

/** Asks HttpApi's own handler for its page, and points the page to our document. */
const swagger = async () => {
  const { handler, dispose } = HttpLayerRouter.toWebHandler(
    HttpApiSwagger.layerHttpLayerRouter({ api: CroupierApi, path: "/docs" }),
    { disableLogger: true },
  );
  try {
    const html = await (await handler(new Request("http://localhost/docs"))).text();
    return page(
      html.replace(
        'spec: JSON.parse(document.getElementById("swagger-spec").textContent)',
        'url: "/api/v1/openapi.json"',
      ),
    );
  } finally {
    await dispose();
  }
};

const REDOC_BUNDLE = "/redoc/redoc.standalone.js";

const redoc = async () =>
  page(`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Croupier API</title>
  <style>body { margin: 0 }</style>
</head>
<body>
  <redoc spec-url="/api/v1/openapi.json"></redoc>
  <script src="${REDOC_BUNDLE}"></script>
</body>
</html>
`);

const redocBundle = async () =>
  makeAsset(
    await readFile(createRequire(import.meta.url).resolve("redoc/bundles/redoc.standalone.js")),
    {
      contentType: "text/javascript; charset=utf-8",
      compressible: true,
      immutable: false,
      headers: pageHeaders(),
    },
  );

const PAGES: ReadonlyMap<string, () => Promise<Asset>> = new Map([
  ["/api/v1/openapi.json", openApi],
  ["/docs", swagger],
  ["/redoc", redoc],
  [REDOC_BUNDLE, redocBundle],
]);

export interface DocsPages {
  readonly find: (path: string) => Promise<Asset> | undefined;
}

export const makeDocsPages = (): DocsPages => {
  const made = new Map<string, Promise<Asset>>();
  return {
    find: (path) => {
      const make = PAGES.get(path);
      if (make === undefined) return undefined;
      let asset = made.get(path);
      if (asset === undefined) {
        asset = make();
        made.set(path, asset);
        // A page that could not be made is tried again.
        asset.catch(() => made.delete(path));
      }
      return asset;
    },
  };
};
