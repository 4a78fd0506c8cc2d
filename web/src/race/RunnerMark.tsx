import "./RunnerMark.css";
import { silkOf } from "./silks.ts";

/** A runner's coloured shape with its number; decoration beside its name, so screen readers pass over it. */
export function RunnerMark({
  number,
  size = 28,
  dimmed = false,
}: {
  readonly number: number;
  readonly size?: number;
  readonly dimmed?: boolean;
}) {
  const { colour, ink, shape } = silkOf(number);
  return (
    <svg
      className={dimmed ? "runner-mark is-dimmed" : "runner-mark"}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={shape} fill={colour} />
      <text x="12" y="12.5" fill={ink} textAnchor="middle" dominantBaseline="central">
        {number}
      </text>
    </svg>
  );
}
