import "./Timeline.css";
import { useTranslation } from "react-i18next";
import { POWERS } from "../../../entities/lobby/race/power.ts";
import type { PowerId } from "../../../entities/lobby/race/power.ts";
import type { Store } from "../app/Store.ts";
import { POWER_ICONS } from "../powers/powerIcons.ts";
import type { Film } from "./Film.ts";
import { Scrubber } from "./Scrubber.tsx";
import { seek } from "./Playback.ts";
import type { Playback } from "./Playback.ts";
import { usePlaybackPart } from "./usePlayback.ts";
import { useMoments } from "./useMoments.ts";

const TICKS_PER_LARGE_STEP = 20;

/** The race from start to end: where it is now, where powers were cast, where the winner came home. */
export function Timeline({
  film,
  playback,
}: {
  readonly film: Film;
  readonly playback: Store<Playback>;
}) {
  const { t } = useTranslation("replay");
  const { clock, nameOf } = useMoments(film);
  const tick = usePlaybackPart(playback, ({ tick }) => Math.floor(tick));
  const place = (at: number) =>
    `${(100 * Math.min(at, film.endTick)) / Math.max(1, film.endTick)}%`;
  return (
    <div className="timeline">
      <Scrubber
        value={tick}
        last={film.endTick}
        largeStep={TICKS_PER_LARGE_STEP}
        label={t("moment")}
        textOf={(value) => t("of", { time: clock(value), end: clock(film.endTick) })}
        onValue={(value) => playback.update((state) => seek(state, value))}
      >
        {film.finishTick !== null && (
          <span
            className="timeline-finish"
            style={{ insetInlineStart: place(film.finishTick) }}
            aria-hidden="true"
          />
        )}
      </Scrubber>
      <div className="timeline-marks" aria-hidden="true">
        {film.casts.map((cast) => (
          <button
            key={cast.castId}
            type="button"
            // What it does is also in the list of powers, where it is a button for everyone.
            tabIndex={-1}
            className="timeline-cast"
            data-kind={POWERS[cast.power as PowerId].kind}
            style={{ insetInlineStart: place(cast.castTick) }}
            title={nameOf(cast)}
            onClick={() => playback.update((state) => seek(state, cast.castTick))}
          >
            <svg viewBox="0 0 24 24" width="12" height="12">
              <path d={POWER_ICONS[cast.power as PowerId]} fill="currentColor" />
            </svg>
          </button>
        ))}
      </div>
    </div>
  );
}
