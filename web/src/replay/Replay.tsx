import "./Replay.css";
import { useImperativeHandle, useMemo } from "react";
import type { KeyboardEvent, Ref } from "react";
import { useTranslation } from "react-i18next";
import { TICKS_PER_SECOND } from "../../../entities/lobby/race/simulation.ts";
import { Controls } from "./Controls.tsx";
import { filmOf } from "./Film.ts";
import { seek, step, toggle } from "./Playback.ts";
import type { Playback } from "./Playback.ts";
import type { Recording } from "./readReplay.ts";
import { RecomputedHere } from "./RecomputedHere.tsx";
import { ReplayTrack } from "./ReplayTrack.tsx";
import { Standings } from "./Standings.tsx";
import { Timeline } from "./Timeline.tsx";
import { usePlayback } from "./usePlayback.ts";

/** What the page around a replay may ask of it. */
export interface ReplayHandle {
  readonly show: (tick: number) => void;
}

/** A race that is over, to be watched again at any speed and from any moment. */
export function Replay({
  recording,
  initialTick,
  playerId,
  ref,
}: {
  readonly recording: Recording;
  readonly initialTick: number;
  /** Whose casts are the viewer's own; null at the door. */
  readonly playerId: string | null;
  readonly ref?: Ref<ReplayHandle>;
}) {
  const { t } = useTranslation("replay");
  const film = useMemo(() => filmOf(recording), [recording]);
  const playback = usePlayback(film.endTick, initialTick);
  useImperativeHandle(
    ref,
    () => ({
      show: (tick) => playback.update((state) => ({ ...seek(state, tick), isPlaying: false })),
    }),
    [playback],
  );
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const change = changeOf(event);
    if (change === null) return;
    // The slider and the page have their own use for these keys.
    event.preventDefault();
    event.stopPropagation();
    playback.update(change);
  };
  return (
    <section className="panel replay" aria-labelledby="replay-title" onKeyDownCapture={press}>
      <div className="panel-head">
        <h2 id="replay-title">{t("title")}</h2>
        <p className="muted replay-keys">{t("keys")}</p>
      </div>
      <div className="replay-stage">
        <div role="group" tabIndex={0} aria-label={t("area")} className="replay-screen">
          <ReplayTrack
            film={film}
            playback={playback}
            playerId={playerId}
            onPress={() => playback.update(toggle)}
          />
        </div>
        <div className="replay-standings">
          <Standings film={film} playback={playback} />
        </div>
        <div className="replay-line">
          <Timeline film={film} playback={playback} />
          <Controls film={film} playback={playback} />
        </div>
      </div>
      <RecomputedHere recording={recording} />
    </section>
  );
}

/** What a key does; null for one that is another's. */
function changeOf({
  altKey,
  ctrlKey,
  key,
  metaKey,
  shiftKey,
  target,
}: KeyboardEvent<HTMLElement>): ((state: Playback) => Playback) | null {
  if (altKey || ctrlKey || metaKey || !(target instanceof HTMLElement)) return null;
  if (target instanceof HTMLInputElement && target.type === "radio") return null;
  const ticks = shiftKey ? TICKS_PER_SECOND : 1;
  switch (key) {
    case " ":
      // A button that has the focus is what space presses.
      return target instanceof HTMLButtonElement ? null : toggle;
    case "ArrowLeft":
    case "ArrowDown":
      return (state) => step(state, -ticks);
    case "ArrowRight":
    case "ArrowUp":
      return (state) => step(state, ticks);
    case "Home":
      return (state) => seek(state, 0);
    case "End":
      return (state) => seek(state, state.endTick);
    default:
      return null;
  }
}
