import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RunnerStartBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";

const MS_PER_SECOND = 1_000;

/** The runner's races, newest first, each leading to the race itself. */
export function LastStarts({
  starts,
  onOlder,
}: {
  readonly starts: readonly RunnerStartBody[];
  /** Null when there are none. */
  readonly onOlder: (() => void) | null;
}) {
  const { t } = useTranslation("runners");
  const format = useFormat();
  return (
    <section className="panel" aria-labelledby="runner-starts">
      <div className="panel-head">
        <h2 id="runner-starts">{t("page.lastStarts")}</h2>
      </div>
      <table className="runner-starts">
        <thead>
          <tr>
            <th scope="col">{t("page.when")}</th>
            <th scope="col">{t("page.number")}</th>
            <th scope="col">{t("page.place")}</th>
            <th scope="col">{t("page.odds")}</th>
            <th scope="col">{t("page.time")}</th>
          </tr>
        </thead>
        <tbody>
          {starts.map(({ race_id: raceId, at, number, place, won, odds, finish_ms: finishMs }) => (
            <tr key={raceId} data-race={raceId}>
              <th scope="row">
                <Link
                  href={paths.race(raceId)}
                  aria-label={t("page.watch", { when: format.dateTime(at) })}
                >
                  {format.dateTime(at)}
                </Link>
              </th>
              <td className="figure">{format.number(number)}</td>
              <td className="figure">
                {won && <span className="tag is-good">{t("page.won")}</span>} {format.number(place)}
              </td>
              <td className="figure">{odds === null ? t("page.none") : format.odds(odds)}</td>
              <td className="figure">
                {finishMs === null
                  ? t("page.none")
                  : t("page.seconds", { seconds: format.number(finishMs / MS_PER_SECOND, 2) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {onOlder !== null && (
        <button type="button" className="button runner-older" onClick={onOlder}>
          {t("page.older")}
        </button>
      )}
    </section>
  );
}
