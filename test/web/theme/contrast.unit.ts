import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BAR_COLOURS } from "../../../web/src/theme/barColours.ts";
import { silkOf } from "../../../web/src/race/silks.ts";

/** WCAG 2.2 AA: text, and the parts of controls that must be seen. */
const TEXT = 4.5;
const PART = 3;

const css = readFileSync(new URL("../../../web/src/theme/tokens.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)].map(([, name, ...pair]) => [
    name,
    pair,
  ]),
);

const colour = (name: string, theme: 0 | 1): string => {
  const found = tokens.get(name)?.[theme];
  if (found === undefined) throw new Error(`tokens.css has no pair --${name}`);
  return found;
};

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const PAIRS: readonly (readonly [string, readonly string[], number])[] = [
  ["text", ["page", "surface", "raised", "accent-soft"], TEXT],
  ["muted", ["page", "surface", "raised", "accent-soft"], TEXT],
  ["accent-text", ["page", "surface", "raised", "accent-soft"], TEXT],
  ["on-accent", ["accent", "accent-hover"], TEXT],
  ["good", ["surface", "good-soft"], TEXT],
  ["bad", ["page", "surface", "raised", "bad-soft"], TEXT],
  ["note", ["surface", "note-soft"], TEXT],
  ["control-line", ["page", "surface", "raised"], PART],
  ["focus", ["page", "surface", "raised"], PART],
  ["series-1", ["surface"], PART],
  ["series-2", ["surface"], PART],
  ["series-3", ["surface"], PART],
  ["series-4", ["surface"], PART],
  ["series-5", ["surface"], PART],
  ["series-6", ["surface"], PART],
  ["series-7", ["surface"], PART],
  ["series-8", ["surface"], PART],
];

for (const [theme, name] of [
  [0, "light"],
  [1, "dark"],
] as const) {
  test.each(PAIRS)(`${name}: %s is readable on %j`, (ink, grounds, least) => {
    for (const ground of grounds) {
      const ratio = contrast(colour(ink, theme), colour(ground, theme));
      expect(ratio, `--${ink} on --${ground}`).toBeGreaterThanOrEqual(least);
    }
  });
}

test("every runner's number is readable on its silk", () => {
  for (let number = 1; number <= 8; number += 1) {
    const { colour: ground, ink } = silkOf(number);
    expect(contrast(ground, ink), `runner ${number}`).toBeGreaterThanOrEqual(TEXT);
  }
});

test("the browser's own bars have the colour of the page's header", () => {
  expect([BAR_COLOURS.light, BAR_COLOURS.dark]).toEqual([
    colour("surface", 0),
    colour("surface", 1),
  ]);
});
