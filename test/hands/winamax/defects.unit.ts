/** What trackers of this format are known to get wrong, each with a hand that shows it. */
import { describe, expect, it } from "vitest";
import { TRICKY_NAMES } from "../../../src/hands/generator/names.ts";
import { cashHand } from "./cashHand.ts";
import { readOne } from "./readAll.ts";

it("the hero is whoever is dealt cards, or nobody", () => {
  const dealt = (line: string) =>
    readOne(cashHand((other) => (other.startsWith("Dealt") ? line : other)));
  expect(dealt("Dealt to 10000001 [7d 8d]")).toMatchObject({
    hero: "10000001",
    heroCards: ["7d", "8d"],
  });
  const observed = readOne(cashHand((line) => (line.startsWith("Dealt") ? [] : line)));
  expect(observed).toMatchObject({ hero: null, heroCards: [] });
});

it("hands may have four cards, and five", () => {
  for (const [title, more, others] of [
    ["Omaha pot limit", " 3c 4c", " 3h 4h"],
    ["Omaha5 pot limit", " 3c 4c 5c", " 3h 4h 5h"],
  ] as const) {
    const text = cashHand((line) =>
      line
        .replace("Holdem no limit", title)
        .replace("[Ad Kd]", `[Ad Kd${more}]`)
        .replace("[7d 8d]", `[7d 8d${others}]`),
    );
    expect(readOne(text).heroCards).toEqual(["Ad", "Kd", ...more.trim().split(" ")]);
  }
});

it("tables may have any size from two to ten", () => {
  for (const size of [3, 5, 6, 8, 9, 10]) {
    const text = cashHand((line) => line.replace("5-max", `${size}-max`));
    expect(readOne(text).table.maxSeats).toBe(size);
  }
  const headsUp = cashHand((line) => (line.includes("Kai  Greene") ? [] : line))
    .replace("5-max", "2-max")
    .replace("Rake 0.02€", "Rake 0.01€");
  expect(readOne(headsUp).results.map(({ net }) => net)).toEqual([15, -16]);
});

it("the stakes are in the last parentheses, not in the first", () => {
  const text = cashHand((line) =>
    line
      .replaceAll("€", "")
      .replaceAll(/0\.(\d\d)/g, (_, cents: string) => String(Number(cents)))
      .replace("2.11", "211")
      .replace("CashGame", 'Tournament "Deep (turbo) (5/10)" buyIn: 9 + 1 level: 2'),
  );
  expect(readOne(text).stakes).toEqual({ ante: 0, smallBlind: 1, bigBlind: 2 });
});

it("stakes may begin with an ante", () => {
  const text = cashHand((line) => line.replace("(0.01€/0.02€)", "(0.01€/0.02€/0.05€)"));
  expect(readOne(text).stakes).toEqual({ ante: 1, smallBlind: 2, bigBlind: 5 });
});

it("a blind posted out of position is a post, and its poster no blind", () => {
  const text = cashHand((line) =>
    line === "10000001 posts big blind 0.02€"
      ? [line, "Ann posts big blind 0.02€ out of position"]
      : line,
  );
  const { streets, results } = readOne(text);
  expect(streets[0]!.actions[2]).toEqual({ player: "Ann", kind: "late_big_blind", put: 2 });
  // The raise to 0.06 needs only 0.04 more.
  expect(streets[1]!.actions[0]).toMatchObject({ put: 4, to: 6 });
  expect(results[0]).toMatchObject({ player: "Ann", put: 16 });
});

describe("names may be anything", () => {
  it.each(TRICKY_NAMES)("%j", (name) => {
    const text = cashHand((line) =>
      line
        .replaceAll("Kai  Greene", "Bob")
        .replaceAll("10000001", "Cyd")
        .replaceAll("Ann", () => name),
    );
    const { seats, results, hero, collected, shown, streets } = readOne(text);
    expect(seats[0]!.player).toBe(name);
    expect(results[0]).toEqual({ player: name, put: 16, won: 31, net: 15 });
    expect(hero).toBe(name);
    expect(collected[0]!.player).toBe(name);
    expect(shown[1]!.player).toBe(name);
    expect(streets[1]!.actions[0]!.player).toBe(name);
  });

  it("one the beginning of the other, too", () => {
    const names = ["a", "a folds", "a folds folds"];
    const text = cashHand((line) =>
      line
        .replaceAll("Ann", "<0>")
        .replaceAll("Kai  Greene", "<1>")
        .replaceAll("10000001", "<2>")
        .replaceAll(/<(\d)>/g, (_, at: string) => names[Number(at)]!),
    );
    expect(readOne(text).results.map(({ player, net }) => [player, net])).toEqual([
      ["a", 15],
      ["a folds", -1],
      ["a folds folds", -16],
    ]);
  });
});
