/**
 * How the players' equities have settled, deal by deal: how far each was from where it is now, on growing numbers of deals.
 * Behind the lines, the interval in which 95 of 100 of them lie. The figures beside it say the same in words.
 */
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import type { Reading } from "./readings.ts";

const WIDTH = 600;
const HEIGHT = 120;
const MIDDLE = HEIGHT / 2;
/** Fewer make no line. */
const FEWEST = 3;

export function Convergence({ readings }: { readonly readings: readonly Reading[] }) {
  const { t } = useTranslation("equity");
  const { number, percent } = useFormat();
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined || readings.length < FEWEST) return null;
  const { equities: now } = last;
  const reach = Math.max(
    ...readings.flatMap(({ equities, halfWidth }) => [
      halfWidth,
      ...equities.map((equity, player) => Math.abs(equity - (now[player] ?? 0))),
    ]),
  );
  const decades = Math.log(last.samples / first.samples);
  const x = (samples: number) => ((Math.log(samples / first.samples) / decades) * WIDTH).toFixed(1);
  const y = (deviation: number) => (MIDDLE - (deviation / reach) * MIDDLE).toFixed(1);
  const points = (deviationOf: (reading: Reading) => number) =>
    readings.map((reading) => `${x(reading.samples)},${y(deviationOf(reading))}`);
  return (
    <figure className="panel equity-convergence">
      <figcaption className="muted">{t("converging", { deals: number(last.samples) })}</figcaption>
      <div>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <polygon
            points={[
              ...points(({ halfWidth }) => halfWidth),
              ...points(({ halfWidth }) => -halfWidth).toReversed(),
            ].join(" ")}
          />
          <line x1="0" x2={WIDTH} y1={MIDDLE} y2={MIDDLE} />
          {now.map((equity, player) => (
            <polyline
              // oxlint-disable-next-line react/no-array-index-key -- players are told apart by their places
              key={player}
              data-player={player + 1}
              points={points(({ equities }) => (equities[player] ?? 0) - equity).join(" ")}
            />
          ))}
        </svg>
        <p className="equity-convergence-scale muted" aria-hidden="true">
          <span>+{percent(reach, 2)}</span>
          <span>−{percent(reach, 2)}</span>
        </p>
      </div>
      <p className="equity-convergence-deals muted" aria-hidden="true">
        <span>{number(first.samples)}</span>
        <span>{number(last.samples)}</span>
      </p>
    </figure>
  );
}
