/** One worker thread: takes an order at a time, and ends when it is told to or something in it breaks. */
import { Worker } from "node:worker_threads";
import type { ChunkOrder, ChunkReport, ThreadData } from "./ChunkOrder.ts";

/** A chunk needs some megabytes; a thread that swells ends alone. The kernel's own memory is not counted. */
const MAX_HEAP_MB = 256;

/** Built, the program is JavaScript; run from its sources, as in tests, it is compiled on the way. */
const isSource = import.meta.url.endsWith(".ts");
export const COMPUTE_PROGRAM = new URL(
  isSource ? "./ComputeWorker.ts" : "./ComputeWorker.js",
  import.meta.url,
);

export interface ThreadEvents {
  /** It takes orders from now on. */
  readonly ready: () => void;
  readonly reported: (report: ChunkReport) => void;
  /** Called once, however it ended. */
  readonly ended: (cause: string) => void;
}

export class ComputeThread {
  readonly #worker: Worker;

  constructor(program: URL, data: ThreadData, events: ThreadEvents) {
    this.#worker = startWorker(program, data);
    let cause: string | undefined;
    this.#worker.on("message", (said: ChunkReport | "ready") =>
      said === "ready" ? events.ready() : events.reported(said),
    );
    // Whatever the error, the end follows.
    this.#worker.on("error", (error) => void (cause = String(error)));
    this.#worker.on("exit", (code) => events.ended(cause ?? `it ended with ${code}`));
  }

  order(order: ChunkOrder): void {
    // Nothing of it is handed over: it is copied.
    this.#worker.postMessage(order, []);
  }

  /** Ends it in the middle of whatever it does; resolves when it has. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

const startWorker = (program: URL, workerData: ThreadData): Worker => {
  const options = {
    workerData,
    // Nothing that it needs stands there, and secrets do.
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  };
  return isSource
    ? new Worker(new URL("./compiled.mjs", import.meta.url), { ...options, argv: [program.href] })
    : new Worker(program, options);
};
