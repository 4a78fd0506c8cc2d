/** The thread's side of a `ComputeThread`: says that it is ready, and answers each order. */
import { parentPort } from "node:worker_threads";
import type { ChunkOrder, ChunkReport } from "./ChunkOrder.ts";

/** What `carryOut` throws ends the thread: the pool starts another and tries again. */
export const serveChunks = (carryOut: (order: ChunkOrder) => ChunkReport): void => {
  if (parentPort === null) throw new Error("this is no worker thread");
  const port = parentPort;
  port.on("message", (order: ChunkOrder) => port.postMessage(carryOut(order)));
  port.postMessage("ready");
};
