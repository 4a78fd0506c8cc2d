/**
 * Clients and peers run in processes of their own: in this one they would share a thread with each other, and a stall
 * here would be measured as theirs. A worker is a script that answers messages one at a time; its parent asks.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** A worker only loads its modules before it is ready. */
const START_MS = 20_000;
/** After SIGTERM a worker has nothing left to save. */
const STOP_MS = 2_000;

type Answer<Reply> =
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly error: string };

export interface Worker<Request, Reply> {
  readonly pid: number;
  /** One at a time. Rejects when the worker fails, ends, or does not answer within `deadlineMs`. */
  readonly ask: (request: Request, deadlineMs: number) => Promise<Reply>;
  /** Resolves when the process has gone. */
  readonly stop: () => Promise<void>;
}

const nextMessage = <A>(child: ChildProcess, deadlineMs: number, name: string): Promise<A> =>
  new Promise((resolve, reject) => {
    const settle = (outcome: () => void) => {
      clearTimeout(timer);
      child.off("message", onMessage);
      child.off("exit", onExit);
      outcome();
    };
    const onMessage = (message: unknown) => settle(() => resolve(message as A));
    const onExit = (code: number | null, signal: string | null) =>
      settle(() => reject(new Error(`${name} ended (${signal ?? code}).`)));
    const timer = setTimeout(
      () => settle(() => reject(new Error(`${name} did not answer within ${deadlineMs} ms.`))),
      deadlineMs,
    );
    child.once("message", onMessage);
    child.once("exit", onExit);
  });

/** Ends a child by SIGTERM, and by SIGKILL when it has not gone after `graceMs`. */
export const endProcess = async (child: ChildProcess, graceMs: number): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  child.kill("SIGTERM");
  await exited;
  clearTimeout(timer);
};

/** Starts the TypeScript file at `script`, which must call `serveWorker`. */
export const startWorker = async <Request, Reply>(script: URL): Promise<Worker<Request, Reply>> => {
  const name = script.pathname.slice(script.pathname.lastIndexOf("/") + 1);
  const child = fork(script, {
    execArgv: ["--import", import.meta.resolve("tsx")],
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  try {
    await nextMessage(child, START_MS, name);
  } catch (error) {
    // Nobody else knows of it yet, and it would keep this process from ending.
    await endProcess(child, STOP_MS);
    throw error;
  }
  return {
    pid: child.pid!,
    ask: async (request, deadlineMs) => {
      const answer = nextMessage<Answer<Reply>>(child, deadlineMs, name);
      child.send(request as object);
      const outcome = await answer;
      if (!outcome.ok) throw new Error(`${name}: ${outcome.error}`);
      return outcome.reply;
    },
    stop: () => endProcess(child, STOP_MS),
  };
};

/** The worker's side: answers each request by `handle`, and ends with its parent. */
export const serveWorker = <Request, Reply>(
  handle: (request: Request) => Promise<Reply> | Reply,
): void => {
  const answer = async (request: Request): Promise<Answer<Reply>> => {
    try {
      return { ok: true, reply: await handle(request) };
    } catch (error) {
      return { ok: false, error: error instanceof Error ? error.message : String(error) };
    }
  };
  process.on("message", (request: Request) => {
    void answer(request).then((message) => process.send?.(message));
  });
  process.once("disconnect", () => process.exit(0));
  process.send?.("ready");
};
