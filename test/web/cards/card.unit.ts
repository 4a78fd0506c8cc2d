import { expect, test } from "vitest";
import { cardParts, cardsText } from "../../../web/src/cards/card.ts";

test("cards are told with their suits' signs", () => {
  expect(cardsText(["Ah", "Tc"])).toBe("A♥ 10♣");
  expect(cardsText([])).toBe("");
});

test("what is no card has no parts", () => {
  expect(cardParts("Qd")).toEqual({ rank: "Q", suit: "d" });
  for (const text of ["", "1h", "Ax", "Ahh", "hA"]) expect(cardParts(text)).toBeUndefined();
});
