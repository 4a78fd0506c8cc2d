import { describe, expect, it } from "vitest";
import { selectionKey, validateSelection } from "../../../../entities/lobby/race/market.ts";
import { startingField } from "../../../../entities/lobby/race/runner.ts";

describe("validateSelection", () => {
  const field = startingField("a1");

  it.each([
    ["win", [1], null],
    ["place", [8], null],
    ["exacta", [2, 1], null],
    ["quinella", [2, 1], null],
    ["trifecta", [8, 1, 5], null],
    ["win", [], "wrong_count"],
    ["win", [1, 2], "wrong_count"],
    ["show", [1, 2, 3], "wrong_count"],
    ["trifecta", [1, 2], "wrong_count"],
    ["win", [0], "unknown_runner"],
    ["win", [9], "unknown_runner"],
    ["win", [1.5], "unknown_runner"],
    ["exacta", [1, 9], "unknown_runner"],
    ["exacta", [3, 3], "duplicate_runner"],
    ["quinella", [3, 3], "duplicate_runner"],
    ["trifecta", [1, 2, 1], "duplicate_runner"],
    ["win", [7], "scratched_runner"],
    ["trifecta", [1, 7, 2], "scratched_runner"],
  ] as const)("%s %j: %s", (market, selection, problem) => {
    expect(validateSelection(market, selection, field, [7])).toBe(problem);
  });
});

describe("selectionKey", () => {
  it("meets a quinella in either order, and an exacta in its own", () => {
    expect(selectionKey("quinella", [5, 3])).toBe("3-5");
    expect(selectionKey("quinella", [3, 5])).toBe("3-5");
    expect(selectionKey("exacta", [5, 3])).toBe("5-3");
    expect(selectionKey("trifecta", [8, 1, 5])).toBe("8-1-5");
  });
});
