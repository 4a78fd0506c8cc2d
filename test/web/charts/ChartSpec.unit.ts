import { expect, test } from "vitest";
import { isEmpty, readAt } from "../../../web/src/charts/ChartSpec.ts";
import type { ChartSpec } from "../../../web/src/charts/ChartSpec.ts";

const spec = (one: readonly (number | null)[], other: readonly (number | null)[]): ChartSpec => ({
  x: { label: "Race", values: [0, 1, 2], format: (index) => `race ${index}` },
  y: { label: "Place", format: String },
  series: [
    { label: "Lark", colour: 1, shape: "points", values: one, format: (v) => `place ${v}` },
    { label: "Ion", colour: 2, shape: "points", values: other, format: (v) => `place ${v}` },
  ],
});

test("a place on the axis is read out with each value that there is", () => {
  const both = spec([1, 2, null], [3, null, null]);
  expect(readAt(both, 0)).toBe("race 0 – Lark: place 1, Ion: place 3");
  expect(readAt(both, 1)).toBe("race 1 – Lark: place 2");
  expect(readAt(both, 2)).toBe("race 2");
  expect(readAt(both, 3)).toBe("");
});

test("a chart is empty when no series has a value; naught is one", () => {
  expect(isEmpty(spec([null, null, null], [null, null, null]))).toBe(true);
  expect(isEmpty(spec([null, null, 0], [null, null, null]))).toBe(false);
});
