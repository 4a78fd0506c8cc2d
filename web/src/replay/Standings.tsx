import "./Standings.css";
import { useTranslation } from "react-i18next";
import type { Store } from "../app/Store.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { standingsAt } from "./Film.ts";
import type { Film, Standing } from "./Film.ts";
import { secondsOf } from "./Playback.ts";
import type { Playback } from "./Playback.ts";
import { useMoments } from "./useMoments.ts";
import { usePlaybackPart } from "./usePlayback.ts";

/** While it plays: often enough to follow, seldom enough to read. */
const RENEWED_EVERY_TICKS = 5;

/** Who is where at the moment shown; in words what the track shows. */
export function Standings({
  film,
  playback,
}: {
  readonly film: Film;
  readonly playback: Store<Playback>;
}) {
  const { t } = useTranslation("replay");
  const format = useFormat();
  const { clock } = useMoments(film);
  const tick = usePlaybackPart(playback, ({ endTick, isPlaying, speed, tick }) => {
    const every = isPlaying ? Math.max(1, Math.round(RENEWED_EVERY_TICKS * speed)) : 1;
    return tick >= endTick ? endTick : Math.floor(tick / every) * every;
  });
  const metres = (mm: number) => format.number(mm / 1000, 1);
  const gap = ({ behindMm, crossedTick, place }: Standing): string => {
    if (crossedTick === null) {
      return place === 1 && tick > 0 ? t("leads") : t("behind", { metres: metres(behindMm) });
    }
    const lateTicks = crossedTick - (film.finishTick ?? crossedTick);
    return place === 1
      ? clock(crossedTick)
      : t("late", { time: `${format.number(Math.max(0, secondsOf(lateTicks)), 2)} s` });
  };
  return (
    <table className="standings">
      <caption className="unseen">{t("standings", { time: clock(tick) })}</caption>
      <thead>
        <tr>
          <th scope="col" className="unseen">
            {t("place")}
          </th>
          <th scope="col">{t("runner")}</th>
          <th scope="col" className="is-figure">
            {t("distance")}
          </th>
          <th scope="col" className="is-figure">
            {t("gap")}
          </th>
        </tr>
      </thead>
      <tbody>
        {standingsAt(film, tick).map((row) => (
          <tr key={row.number} data-runner={row.number}>
            <td className="standings-place figure">{row.place}</td>
            <th scope="row">
              <span className="standings-runner">
                <RunnerMark number={row.number} size={22} />
                {row.name}
              </span>
            </th>
            <td className="figure is-figure">
              {row.crossedTick === null
                ? t("metres", { metres: metres(row.positionMm) })
                : t("home")}
            </td>
            <td className="figure is-figure muted">{gap(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
