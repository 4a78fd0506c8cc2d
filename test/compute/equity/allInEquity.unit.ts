import { describe, expect, it } from "vitest";
import { makeAllInEquity, type AllIn } from "../../../src/compute/equity/allInEquity.ts";
import { formatCard } from "../../../src/compute/cards/Card.ts";
import { evaluator } from "../../../src/compute/evaluator/Evaluator.ts";
import { lowOf, NO_LOW } from "../../../src/compute/evaluator/low.ts";
import { cards } from "../cards/arbitraryCards.ts";
import { choices } from "../evaluator/reference.ts";
import { kernel } from "../kernel/testKernel.ts";

const allIn = makeAllInEquity(kernel);
const texts = (text: string) => cards(text).map(formatCard);
const spot = (
  game: AllIn["game"],
  hands: ReadonlyArray<string>,
  { board = "", dead = "" } = {},
): AllIn => ({ game, hands: hands.map(texts), board: texts(board), dead: texts(dead) });

/** Omaha's equity by every board and every choice of cards. */
const bruteForce = ({ game, hands, board, dead }: AllIn): ReadonlyArray<number> => {
  const holes = hands.map((hand) => cards(hand.join("")));
  const common = cards(board.join(""));
  const gone = new Set([...holes.flat(), ...common, ...cards(dead.join(""))]);
  const deck = Array.from({ length: 52 }, (_, card) => card).filter((card) => !gone.has(card));
  const shares = hands.map(() => 0);
  const boards = choices(deck, 5 - common.length).map((rest) => [...common, ...rest]);
  for (const runout of boards) {
    const played = holes.map((hole) =>
      choices(hole, 2).flatMap((two) => choices(runout, 3).map((three) => [...two, ...three])),
    );
    const highs = played.map((fives) => Math.max(...fives.map((five) => evaluator().rank(five))));
    const lows = played.map((fives) => Math.min(...fives.map(lowOf)));
    const bestLow = game.endsWith("hilo") ? Math.min(...lows) : NO_LOW;
    const pot = bestLow === NO_LOW ? 1 : 1 / 2;
    const split = (values: ReadonlyArray<number>, best: number) =>
      values.forEach((value, player) => {
        if (value === best) shares[player]! += pot / values.filter((one) => one === best).length;
      });
    split(highs, Math.max(...highs));
    if (bestLow !== NO_LOW) split(lows, bestLow);
  }
  return shares.map((share) => share / boards.length);
};

describe("all-in equity", () => {
  it("of hold'em is exact", () => {
    const shares = allIn(spot("holdem", ["AhKd", "QsQc"]))!;
    expect(shares[0]! * 1_712_304).toBeCloseTo(730_541 + 5854 / 2, 4);
    expect(shares[0]! + shares[1]!).toBeCloseTo(1, 12);
    expect(allIn(spot("holdem", ["AhKd", "QsQc"], { board: "AsAc2h3d4d" }))).toEqual([1, 0]);
  });

  it("leaves out dead cards", () => {
    const hands = ["KhKd", "9s9c"];
    const board = "2h7hJc4d";
    // Two nines of 44 cards would help.
    expect(allIn(spot("holdem", hands, { board }))![1]!).toBeCloseTo(2 / 44, 12);
    expect(allIn(spot("holdem", hands, { board, dead: "9h9d" }))).toEqual([1, 0]);
  });

  it.each([
    ["omaha", ["AhAdKhKd", "JsTs9h8h"]],
    ["omaha_hilo", ["Ah2dKhKd", "JsTs9h8h", "Ac3d4s5s"]],
    ["omaha5", ["AhAdKhKd2c", "JsTs9h8h7h"]],
    ["omaha5_hilo", ["Ah2dKhKd3c", "JsTs9h8h7c"]],
  ] as const)("of %s is that of brute force on flop, turn and river", (game, hands) => {
    for (const board of ["Qs7s2h6d", "3s7d2h4d", "Qs7s2h6dTd"]) {
      const told = spot(game, hands, { board, dead: "4h5h" });
      const shares = allIn(told)!;
      bruteForce(told).forEach((share, player) => expect(shares[player]!).toBeCloseTo(share, 12));
    }
    const flop = spot(game, hands, { board: "Qs7s2h", dead: "4h5h" });
    expect(allIn(flop)!.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
  });

  it("of Omaha on a flop is that of brute force", () => {
    const told = spot("omaha", ["AhAdKhKd", "JsTs9h8h"], {
      board: "Qs7s2h",
      dead: "3s3h3d3c4s4h4d4c5s5h5d5c",
    });
    const shares = allIn(told)!;
    bruteForce(told).forEach((share, player) => expect(shares[player]!).toBeCloseTo(share, 12));
  });

  it("of Omaha before the flop is always the same, and near the truth", () => {
    const told = spot("omaha", ["AhAdKhKd", "AsAcKsKc"]);
    const shares = allIn(told)!;
    expect(allIn(told)).toEqual(shares);
    // The same hand in other suits: even, but for some standard errors of 0.0036.
    expect(shares[0]!).toBeCloseTo(0.5, 1);
    expect(shares[0]! + shares[1]!).toBeCloseTo(1, 10);
  });

  it.each([
    ["a game without a board", spot("stud", ["AhKd", "QsQc"])],
    ["one player", spot("holdem", ["AhKd"])],
    ["too few hole cards", spot("omaha", ["AhKd", "QsQc"])],
    ["a board of two", spot("holdem", ["AhKd", "QsQc"], { board: "2h3h" })],
    ["a card twice", spot("holdem", ["AhKd", "AhQc"])],
    ["a dead card in a hand", spot("holdem", ["AhKd", "QsQc"], { dead: "Ah" })],
  ])("is not known for %s", (_, told) => {
    expect(allIn(told)).toBeUndefined();
  });

  it("is not known for what is no card", () => {
    const told = { ...spot("holdem", ["AhKd", "QsQc"]), board: ["2h", "3h", "x"] };
    expect(allIn(told)).toBeUndefined();
  });
});
