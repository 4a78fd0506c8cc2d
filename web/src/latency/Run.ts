/** A finished run of the simulator, small enough to keep and to compare with others. */
import type { Lane, LaneFigures, Transport } from "./Measurements.ts";
import type { Measurements } from "./Measurements.ts";
import type { Plan } from "./Plan.ts";
import type { Bar } from "./Recorder.ts";
import type { Ending } from "./Simulator.ts";

export interface RunLane extends LaneFigures {
  readonly bars: readonly Bar[];
}

export interface Run {
  /** From 1, in the order in which they ended. */
  readonly number: number;
  /** Epoch milliseconds. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly plan: Plan;
  readonly ending: Ending;
  /** Durable bets a second, over the whole run. */
  readonly perSecond: number;
  /** Those that the run used. */
  readonly lanes: Readonly<Partial<Record<Transport, RunLane>>>;
}

/** So many are kept, the newest. */
export const MAX_RUNS = 5;

export function finishRun(
  {
    number,
    startedAtMs,
    endedAtMs,
    plan,
    ending,
  }: {
    readonly number: number;
    readonly startedAtMs: number;
    readonly endedAtMs: number;
    readonly plan: Plan;
    readonly ending: Ending;
  },
  measured: Measurements,
): Run {
  const laneOf = (lane: Lane): RunLane => ({
    ...measured.figures(lane),
    bars: measured.bars(lane),
  });
  const durationMs = Math.max(1, endedAtMs - startedAtMs);
  const accepted = measured.figures("websocket").count + measured.figures("rest").count;
  return {
    number,
    startedAtMs,
    durationMs,
    plan,
    ending,
    perSecond: (accepted * 1_000) / durationMs,
    lanes: {
      ...(plan.transport === "rest" ? {} : { websocket: laneOf("websocket") }),
      ...(plan.transport === "websocket" ? {} : { rest: laneOf("rest") }),
    },
  };
}

export function keepRun(runs: readonly Run[], run: Run): readonly Run[] {
  return [...runs, run].slice(-MAX_RUNS);
}
