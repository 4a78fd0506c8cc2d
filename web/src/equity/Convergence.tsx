/** How the players' equities have settled, deal by deal: a line for each. The figures beside it say the same in words. */
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import type { Reading } from "./useEquity.ts";

const WIDTH = 600;
const HEIGHT = 140;
/** So little above and below what there is to see. */
const MARGIN = 0.005;

export function Convergence({ readings }: { readonly readings: readonly Reading[] }) {
  const { t } = useTranslation("equity");
  const { number, percent } = useFormat();
  const last = readings.at(-1);
  if (last === undefined || readings.length < 2) return null;
  const all = readings.flatMap(({ equities }) => equities);
  const low = Math.max(0, Math.min(...all) - MARGIN);
  const high = Math.min(1, Math.max(...all) + MARGIN);
  const x = (samples: number) => (samples / last.samples) * WIDTH;
  const y = (equity: number) => HEIGHT - ((equity - low) / (high - low)) * HEIGHT;
  return (
    <figure className="equity-convergence">
      <figcaption className="muted">{t("converging", { deals: number(last.samples) })}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {last.equities.map((_, player) => (
          <polyline
            // oxlint-disable-next-line react/no-array-index-key -- players are told apart by their places
            key={player}
            data-player={player + 1}
            points={readings
              .map(({ equities, samples }) => `${x(samples)},${y(equities[player] ?? 0)}`)
              .join(" ")}
          />
        ))}
      </svg>
      <p className="equity-convergence-scale muted" aria-hidden="true">
        <span>{percent(high)}</span>
        <span>{percent(low)}</span>
      </p>
    </figure>
  );
}
