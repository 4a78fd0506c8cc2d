import { describe, expect, it } from "vitest";
import type { HandGame } from "../../../rpc/hand.ts";
import { parseCards } from "../../../src/compute/cards/Card.ts";
import { highOf, lowOf } from "../../../src/hands/generator/strength.ts";

const cards = (text: string) => {
  const read = parseCards(text);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
};
const high = (game: HandGame, hole: string, board = "") => highOf(game, cards(hole), cards(board));
const low = (game: HandGame, hole: string, board = "") => lowOf(game, cards(hole), cards(board));

describe("high hands", () => {
  it("of hold'em may be the board", () => {
    expect(high("holdem", "2c3d", "AhKhQhJhTh").words).toBe("Straight flush Ace");
  });

  it("of Omaha have two cards of one's own, no more and no less", () => {
    expect(high("omaha", "2c3d4s5s", "AhKhQhJhTh").words).toBe("High card : Ace");
    expect(high("omaha", "AcAdAs5s", "AhKh7h2d3c").words).toBe("Trips of Aces");
    expect(high("omaha5", "AcAdKc5s4s", "Kh7h2d3cAh").words).toBe("Straight 5 high");
  });
});

describe("low hands", () => {
  it("need five different cards up to the eight", () => {
    expect(low("omaha_hilo", "Ah2hKsKd", "3c4d8sQhQd")?.words).toBe("High card : 8");
    expect(low("omaha_hilo", "Ah2hKsKd", "3c4d9sQhQd")).toBeUndefined();
    expect(low("stud_hilo", "Ah2h3s4d5cKsKd")?.words).toBe("High card : 5");
    expect(low("stud_hilo", "Ah2h3s4dAc2sKd")).toBeUndefined();
  });

  it("are compared from the top", () => {
    const better = low("stud_hilo", "8h6h3s2dAcKsKd")!;
    const worse = low("stud_hilo", "8s7h3d2hAdKhKc")!;
    expect(better.value).toBeGreaterThan(worse.value);
  });

  it("of razz may be pairs where it must be", () => {
    const pair = high("razz", "AhAs2h2s3h3s4d");
    expect(pair.words).toBe("One pair : Aces");
    expect(high("razz", "KhQsJhTs9h9s9d").value).toBeGreaterThan(pair.value);
  });

  it("of lowball have high aces, straights and flushes", () => {
    const best = high("draw_27_triple", "7h5s4h3d2c");
    const wheel = high("draw_27_triple", "5h4s3h2dAc");
    expect(best.value).toBeGreaterThan(wheel.value);
    expect(wheel.value).toBeGreaterThan(high("draw_27_triple", "6h4s3h2dAc").value);
    expect(high("draw_27_triple", "KhQsJh9d8c").value).toBeGreaterThan(wheel.value);
    expect(high("draw_27_triple", "6h5s4h3d2c").value).toBeLessThan(wheel.value);
  });
});
