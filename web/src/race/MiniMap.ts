/** The whole track in a strip: who is where, the stretch in view, and how far the leader has come. */
import { FONT } from "./Scene.ts";
import type { Layout, Scene } from "./Scene.ts";
import { pathOf } from "./paths2d.ts";
import { silkOf } from "./silks.ts";

const MARK_BOX = 24;

export function paintMap(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { mapHeight }: Layout,
): void {
  const { width, trackMm, view, runners, positions, palette, texts } = scene;
  context.fillStyle = palette.map;
  context.fillRect(0, 0, width, mapHeight);
  const starters = runners
    .map((runner, lane) => ({ runner, position: positions[lane] ?? 0 }))
    .filter(({ runner }) => !runner.scratched)
    .toSorted((a, b) => a.position - b.position);
  const leaderMm = Math.min(trackMm, starters.at(-1)?.position ?? 0);

  context.font = `700 11px ${FONT}`;
  context.textAlign = "right";
  context.textBaseline = "middle";
  const words =
    leaderMm >= trackMm ? texts.finish : texts.toGo(Math.ceil((trackMm - leaderMm) / 1000));
  // As wide as it is at the start, so that the strip does not grow as the numbers fall.
  const wordsWidth = context.measureText(texts.toGo(Math.ceil(trackMm / 1000))).width + 22;
  context.fillStyle = palette.mapText;
  context.fillText(words, width - 10, mapHeight / 2 + 0.5);

  const [from, to] = [16, width - wordsWidth - 12];
  const middle = mapHeight / 2;
  const toMap = (mm: number) => from + (Math.min(trackMm, Math.max(0, mm)) / trackMm) * (to - from);
  const windowFrom = toMap(view.fromMm);
  const windowTo = toMap(view.fromMm + view.spanMm);
  context.fillStyle = palette.mapWindow;
  context.beginPath();
  context.roundRect(windowFrom - 9, 4, Math.max(10, windowTo - windowFrom + 18), mapHeight - 8, 8);
  context.fill();

  context.fillStyle = "rgba(255, 255, 255, 0.22)";
  context.beginPath();
  context.roundRect(from, middle - 2, to - from, 4, 2);
  context.fill();
  context.fillStyle = "#ffd34d";
  context.beginPath();
  context.roundRect(from, middle - 2, Math.max(0, toMap(leaderMm) - from), 4, 2);
  context.fill();
  for (let row = 0; row < 4; row += 1) {
    for (const column of [0, 1]) {
      context.fillStyle = (row + column) % 2 === 0 ? "#ffffff" : "#14191a";
      context.fillRect(to + column * 3, middle - 10 + row * 5, 3, 5);
    }
  }
  for (const { runner, position } of starters) {
    const { colour, shape } = silkOf(runner.number);
    const size = 13;
    context.save();
    context.translate(toMap(position) - size / 2, middle - size / 2);
    context.scale(size / MARK_BOX, size / MARK_BOX);
    context.fillStyle = colour;
    context.fill(pathOf(shape));
    context.lineWidth = 2;
    context.strokeStyle = "#ffffff";
    context.stroke(pathOf(shape));
    context.restore();
  }
}
