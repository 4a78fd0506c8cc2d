import { expect, test } from "vitest";
import { FREE, LOOKS, RESERVED, SOLD } from "../../../web/src/raffle/grid/Board.ts";
import { gridPalette } from "../../../web/src/raffle/grid/palette.ts";

/** WCAG 2.2 AA. */
const TEXT = 4.5;

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

test.each(["light", "dark"] as const)(
  "%s: every number can be read, on its stripes too",
  (theme) => {
    const { looks } = gridPalette(theme);
    for (const look of LOOKS) {
      const { ground, ink, sign } = looks[look];
      expect(contrast(ink, ground), `look ${look}`).toBeGreaterThanOrEqual(TEXT);
      if (look === RESERVED) expect(contrast(ink, sign), "stripes").toBeGreaterThanOrEqual(TEXT);
    }
  },
);

test.each(["light", "dark"] as const)("%s: no two looks have the same ground", (theme) => {
  const { looks } = gridPalette(theme);
  expect(new Set(LOOKS.map((look) => looks[look].ground)).size).toBe(LOOKS.length);
  expect(looks[FREE].ground).not.toBe(looks[SOLD].ground);
});
