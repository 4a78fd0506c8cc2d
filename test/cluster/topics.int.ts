/**
 * A client that watches lobbies of other processes sees every change once and in order, whatever happens to the processes
 * they live in; and what it missed while it was away it gets from any other gateway.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "../crash/deadline.ts";
import { type Player, send } from "../crash/Player.ts";
import { Bettors } from "./support/Bettors.ts";
import { LocalCluster, type Member } from "./support/LocalCluster.ts";
import { Onlooker } from "./support/Onlooker.ts";

/** Enough that each process has one, as good as certainly. */
const LOBBIES = 6;
/** Some phases of a race, so that a lobby has gone on after what has happened. */
const SOME_CHANGES = 2;
const AMPLE = "1000000000";
const RACING = { betting_ms: 1000, racing_ms: 2000, results_ms: 500 };

let cluster: LocalCluster;
/** The gateway that the client watches at; it stays. */
let gateway: Member;
let lobbies: ReadonlyArray<string>;
/** One whose wallet is elsewhere, too. */
let player: Player;
let onlooker: Onlooker;
let bettors: Bettors;

beforeAll(async () => {
  const env = { JOIN_GRANT: AMPLE, MAX_BET: AMPLE, STATE_SYNC_HZ: "2" };
  cluster = await LocalCluster.open({ processes: 3, env });
  gateway = cluster.other();
  const far = cluster.other(gateway);
  const made = [];
  for (let n = 0; n < LOBBIES; n++)
    made.push(await cluster.bettingLobby("watched", undefined, RACING));
  lobbies = made;
  const open = await cluster.bettingLobby("open");
  const [found] = await cluster.playersOf(far, 1, open);
  if (found === undefined) throw new Error("no player");
  player = found;
  onlooker = await Onlooker.open(gateway.url, player);
  for (const lobby of lobbies) await onlooker.subscribe(lobby);
  bettors = new Bettors([{ player, lobbyId: open, gateway: gateway.url }]);
});

afterAll(async () => {
  await bettors.stop();
  onlooker.close();
  await cluster.close();
});

const allGoOn = () => Promise.all(lobbies.map((lobby) => onlooker.changes(lobby, SOME_CHANGES)));

const expectWhole = () => {
  expect(lobbies.flatMap((lobby) => onlooker.faults(lobby))).toEqual([]);
  // A wallet's frame is the whole balance: it may leave some out, but never go back or repeat one.
  for (const [n, version] of onlooker.wallet.entries())
    if (n > 0) expect(version).toBeGreaterThan(onlooker.wallet[n - 1] ?? 0);
};

/** The process of the first watched lobby that is not the client's gateway. */
const aWatchedProcess = async (): Promise<Member> => {
  for (const lobby of lobbies) {
    const owner = await cluster.owner("lobby", lobby, gateway);
    if (owner !== gateway) return owner;
  }
  throw new Error("all lobbies live beside the client's gateway");
};

it("when lobbies move to a process that is added", async () => {
  await allGoOn();
  await cluster.add();
  await cluster.settled();
  await allGoOn();
  expectWhole();
});

it("when their process is stopped, and the wallet's", async () => {
  const ofLobby = await aWatchedProcess();
  await ofLobby.stop();
  const ofWallet = await cluster.owner("wallet", player.id, gateway);
  if (ofWallet !== gateway) await ofWallet.stop();
  await allGoOn();
  expectWhole();
});

it("when their process is killed", async () => {
  if (cluster.members.length < 3) await cluster.add();
  await cluster.settled();
  const victim = await aWatchedProcess();
  await victim.kill();
  await allGoOn();
  expectWhole();
  expect(await cluster.sometimes("streamResumed")).toBeGreaterThan(0);
});

it("when the client resumes at another gateway what it missed while it was away", async () => {
  onlooker.close();
  await onlooker.closed;
  const there = cluster.other(gateway);
  const back = await Onlooker.open(there.url, player);
  const missed = await Onlooker.open(gateway.url, player);
  for (const lobby of lobbies) await missed.subscribe(lobby);
  await Promise.all(lobbies.map((lobby) => missed.changes(lobby, SOME_CHANGES)));
  missed.close();
  for (const lobby of lobbies) back.resume(lobby, onlooker.newest(lobby));
  await Promise.all(lobbies.map((lobby) => back.changes(lobby, SOME_CHANGES)));
  for (const lobby of lobbies) {
    const [first, ...rest] = back.seen(lobby);
    expect(first).toBe(onlooker.newest(lobby) + 1);
    for (const [n, version] of rest.entries()) expect(version).toBe(Number(first) + n + 1);
  }
  back.close();
});

it("and the wallet's newest balance has arrived", async () => {
  const last = await Onlooker.open(gateway.url, player);
  await bettors.stop();
  const { body } = await send(gateway.url, { path: "/wallet/me" }, player.token);
  const { version } = body;
  await until(
    `version ${version} of the wallet`,
    () => last.wallet.at(-1),
    (seen) => seen === version,
  );
  expect(bettors.failed).toEqual([]);
  last.close();
});
