import "./Track.css";
import { useEffect, useRef } from "react";
import type { SceneInput } from "./Scene.ts";
import { paintTrack } from "./TrackPainter.ts";
import { pagePalette } from "./palette.ts";
import { sceneTexts } from "./sceneTexts.ts";

/** What to paint at a moment; null leaves the picture as it is. `same` names all that the picture depends on. */
export interface Picture {
  readonly same: readonly unknown[];
  readonly scene: Omit<SceneInput, "width" | "height">;
}

export interface RaceCanvasProps {
  /** Asked before every frame. Must be the same function while nothing but time changes. */
  readonly pictureAt: (nowMs: number) => Picture | null;
  readonly label: string;
}

/** Twice the pixels are enough for any eye, and four times the work is too much for a phone. */
const MAX_DENSITY = 2;

/** A canvas on which the race is painted, once a frame and only when the picture is another. */
export function RaceCanvas({ pictureAt, label }: RaceCanvasProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext("2d", { alpha: false });
    if (canvas === null || context === null || context === undefined) return;
    let drawn: readonly unknown[] = [];
    let request = 0;
    const draw = (nowMs: number) => {
      request = requestAnimationFrame(draw);
      const { clientWidth: width, clientHeight: height } = canvas;
      if (width === 0 || height === 0) return;
      const picture = pictureAt(nowMs);
      if (picture === null) return;
      const density = Math.min(MAX_DENSITY, devicePixelRatio);
      const page = [pagePalette(), sceneTexts()];
      const subject = [width, height, density, ...page, ...picture.same];
      if (subject.length === drawn.length && subject.every((part, i) => part === drawn[i])) return;
      drawn = subject;
      const [pixelsWide, pixelsHigh] = [Math.round(width * density), Math.round(height * density)];
      if (canvas.width !== pixelsWide) canvas.width = pixelsWide;
      if (canvas.height !== pixelsHigh) canvas.height = pixelsHigh;
      context.setTransform(density, 0, 0, density, 0, 0);
      paintTrack(context, { ...picture.scene, width, height });
    };
    request = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(request);
  }, [pictureAt]);
  return <canvas ref={canvasRef} className="track" role="img" aria-label={label} />;
}
