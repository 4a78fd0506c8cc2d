/** A compute thread on the true kernel that dies in the middle of its third chunk, and so does the next, and the next. */
import { workerData } from "node:worker_threads";
import { carryOutChunks } from "../../../../src/compute/pool/carryOutChunks.ts";
import type { ThreadData } from "../../../../src/compute/pool/ChunkOrder.ts";
import { serveChunks } from "../../../../src/compute/pool/serveChunks.ts";
import { loadKernel } from "../../../../src/compute/kernel/Kernel.ts";

const LIFE = 3;

const carryOut = carryOutChunks(await loadKernel((workerData as ThreadData).wasm));
let chunks = 0;
serveChunks((order) => {
  const report = carryOut(order);
  if (++chunks === LIFE) process.exit(1);
  return report;
});
