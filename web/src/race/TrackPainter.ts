/**
 * Draws one picture of the race. Plain calls on a canvas, for it runs sixty times a second. The track keeps its own
 * colours in both themes: it is a scene, like a film, not a part of the page.
 */
import { POWERS, isPowerId } from "../../../entities/lobby/race/power.ts";
import { POWER_ICONS } from "../powers/powerIcons.ts";
import type { Cast, Runner } from "../lobby/LobbyState.ts";
import type { View } from "./Camera.ts";
import { silkOf } from "./silks.ts";

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly view: View;
  readonly trackMm: number;
  readonly tick: number;
  readonly positions: readonly number[];
  /** Millimetres a tick, by lane; gives trails their length. */
  readonly speeds: readonly number[];
  readonly runners: readonly Runner[];
  readonly casts: readonly Cast[];
  /** A still of the moment in which the winner reached the line. */
  readonly isFinishPicture: boolean;
  /** Without trails and pulses. */
  readonly isCalm: boolean;
}

const FELT = "#0f3b2d";
const FELT_LIT = "#16503c";
const RAIL = "#0a2a20";
const CHALK = "rgba(236, 244, 238, 0.2)";
const CHALK_TEXT = "rgba(236, 244, 238, 0.72)";
const BRASS = "#e3b34c";
const FONT = `system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;

const MAP_HEIGHT = 26;
const RULER_HEIGHT = 18;
const MARK_BOX = 24;
const MARKS_PER_TRACK = 20;
/** A distance and some air. */
const LABEL_WIDTH = 52;

const shapes = new Map<string, Path2D>();
function pathOf(text: string): Path2D {
  const known = shapes.get(text);
  if (known !== undefined) return known;
  const path = new Path2D(text);
  shapes.set(text, path);
  return path;
}

export function paintTrack(context: CanvasRenderingContext2D, scene: Scene): void {
  const { width, height, runners } = scene;
  const laneHeight = (height - MAP_HEIGHT - RULER_HEIGHT) / Math.max(1, runners.length);
  context.clearRect(0, 0, width, height);
  paintGround(context, scene, laneHeight);
  runners.forEach((runner, lane) => {
    paintRunner(context, scene, { runner, lane, laneHeight });
  });
  paintMap(context, scene);
  if (scene.isFinishPicture) paintStamp(context, width);
}

function paintStamp(context: CanvasRenderingContext2D, width: number): void {
  const [text, y] = ["FINISH PICTURE", MAP_HEIGHT + 16];
  context.font = `700 11px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const half = context.measureText(text).width / 2 + 10;
  context.fillStyle = BRASS;
  context.beginPath();
  context.roundRect(width / 2 - half, y - 10, half * 2, 20, 10);
  context.fill();
  context.fillStyle = "#1c1404";
  context.fillText(text, width / 2, y + 0.5);
}

const toX = ({ view, width }: Scene, mm: number): number =>
  ((mm - view.fromMm) / view.spanMm) * width;

function paintGround(context: CanvasRenderingContext2D, scene: Scene, laneHeight: number): void {
  const { width, height, trackMm, runners } = scene;
  context.fillStyle = FELT;
  context.fillRect(0, MAP_HEIGHT, width, height - MAP_HEIGHT);
  context.fillStyle = FELT_LIT;
  for (let lane = 0; lane < runners.length; lane += 2) {
    context.fillRect(0, MAP_HEIGHT + lane * laneHeight, width, laneHeight);
  }
  const bottom = height - RULER_HEIGHT;
  context.fillStyle = RAIL;
  context.fillRect(0, bottom, width, RULER_HEIGHT);

  context.font = `600 11px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const markWidth = ((trackMm / MARKS_PER_TRACK) * width) / scene.view.spanMm;
  const labelEvery = Math.max(1, Math.ceil(LABEL_WIDTH / markWidth));
  for (let mark = 1; mark < MARKS_PER_TRACK; mark += 1) {
    const mm = (trackMm * mark) / MARKS_PER_TRACK;
    const x = toX(scene, mm);
    if (x < -40 || x > width + 40) continue;
    context.fillStyle = CHALK;
    context.fillRect(x - 0.5, MAP_HEIGHT, 1, bottom - MAP_HEIGHT);
    if (mark % labelEvery !== 0) continue;
    context.fillStyle = CHALK_TEXT;
    context.fillText(`${Math.round((trackMm - mm) / 1000)} m`, x, bottom + RULER_HEIGHT / 2 + 0.5);
  }
  context.fillStyle = CHALK_TEXT;
  context.fillRect(toX(scene, 0) - 1, MAP_HEIGHT, 2, bottom - MAP_HEIGHT);
  paintFinish(context, toX(scene, trackMm), MAP_HEIGHT, bottom);

  if (width >= 560) {
    context.textAlign = "left";
    context.fillStyle = "rgba(236, 244, 238, 0.34)";
    runners.forEach(({ name, scratched }, lane) => {
      context.font = `600 ${Math.min(13, laneHeight * 0.4)}px ${FONT}`;
      context.fillText(
        scratched ? `${name}, scratched` : name,
        12,
        MAP_HEIGHT + (lane + 0.5) * laneHeight,
      );
    });
  }
}

function paintFinish(
  context: CanvasRenderingContext2D,
  x: number,
  top: number,
  bottom: number,
): void {
  const square = 7;
  for (let row = 0; top + row * square < bottom; row += 1) {
    const y = top + row * square;
    const tall = Math.min(square, bottom - y);
    context.fillStyle = row % 2 === 0 ? "#f4f7f5" : "#101614";
    context.fillRect(x, y, square, tall);
    context.fillStyle = row % 2 === 0 ? "#101614" : "#f4f7f5";
    context.fillRect(x + square, y, square, tall);
  }
}

interface Place {
  readonly runner: Runner;
  readonly lane: number;
  readonly laneHeight: number;
}

function paintRunner(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { runner, lane, laneHeight }: Place,
): void {
  const { colour, ink, shape } = silkOf(runner.number);
  const size = Math.min(34, laneHeight * 0.84);
  const position = scene.positions[lane] ?? 0;
  // The nose is at the line when the runner is.
  const x = toX(scene, position) - size / 2;
  const y = MAP_HEIGHT + (lane + 0.5) * laneHeight;
  if (runner.scratched) {
    return;
  }
  const isRunning = position < scene.trackMm && !scene.isFinishPicture;
  if (!scene.isCalm && isRunning) paintTrail(context, scene, { x, y, size, lane, colour });
  paintPowers(context, scene, { x, y, size, number: runner.number });

  const scale = size / MARK_BOX;
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(scale, scale);
  context.fillStyle = colour;
  context.fill(pathOf(shape));
  context.lineWidth = 1.2;
  context.strokeStyle = "rgba(255, 255, 255, 0.85)";
  context.stroke(pathOf(shape));
  context.restore();
  context.fillStyle = ink;
  context.font = `800 ${size * 0.5}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(String(runner.number), x, y + size * 0.03);
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

function paintTrail(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { x, y, size, lane, colour }: Spot & { readonly lane: number; readonly colour: string },
): void {
  const perTick = (scene.speeds[lane] ?? 0) * (scene.width / scene.view.spanMm);
  const length = Math.min(150, perTick * 14);
  if (length < 4) return;
  const trail = context.createLinearGradient(x - size / 2 - length, 0, x, 0);
  trail.addColorStop(0, `${colour}00`);
  trail.addColorStop(1, `${colour}b0`);
  context.fillStyle = trail;
  context.beginPath();
  context.moveTo(x, y - size * 0.34);
  context.lineTo(x - size / 2 - length, y);
  context.lineTo(x, y + size * 0.34);
  context.fill();
}

/** A dashed ring announces a power; while it acts, the ring is whole: brass for help, dark for harm. */
function paintPowers(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { x, y, size, number }: Spot & { readonly number: number },
): void {
  let drawn = 0;
  for (const cast of scene.casts) {
    if (cast.target !== number || !isPowerId(cast.power)) continue;
    const sinceStart = scene.tick - cast.tick;
    if (sinceStart >= cast.durationTicks) continue;
    const isActing = sinceStart >= 0;
    const isHelp = POWERS[cast.power].kind === "buff";
    const pulse = scene.isCalm ? 0 : Math.sin(scene.tick * 0.9) * 1.5;
    context.beginPath();
    context.arc(x, y, size * 0.62 + pulse, 0, Math.PI * 2);
    if (isActing) {
      context.fillStyle = isHelp ? "rgba(227, 179, 76, 0.34)" : "rgba(6, 8, 12, 0.55)";
      context.fill();
    }
    context.setLineDash(isActing ? [] : [5, 4]);
    context.lineWidth = 2.5;
    context.strokeStyle = isHelp ? BRASS : "#11161d";
    context.stroke();
    context.setLineDash([]);
    const icon = Math.max(14, size * 0.55);
    paintPowerIcon(context, POWER_ICONS[cast.power], {
      x: x + size * 0.72 + icon * 0.7 + drawn * (icon + 5),
      y,
      size: icon,
      isHelp,
    });
    drawn += 1;
  }
}

function paintPowerIcon(
  context: CanvasRenderingContext2D,
  icon: string,
  { x, y, size, isHelp }: Spot & { readonly isHelp: boolean },
): void {
  context.fillStyle = isHelp ? BRASS : "#11161d";
  context.beginPath();
  context.arc(x, y, size * 0.72, 0, Math.PI * 2);
  context.fill();
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(size / MARK_BOX, size / MARK_BOX);
  context.fillStyle = isHelp ? "#1c1404" : "#c9d6ff";
  context.fill(pathOf(icon));
  context.restore();
}

/** The whole track in a strip, with the stretch in view. */
function paintMap(context: CanvasRenderingContext2D, scene: Scene): void {
  const { width, trackMm, view, runners, positions } = scene;
  const [from, to] = [14, width - 16];
  const toMap = (mm: number) => from + (Math.min(trackMm, Math.max(0, mm)) / trackMm) * (to - from);
  const middle = MAP_HEIGHT / 2;
  context.fillStyle = RAIL;
  context.fillRect(0, 0, width, MAP_HEIGHT);
  context.fillStyle = "rgba(236, 244, 238, 0.16)";
  context.beginPath();
  context.roundRect(
    toMap(view.fromMm) - 6,
    3,
    Math.max(8, toMap(view.fromMm + view.spanMm) - toMap(view.fromMm) + 12),
    MAP_HEIGHT - 6,
    6,
  );
  context.fill();
  context.fillStyle = CHALK_TEXT;
  context.fillRect(from, middle - 0.5, to - from, 1);
  context.fillRect(to, 6, 2, MAP_HEIGHT - 12);
  const fromLast = runners
    .map((runner, lane) => ({ runner, position: positions[lane] ?? 0 }))
    .filter(({ runner }) => !runner.scratched)
    .toSorted((a, b) => a.position - b.position);
  for (const { runner, position } of fromLast) {
    context.beginPath();
    context.arc(toMap(position), middle, 5, 0, Math.PI * 2);
    context.fillStyle = silkOf(runner.number).colour;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = "rgba(255, 255, 255, 0.8)";
    context.stroke();
  }
}
