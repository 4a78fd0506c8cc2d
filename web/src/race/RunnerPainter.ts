/** One runner: its dust and shadow, the animal in its gallop, the cloth with the number, and what it is called. */
import { FONT, toX } from "./Scene.ts";
import type { Layout, Scene } from "./Scene.ts";
import { BODY, HEIGHT, STANCE, WIDTH, legsAt, liftAt } from "./Silhouette.ts";
import type { Leg } from "./Silhouette.ts";
import { pathOf } from "./paths2d.ts";
import { silkOf } from "./silks.ts";

export interface Spot {
  /** Of the nose. */
  readonly x: number;
  /** Of the feet. */
  readonly ground: number;
  /** Height of the animal; it is `SHAPE` times as long. */
  readonly size: number;
}

/** Length of the animal by its height. */
export const SHAPE = WIDTH / HEIGHT;

const MARK_BOX = 24;
/** How much of the track a stride covers, pixels by the animal's height: long enough that the legs can be followed. */
const STRIDE = 3.4;
const PUFFS = 7;
/** In a narrower picture names would hide the race. */
const NAMES_FROM_PX = 520;

export function spotOf(scene: Scene, { lanes }: Layout, lane: number): Spot {
  const { ground, size } = lanes[lane] ?? { ground: 0, size: 0 };
  return { x: toX(scene, scene.positions[lane] ?? 0), ground, size };
}

export function paintRunner(
  context: CanvasRenderingContext2D,
  scene: Scene,
  {
    lane,
    spot,
    isLeader,
  }: { readonly lane: number; readonly spot: Spot; readonly isLeader: boolean },
): void {
  const runner = scene.runners[lane];
  if (runner === undefined) return;
  const { colour, ink, shape } = silkOf(runner.number);
  const { x, ground, size } = spot;
  const length = size * SHAPE;
  const speed = scene.speeds[lane] ?? 0;
  const isMoving = speed > 0 && !scene.isCalm && !scene.isFinishPicture;
  // The gait goes with the ground that is covered, so feet do not slide.
  const run = ((scene.positions[lane] ?? 0) * scene.width) / scene.view.spanMm;
  const phase = isMoving ? mod(run / (size * STRIDE) + lane * 0.137, 1) : 0;
  if (isMoving) paintDust(context, scene, { spot, speed, run, lane });

  context.fillStyle = scene.palette.shadow;
  context.beginPath();
  context.ellipse(x - length * 0.5, ground, length * 0.46, size * 0.09, 0, 0, Math.PI * 2);
  context.fill();

  const scale = size / HEIGHT;
  const lift = isMoving ? liftAt(phase) : 0;
  const legs = isMoving || scene.isFinishPicture ? legsAt(isMoving ? phase : lane * 0.13) : STANCE;
  context.save();
  context.translate(x - length, ground - size + lift * scale);
  context.scale(scale, scale);
  context.lineCap = "round";
  context.lineJoin = "round";
  legs.forEach((leg, index) => paintLeg(context, leg, { colour, isBehind: index < 2 }));
  // The tail streams with the speed.
  context.strokeStyle = colour;
  context.lineWidth = 2.2;
  context.beginPath();
  context.moveTo(5, 10.5);
  const wave = isMoving ? Math.sin(phase * Math.PI * 2) * 1.6 : 0;
  context.quadraticCurveTo(0, 8 + wave, -5, isMoving ? 9 - wave : 14);
  context.stroke();
  context.fillStyle = colour;
  context.fill(pathOf(BODY));
  context.lineWidth = 0.9;
  context.strokeStyle = isLeader ? "#ffe08a" : "rgba(255, 255, 255, 0.7)";
  context.stroke(pathOf(BODY));
  context.restore();

  // The cloth has the runner's own shape, for those who do not tell the colours apart.
  const cloth = size * 0.64;
  const [clothX, clothY] = [x - length * 0.56, ground - size * 0.6 + lift * scale];
  context.save();
  context.translate(clothX - cloth / 2, clothY - cloth / 2);
  context.scale(cloth / MARK_BOX, cloth / MARK_BOX);
  context.fillStyle = colour;
  context.fill(pathOf(shape));
  context.lineWidth = 2;
  context.strokeStyle = "#ffffff";
  context.stroke(pathOf(shape));
  context.restore();
  context.fillStyle = ink;
  context.font = `800 ${Math.max(9, cloth * 0.6)}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(String(runner.number), clothX, clothY + cloth * 0.04);
}

function paintLeg(
  context: CanvasRenderingContext2D,
  [hip, knee, foot]: Leg,
  { colour, isBehind }: { readonly colour: string; readonly isBehind: boolean },
): void {
  context.globalAlpha = isBehind ? 0.6 : 1;
  context.strokeStyle = colour;
  context.beginPath();
  context.moveTo(hip.x, hip.y - 1);
  context.lineTo(knee.x, knee.y);
  context.lineWidth = 3.2;
  context.stroke();
  context.beginPath();
  context.moveTo(knee.x, knee.y);
  context.lineTo(foot.x, foot.y);
  context.lineWidth = 2.1;
  context.stroke();
  context.globalAlpha = 1;
}

/** Puffs that stay where a foot struck, grow and fade; the faster, the more and the wider. */
function paintDust(
  context: CanvasRenderingContext2D,
  scene: Scene,
  {
    spot: { x, ground, size },
    speed,
    run,
    lane,
  }: { readonly spot: Spot; readonly speed: number; readonly run: number; readonly lane: number },
): void {
  const usual = scene.trackMm / 600;
  const effort = Math.min(1.4, speed / Math.max(1, usual));
  const gap = size * 0.55;
  const newest = Math.floor(run / gap);
  for (let puff = 0; puff < PUFFS; puff += 1) {
    const age = run - (newest - puff) * gap;
    const share = age / (gap * PUFFS);
    const wild = mod((newest - puff) * 12.9898 + lane * 4.1, 1);
    const alpha = (1 - share) * 0.34 * effort;
    if (alpha <= 0.01) continue;
    context.fillStyle = `${scene.palette.dust}${alpha.toFixed(3)})`;
    context.beginPath();
    context.arc(
      x - size * SHAPE * 0.8 - age,
      ground - size * (0.02 + 0.16 * share * (0.5 + wild)),
      size * (0.05 + 0.15 * share) * (0.6 + effort * 0.5),
      0,
      Math.PI * 2,
    );
    context.fill();
  }
}

/** The leader's mark above it, and names where there is room for them. */
export function paintLabel(
  context: CanvasRenderingContext2D,
  scene: Scene,
  {
    lane,
    spot,
    isLeader,
  }: { readonly lane: number; readonly spot: Spot; readonly isLeader: boolean },
): void {
  const runner = scene.runners[lane];
  if (runner === undefined) return;
  const { x, ground, size } = spot;
  context.textBaseline = "middle";
  if (scene.width >= NAMES_FROM_PX) {
    const { name } = runner;
    context.font = `650 ${Math.max(10, Math.min(12, size * 0.28))}px ${FONT}`;
    context.textAlign = "right";
    const right = x - size * (SHAPE + 0.25) - 8;
    const textWidth = context.measureText(name).width;
    if (right - textWidth > 4) {
      const y = ground - size * 0.4;
      context.fillStyle = scene.palette.label;
      context.globalAlpha = 0.72;
      context.beginPath();
      context.roundRect(right - textWidth - 6, y - 8.5, textWidth + 12, 17, 5);
      context.fill();
      context.globalAlpha = 1;
      context.fillStyle = scene.palette.labelText;
      context.fillText(name, right, y + 0.5);
    }
  }
  if (!isLeader) return;
  const bob = scene.isCalm || scene.isFinishPicture ? 0 : Math.sin(scene.tick * 0.35) * 1.5;
  const tipX = x - size * 0.42;
  const tipY = ground - size - 5 + bob;
  context.fillStyle = "#ffd34d";
  context.strokeStyle = "rgba(40, 26, 0, 0.85)";
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(tipX, tipY);
  context.lineTo(tipX - 6, tipY - 9);
  context.lineTo(tipX + 6, tipY - 9);
  context.closePath();
  context.stroke();
  context.fill();
}

const mod = (value: number, by: number): number => ((value % by) + by) % by;
