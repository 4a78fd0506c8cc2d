import type { Beat } from "./ClusterState.ts";
import { niceTop, rateLine } from "./curves.ts";

const BOX = { width: 120, height: 28 };

/** A process's appends a second over the last minute, on its own scale. */
export function Sparkline({
  beats,
  processId,
}: {
  readonly beats: readonly Beat[];
  readonly processId: string;
}) {
  const top = niceTop(Math.max(0, ...beats.map(({ rates }) => rates.get(processId) ?? 0)));
  return (
    <svg
      className="process-curve"
      viewBox={`0 -1 ${BOX.width} ${BOX.height + 2}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="process-curve-line" d={rateLine(beats, processId, top, BOX)} />
    </svg>
  );
}
