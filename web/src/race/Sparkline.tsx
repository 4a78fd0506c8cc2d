const [WIDTH, HEIGHT, EDGE] = [72, 22, 2];

/** A line of values over time, without axes; one value is a level line. */
export function Sparkline({ values }: { readonly values: readonly number[] }) {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  // A movement of a twentieth fills half of the height; a smaller one is not made to look like more.
  const span = Math.max(greatest - least, greatest * 0.1);
  const middle = (least + greatest) / 2;
  const points = (values.length === 1 ? [...values, ...values] : values).map(
    (value, index, all) => {
      const x = EDGE + (index / (all.length - 1)) * (WIDTH - 2 * EDGE - 2);
      const y = HEIGHT / 2 - ((value - middle) / span) * (HEIGHT - 2 * EDGE - 2);
      return [x, y] as const;
    },
  );
  const [endX = 0, endY = 0] = points.at(-1) ?? [];
  return (
    <svg className="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <polyline points={points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")} />
      <circle cx={endX} cy={endY} r="2.2" />
    </svg>
  );
}
