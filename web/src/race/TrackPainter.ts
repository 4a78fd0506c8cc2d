/**
 * Draws one picture of the race, seen from the stands: what is farthest first. Plain calls on a canvas, for it runs sixty
 * times a second.
 */
import { paintMap } from "./MiniMap.ts";
import { paintPowersAbove, paintPowersBelow } from "./PowerPainter.ts";
import { paintLabel, paintRunner, spotOf } from "./RunnerPainter.ts";
import { FONT, layoutOf } from "./Scene.ts";
import type { Layout, Scene, SceneInput } from "./Scene.ts";
import { paintBackground, paintForeground, paintTurf } from "./Scenery.ts";
import { pagePalette } from "./palette.ts";
import { sceneTexts } from "./sceneTexts.ts";

export function paintTrack(context: CanvasRenderingContext2D, input: SceneInput): void {
  const scene: Scene = { ...input, palette: pagePalette(), texts: sceneTexts() };
  const layout = layoutOf(scene.width, scene.height, scene.runners.length);
  paintBackground(context, scene, layout);
  paintTurf(context, scene, layout);
  const leader = leaderOf(scene);
  const lanes = scene.runners.flatMap((runner, lane) =>
    runner.scratched ? [] : [{ lane, spot: spotOf(scene, layout, lane), number: runner.number }],
  );
  paintScratched(context, scene, layout);
  for (const { lane, spot, number } of lanes) {
    paintPowersBelow(context, scene, { spot, number });
    paintRunner(context, scene, { lane, spot, isLeader: lane === leader });
  }
  paintForeground(context, scene, layout);
  // What is to be read stands before everything.
  for (const { lane, spot } of lanes) {
    paintLabel(context, scene, { lane, spot, isLeader: lane === leader });
  }
  for (const { spot, number } of lanes) paintPowersAbove(context, scene, { spot, number });
  paintMap(context, scene, layout);
  if (scene.isFinishPicture) paintStamp(context, scene, layout);
}

/** The lane in front; none before anyone has moved. */
function leaderOf({ positions, runners }: Scene): number | null {
  let leader: number | null = null;
  positions.forEach((position, lane) => {
    if (runners[lane]?.scratched !== false || position <= 0) return;
    if (leader === null || position > (positions[leader] ?? 0)) leader = lane;
  });
  return leader;
}

function paintScratched(
  context: CanvasRenderingContext2D,
  { runners, texts, palette }: Scene,
  { lanes }: Layout,
): void {
  context.font = `600 11px ${FONT}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = palette.chalkText;
  runners.forEach(({ name, scratched }, lane) => {
    const at = lanes[lane];
    if (scratched && at !== undefined) {
      context.fillText(texts.scratched(name), 12, at.ground - at.size * 0.3);
    }
  });
}

function paintStamp(
  context: CanvasRenderingContext2D,
  { width, texts }: Scene,
  { foot }: Layout,
): void {
  const y = foot - 4;
  context.font = `800 11px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const half = context.measureText(texts.finishPicture).width / 2 + 12;
  context.fillStyle = "#ffd34d";
  context.beginPath();
  context.roundRect(width / 2 - half, y - 11, half * 2, 22, 11);
  context.fill();
  context.fillStyle = "#1c1404";
  context.fillText(texts.finishPicture, width / 2, y + 0.5);
}
