import type { Bench } from "./Bench.ts";
import { openBetLoad, type BetRound } from "./support/BetLoad.ts";
import { median } from "./support/Rounds.ts";

const BETS_PER_SECOND = 500;
/** With 5 s a round at this rate p99.9 would rest on two bets; a round is thrice as long. */
const LONGER = 3;

export const betLatency: Bench = {
  name: "bet-latency",
  about: `time from when a bet was due to its answer, ${BETS_PER_SECOND} bets/s open loop, corrected for coordinated omission; p99`,
  unit: "ms",
  bar: { oursAtMost: 10 },
  run: async (stage) => {
    const ours = await openBetLoad(stage);
    const seconds = stage.quick ? stage.seconds : stage.seconds * LONGER;
    stage.progress(`${stage.rounds} rounds of ${seconds} s`);
    const rounds: Array<BetRound> = [];
    for (let round = 0; round < stage.rounds; round += 1)
      rounds.push(await ours.openLoop(BETS_PER_SECOND, seconds));
    const of = (field: "p50Ms" | "p99Ms" | "p999Ms" | "maxMs") =>
      median(rounds.map((round) => round[field]));
    return {
      ours: of("p99Ms"),
      notes: [
        `p50 ${of("p50Ms").toFixed(2)} ms, p99 ${of("p99Ms").toFixed(2)} ms, p99.9 ${of("p999Ms").toFixed(2)} ms, max ${of("maxMs").toFixed(2)} ms (medians of ${rounds.length} rounds)`,
        "up to a millisecond of it is the load client's own timer",
      ],
    };
  },
};
