/** The program of a compute thread. */
import { workerData } from "node:worker_threads";
import { loadKernel } from "../kernel/Kernel.ts";
import { carryOutChunks } from "./carryOutChunks.ts";
import type { ThreadData } from "./ChunkOrder.ts";
import { lowPriority } from "./lowPriority.ts";
import { serveChunks } from "./serveChunks.ts";

lowPriority();
const { wasm } = workerData as ThreadData;
serveChunks(carryOutChunks(await loadKernel(wasm)));
