import { beforeEach, expect, test } from "vitest";
import { createCroupier } from "../../../sdk/src/index.ts";
import type { Croupier } from "../../../sdk/src/index.ts";
import { openSeat } from "../../../web/src/app/Seat.ts";
import type { Seat } from "../../../web/src/app/Seat.ts";
import { isGuest } from "../../../web/src/session/Session.ts";
import { memoryStorage } from "./memoryStorage.ts";

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

let storage: Storage;
let asked: string[];
let answers: Record<string, Answered>;

const GRANTED = {
  token: "t1",
  player_id: "p1",
  expires_at: "2999-01-01T00:00:00.000Z",
  ws_url: "ws://house.example/ws",
};

beforeEach(() => {
  storage = memoryStorage();
  asked = [];
  answers = {
    "POST /auth/join": { status: 201, body: { ...GRANTED, lobby_id: "dunes" } },
    "POST /auth/login": { status: 200, body: GRANTED },
    "GET /lobbies": { status: 200, body: { lobbies: [{ lobby_id: "demo" }] } },
  };
});

/** A life of the page: another one with the same storage is a reload. */
function life(): { readonly seat: Seat; readonly croupier: Croupier } {
  const croupier = createCroupier({
    url: "http://house.example",
    storage,
    // Nothing is heard of it: what is tested needs no connection.
    openSocket: () => ({ send: () => undefined, close: () => undefined }),
    fetch: async (url, { method }) => {
      const what = `${method} ${new URL(url).pathname}`;
      asked.push(what);
      const { body, status } = answers[what] ?? { status: 404, body: { code: "not_found" } };
      return Response.json(body, { status });
    },
  });
  return { croupier, seat: openSeat(croupier, storage) };
}

const sitting = (seat: Seat) => seat.store.get().table?.session;

test("a guest sits at the lobby that the server gave, moves, and is there again after a reload", async () => {
  const { croupier, seat } = life();
  expect(sitting(seat)).toBeUndefined();
  const session = { playerId: "p1", displayName: "Ada", lobbyId: "dunes" };
  expect(await seat.join("Ada")).toEqual({ ok: true, session });
  expect(sitting(seat)).toEqual(session);
  expect(isGuest(session)).toBe(true);

  const { table } = seat.store.get();
  seat.sitAt("dunes");
  expect(seat.store.get().table).toBe(table);
  seat.sitAt("plains");
  expect(sitting(seat)?.lobbyId).toBe("plains");
  croupier.close();

  const again = life();
  expect(sitting(again.seat)).toEqual({ ...session, lobbyId: "plains" });
  again.croupier.close();
});

test("an account sits at the first lobby unless it asks for one, and is known as one after a reload", async () => {
  const { croupier, seat } = life();
  const credentials = { username: "ada", password: "analytical" };
  const entered = await seat.enter("login", credentials);
  const session = { playerId: "p1", displayName: "ada", lobbyId: "demo", username: "ada" };
  expect(entered).toEqual({ ok: true, session });
  croupier.close();
  const again = life();
  expect(sitting(again.seat)).toEqual(session);
  again.croupier.close();
});

test("where there is no lobby, no account is asked for", async () => {
  answers["GET /lobbies"] = { status: 200, body: { lobbies: [] } };
  const { croupier, seat } = life();
  const entered = await seat.enter("register", { username: "ada", password: "analytical" });
  expect(entered).toMatchObject({ ok: false, problem: { code: "no_lobby" } });
  expect(asked).toEqual(["GET /lobbies"]);
  croupier.close();
});

test("a token that the server no longer knows leads back to the door, with a word why", async () => {
  const { croupier, seat } = life();
  await seat.join("Ada");
  answers["GET /wallet/me"] = { status: 401, body: { status: 401, code: "unauthorized" } };
  answers["POST /auth/refresh"] = answers["GET /wallet/me"];
  const isOver = new Promise<void>((resolve) => {
    seat.store.subscribe(() => {
      if (seat.store.get().table === null) resolve();
    });
  });
  await croupier.get("/wallet/me");
  await isOver;
  expect(seat.store.get()).toEqual({ table: null, notice: "expired" });
  croupier.close();
  expect(sitting(life().seat)).toBeUndefined();
});

test("who leaves is forgotten", async () => {
  const { croupier, seat } = life();
  await seat.join("Ada");
  seat.leave();
  expect(seat.store.get()).toEqual({ table: null, notice: null });
  expect(storage.length).toBe(0);
  croupier.close();
});
