import type { Bench } from "./Bench.ts";
import { openBetLoad } from "./support/BetLoad.ts";
import { interleave, median } from "./support/Rounds.ts";

const BETS_PER_SECOND = 500;
/** Questions at a time: more than the process has threads, so that none is ever without work. */
const QUESTIONS = 4;
/** It takes longer than a round, and is given up at its end. */
const QUESTION = {
  players: Array.from({ length: 6 }, () => "random"),
  mode: "monte_carlo",
  target_std_error: 0.00005,
  max_samples: 1_000_000_000,
};

/** Keeps the compute threads of a server at work until called off; resolves to how many questions were begun. */
const saturate = (url: string) => {
  const over = new AbortController();
  let begun = 0;
  const asking = async (seed: number) => {
    while (!over.signal.aborted) {
      begun += 1;
      try {
        const answered = await fetch(`${url}/api/v1/equity/calculate/multiway`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ...QUESTION, seed: seed + begun }),
          signal: over.signal,
        });
        if (!answered.ok) throw new Error(`a question was refused: ${await answered.text()}`);
        await answered.json();
      } catch (cause) {
        if (!over.signal.aborted) throw cause;
      }
    }
  };
  const all = Promise.all(Array.from({ length: QUESTIONS }, (_, n) => asking(1000 * n)));
  return async () => {
    over.abort();
    await all;
    return begun;
  };
};

export const equityBets: Bench = {
  name: "equity-bets",
  about: `p99 of ${BETS_PER_SECOND} bets/s while the same process's compute threads are saturated, in parts of what it is while they are idle`,
  unit: "× idle",
  bar: { oursAtMost: 2 },
  run: async (stage) => {
    const load = await openBetLoad(stage);
    const bets = () => load.openLoop(BETS_PER_SECOND, stage.seconds);
    let questions = 0;
    const { a, b } = await interleave(stage.rounds, {
      a: async () => {
        const stop = saturate(load.server.url);
        const round = await bets();
        questions += await stop();
        return round;
      },
      b: bets,
    });
    const p99 = (rounds: typeof a) => median(rounds.map(({ p99Ms }) => p99Ms));
    const each = (rounds: typeof a) => rounds.map(({ p99Ms }) => p99Ms.toFixed(2)).join(", ");
    return {
      ours: p99(a) / p99(b),
      notes: [
        `p99 ${p99(a).toFixed(2)} ms saturated, ${p99(b).toFixed(2)} ms idle; rounds: ${each(a)}; ${each(b)}`,
        `${questions} questions of six random hands were begun, ${QUESTIONS} at a time; the load client takes its share of the same cores`,
      ],
    };
  },
};
