/**
 * Which faults a run has, and when: all of it follows from the seed. The kinds of fault are dealt like a pack of cards, so
 * that a run that lasts for a pack has met every kind. Real time is not deterministic: what a fault meets when it strikes
 * is another thing each time.
 */
import { Random } from "./Random.ts";

export type Fault =
  /** kill -9, and a start some time after. */
  | { readonly kind: "kill"; readonly process: number; readonly awayMs: number }
  /** kill -9 at the moment when a race's result is written and nobody has been paid. */
  | { readonly kind: "kill while settling"; readonly awayMs: number }
  | { readonly kind: "stop"; readonly process: number; readonly awayMs: number }
  /** SIGSTOP and SIGCONT: shorter than anybody notices, or so long that others take over. */
  | { readonly kind: "short pause"; readonly process: number; readonly forMs: number }
  | { readonly kind: "long pause"; readonly process: number; readonly forMs: number }
  /** The same with a commit on its way, which arrives when others have taken over. */
  | { readonly kind: "pause while committing"; readonly forMs: number }
  | { readonly kind: "cut links"; readonly process: number }
  | {
      readonly kind: "slow links";
      readonly process: number;
      readonly delayMs: number;
      readonly forMs: number;
    }
  /** Bytes vanish on the links of others to a process, or of the process to them. */
  | {
      readonly kind: "silent links";
      readonly process: number;
      readonly direction: "to" | "from";
      readonly forMs: number;
    }
  /** `pg_terminate_backend` of any session, the pick-th of those there are. */
  | { readonly kind: "end a session"; readonly pick: number }
  /** The same of one that holds shard locks. */
  | { readonly kind: "end a lock session"; readonly pick: number }
  | { readonly kind: "kill PostgreSQL" }
  /** A commit that PostgreSQL has answered, and the process does not hear. */
  | { readonly kind: "lose a commit's answer" }
  | { readonly kind: "full disk"; readonly forMs: number };

export interface Scheduled {
  /** From the start of the faults. */
  readonly atMs: number;
  readonly fault: Fault;
}

export type FaultKind = Fault["kind"];

/** A pack: every kind once. */
const PACK: ReadonlyArray<FaultKind> = [
  "kill",
  "kill while settling",
  "stop",
  "short pause",
  "long pause",
  "pause while committing",
  "cut links",
  "slow links",
  "silent links",
  "end a session",
  "end a lock session",
  "kill PostgreSQL",
  "lose a commit's answer",
  "full disk",
];

/** Between two faults; several last longer, so that faults meet. */
const GAP_MS = { least: 1500, most: 3000 };

const faultOf = (kind: FaultKind, random: Random, processes: number): Fault => {
  const process = random.int(0, processes - 1);
  switch (kind) {
    case "kill":
      return { kind, process, awayMs: random.int(0, 1500) };
    case "kill while settling":
      return { kind, awayMs: random.int(0, 1500) };
    case "stop":
      return { kind, process, awayMs: random.int(0, 1000) };
    case "short pause":
      return { kind, process, forMs: random.int(100, 900) };
    case "long pause":
      return { kind, process, forMs: random.int(2500, 6000) };
    case "pause while committing":
      return { kind, forMs: random.int(3000, 5000) };
    case "cut links":
      return { kind, process };
    case "slow links":
      return { kind, process, delayMs: random.int(20, 300), forMs: random.int(800, 2500) };
    case "silent links":
      return {
        kind,
        process,
        direction: random.pick(["to", "from"] as const),
        forMs: random.int(800, 4000),
      };
    case "end a session":
    case "end a lock session":
      return { kind, pick: random.int(0, 99) };
    case "kill PostgreSQL":
    case "lose a commit's answer":
      return { kind };
    case "full disk":
      return { kind, forMs: random.int(700, 2000) };
  }
};

export interface ScheduleOptions {
  readonly durationMs: number;
  readonly processes: number;
}

export const scheduleOf = (
  seed: number,
  { durationMs, processes }: ScheduleOptions,
): ReadonlyArray<Scheduled> => {
  const random = new Random(seed, 1);
  const scheduled: Array<Scheduled> = [];
  let pack: ReadonlyArray<FaultKind> = [];
  for (let atMs = GAP_MS.least; atMs < durationMs; atMs += random.int(GAP_MS.least, GAP_MS.most)) {
    if (pack.length === 0) pack = random.shuffled(PACK);
    const [kind, ...rest] = pack;
    pack = rest;
    if (kind !== undefined) scheduled.push({ atMs, fault: faultOf(kind, random, processes) });
  }
  return scheduled;
};
