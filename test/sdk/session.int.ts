/** Sessions against the real server: tokens are exchanged, refused, and shared between the parts of the server. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCroupier } from "../../sdk/src/index.ts";
import type { Croupier, Session, SessionEnd } from "../../sdk/src/index.ts";
import { openNodeSocket } from "../../sdk/src/node.ts";
import { type Server, startServer } from "../support/server.ts";
import { MemoryStorage } from "./support/MemoryStorage.ts";
import { until } from "./support/until.ts";
import { PATIENCE_MS } from "../support/patience.ts";

const KEY = "croupier.session";

let folder: string;
let server: Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "croupier-session-"));
  server = await startServer({ env: { DATA_DIR: folder, BETTING_SECONDS: "3600" } });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const open = (storage: MemoryStorage): Croupier =>
  createCroupier({ url: server.url, storage, openSocket: openNodeSocket });
const online = (croupier: Croupier): Promise<void> =>
  until(
    "online",
    (check) => [croupier.connection.subscribe(check)],
    () => croupier.connection.get().kind === "online",
    PATIENCE_MS,
  );
const rewrite = (storage: MemoryStorage, change: (session: Session) => object): void => {
  const session = JSON.parse(storage.getItem(KEY) ?? "null") as Session;
  storage.setItem(KEY, JSON.stringify({ ...session, ...change(session) }));
};

test("a token past half of its life is exchanged as soon as the client lives, and the connection stays", async () => {
  const storage = new MemoryStorage();
  const first = open(storage);
  await first.join({ displayName: "Ada" });
  first.close();
  // Obtained so long ago that half of its life is over.
  rewrite(storage, () => ({ obtainedAt: new Date(0).toISOString() }));
  const states: string[] = [];
  const next = open(storage);
  next.connection.subscribe(() => states.push(next.connection.get().kind));
  const before = next.session.get();
  await until(
    "a session that was obtained just now",
    (check) => [next.session.subscribe(check)],
    () => next.session.get()?.obtainedAt !== before?.obtainedAt,
    PATIENCE_MS,
  );
  await online(next);
  expect(next.session.get()).toMatchObject({
    playerId: before?.playerId,
    lobbyId: before?.lobbyId,
    displayName: "Ada",
  });
  expect(JSON.parse(storage.getItem(KEY) ?? "null")).toEqual(next.session.get());
  expect(states).toEqual(["online"]);
  expect(await next.get("/auth/me")).toMatchObject({ ok: true, body: { display_name: "Ada" } });
  next.close();
});

test("a forged token ends the session, and the next player comes in", async () => {
  const storage = new MemoryStorage();
  const first = open(storage);
  await first.join({ displayName: "Eve" });
  first.close();
  rewrite(storage, ({ token }) => ({ token: `${token.slice(0, -4)}AAAA` }));
  const ends: SessionEnd[] = [];
  const next = open(storage);
  next.onSessionEnd((why) => ends.push(why));
  await until(
    "the end of the session",
    (check) => [next.onSessionEnd(check)],
    () => next.session.get() === null,
    PATIENCE_MS,
  );
  expect(ends).toEqual(["refused"]);
  expect(storage.getItem(KEY)).toBeNull();
  const account = { username: "grace", password: "a long password" };
  expect(await next.register(account)).toMatchObject({ ok: true });
  await online(next);
  next.close();
  const again = open(new MemoryStorage());
  expect(await again.login({ ...account, password: "another one" })).toMatchObject({
    ok: false,
    problem: { code: "bad_credentials" },
  });
  expect(await again.login(account)).toMatchObject({ ok: true, body: { lobbyId: null } });
  await online(again);
  again.close();
});

test("signing out elsewhere ends every other session of the player, online or not, and keeps this one", async () => {
  const storage = new MemoryStorage();
  const here = open(storage);
  await here.join({ displayName: "Ada" });
  await online(here);
  const elsewhereStorage = new MemoryStorage();
  elsewhereStorage.setItem(KEY, storage.getItem(KEY) ?? "");
  const elsewhere = open(elsewhereStorage);
  await online(elsewhere);
  const before = here.session.get();
  const ends: Array<readonly [string, SessionEnd]> = [];
  here.onSessionEnd((why) => ends.push(["here", why]));
  elsewhere.onSessionEnd((why) => ends.push(["elsewhere", why]));
  const cut = until(
    "the old connection's end",
    (check) => [here.connection.subscribe(check)],
    () => here.connection.get().kind !== "online",
    PATIENCE_MS,
  );

  expect(await here.signOutElsewhere()).toBe("refreshed");
  await until(
    "the end of the other session",
    (check) => [elsewhere.onSessionEnd(check)],
    () => elsewhere.session.get() === null,
    PATIENCE_MS,
  );
  await cut;
  await online(here);
  expect(ends).toEqual([["elsewhere", "refused"]]);
  expect(elsewhereStorage.getItem(KEY)).toBeNull();
  expect(here.session.get()).toMatchObject({ playerId: before?.playerId, displayName: "Ada" });
  expect(here.session.get()?.token).not.toBe(before?.token);
  expect(await here.get("/auth/me")).toMatchObject({ ok: true });
  here.close();
  elsewhere.close();
});

test("another password ends every other session, and is the one to sign in with; a guess changes nothing", async () => {
  const account = { username: "hopper", password: "a long password" };
  const here = open(new MemoryStorage());
  await here.register(account);
  await online(here);
  const elsewhere = open(new MemoryStorage());
  await elsewhere.login(account);
  await online(elsewhere);
  const ends: Array<readonly [string, SessionEnd]> = [];
  here.onSessionEnd((why) => ends.push(["here", why]));
  elsewhere.onSessionEnd((why) => ends.push(["elsewhere", why]));
  const change = (password: string) =>
    here.changePassword({ password, newPassword: "a new password" });

  expect(await change("a guess")).toMatchObject({ problem: { code: "bad_credentials" } });
  expect(here.connection.get()).toEqual({ kind: "online" });
  expect(await change(account.password)).toMatchObject({ ok: true });
  await until(
    "the end of the other session",
    (check) => [elsewhere.onSessionEnd(check)],
    () => elsewhere.session.get() === null,
    PATIENCE_MS,
  );
  await online(here);
  expect(await here.get("/auth/me")).toMatchObject({ ok: true });
  expect(ends).toEqual([["elsewhere", "refused"]]);
  expect(await elsewhere.login(account)).toMatchObject({ problem: { code: "bad_credentials" } });
  const renewed = { ...account, password: "a new password" };
  expect(await elsewhere.login(renewed)).toMatchObject({ ok: true });
  here.close();
  elsewhere.close();
});
