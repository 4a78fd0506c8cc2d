/** The REST side of the fake server: what the console asks for while it plays, and the console's own files. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import type { FakeHouse } from "./FakeCommands.ts";
import { LOBBY_ID } from "./FakeLobby.ts";
import { balancesOf } from "./FakePlayers.ts";
import type { FakePlayer } from "./FakePlayers.ts";

interface Given {
  readonly status: number;
  readonly body: unknown;
}

const TOKEN_LIFE_MS = 3_600_000;
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Stricter than the gateway's, so that the console never comes to need more. WebAssembly is the equity kernel. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const ok = (body: unknown): Given => ({ status: 200, body });
const problem = (status: number, code: string, detail: string): Given => ({
  status,
  body: { status, code, detail },
});
const UNAUTHORIZED = problem(401, "unauthorized", "The token is not valid.");

export async function answer(
  house: FakeHouse,
  { root, url: origin }: { readonly root: string; readonly url: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", origin);
  const token = (request.headers.authorization ?? "").replace("Bearer ", "");
  const given = resultOf(house, `${request.method} ${url.pathname}`, url, token);
  if (given === undefined) return serve(root, url.pathname, response);
  response
    .writeHead(given.status, { "content-type": "application/json" })
    .end(JSON.stringify(given.body));
}

/** Undefined for what is no call, but a file. */
function resultOf(
  { lobby, players }: FakeHouse,
  call: string,
  url: URL,
  token: string,
): Given | undefined {
  const player = players.byToken(token);
  switch (call) {
    case "POST /auth/join":
      return { status: 201, body: joined(players.join(), url) };
    case "POST /auth/refresh":
      return UNAUTHORIZED;
    case "GET /wallet/me":
      return player === undefined
        ? UNAUTHORIZED
        : ok({ ...balancesOf(player), version: player.version });
    case "GET /bets":
      return player === undefined ? UNAUTHORIZED : ok(betsOf(player, url.searchParams));
    case "GET /health/live":
      return ok({ status: "ok" });
    case "GET /analytics/races":
      return ok({ races: [] });
    case "GET /analytics/runners":
      return ok({ runners: [] });
    case "GET /api/v1/raffles":
      return ok({ raffles: [], next_before: null });
    case "GET /lobbies":
      return ok({ lobbies: [lobby.body] });
    case `GET /lobbies/${LOBBY_ID}`:
      return ok(lobby.body);
  }
  const race = /^GET \/races\/[^/]+(\/verify)?$/.exec(call);
  if (race === null) return undefined;
  const { settled } = lobby;
  if (settled === null) return problem(404, "not_found", "Not over.");
  return ok(race[1] === undefined ? settled : { bets: players.betsOn(settled.race_id) });
}

const joined = ({ id, token }: FakePlayer, { host }: URL) => ({
  token,
  player_id: id,
  lobby_id: LOBBY_ID,
  ws_url: `ws://${host}/ws`,
  expires_at: new Date(Date.now() + TOKEN_LIFE_MS).toISOString(),
});

function betsOf({ bets }: FakePlayer, query: URLSearchParams) {
  const [raceId, status] = ["race_id", "status"].map((name) => query.get(name));
  return {
    bets: bets.filter(
      (bet) =>
        (raceId === null || bet.race_id === raceId) && (status === null || bet.status === status),
    ),
    next_before: null,
  };
}

async function serve(root: string, pathname: string, response: ServerResponse): Promise<void> {
  const path = pathname === "/" ? "index.html" : normalize(pathname);
  const type = TYPES[extname(path)] ?? "application/octet-stream";
  const body = await readFile(join(root, path)).catch(() => undefined);
  if (body === undefined) response.writeHead(404).end();
  else
    response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(body);
}
