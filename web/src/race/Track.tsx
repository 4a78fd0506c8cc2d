import "./Track.css";
import { useEffect, useRef } from "react";
import { useTable } from "../app/useTable.ts";
import { followField, wholeTrack } from "./Camera.ts";
import type { View } from "./Camera.ts";
import { finishPicture, withRunOut } from "./finish.ts";
import { paintTrack } from "./TrackPainter.ts";

/** Drawn before the first sample, when the track's length is not known; any length looks the same at the start. */
const UNKNOWN_TRACK_MM = 600_000;

/** The race on a canvas. What it shows is told in words by the positions beside it. */
export function Track() {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const table = useTable();

  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext("2d");
    if (canvas === null || context === null || context === undefined) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    let view: View | null = null;
    let drawn: readonly unknown[] = [];
    let request = 0;

    const draw = (nowMs: number) => {
      request = requestAnimationFrame(draw);
      const { lobby, run, casts, result } = table.store.get().lobby;
      if (lobby === null) return;
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
      const { clientWidth: width, clientHeight: height } = canvas;
      const density = Math.min(2, devicePixelRatio);
      // A picture that would be the same is not drawn again: the canvas rests when the race does.
      const subject = [width, height, density, lobby, casts, run.last, moment?.tick, view];
      if (subject.length === drawn.length && subject.every((part, i) => part === drawn[i])) return;
      drawn = subject;
      if (canvas.width !== Math.round(width * density)) canvas.width = Math.round(width * density);
      if (canvas.height !== Math.round(height * density)) {
        canvas.height = Math.round(height * density);
      }
      context.setTransform(density, 0, 0, density, 0, 0);
      const racing = positions.filter((_, lane) => runners[lane]?.scratched !== true);
      view = calm.matches ? wholeTrack(trackMm) : followField(view, racing, trackMm);
      paintTrack(context, {
        width,
        height,
        view,
        trackMm,
        tick: moment?.tick ?? 0,
        positions,
        speeds: shown.speeds,
        runners,
        casts: isRunning ? casts : [],
        isFinishPicture: !isRunning && shown.last !== null,
        isCalm: calm.matches,
      });
    };
    request = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(request);
  }, [table]);

  return (
    <canvas ref={canvasRef} className="track" role="img" aria-label="The race, seen from above" />
  );
}
