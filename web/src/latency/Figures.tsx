import { useTranslation } from "react-i18next";
import { useRefusalTitle } from "../app/useRefusalTitle.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Desk } from "./Desk.ts";
import { LANES, durableCostMs } from "./Measurements.ts";
import type { Lane, LaneFigures } from "./Measurements.ts";
import { useLive } from "./useLive.ts";

const LIVE_MS = 200;
/** Answers a second are of the last seconds: fewer would jump, more would lag. */
const RATE_SECONDS = 5;

/** Quantiles, counts and rates, lane by lane, and what of it is the price of durability. */
export function Figures({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation("latency");
  const format = useFormat();
  const titleOf = useRefusalTitle();
  const nowMs = useLive(desk, LIVE_MS);
  const measured = desk.measured();
  const lanes = LANES.map((lane) => ({ lane, figures: measured.figures(lane) }));
  const ping = measured.figures("ping");
  const span = (ms: number | null) => (ms === null ? "–" : format.span(ms));
  const rows: readonly {
    readonly key: "count" | "p50" | "p90" | "p99" | "max" | "rate" | "cost" | "refused";
    readonly of: (lane: Lane, figures: LaneFigures) => string;
  }[] = [
    { key: "count", of: (_, { count }) => format.number(count) },
    { key: "p50", of: (_, { p50Ms }) => span(p50Ms) },
    { key: "p90", of: (_, { p90Ms }) => span(p90Ms) },
    { key: "p99", of: (_, { p99Ms }) => span(p99Ms) },
    { key: "max", of: (_, { maxMs }) => span(maxMs) },
    {
      key: "rate",
      of: (lane) => format.number(measured.timeline(lane).perSecond(nowMs, RATE_SECONDS), 1),
    },
    {
      key: "cost",
      of: (lane, figures) => (lane === "ping" ? "" : span(durableCostMs(figures, ping))),
    },
    {
      key: "refused",
      of: (lane, { refusals }) => {
        const count = Object.values(refusals).reduce((sum, one) => sum + one, 0);
        return lane === "ping" ? "" : format.number(count);
      },
    },
  ];
  const refusals = lanes.flatMap(({ lane, figures }) =>
    Object.entries(figures.refusals).map(([code, count]) => ({ lane, code, count })),
  );

  return (
    <section className="panel" aria-labelledby="latency-figures">
      <div className="panel-head">
        <h2 id="latency-figures">{t("figures.title")}</h2>
        <span className="muted">{t("figures.about")}</span>
      </div>
      <table className="latency-figures">
        <thead>
          <tr>
            <td />
            {lanes.map(({ lane }) => (
              <th key={lane} scope="col">
                {t(`lane.${lane}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, of }) => (
            <tr key={key} data-row={key}>
              <th scope="row">
                {t(`figures.${key}`)}
                {key === "cost" && <span className="muted">{t("figures.costAbout")}</span>}
              </th>
              {lanes.map(({ lane, figures }) => (
                <td key={lane} className="figure" data-lane={lane}>
                  {of(lane, figures)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {refusals.length > 0 && (
        <ul className="latency-refusals" aria-label={t("figures.refusedBy")}>
          {refusals.map(({ lane, code, count }) => (
            <li key={`${lane} ${code}`} className="tag is-bad" data-code={code}>
              {t("figures.refusal", {
                lane: t(`lane.${lane}`),
                why: titleOf(code),
                count,
                times: format.number(count),
              })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
