/** Six players: d is under the gun, e in the middle, f the cutoff, a the button, b and c post 1 and 2. */
import { describe, expect, it } from "vitest";
import type { Count } from "../../../rpc/handStats.ts";
import { countsIn, playHand, rates, type Script } from "./playHand.ts";

const six = (preflop: string, script: Partial<Script> = {}) =>
  playHand({ players: 6, rounds: { preflop }, ...script });

const made = (hand: ReturnType<typeof six>, name: Count) =>
  Object.entries(countsIn(hand))
    .filter(([, counts]) => counts[name] > 0)
    .map(([player]) => player)
    .join("");

const LIMPED = six("d f, e c, f f, a f, b c, c x", {
  board: "2c3c4d",
  rounds: { preflop: "d f, e c, f f, a f, b c, c x", flop: "b x, c x, e b2, b f, c f" },
});

describe("VPIP", () => {
  it("counts who calls or raises, not who posts or checks", () => {
    expect(made(LIMPED, "vpip")).toBe("be");
    expect(made(LIMPED, "vpipChances")).toBe("abcdef");
    expect(made(six("d f, e r6, f f, a c, b r30, c f, e f, a f"), "vpip")).toBe("abe");
  });

  it("leaves the walk out: everyone folded to the one who has not acted", () => {
    const walk = six("d f, e f, f f, a f, b f");
    expect(made(walk, "vpipChances")).toBe("abdef");
    expect(made(walk, "hands")).toBe("abcdef");
    expect(made(playHand({ players: 2, rounds: { preflop: "a f" } }), "vpipChances")).toBe("a");
  });

  it("is not a walk when somebody limped, raised, or was put all in by a blind", () => {
    expect(made(six("d f, e f, f f, a f, b r6, c f"), "vpipChances")).toBe("abcdef");
    const blindAllIn = six("d f, e f, f f, a f", { stacks: { b: 1 }, wins: { c: 3 } });
    expect(made(blindAllIn, "vpipChances")).toBe("abcdef");
  });

  it("is not a walk when the one who has not acted was called", () => {
    // c is all in by the big blind, and b completes it.
    const called = six("d f, e f, f f, a f, b c", { stacks: { c: 2 }, wins: { c: 4 } });
    expect(made(called, "vpipChances")).toBe("abcdef");
  });
});

describe("PFR", () => {
  it("counts every raise before the flop, once a hand, of all hands", () => {
    const hand = six("d f, e r6, f f, a r18, b f, c f, e r60, a f");
    expect(rates(hand, "pfr", "pfrChances")).toBe("a 1/1, b 0/1, c 0/1, d 0/1, e 1/1, f 0/1");
  });
});

describe("3-bet", () => {
  it("is to raise when there is exactly one raise, of another", () => {
    expect(rates(six("d f, e r6, f f, a r18, b f, c f, e f"), "threeBet", "threeBetChances")).toBe(
      "a 1/1, f 0/1",
    );
    expect(
      rates(six("d r6, e c, f f, a f, b r30, c f, d f, e f"), "threeBet", "threeBetChances"),
    ).toBe("a 0/1, b 1/1, e 0/1, f 0/1");
  });

  it("is no limp-raise, though the limper had the chance", () => {
    const hand = six("d c, e r8, f f, a f, b f, c f, d r30, e f");
    expect(rates(hand, "threeBet", "threeBetChances")).toBe("a 0/1, b 0/1, c 0/1, d 0/1, f 0/1");
    expect(made(hand, "pfr")).toBe("de");
  });

  it("is not to raise over limpers", () => {
    expect(rates(six("d c, e r8, f f, a f, b f, c f, d f"), "threeBet", "threeBetChances")).toBe(
      "a 0/1, b 0/1, c 0/1, d 0/1, f 0/1",
    );
  });
});

describe("4-bet and fold to 3-bet", () => {
  const answers = (preflop: string) => {
    const hand = six(preflop);
    return [
      rates(hand, "fourBet", "fourBetChances"),
      rates(hand, "foldToThreeBet", "foldToThreeBetChances"),
    ];
  };

  it("are the answers to the second raise", () => {
    expect(answers("d r6, e r18, f f, a f, b f, c f, d f")).toEqual([
      "a 0/1, b 0/1, c 0/1, d 0/1, f 0/1",
      "d 1/1",
    ]);
    expect(answers("d r6, e r18, f f, a f, b f, c f, d r50, e f")).toEqual([
      "a 0/1, b 0/1, c 0/1, d 1/1, f 0/1",
      "d 0/1",
    ]);
  });

  it("count a cold 4-bet; the opener who faces it has not faced the 3-bet", () => {
    expect(answers("d r6, e r18, f r50, a f, b f, c f, d f, e f")).toEqual(["f 1/1", ""]);
  });

  it("are no matter of the caller between", () => {
    expect(answers("d r6, e c, f f, a f, b f, c r30, d f, e f")).toEqual(["d 0/1, e 0/1", "d 1/1"]);
  });
});

describe("steal", () => {
  it.each([
    ["d f, e f, f r6, a f, b f, c f", "f 1/1"],
    ["d f, e f, f f, a r6, b f, c f", "a 1/1, f 0/1"],
    ["d f, e f, f f, a f, b r6, c f", "a 0/1, b 1/1, f 0/1"],
    ["d f, e f, f f, a f, b f", "a 0/1, b 0/1, f 0/1"],
    // Not from early position, nor after a limp or a raise.
    ["d f, e r6, f f, a f, b f, c f", ""],
    ["d c, e f, f r8, a f, b f, c f, d f", ""],
  ])("of %s is %s", (preflop, expected) => {
    expect(rates(six(preflop), "steal", "stealChances")).toBe(expected);
  });

  it("limped is a chance let go, and closes it to those behind", () => {
    const hand = six("d f, e f, f c, a f, b f, c r9, f f");
    expect(rates(hand, "steal", "stealChances")).toBe("f 0/1");
  });

  it("is none when somebody before has not folded, though he only checked what he had posted", () => {
    const hand = six("d f, e x, f r8, a f, b f, c f, e f", { posts: "b sb1, c bb2, e lbb2" });
    expect(rates(hand, "steal", "stealChances")).toBe("");
    expect(rates(hand, "foldToSteal", "foldToStealChances")).toBe("");
  });

  it("is for the button's small blind when two play", () => {
    const hand = playHand({ players: 2, rounds: { preflop: "a r6, b f" } });
    expect(rates(hand, "steal", "stealChances")).toBe("a 1/1");
    expect(rates(hand, "foldToSteal", "foldToStealChances")).toBe("b 1/1");
  });
});

describe("fold to steal", () => {
  it.each([
    ["d f, e f, f r6, a f, b f, c f", "b 1/1, c 1/1"],
    ["d f, e f, f f, a r6, b r18, c f, a f", "b 0/1"],
    ["d f, e f, f f, a f, b r6, c f", "c 1/1"],
    // The button is no blind; a raise from early position is no steal; nor is what has been raised again.
    ["d f, e r6, f f, a f, b f, c f", ""],
    ["d f, e f, f r6, a r18, b f, c f, f f", ""],
  ])("of %s is %s", (preflop, expected) => {
    expect(rates(six(preflop), "foldToSteal", "foldToStealChances")).toBe(expected);
  });

  it("is not to call", () => {
    const hand = six("", {
      rounds: { preflop: "d f, e f, f f, a r6, b f, c c", flop: "c x, a b9, c f" },
      board: "2c3c4d",
    });
    expect(rates(hand, "foldToSteal", "foldToStealChances")).toBe("b 1/1, c 0/1");
  });
});

describe("games without a flop", () => {
  it("have walks, too: everyone folds to the one who has only brought in", () => {
    const stud = playHand({
      players: 3,
      game: "stud",
      posts: "a ante1, b ante1, c ante1",
      rounds: { third: "b in2, c f, a f" },
    });
    expect(made(stud, "vpipChances")).toBe("ac");
  });

  it("count the first round, on whatever street it is", () => {
    const stud = playHand({
      players: 3,
      game: "stud",
      limit: "fixed_limit",
      posts: "a ante1, b ante1, c ante1",
      rounds: { third: "b in2, c r6, a r12, b f, c c", fourth: "a b8, c f" },
    });
    expect(made(stud, "vpip")).toBe("ac");
    expect(rates(stud, "threeBet", "threeBetChances")).toBe("a 1/1");
    expect(rates(stud, "fourBet", "fourBetChances")).toBe("b 0/1, c 0/1");
    expect(rates(stud, "steal", "stealChances")).toBe("");
    const draw = playHand({
      players: 6,
      game: "draw_27_triple",
      rounds: { first_bet: "d f, e f, f f, a r4, b f, c f" },
    });
    expect(rates(draw, "steal", "stealChances")).toBe("a 1/1, f 0/1");
  });

  it("count nothing of flops and showdowns", () => {
    const stud = playHand({
      players: 2,
      game: "razz",
      posts: "a ante1, b ante1",
      rounds: { third: "a in2, b c", seventh: "a b4, b c" },
      wins: { a: 14 },
    });
    const { aggressive, cBetChances, flopsSeen, passive, showdowns } = countsIn(stud)["a"]!;
    expect([aggressive, passive, cBetChances, flopsSeen, showdowns]).toEqual([0, 0, 0, 0, 0]);
  });
});
