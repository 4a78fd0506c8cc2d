/** Computes one question after the other, off the page's thread. Who wants no answer any more ends the worker. */
import type { EquityAnswer } from "../../../rpc/equity.ts";
import { startMerge } from "../../../src/compute/equity/Merge.ts";
import { planOf } from "../../../src/compute/equity/plan.ts";
import { runChunk } from "../../../src/compute/equity/runChunk.ts";
import { loadKernel } from "../../../src/compute/kernel/Kernel.ts";
import { kernelWasm } from "../kernel/kernelWasm.ts";
import type { AskEquity, EquityNews } from "./EquityMessage.ts";

/** A page shows no more than that. */
const PROGRESS_EVERY_MS = 60;

const tell = (news: EquityNews) => postMessage(news);
const kernel = kernelWasm().then(loadKernel);

const compute = async ({ question }: AskEquity) => {
  const engine = await kernel;
  const began = performance.now();
  const planned = planOf(question);
  if (!planned.ok) {
    const { refusal } = planned;
    const where = "where" in refusal ? refusal.where : "";
    return tell({ kind: "refused", where, reason: refusal.reason });
  }
  const { plan } = planned;
  const merge = startMerge(plan);
  let toldAt = began;
  let answer: EquityAnswer | undefined;
  for (let chunk = 0; chunk < plan.chunks && !merge.done; chunk++) {
    merge.add(runChunk(engine, plan, chunk));
    const now = performance.now();
    if (now - toldAt < PROGRESS_EVERY_MS) continue;
    toldAt = now;
    answer = merge.answer();
    if (answer !== undefined)
      tell({ kind: "progress", progress: { ...answer, done: merge.added, of: plan.chunks } });
  }
  answer = merge.answer();
  if (answer === undefined) return tell({ kind: "refused", where: "", reason: "" });
  return tell({ kind: "answer", answer, elapsedMs: performance.now() - began });
};

addEventListener("message", (event: MessageEvent<AskEquity>) => {
  compute(event.data).catch(() => tell({ kind: "failed" }));
});
