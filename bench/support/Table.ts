import type { Result } from "../Bench.ts";

const number = (value: number | null) =>
  value === null ? "–" : value.toLocaleString("en", { maximumFractionDigits: 2 });

const row = (result: Result) => [
  result.name,
  result.unit,
  number(result.ours),
  number(result.peer),
  result.ratio === null ? "–" : `${number(result.ratio)}×`,
  // With a peer the bar is a least ratio, without one a greatest value.
  result.ratio === null ? `≤ ${result.bar}` : `≥ ${result.bar}×`,
  result.pass ? "pass" : "MISSED",
];

const HEAD = ["bench", "unit", "ours", "peer", "ratio", "bar", ""];
const NAMES_AND_UNITS = 2;

/** The results in columns, text to the left, figures to the right. */
export const resultTable = (results: ReadonlyArray<Result>): string => {
  const rows = [HEAD, ...results.map(row)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) =>
          column < NAMES_AND_UNITS ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
};
