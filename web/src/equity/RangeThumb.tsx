/** A range as a small picture of its grid: which hands, not which weights. The text beside it says it. */
import { GRID_SIZE } from "../../../src/compute/range/HandClass.ts";

export function RangeThumb({ weights }: { readonly weights: readonly number[] }) {
  const path = weights
    .map((weight, at) =>
      weight > 0 ? `M${at % GRID_SIZE} ${Math.floor(at / GRID_SIZE)}h1v1h-1z` : "",
    )
    .join("");
  return (
    <svg className="range-thumb" viewBox={`0 0 ${GRID_SIZE} ${GRID_SIZE}`} aria-hidden="true">
      <path d={path} fill="currentColor" />
    </svg>
  );
}
