/** Carries out chunks on a kernel. Plans of the questions that are under way are kept: to make one takes some milliseconds. */
import type { EquityQuestion } from "../../../rpc/equity.ts";
import { type Planned, planOf } from "../equity/plan.ts";
import { runChunk } from "../equity/runChunk.ts";
import type { Kernel } from "../kernel/Kernel.ts";
import type { ChunkOrder, ChunkReport } from "./ChunkOrder.ts";

/** Questions that take turns on one thread. A plan of nine ranges is some hundred kilobytes. */
const MAX_PLANS = 16;

export const carryOutChunks = (kernel: Kernel): ((order: ChunkOrder) => ChunkReport) => {
  /** By their questions, the one used last at the end. */
  const plans = new Map<string, Planned>();
  const planFor = (question: EquityQuestion): Planned => {
    const key = JSON.stringify(question);
    const planned = plans.get(key) ?? planOf(question);
    plans.delete(key);
    plans.set(key, planned);
    if (plans.size > MAX_PLANS) plans.delete(plans.keys().next().value!);
    return planned;
  };
  return ({ chunk, question }) => {
    const planned = planFor(question);
    if (!planned.ok) return { ok: false, refusal: planned.refusal };
    const { plan } = planned;
    if (chunk < plan.chunks) return { ok: true, tally: runChunk(kernel, plan, chunk) };
    return {
      ok: false,
      refusal: { _tag: "InvalidCards", where: "chunk", reason: "no such chunk" },
    };
  };
};
