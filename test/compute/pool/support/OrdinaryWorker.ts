/**
 * The program of the server's compute threads, but for their priority: those compute when nobody else wants the core, which
 * on a machine that is busy with other tests may be never.
 */
import { workerData } from "node:worker_threads";
import { carryOutChunks } from "../../../../src/compute/pool/carryOutChunks.ts";
import type { ThreadData } from "../../../../src/compute/pool/ChunkOrder.ts";
import { serveChunks } from "../../../../src/compute/pool/serveChunks.ts";
import { loadKernel } from "../../../../src/compute/kernel/Kernel.ts";

serveChunks(carryOutChunks(await loadKernel((workerData as ThreadData).wasm)));
