/**
 * How long the entities of a process are away when it is killed, stopped or paused, while players bet through all gateways:
 * the time from the signal until a bet that needs such an entity is accepted through another gateway. A round's time is that
 * of its slowest entity.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Bench, Outcome, Stage } from "./Bench.ts";
import { Lane } from "./support/Bets.ts";
import { startCluster, type BenchCluster } from "./support/Cluster.ts";
import { joinMany, type Player } from "./support/Players.ts";
import { median } from "./support/Rounds.ts";
import type { Server } from "./support/Server.ts";

const PROCESSES = 3;
const ROUNDS = { full: 20, quick: 4 };
const DEADLINE_MS = { kill: 1000, stop: 500, pause: 8000 };
/** Beyond it an entity counts as lost. */
const LOST_MS = 20_000;
const POLL_MS = 5;
/** Between the answer to a probe and the next: what a time is exact to. */
const PROBE_PAUSE_MS = 15;
/** Wallets of the process whose return is timed, and as many players elsewhere in a lobby of its. */
const PROBES = 4;
/** Players who only make load, through every gateway, each so many bets a second. */
const CROWD = 12;
const CROWD_PAUSE_MS = 50;
/** The load goes on for so long before the signal, and after all are back. */
const STEADY_MS = 500;

type Fault = keyof typeof DEADLINE_MS;

interface Round {
  readonly awayMs: number;
  /** Bets that another gateway than the process's own answered with anything but acceptance. */
  readonly failed: number;
  readonly bets: number;
}

/** Lobbies, until there is one in the process and one elsewhere. */
const lobbiesFor = async (cluster: BenchCluster, victim: Server, round: string) => {
  const made: Array<string> = [];
  let its: string | undefined;
  let other: string | undefined;
  for (let n = 0; its === undefined || other === undefined; n++) {
    const lobby = await cluster.lobby(`${round}-${n}`);
    made.push(lobby);
    if ((await cluster.portOf("lobby", lobby)) === victim.port) its ??= lobby;
    else other ??= lobby;
  }
  return { its, other, made };
};

const playersFor = async (url: string, victim: Server) => {
  const its: Array<Player> = [];
  const others: Array<Player> = [];
  while (its.length < PROBES || others.length < PROBES + CROWD)
    for (const player of await joinMany(url, PROBES + CROWD))
      (player.homePort === victim.port ? its : others).push(player);
  return { its: its.slice(0, PROBES), others };
};

const signal = (fault: Fault, victim: Server): Promise<void> => {
  if (fault === "kill") return victim.kill();
  if (fault === "stop") return victim.stop();
  process.kill(victim.pid, "SIGSTOP");
  return Promise.resolve();
};

const round = async (cluster: BenchCluster, fault: Fault, n: number): Promise<Round> => {
  const victim = cluster.servers[n % cluster.servers.length]!;
  const others = cluster.servers.filter((server) => server !== victim);
  const lobbies = await lobbiesFor(cluster, victim, `${fault}-${n}`);
  const players = await playersFor(others[0]!.url, victim);
  let turn = 0;
  const anotherGateway = () => others[turn++ % others.length]!.url;
  const probes = [
    ...players.its.map((player) => ({ player, lobbyId: lobbies.other })),
    ...players.others.slice(0, PROBES).map((player) => ({ player, lobbyId: lobbies.its })),
  ].map((lane) => new Lane({ ...lane, gateway: anotherGateway, pauseMs: PROBE_PAUSE_MS }));
  let isThere = true;
  const crowd = players.others.slice(PROBES, PROBES + CROWD).map((player, i) => {
    const all = [...others, victim];
    const own = all[i % all.length]!;
    return new Lane({
      player,
      lobbyId: lobbies.other,
      gateway: () => (own === victim && !isThere ? anotherGateway() : own.url),
      pauseMs: CROWD_PAUSE_MS,
    });
  });
  await delay(STEADY_MS);

  cluster.forget(victim);
  const since = performance.now();
  isThere = false;
  const ended = signal(fault, victim);
  // A process that stops in order answers until it has handed over: its entities are elsewhere for sure when it has ended.
  await ended;
  const elsewhere = performance.now();
  let isLost = false;
  while (!isLost && !probes.every((probe) => probe.isBackSince(elsewhere))) {
    isLost = performance.now() - since > LOST_MS;
    await delay(POLL_MS);
  }
  const awayMs = isLost
    ? Number.POSITIVE_INFINITY
    : Math.max(...probes.map((probe) => probe.longestGapMs(since)));
  await delay(STEADY_MS);
  if (fault === "pause") {
    process.kill(victim.pid, "SIGCONT");
    await victim.stop();
  }
  for (const lane of [...probes, ...crowd]) await lane.stop();
  for (const lobby of lobbies.made) await cluster.closeLobby(lobby);
  await cluster.add();
  await cluster.spread();
  const placed = [...probes, ...crowd].flatMap((lane) => lane.placed);
  return {
    awayMs,
    failed: placed.filter(({ status, url }) => status !== 201 && url !== victim.url).length,
    bets: placed.length,
  };
};

const share = (sorted: ReadonlyArray<number>, of: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))]!;

const describe = (fault: Fault, rounds: ReadonlyArray<Round>) => {
  const sorted = rounds.map((one) => one.awayMs).toSorted((a, b) => a - b);
  const sum = (of: (one: Round) => number) => rounds.reduce((total, one) => total + of(one), 0);
  const [min, p50, p90, max] = [sorted[0]!, median(sorted), share(sorted, 0.9), sorted.at(-1)!].map(
    (ms) => ms.toFixed(0),
  );
  const name = { kill: "kill -9", stop: "SIGTERM", pause: "SIGSTOP" }[fault];
  return `${name} × ${rounds.length}: away min ${min}, p50 ${p50}, p90 ${p90}, max ${max} ms (deadline ${DEADLINE_MS[fault]}); of ${sum((one) => one.bets)} bets ${sum((one) => one.failed)} failed at the other gateways`;
};

const runRounds = async (stage: Stage, cluster: BenchCluster, fault: Fault, count: number) => {
  const rounds: Array<Round> = [];
  for (let n = 0; n < count; n++) {
    rounds.push(await round(cluster, fault, n));
    stage.progress(`${fault} ${n + 1} of ${count}: ${rounds.at(-1)!.awayMs.toFixed(0)} ms`);
  }
  return rounds;
};

export const failOver: Bench = {
  name: "fail-over",
  about: `time until the entities of one of ${PROCESSES} processes answer elsewhere, under load, against the deadlines`,
  unit: "of the deadline",
  bar: { oursAtMost: 1 },
  run: async (stage): Promise<Outcome> => {
    const kills = stage.kills ?? (stage.quick ? ROUNDS.quick : ROUNDS.full);
    const cluster = await startCluster(stage, PROCESSES);
    const kill = await runRounds(stage, cluster, "kill", kills);
    const stop = await runRounds(stage, cluster, "stop", Math.ceil(kills / 2));
    const pause = await runRounds(stage, cluster, "pause", Math.ceil(kills / 4));
    const medianMs = (rounds: ReadonlyArray<Round>) => median(rounds.map(({ awayMs }) => awayMs));
    const worstMs = (rounds: ReadonlyArray<Round>) =>
      Math.max(...rounds.map(({ awayMs }) => awayMs));
    const failedAtStop = stop.reduce((sum, { failed }) => sum + failed, 0);
    return {
      // A call refused while a process stops in order is a promise broken: no time makes up for it.
      ours:
        failedAtStop > 0
          ? Number.POSITIVE_INFINITY
          : Math.max(
              medianMs(kill) / DEADLINE_MS.kill,
              worstMs(stop) / DEADLINE_MS.stop,
              worstMs(pause) / DEADLINE_MS.pause,
            ),
      notes: [
        describe("kill", kill),
        describe("stop", stop),
        describe("pause", pause),
        "the figure is the worst of: the median of kill -9, the longest of SIGTERM and of SIGSTOP, each as a part of its deadline",
      ],
    };
  },
};
