/**
 * Powers as they are seen: announced before they act, and marked while they do. Help and harm differ in shape and not in
 * colour alone: help is a round badge over streaks that rise, harm a pointed one over a dark pool. A ring that closes
 * around the badge counts the warning down and then the effect; the viewer's own have a tag.
 */
import { POWERS, isPowerId } from "../../../entities/lobby/race/power.ts";
import { POWER_ICONS } from "../powers/powerIcons.ts";
import { FONT } from "./Scene.ts";
import type { Scene } from "./Scene.ts";
import { SHAPE } from "./RunnerPainter.ts";
import type { Spot } from "./RunnerPainter.ts";
import { pathOf } from "./paths2d.ts";

const HELP = { colour: "#ffcf4d", ink: "#231600", glow: "rgba(255, 207, 77, " } as const;
const HARM = { colour: "#1a1230", ink: "#e7d8ff", glow: "rgba(120, 70, 190, " } as const;
const MARK_BOX = 24;
const MS_PER_TICK = 50;

interface Acting {
  readonly isHelp: boolean;
  readonly isActing: boolean;
  /** What is left of the warning, or of the effect, of the whole in [0, 1]. */
  readonly left: number;
  readonly isOwn: boolean;
  readonly icon: string;
}

/** The casts that are announced or acting on a runner now. */
function actingOn(scene: Scene, number: number): readonly Acting[] {
  return scene.casts.flatMap((cast): Acting[] => {
    if (cast.target !== number || !isPowerId(cast.power)) return [];
    const power = POWERS[cast.power];
    const since = scene.tick - cast.tick;
    if (since >= cast.durationTicks) return [];
    const warningTicks = Math.max(1, power.telegraphMs / MS_PER_TICK);
    return [
      {
        isHelp: power.kind === "buff",
        isActing: since >= 0,
        left: since >= 0 ? 1 - since / cast.durationTicks : Math.min(1, -since / warningTicks),
        isOwn: scene.isOwn?.(cast) ?? false,
        icon: POWER_ICONS[cast.power],
      },
    ];
  });
}

/** Under the runner: streaks that rise, or a pool. */
export function paintPowersBelow(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { spot: { x, ground, size }, number }: { readonly spot: Spot; readonly number: number },
): void {
  const length = size * SHAPE;
  for (const { isHelp, isActing, left } of actingOn(scene, number)) {
    const strength = isActing ? Math.min(1, left * 4) : 0.35;
    if (isHelp) {
      const glow = context.createLinearGradient(x - length * 2.2, 0, x, 0);
      glow.addColorStop(0, `${HELP.glow}0)`);
      glow.addColorStop(1, `${HELP.glow}${(0.5 * strength).toFixed(2)})`);
      context.fillStyle = glow;
      context.beginPath();
      context.moveTo(x, ground - size * 0.95);
      context.lineTo(x - length * 2.2, ground - size * 0.45);
      context.lineTo(x, ground);
      context.fill();
      if (isActing) paintChevrons(context, scene, { x, ground, size });
    } else {
      context.fillStyle = `rgba(14, 8, 28, ${(0.75 * strength).toFixed(2)})`;
      context.beginPath();
      context.ellipse(x - length * 0.5, ground, length * 0.72, size * 0.2, 0, 0, Math.PI * 2);
      context.fill();
      context.strokeStyle = `${HARM.glow}${(0.9 * strength).toFixed(2)})`;
      context.lineWidth = 2;
      context.setLineDash(isActing ? [] : [4, 4]);
      context.stroke();
      context.setLineDash([]);
      if (isActing) paintDrops(context, scene, { x, ground, size });
    }
  }
}

function paintChevrons(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { x, ground, size }: Spot,
): void {
  const beat = scene.isCalm ? 0 : (scene.tick * 0.12) % 1;
  context.strokeStyle = HELP.colour;
  context.lineWidth = Math.max(2, size * 0.06);
  for (let i = 0; i < 3; i += 1) {
    const at = x - size * SHAPE - size * 0.35 * (i + 1 - beat);
    context.globalAlpha = 0.9 - i * 0.25;
    context.beginPath();
    context.moveTo(at - size * 0.16, ground - size * 0.72);
    context.lineTo(at, ground - size * 0.48);
    context.lineTo(at - size * 0.16, ground - size * 0.24);
    context.stroke();
  }
  context.globalAlpha = 1;
}

function paintDrops(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { x, ground, size }: Spot,
): void {
  context.fillStyle = HARM.colour;
  for (let i = 0; i < 5; i += 1) {
    const share = scene.isCalm ? i / 5 : (scene.tick * 0.06 + i * 0.21) % 1;
    const height = Math.sin(share * Math.PI) * size * 0.3;
    context.beginPath();
    context.arc(
      x - size * SHAPE * (0.15 + i * 0.18) - share * size * 0.3,
      ground - height,
      size * 0.05,
      0,
      Math.PI * 2,
    );
    context.fill();
  }
}

/** Over the runner: one badge for each power, with what is left of it around it. */
export function paintPowersAbove(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { spot: { x, ground, size }, number }: { readonly spot: Spot; readonly number: number },
): void {
  const radius = Math.max(10, size * 0.3);
  actingOn(scene, number).forEach(({ isHelp, isActing, left, isOwn, icon }, index) => {
    const { colour, ink } = isHelp ? HELP : HARM;
    const [centreX, centreY] = [x + radius * 1.5 + index * (radius * 2.5), ground - size * 0.55];
    const pulse = isActing || scene.isCalm ? 1 : 1 + 0.12 * Math.sin(scene.tick * 1.3);
    context.save();
    context.translate(centreX, centreY);
    context.scale(pulse, pulse);
    context.globalAlpha = isActing ? 1 : 0.86;
    context.fillStyle = colour;
    context.strokeStyle = "#ffffff";
    context.lineWidth = 1.5;
    context.beginPath();
    if (isHelp) context.arc(0, 0, radius, 0, Math.PI * 2);
    else {
      context.moveTo(0, -radius * 1.2);
      context.lineTo(radius * 1.2, 0);
      context.lineTo(0, radius * 1.2);
      context.lineTo(-radius * 1.2, 0);
      context.closePath();
    }
    context.fill();
    context.setLineDash(isActing ? [] : [3, 3]);
    context.stroke();
    context.setLineDash([]);
    const box = radius * 1.15;
    context.save();
    context.translate(-box / 2, -box / 2);
    context.scale(box / MARK_BOX, box / MARK_BOX);
    context.fillStyle = ink;
    context.fill(pathOf(icon));
    context.restore();
    context.globalAlpha = 1;
    context.lineWidth = 3;
    context.strokeStyle = isActing ? "#ffffff" : "#ff7a59";
    context.beginPath();
    context.arc(0, 0, radius * 1.42, -Math.PI / 2, -Math.PI / 2 + left * Math.PI * 2);
    context.stroke();
    context.restore();
    if (isOwn) paintTag(context, scene, { x: centreX, y: centreY + radius * 1.45 + 7 });
  });
}

function paintTag(
  context: CanvasRenderingContext2D,
  { texts }: Scene,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  context.font = `800 9px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const half = context.measureText(texts.you).width / 2 + 4;
  context.fillStyle = "#ffffff";
  context.beginPath();
  context.roundRect(x - half, y - 6, half * 2, 12, 6);
  context.fill();
  context.fillStyle = "#14191a";
  context.fillText(texts.you, x, y + 0.5);
}
