/** Computes one question after the other, off the page's thread. Who wants no answer any more ends the worker. */
import { startMerge } from "../../../src/compute/equity/Merge.ts";
import { planOf } from "../../../src/compute/equity/plan.ts";
import { runChunk } from "../../../src/compute/equity/runChunk.ts";
import { loadKernel } from "../../../src/compute/kernel/Kernel.ts";
import { kernelWasm } from "../kernel/kernelWasm.ts";
import type { AskEquity, EquityNews } from "./EquityMessage.ts";

/** A page shows no more than that. */
const PROGRESS_EVERY_MS = 60;
/** The first chunks, by which most is settled, are told of one by one. */
const TOLD_ONE_BY_ONE = 10;

const tell = (news: EquityNews) => postMessage(news);
const kernel = kernelWasm().then(loadKernel);

const compute = async ({ question }: AskEquity) => {
  const engine = await kernel;
  const began = performance.now();
  const planned = planOf(question);
  if (!planned.ok) return tell({ kind: "refused", refusal: planned.refusal });
  const { plan } = planned;
  const merge = startMerge(plan);
  const isSampled = plan.method === "monte_carlo";
  let toldAt = began;
  for (let chunk = 0; chunk < plan.chunks && !merge.done; chunk++) {
    merge.add(runChunk(engine, plan, chunk));
    const now = performance.now();
    if (now - toldAt < PROGRESS_EVERY_MS && !(isSampled && chunk < TOLD_ONE_BY_ONE)) continue;
    toldAt = now;
    const answer = merge.answer();
    if (answer !== undefined)
      tell({ kind: "progress", progress: { ...answer, done: merge.added, of: plan.chunks } });
  }
  const answer = merge.answer();
  if (answer === undefined)
    return tell({ kind: "refused", refusal: { _tag: "NoCombination", reason: "" } });
  return tell({ kind: "answer", answer, elapsedMs: performance.now() - began });
};

addEventListener("message", (event: MessageEvent<AskEquity>) => {
  compute(event.data).catch(() => tell({ kind: "failed" }));
});
