import { describe, expect, test } from "vitest";
import { judge, type Bench } from "../../bench/Bench.ts";
import { readOptions } from "../../bench/support/Options.ts";
import { resultTable } from "../../bench/support/Table.ts";

const bench = (bar: Bench["bar"]): Bench => ({
  name: "some-bench",
  about: "something against something",
  unit: "bets/s",
  bar,
  run: () => Promise.reject(new Error("not run here")),
});

describe("a result", () => {
  test("with a peer passes when the ratio reaches the bar", () => {
    const judged = judge(bench({ ratioAtLeast: 1.5 }), { ours: 15, peer: 10, notes: [] });
    expect(judged).toEqual({
      name: "some-bench",
      unit: "bets/s",
      ours: 15,
      peer: 10,
      ratio: 1.5,
      bar: 1.5,
      pass: true,
    });
    expect(judge(bench({ ratioAtLeast: 1.5 }), { ours: 14.9, peer: 10, notes: [] }).pass).toBe(
      false,
    );
  });

  test("without a peer passes when it does not exceed the bar", () => {
    const judged = judge(bench({ oursAtMost: 10 }), { ours: 9.876_54, notes: [] });
    expect(judged).toMatchObject({ ours: 9.877, peer: null, ratio: null, bar: 10, pass: true });
    expect(judge(bench({ oursAtMost: 10 }), { ours: 10.1, notes: [] }).pass).toBe(false);
  });

  test("is a row of the table", () => {
    const passed = judge(bench({ ratioAtLeast: 1 }), { ours: 12_345, peer: 10_000, notes: [] });
    const missed = judge(bench({ oursAtMost: 10 }), { ours: 11, notes: [] });
    expect(
      resultTable([passed, missed])
        .split("\n")
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ["bench", "unit", "ours", "peer", "ratio", "bar"],
      ["some-bench", "bets/s", "12,350", "10,000", "1.23×", "≥ 1×", "pass"],
      ["some-bench", "bets/s", "11", "–", "–", "≤ 10", "MISSED"],
    ]);
  });
});

describe("the command line", () => {
  const known = ["a", "b"];

  test("names benchmarks and rounds", () => {
    expect(readOptions(["b", "--json", "--seconds", "2.5", "--strict"], known)).toEqual({
      names: ["b"],
      json: true,
      seconds: 2.5,
      rounds: 3,
      quick: false,
      strict: true,
    });
  });

  test("--quick shortens what is not given", () => {
    expect(readOptions(["--quick", "--rounds", "7"], known)).toMatchObject({
      seconds: 1,
      rounds: 7,
      quick: true,
    });
  });

  test("--rows lists sizes, the smallest first", () => {
    expect(readOptions(["--rows", "1e6,1e5"], known)).toMatchObject({ rows: [100_000, 1_000_000] });
    expect(() => readOptions(["--rows", "1e5,many"], known)).toThrow("--rows takes a number");
  });

  test("refuses, with a sentence, what it does not know", () => {
    expect(() => readOptions(["c"], known)).toThrow('There is no benchmark "c". There are: a, b.');
    expect(() => readOptions(["--seconds", "soon"], known)).toThrow("--seconds takes a number");
    expect(() => readOptions(["--fast"], known)).toThrow("--fast");
  });
});
