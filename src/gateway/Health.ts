/** Whether this process can serve, part by part. */
import type { PartHealth } from "../../rpc/http/ops.ts";

export interface HealthPart {
  /** Also its address: `db` is `/health/db`. */
  readonly name: string;
  /** Resolves when the part works; rejects with why it does not. */
  readonly check: () => Promise<void>;
}

/** A part that does not answer within this is down for whoever waits for it. */
const CHECK_TIMEOUT_MS = 2000;
/** An answer is good for as long, so that probes, however many, cost one check. */
const FRESH_MS = 500;

export interface Health {
  readonly all: () => Promise<Readonly<Record<string, PartHealth>>>;
  readonly one: (name: string) => Promise<PartHealth | undefined>;
}

export const makeHealth = (
  parts: ReadonlyArray<HealthPart>,
  /** Monotonic milliseconds. */
  elapsed: () => number,
  down: (name: string, cause: unknown) => void,
): Health => {
  const checks = new Map(parts.map((part) => [part.name, remembered(part, elapsed, down)]));
  return {
    one: async (name) => checks.get(name)?.(),
    all: async () =>
      Object.fromEntries(
        await Promise.all([...checks].map(async ([name, check]) => [name, await check()] as const)),
      ),
  };
};

const remembered = (
  part: HealthPart,
  elapsed: () => number,
  down: (name: string, cause: unknown) => void,
) => {
  let last: { readonly at: number; readonly result: Promise<PartHealth> } | undefined;
  return () => {
    const at = elapsed();
    if (last !== undefined && at - last.at < FRESH_MS) return last.result;
    const result = check(part, elapsed, down);
    last = { at, result };
    return result;
  };
};

const check = async (
  part: HealthPart,
  elapsed: () => number,
  down: (name: string, cause: unknown) => void,
): Promise<PartHealth> => {
  const startedAt = elapsed();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), CHECK_TIMEOUT_MS);
  });
  const checkedInMs = () => Math.round((elapsed() - startedAt) * 10) / 10;
  try {
    await Promise.race([part.check(), tooLate]);
    return { status: "up", checked_in_ms: checkedInMs() };
  } catch (cause) {
    // The cause may name hosts and users; it is for the log alone.
    down(part.name, cause);
    return { status: "down", detail: "The check failed.", checked_in_ms: checkedInMs() };
  } finally {
    clearTimeout(timer);
  }
};
