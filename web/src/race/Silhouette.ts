/**
 * The animal that runs: a lean body that faces right, and four legs at any moment of the gallop. It stands in a box of
 * `WIDTH` by `HEIGHT` with its nose at the right edge and its feet at the bottom; canvas and SVG draw it alike.
 */
export const WIDTH = 48;
export const HEIGHT = 26;

/** Trunk, neck and head. */
export const BODY =
  "M4 11.5C5.5 7.5 13 7 21 7.5c6 .4 10-.4 12.5-3.4L36 1.2l2.2.1L38.6 0l1.6 2.2 5.3 2.4c1.7.8 2.5 1.9 2.5 2.9-1 1.1-3.4 1.3-6 1.2l-2.6.2c-1.2 3.6-3.4 6.6-8 7.2-5.4.6-9-.6-12.4-.1-3.4.6-8.6 1.6-12 0C4.600 15 3.300 13.500 4 11.500z";

export interface Joint {
  readonly x: number;
  readonly y: number;
}
/** From the trunk over the knee to the foot. */
export type Leg = readonly [hip: Joint, knee: Joint, foot: Joint];

interface Limb {
  readonly hip: Joint;
  /** By how much of a stride it is ahead of the first. */
  readonly lead: number;
  /** Hind knees bend forwards, front knees backwards. */
  readonly isHind: boolean;
}

/** In a gallop the hind pair strikes first, then the front pair, each foot a little after its neighbour. */
const LIMBS: readonly Limb[] = [
  { hip: { x: 9, y: 14.5 }, lead: 0.08, isHind: true },
  { hip: { x: 31, y: 14.5 }, lead: 0.62, isHind: false },
  { hip: { x: 11, y: 15 }, lead: 0, isHind: true },
  { hip: { x: 33, y: 14.5 }, lead: 0.5, isHind: false },
];
const THIGH = 6;
const SHIN = 6.2;
/** Radians to both sides of the vertical. */
const SWING = 0.95;
const BEND = 1.35;

/** The legs at a share of a stride in [0, 1), those behind the body first. Standing still it is `STANCE`. */
export function legsAt(phase: number): readonly Leg[] {
  return LIMBS.map(({ hip, lead, isHind }) => {
    const turn = 2 * Math.PI * (phase + lead);
    const swing = SWING * Math.sin(turn) + (isHind ? 0.12 : -0.05);
    // The knee bends while the leg comes forward and is straight while it pushes.
    const bend = BEND * Math.max(0, Math.cos(turn)) ** 1.4;
    return leg(hip, swing, isHind ? swing - bend : swing - bend * 0.9);
  });
}

/** Standing. */
export const STANCE: readonly Leg[] = LIMBS.map(({ hip, isHind }) =>
  leg(hip, isHind ? 0.14 : -0.08, isHind ? -0.14 : 0.05),
);

/** How far the trunk is lifted at that moment. */
export function liftAt(phase: number): number {
  return Math.sin(4 * Math.PI * phase) * 0.8;
}

function leg(hip: Joint, thigh: number, shin: number): Leg {
  const knee = { x: hip.x + Math.sin(thigh) * THIGH, y: hip.y + Math.cos(thigh) * THIGH };
  return [hip, knee, { x: knee.x + Math.sin(shin) * SHIN, y: knee.y + Math.cos(shin) * SHIN }];
}
