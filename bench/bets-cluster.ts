import type { Bench } from "./Bench.ts";
import { describeRound, playRound, startBetWorker, warmUpMsOf } from "./support/BetLoad.ts";
import { startCluster, type BenchCluster } from "./support/Cluster.ts";
import { betOf, joinMany } from "./support/Players.ts";
import { interleave, median } from "./support/Rounds.ts";

const PROCESSES = 3;
/** Several to a process, so that each has some. */
const LOBBIES = 6;
const SOCKETS = 120;
const DEPTH = 8;
const STAKE_MINOR = 100;

const lobbiesOf = (cluster: BenchCluster) =>
  Promise.all(Array.from({ length: LOBBIES }, (_, i) => cluster.lobby(`bench-${i}`)));

export const betsCluster: Bench = {
  name: "bets-cluster",
  about: `bets over WebSocket with ${PROCESSES} processes, each player beside its wallet, against one process`,
  unit: "bets/s",
  bar: { ratioAtLeast: 0.7 },
  run: async (stage) => {
    const worker = await startBetWorker(stage);
    const several = await startCluster(stage, PROCESSES);
    const one = await startCluster(stage, 1);
    const severalLobbies = await lobbiesOf(several);
    const oneLobbies = await lobbiesOf(one);
    const round = async (cluster: BenchCluster, lobbies: ReadonlyArray<string>) => {
      const server = cluster.servers[0]!;
      const players = await joinMany(server.url, SOCKETS, (i) => lobbies[i % LOBBIES]);
      const bettors = players.map(({ homePort, token }, index) => ({
        token,
        port: homePort,
        bet: betOf(index, STAKE_MINOR),
      }));
      return playRound(
        { server, worker, bettors },
        {
          type: "closed-loop",
          depth: DEPTH,
          warmUpMs: warmUpMsOf(stage),
          measureMs: stage.seconds * 1000,
        },
      );
    };
    stage.progress(`${SOCKETS} sockets, ${DEPTH} bets in flight on each, ${LOBBIES} lobbies`);
    const { a, b } = await interleave(stage.rounds, {
      a: () => round(several, severalLobbies),
      b: () => round(one, oneLobbies),
    });
    return {
      ours: median(a.map(({ perSecond }) => perSecond)),
      peer: median(b.map(({ perSecond }) => perSecond)),
      notes: [
        `${PROCESSES} processes: ${describeRound(a.at(-1)!)}`,
        `one process: ${describeRound(b.at(-1)!)}`,
      ],
    };
  },
};
