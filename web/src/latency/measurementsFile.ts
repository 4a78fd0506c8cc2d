/** The measured values as files, for who wants to go on with them elsewhere. Times in milliseconds, money in minor units. */
import { LANES, durableCostMs } from "./Measurements.ts";
import type { Measurements } from "./Measurements.ts";
import type { Run } from "./Run.ts";

/** All figures and histograms, and the runs. */
export function toJson(measured: Measurements, runs: readonly Run[], exportedAtMs: number): string {
  const ping = measured.figures("ping");
  const lanes = LANES.map((lane) => {
    const figures = measured.figures(lane);
    const own = { ...figures, bars: measured.bars(lane) };
    return [
      lane,
      lane === "ping" ? own : { ...own, durableCostMs: durableCostMs(figures, ping) },
    ] as const;
  });
  const file = {
    exportedAt: new Date(exportedAtMs).toISOString(),
    lanes: Object.fromEntries(lanes),
    runs: runs.map(({ startedAtMs, ...run }) => ({
      startedAt: new Date(startedAtMs).toISOString(),
      ...run,
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** A line for each answered bet, oldest first (RFC 4180). */
export function toCsv({ samples }: Measurements): string {
  const lines = samples.map(({ atMs, transport, ms, refused }) =>
    [new Date(atMs).toISOString(), transport, ms.toFixed(3), refused ?? "accepted"].join(","),
  );
  return ["answered_at,transport,ms,outcome", ...lines, ""].join("\r\n");
}
