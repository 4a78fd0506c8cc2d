/**
 * What stands around the race: sky, stands and crowd behind it, the turf under it with its posts, the near rail before it.
 * What is farther away moves slower as the camera goes by; that, and the mown bands, are where the speed is seen.
 */
import { FONT, toX } from "./Scene.ts";
import type { Layout, Scene } from "./Scene.ts";
import type { Palette } from "./palette.ts";

/** Pixels that the stands move for a pixel of the track. */
const STAND_SHARE = 0.32;
const HILL_SHARE = 0.08;
/** The near rail is nearer than the track. */
const RAIL_SHARE = 1.18;

const TILE_WIDTH = 480;
const MARKS_PER_TRACK = 20;
/** A distance and some air, pixels. */
const LABEL_WIDTH = 64;
/** Mown bands of the track. */
const BANDS_PER_TRACK = 80;

/** The stands with their crowd, painted once for each size and palette and then shifted. */
let tile: { readonly key: string; readonly canvas: OffscreenCanvas } | null = null;

export function paintBackground(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { mapHeight, horizon }: Layout,
): void {
  const { width, palette } = scene;
  const height = horizon - mapHeight;
  const sky = context.createLinearGradient(0, mapHeight, 0, horizon);
  sky.addColorStop(0, palette.sky[0]);
  sky.addColorStop(1, palette.sky[1]);
  context.fillStyle = sky;
  context.fillRect(0, mapHeight, width, height);

  const pixelsPerMm = width / scene.view.spanMm;
  const gone = scene.view.fromMm * pixelsPerMm;
  paintHills(context, { width, horizon, height, shift: gone * HILL_SHARE, colour: palette.hills });
  const stands = standsOf(palette, Math.max(24, Math.round(height * 0.86)));
  const shift = mod(gone * STAND_SHARE, TILE_WIDTH);
  for (let x = -shift; x < width; x += TILE_WIDTH) {
    context.drawImage(stands, Math.round(x), horizon - stands.height - 4);
  }
  context.fillStyle = palette.hedge;
  context.fillRect(0, horizon - 6, width, 10);
}

interface Hills {
  readonly width: number;
  readonly horizon: number;
  readonly height: number;
  readonly shift: number;
  readonly colour: string;
}

function paintHills(
  context: CanvasRenderingContext2D,
  { width, horizon, height, shift, colour }: Hills,
): void {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(0, horizon);
  for (let x = 0; x <= width + 20; x += 20) {
    const at = (x + shift) / 150;
    context.lineTo(x, horizon - height * (0.5 + 0.2 * Math.sin(at) + 0.1 * Math.sin(at * 2.7)));
  }
  context.lineTo(width, horizon);
  context.fill();
}

function standsOf(palette: Palette, height: number): OffscreenCanvas {
  const key = `${palette.sky[0]} ${height}`;
  if (tile?.key === key) return tile.canvas;
  const canvas = new OffscreenCanvas(TILE_WIDTH, height);
  const context = canvas.getContext("2d");
  if (context !== null) paintStands(context, palette, height);
  tile = { key, canvas };
  return canvas;
}

function paintStands(
  context: OffscreenCanvasRenderingContext2D,
  palette: Palette,
  height: number,
): void {
  const random = sequence(7);
  const [left, right] = [26, TILE_WIDTH - 60];
  const roof = height * 0.2;
  // Floodlight.
  if (palette.lamp !== null) {
    const x = TILE_WIDTH - 30;
    const glow = context.createRadialGradient(x, 8, 1, x, 8, height * 0.8);
    glow.addColorStop(0, `${palette.lamp}0.55)`);
    glow.addColorStop(1, `${palette.lamp}0)`);
    context.fillStyle = glow;
    context.fillRect(x - height, 0, height * 2, height);
    context.fillStyle = palette.standLight;
    context.fillRect(x - 1.5, 8, 3, height);
    context.fillStyle = `${palette.lamp}0.95)`;
    context.fillRect(x - 9, 4, 18, 7);
  } else {
    // A tree, where by night a lamp stands.
    context.fillStyle = palette.hedge;
    context.beginPath();
    context.arc(TILE_WIDTH - 30, height * 0.62, height * 0.26, 0, Math.PI * 2);
    context.fill();
    context.fillRect(TILE_WIDTH - 32, height * 0.62, 4, height);
  }
  const rows = Math.max(3, Math.floor((height - roof) / 8));
  const rowHeight = (height - roof) / rows;
  for (let row = 0; row < rows; row += 1) {
    const y = roof + row * rowHeight;
    context.fillStyle = row % 2 === 0 ? palette.stand : palette.standLight;
    context.fillRect(left, y, right - left, rowHeight + 1);
    for (let x = left + 4; x < right - 4; x += 6.5) {
      if (random() < 0.14) continue;
      const colour = palette.crowd[Math.floor(random() * palette.crowd.length)] ?? "#fff";
      const head = 1.9 + random() * 0.7;
      const at = x + (random() - 0.5) * 3;
      context.fillStyle = colour;
      context.fillRect(at - 2.2, y + rowHeight * 0.5, 4.4, rowHeight * 0.5);
      context.beginPath();
      context.arc(at, y + rowHeight * 0.42, head, 0, Math.PI * 2);
      context.fill();
    }
  }
  context.fillStyle = palette.roof;
  context.beginPath();
  context.moveTo(left - 10, roof);
  context.lineTo(left + 14, roof * 0.35);
  context.lineTo(right + 12, roof * 0.35);
  context.lineTo(right + 2, roof);
  context.fill();
  for (let x = left + 40; x < right; x += 92) {
    context.fillRect(x, roof * 0.4, 3, height - roof * 0.4);
    context.fillStyle = palette.crowd[Math.floor(x) % palette.crowd.length] ?? "#fff";
    context.beginPath();
    context.moveTo(x + 1, -2);
    context.lineTo(x + 13, roof * 0.12);
    context.lineTo(x + 1, roof * 0.3);
    context.fill();
    context.fillStyle = palette.roof;
    context.fillRect(x, 0, 1.6, roof * 0.5);
  }
}

export function paintTurf(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { horizon, foot, lanes }: Layout,
): void {
  const { width, trackMm, palette, texts } = scene;
  const bandMm = trackMm / BANDS_PER_TRACK;
  const first = Math.floor(scene.view.fromMm / bandMm);
  const last = Math.ceil((scene.view.fromMm + scene.view.spanMm) / bandMm);
  context.fillStyle = palette.turf[0];
  context.fillRect(0, horizon, width, foot - horizon);
  context.fillStyle = palette.turf[1];
  for (let band = first; band <= last; band += 1) {
    if (mod(band, 2) === 1) continue;
    const x = toX(scene, band * bandMm);
    context.fillRect(x, horizon, toX(scene, (band + 1) * bandMm) - x, foot - horizon);
  }
  const depth = context.createLinearGradient(0, horizon, 0, foot);
  depth.addColorStop(0, palette.depth[0]);
  depth.addColorStop(1, palette.depth[1]);
  context.fillStyle = depth;
  context.fillRect(0, horizon, width, foot - horizon);

  context.fillStyle = palette.chalk;
  context.globalAlpha = 0.35;
  for (const { ground, size } of lanes) context.fillRect(0, ground + size * 0.1, width, 1);
  context.globalAlpha = 1;

  paintRail(context, scene, { y: horizon + 2, height: 9, share: 1, every: trackMm / 60 });
  const markWidth = ((trackMm / MARKS_PER_TRACK) * width) / scene.view.spanMm;
  const labelEvery = Math.max(1, Math.ceil(LABEL_WIDTH / markWidth));
  context.font = `700 10px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let mark = 1; mark < MARKS_PER_TRACK; mark += 1) {
    const mm = (trackMm * mark) / MARKS_PER_TRACK;
    const x = toX(scene, mm);
    if (x < -60 || x > width + 60 || mark % labelEvery !== 0) continue;
    context.fillStyle = palette.chalk;
    context.fillRect(x - 0.5, horizon + 8, 1, foot - horizon - 8);
    const text = texts.metres(Math.round((trackMm - mm) / 1000));
    const half = context.measureText(text).width / 2 + 5;
    context.fillStyle = palette.railShade;
    context.fillRect(x - 1, horizon - 16, 2, 22);
    context.fillStyle = palette.label;
    context.beginPath();
    context.roundRect(x - half, horizon - 24, half * 2, 14, 3);
    context.fill();
    context.fillStyle = palette.labelText;
    context.fillText(text, x, horizon - 16.5);
  }
  paintStart(context, scene, { horizon, foot });
  paintFinish(context, scene, { horizon, foot });
}

interface Ground {
  readonly horizon: number;
  readonly foot: number;
}

function paintStart(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { horizon, foot }: Ground,
): void {
  const x = toX(scene, 0);
  if (x < -60) return;
  context.fillStyle = scene.palette.chalkText;
  context.fillRect(x - 1, horizon + 4, 2, foot - horizon - 4);
  paintSign(context, scene, { x, y: horizon - 16, text: scene.texts.start, colour: "#2f6f4f" });
}

/** A chequered stripe over the turf, two poles and a board above it. */
function paintFinish(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { horizon, foot }: Ground,
): void {
  const x = toX(scene, scene.trackMm);
  if (x < -80 || x > scene.width + 80) return;
  const rows = 14;
  const rowHeight = (foot - horizon - 4) / rows;
  for (let row = 0; row < rows; row += 1) {
    const y = horizon + 4 + row * rowHeight;
    for (const column of [0, 1]) {
      context.fillStyle = (row + column) % 2 === 0 ? "#f7faf8" : "#14191a";
      context.fillRect(x + column * 6, y, 6, rowHeight + 0.5);
    }
  }
  paintSign(context, scene, {
    x: x + 6,
    y: horizon - 16,
    text: scene.texts.finish,
    colour: "#b3262f",
  });
}

function paintSign(
  context: CanvasRenderingContext2D,
  scene: Scene,
  {
    x,
    y,
    text,
    colour,
  }: { readonly x: number; readonly y: number; readonly text: string; readonly colour: string },
): void {
  context.fillStyle = scene.palette.rail;
  context.fillRect(x - 2, y - 8, 4, 32);
  context.font = `800 11px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const half = context.measureText(text).width / 2 + 8;
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x - half, y - 12, half * 2, 18, 4);
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = "#ffffff";
  context.stroke();
  context.fillStyle = "#ffffff";
  context.fillText(text, x, y - 2.5);
}

/** The rail before the runners, nearer to the eye than they are. */
export function paintForeground(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { foot }: Layout,
): void {
  const { width, height, palette, trackMm } = scene;
  context.fillStyle = palette.hedge;
  context.fillRect(0, foot, width, height - foot);
  paintRail(context, scene, {
    y: foot - 5,
    height: height - foot + 5,
    share: RAIL_SHARE,
    every: trackMm / 32,
  });
}

interface Rail {
  readonly y: number;
  readonly height: number;
  readonly share: number;
  /** Between two posts, millimetres of the track. */
  readonly every: number;
}

function paintRail(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { y, height, share, every }: Rail,
): void {
  const { width, palette, view } = scene;
  const pixelsPerMm = width / view.spanMm;
  const thick = Math.max(2, height * 0.2);
  const gap = every * pixelsPerMm * share;
  const shift = mod(view.fromMm * pixelsPerMm * share, gap);
  context.fillStyle = palette.railShade;
  for (let x = -shift; x < width + gap; x += gap) context.fillRect(x, y, thick, height);
  context.fillStyle = palette.rail;
  context.fillRect(0, y, width, thick);
  context.fillStyle = palette.railShade;
  context.fillRect(0, y + thick, width, 1);
}

const mod = (value: number, by: number): number => ((value % by) + by) % by;

/** The same uneven numbers in [0, 1) every time: the crowd keeps its seats. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
