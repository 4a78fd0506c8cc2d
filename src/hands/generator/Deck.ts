/** A shuffled deck. In draw games what was thrown away is shuffled and dealt again when it runs out. */
import { type Card, DECK_SIZE } from "../../compute/cards/Card.ts";
import type { Dice } from "./Dice.ts";

const WHOLE: ReadonlyArray<Card> = Array.from({ length: DECK_SIZE }, (_, card) => card);

export class Deck {
  readonly #dice: Dice;
  #cards: Array<Card> = [...WHOLE];
  #discarded: Array<Card> = [];

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** Drawing at random from what is left is shuffling, only later. Throws a `RangeError` when there are too few. */
  take(count: number): Array<Card> {
    if (count > this.#cards.length + this.#discarded.length) throw new RangeError("no cards left");
    const taken: Array<Card> = [];
    while (taken.length < count) {
      if (this.#cards.length === 0) [this.#cards, this.#discarded] = [this.#discarded, []];
      const at = this.#dice.below(this.#cards.length);
      taken.push(this.#cards[at]!);
      this.#cards[at] = this.#cards.at(-1)!;
      this.#cards.pop();
    }
    return taken;
  }

  exchange(cards: ReadonlyArray<Card>): Array<Card> {
    const fresh = this.take(cards.length);
    this.#discarded.push(...cards);
    return fresh;
  }
}
