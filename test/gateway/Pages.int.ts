import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

const SCRIPT = "console.log('console');".repeat(200);
let folder: string;
let server: TestGateway;
let dbIsUp = true;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-web-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<h1>console</h1>");
  await writeFile(join(folder, "assets/index-BxY3f9Qa.js"), SCRIPT);
  server = await startGateway({
    webDir: folder,
    health: [
      {
        name: "db",
        check: async () => {
          if (!dbIsUp) throw new Error("password of postgres@10.0.0.7 is wrong");
        },
      },
      { name: "cluster", check: async () => {} },
    ],
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe("the console", () => {
  test("is served at /, and its pages wherever a browser asks for one", async () => {
    const root = await fetch(server.url);
    expect(root.headers.get("content-type")).toContain("text/html");
    expect(root.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(await root.text()).toBe("<h1>console</h1>");
    const page = await fetch(`${server.url}/some/page`, { headers: { accept: "text/html" } });
    expect(await page.text()).toBe("<h1>console</h1>");
    for (const path of ["/some/page", "/missing.js"])
      expect((await fetch(server.url + path)).status).toBe(404);
    expect((await fetch(server.url, { method: "POST" })).headers.get("allow")).toBe("GET, HEAD");
  });

  test("is compressed, kept, and not sent again when it has not changed", async () => {
    const url = `${server.url}/assets/index-BxY3f9Qa.js`;
    const script = await fetch(url);
    expect(await script.text()).toBe(SCRIPT);
    expect(script.headers.get("content-encoding")).toMatch(/br|gzip/);
    expect(script.headers.get("vary")).toContain("Accept-Encoding");
    expect(script.headers.get("cache-control")).toContain("immutable");
    const etag = script.headers.get("etag")!;
    const again = await fetch(url, { headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);
    expect(again.headers.get("content-length")).toBeNull();
    const head = await fetch(url, { method: "HEAD", headers: { "accept-encoding": "identity" } });
    expect(head.headers.get("content-length")).toBe(String(SCRIPT.length));
  });

  test("leads to no other file", async () => {
    await writeFile(`${folder}-secret`, "secret");
    const name = `${folder}-secret`.split("/").at(-1)!;
    for (const path of [
      `/../${name}`,
      `/assets/../../${name}`,
      `/%2e%2e/${name}`,
      `/..%2f${name}`,
    ]) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        // Not fetch: it would resolve the dots itself.
        request({ port: server.gateway.port, host: "127.0.0.1", path }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
      expect(status).toBe(404);
    }
    await rm(`${folder}-secret`);
  });

  test("that has not been built is a page that says how", async () => {
    const bare = await startGateway({ webDir: join(folder, "nowhere") });
    const page = await fetch(bare.url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("npm run build");
    await bare.close();
  });
});

describe("the documentation", () => {
  test("is the contract as OpenAPI, and pages that load nothing from elsewhere", async () => {
    const document = (await (await fetch(`${server.url}/api/v1/openapi.json`)).json()) as {
      readonly openapi: string;
      readonly paths: Readonly<Record<string, unknown>>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths)).toContain("/bets/{bet_id}");
    const swagger = await fetch(`${server.url}/docs`);
    expect(swagger.headers.get("content-security-policy")).toMatch(/script-src [^;]*'sha256-/);
    const html = await swagger.text();
    expect(html).toContain('url: "/api/v1/openapi.json"');
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
    const redoc = await (await fetch(`${server.url}/redoc`)).text();
    expect(redoc).toContain('spec-url="/api/v1/openapi.json"');
    expect(redoc).not.toContain("https://");
  });
});

describe("health", () => {
  test("lists each part, and is 503 as soon as one is down, telling nothing internal", async () => {
    const up = await fetch(`${server.url}/health`);
    expect(up.status).toBe(200);
    expect(await up.json()).toMatchObject({
      status: "ok",
      parts: { db: { status: "up" }, cluster: { status: "up" } },
    });
    dbIsUp = false;
    // An answer is good for half a second.
    let down = await fetch(`${server.url}/health`);
    while (down.status === 200) down = await fetch(`${server.url}/health`);
    expect(down.headers.get("retry-after")).toBe("1");
    const text = await down.text();
    expect(text).not.toContain("10.0.0.7");
    expect(JSON.parse(text)).toMatchObject({ parts: { db: { status: "down" } } });
    expect((await fetch(`${server.url}/health/db`)).status).toBe(503);
    expect((await fetch(`${server.url}/health/cluster`)).status).toBe(200);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${server.url}/health/nothing`)).status).toBe(404);
    expect(server.log.some(({ fields }) => String(fields?.["cause"]).includes("10.0.0.7"))).toBe(
      true,
    );
    dbIsUp = true;
  });

  test("is not ready while draining, though alive", async () => {
    const draining = await startGateway();
    draining.gateway.drain();
    expect((await fetch(`${draining.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${draining.url}/health/live`)).status).toBe(200);
    await draining.close();
  });
});

test("metrics count requests by route, refusals by code, and sockets", async () => {
  await fetch(`${server.url}/races/race-1`);
  await fetch(`${server.url}/races/other`);
  const response = await fetch(`${server.url}/metrics`);
  expect(response.headers.get("content-type")).toContain("text/plain");
  const text = await response.text();
  expect(text).toMatch(/croupier_requests_total\{route="\/races\/:race_id",status="200"\} 1/);
  expect(text).toMatch(/croupier_refusals_total\{code="not_found"\} \d+/);
  expect(text).toMatch(/croupier_sockets\{kind="player"\} 0/);
});

test("a port that is taken is refused, not shared", async () => {
  await expect(startGateway({ port: server.gateway.port })).rejects.toThrow(/is the port taken/);
});
