import { useTranslation } from "react-i18next";
import type { PlayerStatsBody } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { RateTile } from "./RateTile.tsx";
import { rateOf, RATES } from "./statsView.ts";

const TONES = { none: "tag is-bad", low: "tag is-note", fair: "tag", high: "tag is-good" } as const;

export function Rates({ stats }: { readonly stats: PlayerStatsBody }) {
  const { t } = useTranslation("handPlayers");
  const { number } = useFormat();
  const { aggressive, factor, passive } = stats.aggression;
  return (
    <section className="panel" aria-labelledby="hand-player-rates">
      <div className="panel-head">
        <h2 id="hand-player-rates">{t("rates")}</h2>
        <span className={TONES[stats.confidence]} data-confidence={stats.confidence}>
          {t(`page.confidence.${stats.confidence}`)}
        </span>
      </div>
      <ul className="rates">
        {RATES.map((name) => (
          <RateTile key={name} name={name} rate={rateOf(stats, name)} />
        ))}
        <li className="rate" data-rate="aggression">
          <h3 title={t("about.aggression")}>{t("aggression")}</h3>
          <p className="rate-share figure">{factor === null ? "–" : number(factor, 2)}</p>
          <p className="rate-of muted figure">
            {t("aggressionOf", { aggressive: number(aggressive), passive: number(passive) })}
          </p>
          <p className="rate-about muted">{t("about.aggression")}</p>
        </li>
      </ul>
      <p className="rates-how muted">{t("page.confidenceHow")}</p>
    </section>
  );
}
