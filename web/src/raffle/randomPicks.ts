/** Numbers by chance: each choice of `count` among the free ones is as likely as any other. Pure. */

/** A whole number from 0 to one less than `below`, each as likely. */
export type DrawBelow = (below: number) => number;

/** At most as many as there are; in the order in which they were drawn. */
export function randomPicks(
  free: readonly number[],
  count: number,
  drawBelow: DrawBelow,
): number[] {
  // The first steps of a shuffle (Fisher and Yates), remembering only what was moved.
  const moved = new Map<number, number>();
  const at = (index: number): number => moved.get(index) ?? free[index] ?? 0;
  const picks: number[] = [];
  for (let left = free.length; left > 0 && picks.length < count; left -= 1) {
    const index = drawBelow(left);
    picks.push(at(index));
    moved.set(index, at(left - 1));
  }
  return picks;
}

const WORDS = 2 ** 32;

/** Draws from the browser's secure source. Numbers that would favour small results are drawn again. */
export const secureDraw: DrawBelow = (below) => {
  const word = new Uint32Array(1);
  const limit = WORDS - (WORDS % below);
  for (;;) {
    const drawn = crypto.getRandomValues(word)[0] ?? 0;
    if (drawn < limit) return drawn % below;
  }
};
