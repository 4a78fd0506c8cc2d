import { systemClock } from "../src/actor/Clock.ts";
import { ComputePool } from "../src/compute/pool/ComputePool.ts";
import { Questions } from "../src/compute/pool/Questions.ts";
import { equityKind } from "../src/compute/pool/equityKind.ts";
import { compileKernel, loadKernel } from "../src/compute/kernel/Kernel.ts";
import { readKernelWasm } from "../src/compute/kernel/wasmFile.ts";
import type { Bench, Stage } from "./Bench.ts";
import { hereAsk } from "./support/HereAsk.ts";
import { interleave, median } from "./support/Rounds.ts";

const PLAYERS = 6;
/** Of one thread in a second, roughly: so that a round takes about as long as it should. */
const DEALS_PER_SECOND = 6_000_000;
/** Never met in a round. */
const TARGET_STD_ERROR = 0.00005;
const QUEUE = 256;

/** Deals in a second, of a pool of so many threads. */
const openPool = async (stage: Stage, workers: number) => {
  const wasm = await compileKernel(await readKernelWasm());
  const log = (message: string) => stage.progress(message);
  const pool = new ComputePool({ workers, queue: QUEUE, wasm, clock: systemClock, log });
  stage.defer(() => pool.close());
  const questions = new Questions({
    kernel: await loadKernel(wasm),
    ask: hereAsk(equityKind(pool), systemClock),
    clock: systemClock,
    workers: () => workers,
  });
  const dealsPerSecond = async (maxSamples: number): Promise<number> => {
    const startedAt = performance.now();
    const outcome = await questions.ask({
      players: Array.from({ length: PLAYERS }, () => "random"),
      board: "",
      dead: "",
      mode: "monte_carlo",
      targetStdError: TARGET_STD_ERROR,
      maxSamples,
      seed: 1,
    });
    if (outcome?.ok !== true) throw new Error(`no answer: ${JSON.stringify(outcome)}`);
    return outcome.value.samples / ((performance.now() - startedAt) / 1000);
  };
  // Its threads start when they are wanted, and compile what is hot.
  await dealsPerSecond(DEALS_PER_SECOND * workers);
  return dealsPerSecond;
};

export const equityWorkers: Bench = {
  name: "equity-workers",
  about: `Monte Carlo of ${PLAYERS} random hands through the compute pool: two threads against one`,
  unit: "deals/s",
  bar: { ratioAtLeast: 1.8 },
  run: async (stage) => {
    const two = await openPool(stage, 2);
    const one = await openPool(stage, 1);
    const { a, b } = await interleave(stage.rounds, {
      a: () => two(2 * DEALS_PER_SECOND * stage.seconds),
      b: () => one(DEALS_PER_SECOND * stage.seconds),
    });
    const millions = (rates: ReadonlyArray<number>) =>
      rates.map((rate) => (rate / 1e6).toFixed(2)).join(", ");
    return {
      ours: median(a),
      peer: median(b),
      notes: [`million deals/s by rounds: two threads ${millions(a)}; one ${millions(b)}`],
    };
  },
};
