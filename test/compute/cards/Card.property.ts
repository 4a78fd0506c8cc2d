import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCard, formatCards, parseCard, parseCards } from "../../../src/compute/cards/Card.ts";
import { cardSet, cardsOutside, hasCard, sizeOf } from "../../../src/compute/cards/CardSet.ts";
import { cardsOf } from "./arbitraryCards.ts";

describe("cards", () => {
  it("are read back as they are written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 52 }).chain(cardsOf), (cards) => {
        expect(parseCards(formatCards(cards))).toEqual({ ok: true, value: cards });
        expect(parseCards(cards.map(formatCard).join("  "))).toEqual({ ok: true, value: cards });
      }),
    );
  });

  it("have the numbers that ranges and hands rely on", () => {
    expect(["2s", "2h", "2d", "2c", "3s", "Ac"].map(parseCard)).toEqual([0, 1, 2, 3, 4, 51]);
  });

  it.each(["1h", "Ax", "ah", "AH", "10h", "A", "", "Ahh"])("are not %j", (text) => {
    expect(parseCard(text)).toBeUndefined();
  });

  it.each([
    ["AhA", '"A" is no card'],
    ["AhKdAh", "Ah is there twice"],
    ["Ah,Kd", '",K" is no card'],
  ])("in %j: %s", (text, reason) => {
    expect(parseCards(text)).toEqual({ ok: false, reason });
  });
});

describe("card sets", () => {
  it("have what was put into them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 52 }).chain(cardsOf), (cards) => {
        const set = cardSet(cards);
        expect(sizeOf(set)).toBe(cards.length);
        expect(cards.every((card) => hasCard(set, card))).toBe(true);
        expect(cardsOutside(set).some((card) => cards.includes(card))).toBe(false);
        expect(cardsOutside(set)).toHaveLength(52 - cards.length);
      }),
    );
  });
});
