import { useTranslation } from "react-i18next";
import type { RateBody } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { wilson } from "./interval.ts";
import type { RateName } from "./statsView.ts";

/** A rate: how often of how many, and within which bounds the true one is likely to lie. */
export function RateTile({ name, rate }: { readonly name: RateName; readonly rate: RateBody }) {
  const { t } = useTranslation("handPlayers");
  const { number, percent } = useFormat();
  const { made, opportunities, share } = rate;
  const { low, high } = wilson(made, opportunities);
  return (
    <li className="rate" data-rate={name}>
      <h3 title={t(`about.${name}`)}>{t(`rate.${name}`)}</h3>
      <p className="rate-share figure">{share === null ? "–" : percent(share)}</p>
      <p className="rate-of muted figure">
        {opportunities === 0
          ? t("never")
          : t("of", { made: number(made), opportunities: number(opportunities) })}
      </p>
      <span
        className="rate-band"
        role="img"
        aria-label={t("between", { low: percent(low), high: percent(high) })}
        title={t("between", { low: percent(low), high: percent(high) })}
        data-known={share !== null}
      >
        <span style={{ insetInlineStart: `${low * 100}%`, inlineSize: `${(high - low) * 100}%` }} />
        {share !== null && <b style={{ insetInlineStart: `${share * 100}%` }} />}
      </span>
      <p className="rate-about muted">{t(`about.${name}`)}</p>
    </li>
  );
}
