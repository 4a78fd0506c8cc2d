import "./ReplayTrack.css";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Store } from "../app/Store.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { wantedView, wholeTrack } from "../race/Camera.ts";
import { finishPicture } from "../race/finish.ts";
import { paintTrack } from "../race/TrackPainter.ts";
import { pictureAt } from "./Film.ts";
import type { Film } from "./Film.ts";
import { secondsOf } from "./Playback.ts";
import type { Playback } from "./Playback.ts";
import { usePlaybackPart } from "./usePlayback.ts";

/** Sharper than this costs more than eyes see. */
const MAX_DENSITY = 2;
/** For screen readers the picture has another name every second. */
const NAMED_EVERY_TICKS = 20;

/**
 * The film on the same canvas as live. It is drawn when the moment or the size has changed, and not otherwise. The camera
 * has no inertia here: one moment is one picture, however one came to it.
 */
export function ReplayTrack({
  film,
  playback,
  playerId,
  onPress,
}: {
  readonly film: Film;
  readonly playback: Store<Playback>;
  /** Whose casts are the viewer's own; null at the door. */
  readonly playerId: string | null;
  readonly onPress: () => void;
}) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const { t } = useTranslation("replay");
  const format = useFormat();
  const second = usePlaybackPart(playback, ({ tick }) =>
    secondsOf(Math.floor(tick / NAMED_EVERY_TICKS) * NAMED_EVERY_TICKS),
  );

  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext("2d", { alpha: false });
    if (canvas === null || context === null || context === undefined) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    let request: number | null = null;
    const draw = () => {
      request = null;
      paint(canvas, context, { film, tick: playback.get().tick, playerId, isCalm: calm.matches });
    };
    const askForDrawing = () => {
      request ??= requestAnimationFrame(draw);
    };
    const size = new ResizeObserver(askForDrawing);
    size.observe(canvas);
    calm.addEventListener("change", askForDrawing);
    // The picture has the page's colours and words.
    const look = new MutationObserver(askForDrawing);
    look.observe(document.documentElement, { attributeFilter: ["data-theme", "lang"] });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", askForDrawing);
    const stop = playback.subscribe(askForDrawing);
    askForDrawing();
    return () => {
      if (request !== null) cancelAnimationFrame(request);
      size.disconnect();
      look.disconnect();
      calm.removeEventListener("change", askForDrawing);
      dark.removeEventListener("change", askForDrawing);
      stop();
    };
  }, [film, playback, playerId]);

  return (
    <canvas
      ref={canvasRef}
      className="replay-track"
      role="img"
      aria-label={t("track", { time: `${format.number(second)} s` })}
      onClick={onPress}
    />
  );
}

interface Shot {
  readonly film: Film;
  readonly tick: number;
  readonly playerId: string | null;
  readonly isCalm: boolean;
}

function paint(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  { film, tick, playerId, isCalm }: Shot,
): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  // Between leaving the page and the end of this effect a frame may still come.
  if (!canvas.isConnected || width === 0 || height === 0) return;
  const density = Math.min(MAX_DENSITY, devicePixelRatio);
  const [wide, tall] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== tall) canvas.height = tall;
  context.setTransform(density, 0, 0, density, 0, 0);
  const { runners, track_mm: trackMm } = film.recording;
  const picture = pictureAt(film, tick);
  // The film ends with the still of the finish.
  const still = tick >= film.endTick ? finishPicture(film.run) : null;
  const positions = still ?? picture.positions;
  const racing = positions.filter((_, lane) => runners[lane]?.scratched !== true);
  paintTrack(context, {
    width,
    height,
    view: isCalm ? wholeTrack(trackMm) : wantedView({ positions: racing, trackMm }),
    trackMm,
    tick,
    positions,
    speeds: picture.speeds,
    runners,
    casts: still === null ? picture.casts : [],
    isOwn: (cast) => cast.playerId === playerId,
    isFinishPicture: still !== null,
    isCalm,
  });
}
