import type { Bench } from "./Bench.ts";
import { describeRound, playRound, startBetWorker, warmUpMsOf } from "./support/BetLoad.ts";
import { startCluster } from "./support/Cluster.ts";
import { betOf, joinMany, type Player } from "./support/Players.ts";
import { processCpuMs } from "./support/ProcessCpu.ts";
import { interleave, median } from "./support/Rounds.ts";

const SOCKETS = 100;
const STAKE_MINOR = 100;
/** In flight on each socket: as a patient player, so that remote asks are alone; and as a fast client, so that they are not. */
const DEPTHS = { single: 1, batched: 8 };

export const betsRemote: Bench = {
  name: "bets-remote",
  about: "bets whose wallets all live in another process, against all in the gateway's own",
  unit: "bets/s",
  bar: { ratioAtLeast: 0.4 },
  run: async (stage) => {
    const worker = await startBetWorker(stage);
    const cluster = await startCluster(stage, 2);
    const lobbyId = await cluster.lobby("bench");
    // The lobby is beside the gateway on both sides; only the wallets differ.
    const port = await cluster.portOf("lobby", lobbyId);
    const gateway = cluster.servers.find((server) => server.port === port)!;
    const other = cluster.servers.find((server) => server !== gateway)!;

    const playersAt = async (homePort: number) => {
      const found: Array<Player> = [];
      while (found.length < SOCKETS)
        found.push(
          ...(await joinMany(gateway.url, SOCKETS, () => lobbyId)).filter(
            (player) => player.homePort === homePort,
          ),
        );
      return found.slice(0, SOCKETS);
    };
    const round = async (homePort: number, depth: number) => {
      const bettors = (await playersAt(homePort)).map(({ token }, index) => ({
        token,
        bet: betOf(index, STAKE_MINOR),
      }));
      const otherBefore = processCpuMs(other.pid) ?? 0;
      const played = await playRound(
        { server: gateway, worker, bettors },
        {
          type: "closed-loop",
          depth,
          warmUpMs: warmUpMsOf(stage),
          measureMs: stage.seconds * 1000,
        },
      );
      const otherCpuMs = (processCpuMs(other.pid) ?? 0) - otherBefore;
      const seconds = stage.seconds + warmUpMsOf(stage) / 1000;
      const cpuUs =
        (((played.serverCpuMs ?? 0) + otherCpuMs) * 1000) / (played.perSecond * seconds);
      return { ...played, cpuUs };
    };

    const measure = (depth: number) =>
      interleave(stage.rounds, {
        a: () => round(other.port, depth),
        b: () => round(port, depth),
      });
    stage.progress(
      `${SOCKETS} sockets, ${DEPTHS.batched} bets in flight on each, then ${DEPTHS.single}`,
    );
    const batched = await measure(DEPTHS.batched);
    const single = await measure(DEPTHS.single);
    const cpu = (rounds: ReadonlyArray<{ readonly cpuUs: number }>) =>
      median(rounds.map(({ cpuUs }) => cpuUs));
    const line = (name: string, { a, b }: typeof batched) =>
      `${name}: a remote wallet adds ${Math.round(cpu(a) - cpu(b))} µs of CPU a bet over both processes (${Math.round(cpu(a))} against ${Math.round(cpu(b))}); remote ${describeRound(a.at(-1)!)}; local ${describeRound(b.at(-1)!)}`;
    return {
      ours: median(batched.a.map(({ perSecond }) => perSecond)),
      peer: median(batched.b.map(({ perSecond }) => perSecond)),
      notes: [
        line(`${DEPTHS.batched} in flight`, batched),
        line(`${DEPTHS.single} in flight`, single),
      ],
    };
  },
};
