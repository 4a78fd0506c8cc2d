import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import { rateOf } from "./statsView.ts";
import type { Part, RateName } from "./statsView.ts";

/** Those that differ from part to part. */
const SHOWN = [
  "vpip",
  "pfr",
  "three_bet",
  "steal",
  "c_bet",
  "wtsd",
  "won_at_showdown",
] as const satisfies readonly RateName[];

/** The same figures, a row for each part of the hands. */
export function PartsTable({
  parts,
  heading,
  labelOf,
  caption,
}: {
  readonly parts: readonly Part[];
  readonly heading: string;
  readonly labelOf: (key: string) => string;
  readonly caption: string;
}) {
  const { t } = useTranslation("handPlayers");
  const { number, percent } = useFormat();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keyboards must reach it
    <div className="parts-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="parts">
        <thead>
          <tr>
            <th scope="col">{heading}</th>
            <th scope="col">{t("parts.hands")}</th>
            {SHOWN.map((name) => (
              <th key={name} scope="col" title={t(`about.${name}`)}>
                {t(`rate.${name}`)}
              </th>
            ))}
            <th scope="col">{t("parts.per100")}</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.key} data-part={part.key}>
              <th scope="row">{labelOf(part.key)}</th>
              <td className="figure">{number(part.hands)}</td>
              {SHOWN.map((name) => {
                const { made, opportunities, share } = rateOf(part, name);
                return (
                  <td
                    key={name}
                    className="figure"
                    title={t("of", { made: number(made), opportunities: number(opportunities) })}
                  >
                    {share === null ? (
                      <span className="muted">–</span>
                    ) : (
                      <>
                        {percent(share)}
                        <small className="muted">
                          {number(made)}/{number(opportunities)}
                        </small>
                      </>
                    )}
                  </td>
                );
              })}
              <td className="figure">
                {part.net.map(({ bb_per_100: per100, currency }) => (
                  <span key={currency} data-sign={Math.sign(per100 ?? 0)} className="parts-net">
                    {per100 === null
                      ? "–"
                      : `${per100 > 0 ? "+" : per100 < 0 ? "−" : ""}${number(Math.abs(per100), 1)}`}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
