import type { Bench } from "./Bench.ts";
import { createClassicTables } from "./peers/classic-bet.ts";
import { CLIENT_COUNTS, openClassicLoad } from "./peers/pgbench.ts";
import { DEPTHS, describeRound, openBetLoad } from "./support/BetLoad.ts";
import { bestOf, interleave, median } from "./support/Rounds.ts";

const TRIAL_SECONDS = 1.5;
/** pgbench counts whole seconds. */
const PGBENCH_TRIAL_SECONDS = 2;
const QUICK = { clients: [8, 32], depths: [8], pgbenchTrialSeconds: 1 } as const;

const listed = (trials: ReadonlyArray<readonly [number, number]>) =>
  trials.map(([candidate, score]) => `${candidate}: ${Math.round(score)}`).join(", ");

export const betsPgbench: Bench = {
  name: "bets-pgbench",
  about:
    "durable bets over 100 WebSockets (wallet hold, lobby accept, commit, answer) against the classic transaction in pgbench",
  unit: "bets/s",
  bar: { ratioAtLeast: 1 },
  run: async (stage) => {
    const database = await stage.postgres.createDatabase("classic");
    stage.defer(database.drop);
    await createClassicTables(database);
    const classic = await openClassicLoad(database);
    stage.defer(classic.stop);
    const ours = await openBetLoad(stage);

    stage.progress("finding the best number of clients and the best depth");
    const clients = await bestOf<number>(stage.quick ? QUICK.clients : CLIENT_COUNTS, (count) =>
      classic.run(count, stage.quick ? QUICK.pgbenchTrialSeconds : PGBENCH_TRIAL_SECONDS),
    );
    const depths = stage.quick ? QUICK.depths : DEPTHS;
    const depth =
      depths.length === 1
        ? { candidate: depths[0], trials: [] }
        : await bestOf<number>(
            depths,
            async (each) => (await ours.closedLoop(each, TRIAL_SECONDS)).perSecond,
          );

    stage.progress(`ours at depth ${depth.candidate}, pgbench with ${clients.candidate} clients`);
    const { a, b } = await interleave(stage.rounds, {
      a: () => ours.closedLoop(depth.candidate, stage.seconds),
      b: () => classic.run(clients.candidate, Math.max(1, Math.round(stage.seconds))),
    });
    return {
      ours: median(a.map(({ perSecond }) => perSecond)),
      peer: median(b),
      notes: [
        `ours: ${depth.candidate} bets in flight on each of 100 sockets (${listed(depth.trials) || "not searched"}); ${describeRound(a.at(-1)!)}`,
        `peer: ${classic.by}, ${clients.candidate} clients (${listed(clients.trials)})`,
        `rounds: ours ${a.map(({ perSecond }) => Math.round(perSecond)).join(", ")}; peer ${b.map(Math.round).join(", ")}`,
      ],
    };
  },
};
