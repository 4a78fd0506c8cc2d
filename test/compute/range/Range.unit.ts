import { describe, expect, test } from "vitest";
import { combinationText, COMBINATIONS } from "../../../src/compute/range/Combination.ts";
import { formatRange } from "../../../src/compute/range/formatRange.ts";
import { classWeight, GRID_SIZE, HAND_CLASSES } from "../../../src/compute/range/HandClass.ts";
import { parseRange } from "../../../src/compute/range/Range.ts";

const weightsOf = (text: string): ReadonlyMap<string, number> => {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return new Map(
    [...parsed.range.weights].flatMap((weight, combination) =>
      weight === 0 ? [] : [[combinationText(combination), weight] as const],
    ),
  );
};

/** The classes of which a range has something, in the grid's order. */
const classesOf = (text: string): string => {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  const { range } = parsed;
  return HAND_CLASSES.filter((one) => classWeight(range, one) > 0)
    .map(({ name }) => name)
    .join(" ");
};

const refusalOf = (text: string): string => {
  const parsed = parseRange(text);
  return parsed.ok ? "accepted" : parsed.reason;
};

describe("the range language", () => {
  test.each([
    ["QQ", "QQ"],
    ["QQ+", "AA KK QQ"],
    ["22-44", "44 33 22"],
    ["44-22", "44 33 22"],
    ["AKs", "AKs"],
    ["AKo", "AKo"],
    ["AK", "AKs AKo"],
    ["KA", "AKs AKo"],
    ["KTs+", "KQs KJs KTs"],
    ["KT+", "KQs KJs KTs KQo KJo KTo"],
    ["76s+", "76s"],
    ["A5s-A2s", "A5s A4s A3s A2s"],
    ["A2s - A5s", "A5s A4s A3s A2s"],
    ["76s-T9s", "T9s 98s 87s 76s"],
    ["86o-T8o", "T8o 97o 86o"],
    ["aks,qq+", "AA AKs KK QQ"],
    [" QQ\tAKs;76s ,, ", "QQ AKs 76s".split(" ").toSorted().join(" ")],
  ])("%s", (text, classes) => {
    expect(classesOf(text).split(" ").toSorted()).toEqual(classes.split(" ").toSorted());
  });

  test("a class has as many combinations as there are", () => {
    expect(weightsOf("QQ").size).toBe(6);
    expect(weightsOf("AKs").size).toBe(4);
    expect(weightsOf("AKo").size).toBe(12);
    expect(weightsOf("AK").size).toBe(16);
    expect(weightsOf("random").size).toBe(COMBINATIONS);
    expect(weightsOf("100%").size).toBe(COMBINATIONS);
  });

  test("one combination, in whatever order and form", () => {
    for (const text of ["AhKd", "KdAh", "Ah Kd", "ahkd", "AHKD"])
      expect([...weightsOf(text)]).toEqual([["AhKd", 1]]);
  });

  test("weights are percent", () => {
    expect(weightsOf("76s@50").get("7s6s")).toBe(0.5);
    expect(weightsOf("76s@12.25%").get("7s6s")).toBe(Math.fround(0.1225));
    expect(weightsOf("random@1").get("3s2h")).toBe(Math.fround(0.01));
  });

  test("a later item overrules an earlier one", () => {
    const weights = weightsOf("QQ+, QhQs@0, AA@25");
    expect(weights.has("QsQh")).toBe(false);
    expect(weights.has("QhQs")).toBe(false);
    expect(weights.size).toBe(17);
    expect(weights.get("AhAs") ?? weights.get("AsAh")).toBe(0.25);
  });

  test.each([
    ["", "The range leaves no hand."],
    [" , ", "The range leaves no hand."],
    ["AA@0", "The range leaves no hand."],
    ["KZs", `"KZs" (character 1): ranks are 23456789TJQKA`],
    ["QQ, AXo", `"AXo" (character 5): ranks are`],
    ["10h9h", `"10h9h" (character 1): ranks are`],
    ["AAs", "neither suited nor offsuit"],
    ["AhAh", "same card twice"],
    ["Ah", "followed by another"],
    ["Ah,Kd", "followed by another"],
    ["AhK", "followed by another"],
    ["AhKd+", `"+" is not expected there`],
    ["AhKd-QhJd", `"-" is not expected there`],
    ["AKs-AhQh", "no place in a row"],
    ["AKs-AQo", "suited, or both offsuit"],
    ["22-AKs", "suited, or both offsuit"],
    ["22-AK", "pairs, or neither"],
    ["A5s-K2s", "same gap"],
    ["AKs@", "number of percent"],
    ["AKs@-5", "number of percent"],
    ["AKs@101", "at most 100"],
    ["AKs@50.123", `"3" is not expected there`],
    ["15%", "matter of opinion"],
    ["QQ++", `"+" is not expected there`],
    ["AKsQ", `"Q" is not expected there`],
    ["<script>", `"<script>" (character 1)`],
    ["'; DROP TABLE hand; --", `"'" (character 1)`],
  ])("%j is refused with the place and the reason", (text, reason) => {
    expect(refusalOf(text)).toContain(reason);
  });

  test("a refusal quotes little", () => {
    expect(refusalOf("x".repeat(16_000)).length).toBeLessThan(120);
  });
});

describe("a range as text", () => {
  test.each([
    ["AA,KK,QQ,AKs", "QQ+,AKs"],
    ["22,33,44,66", "66,44-22"],
    ["AKs,AKo", "AK"],
    ["A2s,A3s,A4s,A5s", "A5s-A2s"],
    ["KTs,KJs,KQs", "KTs+"],
    ["AKs,AKo,AQs,AQo,AJs", "AQ+,AJs"],
    ["76s@50,QQ+", "QQ+,76s@50"],
    ["random", "random"],
    ["random@40", "random@40"],
    ["QQ+,QhQs@0", "QQ+,QhQs@0"],
    ["AhKd", "AhKd"],
    ["AhKd@12.5", "AhKd@12.5"],
  ])("%s is written %s", (text, written) => {
    const parsed = parseRange(text);
    expect(parsed.ok && formatRange(parsed.range)).toBe(written);
  });
});

describe("the grid", () => {
  test("every combination is in one class, and the corners are where players expect them", () => {
    const all = HAND_CLASSES.flatMap(({ combinations }) => combinations);
    expect(new Set(all).size).toBe(COMBINATIONS);
    expect(all.length).toBe(COMBINATIONS);
    expect(HAND_CLASSES[0]?.name).toBe("AA");
    expect(HAND_CLASSES[1]?.name).toBe("AKs");
    expect(HAND_CLASSES[GRID_SIZE]?.name).toBe("AKo");
    expect(HAND_CLASSES.at(-1)?.name).toBe("22");
  });
});
