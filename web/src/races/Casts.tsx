import "./Casts.css";
import { useTranslation } from "react-i18next";
import { POWERS } from "../../../entities/lobby/race/power.ts";
import { shortId } from "../app/shortId.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { POWER_ICONS } from "../powers/powerIcons.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { secondsOf } from "../replay/Playback.ts";
import type { Recording } from "../replay/readReplay.ts";

/** The powers that were cast, in order: what, on whom, by whom, when. */
export function Casts({
  recording: { powers, runners },
  playerId,
  onShow,
}: {
  readonly recording: Recording;
  /** Whose casts are the viewer's own; null at the door. */
  readonly playerId: string | null;
  readonly onShow: (tick: number) => void;
}) {
  const { t } = useTranslation("races");
  const { t: powerName } = useTranslation("powers");
  const format = useFormat();
  return (
    <section className="panel casts" aria-labelledby="casts-title">
      <div className="panel-head">
        <h2 id="casts-title">{t("race.powers")}</h2>
        {powers.length > 0 && <span className="muted figure">{format.number(powers.length)}</span>}
      </div>
      {powers.length === 0 ? (
        <p className="empty">{t("race.noPowers")}</p>
      ) : (
        <ol>
          {powers.map((cast) => {
            const runner = runners.find(({ number }) => number === cast.target)?.name ?? "";
            const power = powerName(`name.${cast.power}`);
            const time = `${format.number(secondsOf(cast.cast_tick), 2)} s`;
            return (
              <li key={cast.cast_id} data-kind={POWERS[cast.power].kind}>
                <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
                  <path d={POWER_ICONS[cast.power]} fill="currentColor" />
                </svg>
                <span className="casts-what">
                  <strong>{power}</strong>
                  <span className="casts-on">
                    <RunnerMark number={cast.target} size={18} />
                    {runner}
                  </span>
                </span>
                <span className="casts-by muted" title={cast.player_id}>
                  {cast.player_id === playerId ? (
                    <span className="tag is-good">{t("race.you")}</span>
                  ) : (
                    shortId(cast.player_id)
                  )}
                </span>
                <span className="figure casts-cost">{format.money(cast.cost)}</span>
                <button
                  type="button"
                  className="button is-small figure"
                  aria-label={t("race.jump", { power, runner, time })}
                  onClick={() => onShow(cast.cast_tick)}
                >
                  {time}
                </button>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
