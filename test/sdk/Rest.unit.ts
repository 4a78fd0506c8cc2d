import { beforeEach, expect, test } from "vitest";
import { createRest } from "../../sdk/src/Rest.ts";
import type { Rest } from "../../sdk/src/Rest.ts";
import { FakeServer, type Given, UNAUTHORIZED } from "./support/FakeServer.ts";

let server: FakeServer;
let token: string | undefined;
let refusedTokens: string[];
let rest: Rest;

beforeEach(() => {
  server = new FakeServer();
  token = undefined;
  refusedTokens = [];
  rest = createRest({
    url: "https://play.example",
    fetch: server.fetch,
    token: () => token,
    onUnauthorized: (refused) => refusedTokens.push(refused),
  });
});

const answering = (call: string, given: Given): void => {
  server.answers.set(call, () => given);
};

test("path parameters and queries are filled in and escaped; what is undefined is left out", async () => {
  answering("GET /lobbies/a%2Fb", { status: 200, body: { name: "Demo" } });
  const answer = await rest.get("/lobbies/{lobby_id}", { path: { lobby_id: "a/b" } });
  expect(answer).toEqual({ ok: true, status: 200, body: { name: "Demo" } });
  await rest.get("/bets", { query: { race_id: "r&1", limit: undefined } });
  expect(server.asked.at(-1)?.call).toBe("GET /bets?race_id=r%261");
});

test("the token of the moment is shown, and told when the server refuses it", async () => {
  answering("GET /wallet/me", UNAUTHORIZED);
  await rest.get("/wallet/me");
  token = "mine";
  await rest.get("/wallet/me");
  expect(server.asked.map((asked) => asked.token)).toEqual([undefined, "mine"]);
  expect(refusedTokens).toEqual(["mine"]);
});

test("a problem of the server is a value, and so are silence and what only looks like an answer", async () => {
  const problem = { type: "urn:x", title: "X", status: 409, code: "lobby_exists", detail: "Y." };
  answering("POST /auth/join", { status: 409, body: problem, type: "application/problem+json" });
  const join = () => rest.post("/auth/join", { body: { display_name: "Ada" } });
  expect(await join()).toEqual({ ok: false, problem });
  answering("POST /auth/join", { status: 200, body: "<html>log in</html>", type: "text/html" });
  expect(await join()).toMatchObject({ ok: false, problem: { status: 200, code: "unexpected" } });
  answering("POST /auth/join", { status: 502, body: "<html>", type: "text/html" });
  expect(await join()).toMatchObject({ ok: false, problem: { status: 502, code: "unexpected" } });
  answering("POST /auth/join", { status: 200, body: "{" });
  expect(await join()).toMatchObject({ ok: false, problem: { code: "offline" } });
  server.answers.clear();
  expect(await join()).toMatchObject({ ok: false, problem: { status: 0, code: "offline" } });
});

test("plain text is an answer where it is one", async () => {
  answering("GET /metrics", { status: 200, body: "up 1", type: "text/plain; version=0.0.4" });
  expect(await rest.get("/metrics")).toEqual({ ok: true, status: 200, body: "up 1" });
});

test("text and bytes are sent as they are, everything else as JSON", async () => {
  const IMPORT = "/api/v1/hands/import";
  answering(`POST ${IMPORT}`, { status: 202, body: {} });
  answering("POST /auth/join", { status: 201, body: {} });
  await rest.post(IMPORT, { body: 'a "hand"\n' });
  await rest.post(IMPORT, { body: new TextEncoder().encode("bytes") as unknown as string });
  await rest.post("/auth/join", { body: { display_name: "Ada" } });
  const bodies = server.asked.map(({ body }) => body);
  expect(bodies).toEqual(['a "hand"\n', "bytes", { display_name: "Ada" }]);
});

test("a call is given up when its signal aborts, and says so", async () => {
  server.answers.set("GET /lobbies", () => new Promise(() => undefined));
  const giveUp = new AbortController();
  const answer = rest.get("/lobbies", { signal: giveUp.signal });
  giveUp.abort();
  expect(await answer).toMatchObject({ ok: false, problem: { status: 0, code: "aborted" } });
});
