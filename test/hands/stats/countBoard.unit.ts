/** Three players: a is the button, b and c post 1 and 2. */
import { describe, expect, it } from "vitest";
import type { Count } from "../../../rpc/handStats.ts";
import { countsIn, playHand, rates, type Script } from "./playHand.ts";

const three = (rounds: Script["rounds"], script: Partial<Script> = {}) =>
  playHand({ players: 3, board: "2c7dJh9s3s", rounds, ...script });

const made = (hand: ReturnType<typeof three>, name: Count) =>
  Object.entries(countsIn(hand))
    .filter(([, counts]) => counts[name] > 0)
    .map(([player, counts]) => `${player}${counts[name]}`)
    .join(" ");

const SEE = "a r6, b c, c c";

describe("continuation bet", () => {
  const cBets = (flop: string, preflop = SEE) => {
    const hand = three({ preflop, flop }, { board: "2c7dJh" });
    return [rates(hand, "cBet", "cBetChances"), rates(hand, "foldToCBet", "foldToCBetChances")];
  };

  it("is the last raiser's bet on a flop that nobody has bet", () => {
    expect(cBets("b x, c x, a b9, b f, c f")).toEqual(["a 1/1", "b 1/1, c 1/1"]);
    expect(cBets("b x, c x, a b9, b c, c f", "a f, b r6, c r18, b c").length).toBe(2);
  });

  it("is let go by checking", () => {
    const hand = three(
      { preflop: SEE, flop: "b x, c x, a x", turn: "b b9, c f, a f" },
      { board: "2c7dJh9s" },
    );
    expect(rates(hand, "cBet", "cBetChances")).toBe("a 0/1");
    expect(rates(hand, "foldToCBet", "foldToCBetChances")).toBe("");
  });

  it("has no chance when another bets first, or nobody raised", () => {
    expect(cBets("b b9, c f, a f")).toEqual(["", ""]);
    expect(cBets("b b9, c f, a f", "a c, b c, c x")).toEqual(["", ""]);
  });

  it("is the last raiser's, not the first's", () => {
    const hand = three(
      { preflop: "a r6, b f, c r18, a c", flop: "c b20, a f" },
      { board: "2c7dJh" },
    );
    expect(rates(hand, "cBet", "cBetChances")).toBe("c 1/1");
    expect(rates(hand, "foldToCBet", "foldToCBetChances")).toBe("a 1/1");
  });

  it("is answered by those who face it alone, not a raise over it", () => {
    expect(cBets("b x, c x, a b9, b r30, c f, a f")).toEqual(["a 1/1", "b 0/1"]);
  });
});

describe("aggression", () => {
  it("counts bets and raises, and calls, of every street after the flop", () => {
    const hand = three(
      {
        preflop: SEE,
        flop: "b x, c b5, a r15, b f, c c",
        turn: "c b20, a c",
        river: "c x, a b50, c c",
      },
      { wins: { a: 188 } },
    );
    expect([made(hand, "aggressive"), made(hand, "passive")]).toEqual(["a2 c2", "a1 c2"]);
  });
});

describe("flops, showdowns", () => {
  it("are of those who had not folded", () => {
    const hand = three(
      { preflop: "a r6, b f, c c", flop: "c x, a x", turn: "c x, a x", river: "c x, a x" },
      { wins: { c: 13 } },
    );
    expect(made(hand, "flopsSeen")).toBe("a1 c1");
    expect(rates(hand, "showdowns", "flopsSeen")).toBe("a 1/1, c 1/1");
    expect(rates(hand, "showdownsWon", "showdowns")).toBe("a 0/1, c 1/1");
  });

  it("are not of those who have seen the flop and folded later", () => {
    const hand = three(
      {
        preflop: SEE,
        flop: "b x, c x, a b9, b c, c f",
        turn: "b x, a x",
        river: "b x, a x",
      },
      { wins: { a: 36 } },
    );
    expect(rates(hand, "showdowns", "flopsSeen")).toBe("a 1/1, b 1/1, c 0/1");
    expect(rates(hand, "showdownsWon", "showdowns")).toBe("a 1/1, b 0/1");
  });

  it("are reached by two, or by none", () => {
    const hand = three({
      preflop: SEE,
      flop: "b x, c x, a x",
      turn: "b b9, c c, a f",
      river: "b b20, c f",
    });
    expect(rates(hand, "showdowns", "flopsSeen")).toBe("a 0/1, b 0/1, c 0/1");
  });

  it("are seen by who is all in before them", () => {
    const hand = three({ preflop: "a r40!, b f, c c" }, { stacks: { a: 40 }, wins: { a: 81 } });
    expect(rates(hand, "showdowns", "flopsSeen", () => undefined)).toBe("a 1/1, c 1/1");
  });

  it("are not won by having one's uncalled bet back", () => {
    const hand = three(
      { preflop: "a r100, b f, c c!" },
      { stacks: { c: 40 }, wins: { a: 60, c: 81 } },
    );
    expect(rates(hand, "showdownsWon", "showdowns", () => undefined)).toBe("a 0/1, c 1/1");
  });

  it("are won by all who share the pot", () => {
    const hand = three(
      { preflop: "a r6, b f, c c", flop: "c x, a x", turn: "c x, a x", river: "c x, a x" },
      { wins: { a: 7, c: 6 } },
    );
    expect(rates(hand, "showdownsWon", "showdowns")).toBe("a 1/1, c 1/1");
  });
});
