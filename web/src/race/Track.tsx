import { memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useTable } from "../app/useTable.ts";
import { createCamera } from "./Camera.ts";
import { RaceCanvas } from "./RaceCanvas.tsx";
import type { Picture } from "./RaceCanvas.tsx";
import { finishPicture, withRunOut } from "./finish.ts";

/** Drawn before the first sample, when the track's length is not known; any length looks the same at the start. */
const UNKNOWN_TRACK_MM = 600_000;

/** The race as it is run. What it shows is told in words by the positions beside it. */
export const Track = memo(function Track() {
  const { t } = useTranslation("race");
  const table = useTable();

  const pictureAt = useMemo(() => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    const camera = createCamera();
    const { playerId } = table.session;
    return (nowMs: number): Picture | null => {
      const { lobby, run, casts, result } = table.store.get().lobby;
      if (lobby === null) return null;
      const moment = table.playout.at(nowMs);
      // Between a race and the next field's start, the finish of the last one stays in the picture.
      const isOver = moment === null && result !== null && run.last === null;
      const shown = isOver ? result.run : run;
      const trackMm = shown.trackMm === 0 ? UNKNOWN_TRACK_MM : shown.trackMm;
      const runners = isOver ? result.runners : lobby.runners;
      const isRunning = lobby.phase === "racing" && moment !== null;
      const positions = isRunning
        ? withRunOut(shown, moment)
        : (finishPicture(shown) ?? shown.last?.positions ?? runners.map(() => 0));
      const racing = positions.filter((_, lane) => runners[lane]?.scratched !== true);
      const isCalm = calm.matches;
      const view = camera.follow({ nowMs, positions: racing, trackMm, isCalm });
      const tick = moment?.tick ?? 0;
      return {
        same: [lobby.phase, lobby.race_id, runners, casts, tick, view],
        scene: {
          view,
          trackMm,
          tick,
          positions,
          speeds: shown.speeds,
          runners,
          casts: isRunning ? casts : [],
          isOwn: (cast) => cast.playerId === null || cast.playerId === playerId,
          isFinishPicture: !isRunning && shown.last !== null,
          isCalm,
        },
      };
    };
  }, [table]);

  return <RaceCanvas pictureAt={pictureAt} label={t("canvas")} />;
});
