/** Importing hand histories: read as they come, bounded, and nothing left behind by a client that goes away. */
import { systemClock } from "../../src/actor/Clock.ts";
import { once } from "node:events";
import { type ClientRequest, request, type IncomingMessage } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Unavailable } from "../../rpc/failure.ts";
import { MAX_IMPORT_BYTES } from "../../rpc/http/handImport.ts";
import { signal } from "../support/Signal.ts";
import { within } from "./support/SocketClient.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

const PATH = "/api/v1/hands/import";
const MIB = 1024 * 1024;

let server: TestGateway;
let token: string;
beforeEach(async () => {
  server = await startGateway();
  token = (await server.player({ playerId: "ann" })).token;
});
afterEach(() => server.close());

const post = async (body: string | Uint8Array, headers: Record<string, string> = {}) => {
  const response = await fetch(server.url + PATH, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, ...headers },
    body,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Readonly<Record<string, unknown>>,
  };
};

/** A request whose body is written by and by. */
const begin = (headers: Record<string, string> = {}): ClientRequest => {
  const sent = request(server.url + PATH, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  sent.on("error", () => undefined);
  sent.flushHeaders();
  return sent;
};
const answerTo = async (sent: ClientRequest) => {
  const [response] = (await within(once(sent, "response"), "an answer")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, body: JSON.parse(text) as Record<string, unknown> };
};
/** Resolves when the desk has read to the end of an import. */
const importOver = () => {
  const over = signal("the import's end");
  server.poker.onImported = over.fire;
  return over.fired();
};

describe("an import", () => {
  test.each(["text/plain", "application/octet-stream", "text/plain; charset=windows-1252"])(
    "of %s is answered 202 with what became of it",
    async (type) => {
      const answered = await post("one\ntwo\n", { "content-type": type });
      expect(answered.status).toBe(202);
      expect(answered.body).toEqual({
        imported: 2,
        duplicates: 0,
        summaries: 0,
        failed: [],
        failed_count: 0,
      });
      expect(server.poker.imports).toEqual([{ source: "import by ann", bytes: 8, isOver: true }]);
    },
  );

  test("of nothing, and of bytes that are no text, is read like any other", async () => {
    expect((await post("")).status).toBe(202);
    expect((await post(Uint8Array.from({ length: 70_000 }, (_, i) => i & 255))).status).toBe(202);
    expect(server.poker.imports.map(({ bytes }) => bytes)).toEqual([0, 70_000]);
  });

  test("needs a token, and a good one", async () => {
    const anonymous = await fetch(server.url + PATH, { method: "POST", body: "x" });
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers.get("www-authenticate")).toBe("Bearer");
    expect((await post("x", { authorization: "Bearer forged" })).status).toBe(401);
    expect(server.poker.imports).toEqual([]);
  });

  test("may be asked for by a page: its preflight names POST", async () => {
    const preflight = await fetch(server.url + PATH, {
      method: "OPTIONS",
      headers: { origin: "http://localhost:5173", "access-control-request-method": "POST" },
    });
    expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
  });

  test("that says it is too large is refused before it is read", async () => {
    const sent = begin({ "content-length": String(MAX_IMPORT_BYTES + 1) });
    expect(await answerTo(sent)).toMatchObject({
      status: 413,
      body: { code: "payload_too_large", limit_bytes: MAX_IMPORT_BYTES },
    });
    sent.destroy();
    expect(server.poker.imports.map(({ bytes }) => bytes)).toEqual([]);
  });

  test("that turns out to be too large is refused then, and what came before is kept", async () => {
    const over = importOver();
    const sent = begin({ "transfer-encoding": "chunked" });
    const answered = answerTo(sent);
    const piece = Buffer.alloc(MIB, 10);
    for (let sentBytes = 0; sentBytes <= MAX_IMPORT_BYTES; sentBytes += MIB)
      if (!sent.write(piece)) await Promise.race([once(sent, "drain"), answered]);
    expect(await answered).toMatchObject({ status: 413, body: { code: "payload_too_large" } });
    await over;
    expect(server.poker.imports[0]?.bytes).toBeGreaterThan(MAX_IMPORT_BYTES - MIB);
    sent.destroy();
  });

  test("is read no faster than it is stored", async () => {
    const gate = signal("the gate");
    server.poker.beforePiece = () => gate.fired();
    const sent = begin({ "content-length": String(32 * MIB) });
    const piece = Buffer.alloc(MIB);
    let written = 0;
    let isHeldUp = false;
    // The kernel takes some megabytes; then the client waits, for nothing is read.
    while (written < 32 && !isHeldUp) {
      written += 1;
      if (sent.write(piece)) continue;
      isHeldUp = await Promise.race([
        once(sent, "drain").then(() => false),
        new Promise<boolean>((resolve) => systemClock.after(300, () => resolve(true))),
      ]);
    }
    expect(isHeldUp).toBe(true);
    expect(written).toBeLessThan(24);
    gate.fire();
    for (; written < 32; written++) if (!sent.write(piece)) await once(sent, "drain");
    sent.end();
    expect((await answerTo(sent)).status).toBe(202);
    expect(server.poker.imports[0]).toMatchObject({ bytes: 32 * MIB, isOver: true });
  });

  test("whose client goes away in the middle ends with what was read", async () => {
    const over = importOver();
    const sent = begin({ "content-length": "1000" });
    sent.write("first\nsecond\n");
    const read = signal("the first piece");
    server.poker.beforePiece = async () => read.fire();
    await read.fired();
    sent.destroy();
    await over;
    expect(server.poker.imports).toEqual([{ source: "import by ann", bytes: 13, isOver: true }]);
    // Its place is free again.
    expect((await post("x\n")).status).toBe(202);
  });

  test("beyond as many as may be at once is told to come back", async () => {
    const gate = signal("the gate");
    let begun = 0;
    const full = signal("four imports");
    server.poker.beforePiece = () => {
      begun += 1;
      if (begun === 4) full.fire();
      return gate.fired();
    };
    const others = Array.from({ length: 4 }, () => post("x\n"));
    await full.fired();
    const refused = await post("x\n");
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("2");
    gate.fire();
    for (const other of await Promise.all(others)) expect(other.status).toBe(202);
    expect((await post("x\n")).status).toBe(202);
  });

  test("while the database is away is told to come back", async () => {
    server.poker.beforePiece = () =>
      Promise.reject(new Unavailable({ reason: "database", retryAfterMs: 3000 }));
    const refused = await post("x\n");
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("3");
  });

  test("that breaks tells nothing of why, and the log tells all", async () => {
    server.poker.beforePiece = () => Promise.reject(new Error("secret of the house"));
    const broken = await post("x\n");
    expect(broken.status).toBe(500);
    expect(JSON.stringify(broken.body)).not.toContain("secret");
    expect(server.log.find(({ message }) => message === "an import failed")).toBeDefined();
  });

  test("under way is waited for when the gateway stops, and no other begins", async () => {
    const gate = signal("the gate");
    const reading = signal("the import");
    server.poker.beforePiece = () => {
      reading.fire();
      return gate.fired();
    };
    const first = post("x\n");
    await reading.fired();
    server.gateway.drain();
    expect((await post("y\n")).status).toBe(503);
    const closed = server.gateway.close();
    gate.fire();
    expect((await first).status).toBe(202);
    await closed;
  });
});
