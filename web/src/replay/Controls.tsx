import "./Controls.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Store } from "../app/Store.ts";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Film } from "./Film.ts";
import { SPEEDS, momentOf, seek, step, toggle } from "./Playback.ts";
import type { Playback } from "./Playback.ts";
import { useMoments } from "./useMoments.ts";
import { usePlaybackPart } from "./usePlayback.ts";

const ICONS = {
  play: "M7 4.5v15l13-7.5z",
  pause: "M6 4.5h4.5v15H6zM13.5 4.5H18v15h-4.5z",
  back: "M17 5v14L8 12zM5 5h2v14H5z",
  forward: "M7 5v14l9-7zM17 5h2v14h-2z",
  toStart: "M12 5v14l-7-7zM20 5v14l-7-7zM3 5h2v14H3z",
  toEnd: "M12 5v14l7-7zM4 5v14l7-7zM19 5h2v14h-2z",
  loop: "M7 7h9V4l5 4.5-5 4.5v-3H9v3H6V8a1 1 0 0 1 1-1zm10 10H8v3l-5-4.5L8 11v3h7v-3h3v5a1 1 0 0 1-1 1z",
} as const;

export function Controls({
  film,
  playback,
}: {
  readonly film: Film;
  readonly playback: Store<Playback>;
}) {
  const { t } = useTranslation("replay");
  const format = useFormat();
  const { clock } = useMoments(film);
  const isPlaying = usePlaybackPart(playback, (state) => state.isPlaying);
  const isLooping = usePlaybackPart(playback, (state) => state.isLooping);
  const speed = usePlaybackPart(playback, (state) => state.speed);
  const tick = usePlaybackPart(playback, (state) => Math.floor(state.tick));
  const change = (how: (state: Playback) => Playback) => () => playback.update(how);
  const { finishTick } = film;
  const button = (name: keyof typeof ICONS, label: string, onClick: () => void, extra = "") => (
    <button
      type="button"
      className={`button is-quiet replay-button ${extra}`}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon name={name} />
    </button>
  );
  return (
    <div className="replay-controls">
      <div className="replay-transport">
        {button(
          "toStart",
          t("toStart"),
          change((state) => seek(state, 0)),
        )}
        {button(
          "back",
          t("back"),
          change((state) => step(state, -1)),
        )}
        {button(
          isPlaying ? "pause" : "play",
          isPlaying ? t("pause") : t("play"),
          change(toggle),
          "is-play",
        )}
        {button(
          "forward",
          t("forward"),
          change((state) => step(state, 1)),
        )}
        {button(
          "toEnd",
          t("toEnd"),
          change((state) => seek(state, state.endTick)),
        )}
      </div>
      <p className="replay-clock figure" data-tick={tick}>
        <strong>{clock(tick)}</strong> <span className="muted">/ {clock(film.endTick)}</span>
      </p>
      <div className="replay-extras">
        {finishTick !== null && (
          <button
            type="button"
            className="button is-small"
            title={t("toFinishTitle")}
            onClick={change((state) => ({ ...seek(state, finishTick), isPlaying: false }))}
          >
            {t("toFinish")}
          </button>
        )}
        <button
          type="button"
          className="button is-small"
          aria-pressed={isLooping}
          onClick={change((state) => ({ ...state, isLooping: !state.isLooping }))}
        >
          <Icon name="loop" size={16} />
          {t("loop")}
        </button>
        <Share film={film} playback={playback} />
      </div>
      <fieldset className="replay-speeds">
        <legend className="unseen">{t("speed")}</legend>
        {SPEEDS.map((one) => (
          <label key={one} data-chosen={one === speed}>
            <input
              type="radio"
              name="replay-speed"
              className="unseen"
              checked={one === speed}
              onChange={change((state) => ({ ...state, speed: one }))}
            />
            <span className="figure">
              {t("times", { speed: format.number(one, one === 0.25 ? 2 : one < 1 ? 1 : 0) })}
            </span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

function Share({ film, playback }: { readonly film: Film; readonly playback: Store<Playback> }) {
  const { t } = useTranslation("replay");
  const [said, setSaid] = useState("");
  const share = async () => {
    const page = new URL(location.href);
    page.hash = paths.race(film.recording.race_id);
    const link = `${page.href}?t=${momentOf(Math.floor(playback.get().tick))}`;
    try {
      await navigator.clipboard.writeText(link);
      setSaid(t("shared"));
    } catch {
      // Browsers keep the clipboard from pages that came over plain HTTP, and when they were told to.
      setSaid(t("shareFailed", { link }));
    }
  };
  return (
    <>
      <button type="button" className="button is-small" onClick={() => void share()}>
        {t("share")}
      </button>
      <span role="status" className="replay-said muted">
        {said}
      </span>
    </>
  );
}

function Icon({ name, size = 22 }: { readonly name: keyof typeof ICONS; readonly size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} fill="currentColor" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}
