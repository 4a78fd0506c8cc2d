/**
 * A process is killed, stopped, paused and added while players bet and races run. What it had answers elsewhere within the
 * deadline, nobody who asks another gateway is refused anything, and no two copies of an entity ever commit.
 *
 * The deadlines here leave room for a busy machine; the distribution itself is `npm run bench -- fail-over`.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../crash/deadline.ts";
import { bet, type Player, send } from "../crash/Player.ts";
import { Bettors } from "./support/Bettors.ts";
import { LocalCluster, type Member } from "./support/LocalCluster.ts";
import { slowdown } from "../support/slowdown.ts";

/** Twice to ten times what an idle machine takes. */
const DEADLINE_MS = { kill: 5000, stop: 3000, pause: 8000 };
const AMPLE = "1000000000";
const RACING = { betting_ms: 1000, racing_ms: 2000, results_ms: 500 };

let cluster: LocalCluster;
/** Races follow each other in it from the first test to the last. */
let track: string;

beforeAll(async () => {
  cluster = await LocalCluster.open({
    processes: 3,
    env: { JOIN_GRANT: AMPLE, MAX_BET: AMPLE },
  });
  track = await cluster.bettingLobby("track", undefined, RACING);
});

afterAll(async () => {
  const endings = await cluster.close();
  expect(endings.every((ending) => ending === 0)).toBe(true);
});

const racesRun = async (): Promise<number> => {
  const { body } = await send(cluster.other().url, { path: `/lobbies/${track}` });
  return Number(String(body["race_id"]).split("-").at(-1));
};

/** Of a process: a player whose wallet it has, and a lobby; their other half is anywhere. */
const startBetting = async (victim: Member) => {
  const [one, other] = cluster.others(victim);
  if (one === undefined || other === undefined) throw new Error("too few processes");
  const itsLobby = await cluster.bettingLobby(`of_${victim.name}`, victim);
  const lobby = await cluster.bettingLobby(`of_${one.name}`, one);
  const [ofVictim] = await cluster.playersOf(victim, 1, lobby);
  const [ofOther] = await cluster.playersOf(other, 1, itsLobby);
  if (ofVictim === undefined || ofOther === undefined) throw new Error("no players");
  const bettors = new Bettors([
    { player: ofVictim, lobbyId: lobby, gateway: one.url },
    { player: ofVictim, lobbyId: itsLobby, gateway: other.url },
    { player: ofOther, lobbyId: itsLobby, gateway: one.url },
    { player: ofOther, lobbyId: lobby, gateway: other.url },
  ]);
  await bettors.allAcceptedSince(0);
  return { bettors, itsLobby, lobby, player: ofVictim, one, other };
};

/** Whatever was answered is answered again, by any gateway, and in the journal once. */
const expectKept = async (bettors: Bettors) => {
  const some = bettors.bets.slice(-5);
  for (const { answer, key, lobbyId, player } of some) {
    const n = Number(key.split("-")[1]);
    const request = bet(key, { lobby_id: lobbyId, stake: 100, selection: [(n % 8) + 1] });
    for (const { url } of cluster.members)
      expect(await send(url, request, player.token)).toEqual({ ...answer, replayed: true });
  }
};

const versionOf = async (url: string, player: Player): Promise<number | undefined> => {
  const { body, status } = await send(url, { path: "/wallet/me" }, player.token);
  return status === 200 ? Number(body["version"]) : undefined;
};

const report = (what: string, ms: number, bettors: Bettors) =>
  console.log(`${what}: ${ms.toFixed(0)} ms away, ${bettors.bets.length} bets answered`);

describe("a process", () => {
  it("that is killed: its entities answer elsewhere, and no call by another gateway fails", async () => {
    const victim = cluster.other();
    const { bettors } = await startBetting(victim);
    const killedAt = performance.now();
    await victim.kill();
    await bettors.allAcceptedSince(killedAt);
    await bettors.stop();
    const away = bettors.longestGapMs(killedAt);
    report("kill -9", away, bettors);
    expect(bettors.failed).toEqual([]);
    expect(away).toBeLessThan(DEADLINE_MS.kill * slowdown());
    await cluster.settled();
    await expectKept(bettors);
  });

  it("that is added while races run takes its share of the shards, and nobody notices", async () => {
    const [one, other] = cluster.members;
    if (one === undefined || other === undefined) throw new Error("too few processes");
    const lobby = await cluster.bettingLobby("added", one);
    const players = await cluster.playersOf(one, 2, lobby);
    const before = await racesRun();
    const bettors = new Bettors(
      players.map((player) => ({ player, lobbyId: lobby, gateway: other.url })),
    );
    const startedAt = performance.now();
    await cluster.add();
    await cluster.settled();
    const settledMs = performance.now() - startedAt;
    await bettors.allAcceptedSince(performance.now());
    await bettors.stop();
    console.log(`added: it has its share ${settledMs.toFixed(0)} ms after its start`);
    report("added", bettors.longestGapMs(startedAt), bettors);
    expect(bettors.failed).toEqual([]);
    expect(bettors.longestGapMs(startedAt)).toBeLessThan(DEADLINE_MS.stop * slowdown());
    await until("the next race", racesRun, (races) => races > before);
    await expectKept(bettors);
  });

  it("that is stopped hands everything over: no call by another gateway fails, and the gap is short", async () => {
    const victim = cluster.other();
    const { bettors } = await startBetting(victim);
    const stoppedAt = performance.now();
    const ending = await victim.stop();
    const endedMs = performance.now() - stoppedAt;
    await bettors.allAcceptedSince(performance.now());
    await bettors.stop();
    const away = bettors.longestGapMs(stoppedAt);
    console.log(`SIGTERM: the process ended after ${endedMs.toFixed(0)} ms`);
    report("SIGTERM", away, bettors);
    expect(ending).toBe(0);
    expect(bettors.failed).toEqual([]);
    expect(away).toBeLessThan(DEADLINE_MS.stop * slowdown());
    await cluster.add();
    await cluster.settled();
    await expectKept(bettors);
  });

  it("that is paused is replaced; when it wakes it writes nothing, answers nothing old, and joins again", async () => {
    const zombie = cluster.other();
    const { bettors, itsLobby, one, player } = await startBetting(zombie);
    const pausedAt = performance.now();
    zombie.pause();
    await bettors.allAcceptedSince(pausedAt);
    const away = bettors.longestGapMs(pausedAt);
    // These wait in the zombie's sockets: the first that it sees when it wakes.
    const asked = Array.from({ length: 4 }, () => versionOf(zombie.url, player));
    const late = bet("late", { lobby_id: itsLobby, stake: 100 });
    const said = send(zombie.url, late, player.token);
    await bettors.allAcceptedSince(performance.now());
    await bettors.stop();
    report("SIGSTOP", away, bettors);
    expect(bettors.failed).toEqual([]);
    expect(away).toBeLessThan(DEADLINE_MS.pause * slowdown());
    const known = await versionOf(one.url, player);

    zombie.resume();
    for (const version of await Promise.all(asked))
      if (version !== undefined) expect(version).toBeGreaterThanOrEqual(known ?? 0);
    const answer = await said;
    expect([201, 503]).toContain(answer.status);
    if (answer.status === 201)
      expect(await send(one.url, late, player.token)).toEqual({ ...answer, replayed: true });
    await cluster.settled();
    await expectKept(bettors);
  });
});

describe("after all of it", () => {
  it("the race in progress goes on, and is paid", async () => {
    await cluster.stopLobby(track);
    const raceId = `${track}-${await racesRun()}`;
    await until(
      `race ${raceId} settled`,
      async () => (await send(cluster.other().url, { path: `/races/${raceId}` })).body["status"],
      (status) => status === "settled",
    );
  });

  it("no version is missing from the journal or was written by two, and the books are clean", async () => {
    const broken = await cluster.query(
      `SELECT kind, entity_id FROM journal GROUP BY kind, entity_id
       HAVING count(*) <> max(version) OR count(DISTINCT command_id) <> count(*)`,
    );
    expect(broken).toEqual([]);
    expect((await cluster.audit()).findings).toEqual([]);
  });
});
