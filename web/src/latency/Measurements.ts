/**
 * What was measured, by lane: commands over the WebSocket (bets, for the most part), bets by REST, and pings. A bet's time runs from sending to the
 * answer; the answer comes after the commit, so that is the time until the bet is durable. A ping touches neither actor
 * nor disk: what is left when its time is taken from a bet's is the price of durability. Refusals are counted by code and
 * not timed, since they commit nothing.
 */
import { Recorder } from "./Recorder.ts";
import type { Bar } from "./Recorder.ts";
import { Timeline } from "./Timeline.ts";

export type Transport = "websocket" | "rest";
export type Lane = Transport | "ping";
export const LANES: readonly Lane[] = ["websocket", "rest", "ping"];

/** One answered bet. */
export interface Sample {
  readonly transport: Transport;
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly ms: number;
  /** The refusal's code; null for an accepted bet. */
  readonly refused: string | null;
}

export interface LaneFigures {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
  readonly refusals: Readonly<Record<string, number>>;
}

/** Older ones are forgotten; enough for the longest burst many times over. */
const MAX_SAMPLES = 5_000;

export class Measurements {
  readonly #recorders: Readonly<Record<Lane, Recorder>> = {
    websocket: new Recorder(),
    rest: new Recorder(),
    ping: new Recorder(),
  };
  readonly #timelines: Readonly<Record<Lane, Timeline>> = {
    websocket: new Timeline(),
    rest: new Timeline(),
    ping: new Timeline(),
  };
  readonly #refusals: Readonly<Record<Lane, Record<string, number>>> = {
    websocket: {},
    rest: {},
    ping: {},
  };
  readonly #samples: Sample[] = [];

  /** Oldest first. */
  get samples(): readonly Sample[] {
    return this.#samples;
  }

  bet(sample: Sample): void {
    const { transport, atMs, ms, refused } = sample;
    this.#samples.push(sample);
    if (this.#samples.length > MAX_SAMPLES) this.#samples.shift();
    if (refused === null) this.#time(transport, atMs, ms);
    else {
      const refusals = this.#refusals[transport];
      refusals[refused] = (refusals[refused] ?? 0) + 1;
    }
  }

  ping(atMs: number, ms: number): void {
    this.#time("ping", atMs, ms);
  }

  figures(lane: Lane): LaneFigures {
    const recorder = this.#recorders[lane];
    return {
      count: recorder.count,
      p50Ms: recorder.quantileMs(0.5),
      p90Ms: recorder.quantileMs(0.9),
      p99Ms: recorder.quantileMs(0.99),
      maxMs: recorder.maxMs,
      refusals: { ...this.#refusals[lane] },
    };
  }

  bars(lane: Lane): readonly Bar[] {
    return this.#recorders[lane].bars();
  }

  timeline(lane: Lane): Timeline {
    return this.#timelines[lane];
  }

  #time(lane: Lane, atMs: number, ms: number): void {
    this.#recorders[lane].record(ms);
    this.#timelines[lane].record(atMs, ms);
  }
}

/** What a lane's median bet takes beyond a round trip; null while either is unknown. Never below 0: noise is no gain. */
export function durableCostMs(bet: LaneFigures, ping: LaneFigures): number | null {
  if (bet.p50Ms === null || ping.p50Ms === null) return null;
  return Math.max(0, bet.p50Ms - ping.p50Ms);
}
