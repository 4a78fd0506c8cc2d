/** The calculator's table: an address gives back what was asked, and a card is at one place only. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { DECK_SIZE, formatCard } from "../../../src/compute/cards/Card.ts";
import { HOLE_CARDS } from "../../../src/compute/cards/holeCards.ts";
import { FULL_BOARD, MAX_PLAYERS, MIN_PLAYERS } from "../../../src/compute/equity/Table.ts";
import { readCards } from "../../../web/src/equity/cardsText.ts";
import { faultsOf } from "../../../web/src/equity/faults.ts";
import {
  addPlayer,
  cardsAt,
  GAMES,
  maxDeadCards,
  queryOf,
  removePlayer,
  startOf,
  tableIn,
  takenElsewhere,
  withText,
} from "../../../web/src/equity/table.ts";
import type { EquityTable } from "../../../web/src/equity/table.ts";

const games = fc.constantFrom(...GAMES);

const tables: fc.Arbitrary<EquityTable> = fc.record({
  game: games,
  players: fc.array(fc.string(), { minLength: MIN_PLAYERS, maxLength: MAX_PLAYERS }),
  board: fc.string(),
  dead: fc.string(),
});

/** The hands of so many players, of so many cards each. */
const handsOf = (deck: readonly string[], own: number, players: number) =>
  Array.from({ length: players }, (_, at) => deck.slice(own * at, own * (at + 1)));

/** Distinct cards, to be dealt out: nine hands of five, a board and two dead cards are all there are. */
const decks = fc
  .shuffledSubarray(
    Array.from({ length: DECK_SIZE }, (_, card) => formatCard(card)),
    {
      minLength: DECK_SIZE,
    },
  )
  .chain((deck) =>
    fc.record({
      deck: fc.constant(deck),
      game: games,
      players: fc.integer({ min: MIN_PLAYERS, max: MAX_PLAYERS }),
      board: fc.constantFrom(0, 3, 4, 5),
      dead: fc.integer({ min: 0, max: 2 }),
    }),
  );

test("an address asks what it was made of, whatever was written", () => {
  fc.assert(
    fc.property(tables, (table) => {
      expect(tableIn(new URLSearchParams(queryOf(table)))).toEqual(table);
    }),
  );
});

test("cards dealt once have no fault, and each is taken for everybody else", () => {
  fc.assert(
    fc.property(decks, ({ board, dead, deck, game, players }) => {
      const own = HOLE_CARDS[game];
      const hands = handsOf(deck, own, players);
      const rest = deck.slice(own * players);
      const table: EquityTable = {
        game,
        players: hands.map((hand) => hand.join("")),
        board: rest.slice(0, board).join(""),
        dead: rest.slice(board, board + dead).join(" "),
      };
      expect(faultsOf(table)).toEqual([]);
      for (const [at, hand] of hands.entries()) {
        expect(new Set(cardsAt(table, at))).toEqual(new Set(hand));
        const taken = takenElsewhere(table, at);
        expect(taken.size).toBe(own * (players - 1) + board + dead);
        for (const card of hand) expect(taken.has(card)).toBe(false);
      }
    }),
  );
});

test("a card that is dealt a second time is a fault of the place that has it last", () => {
  fc.assert(
    fc.property(decks, ({ deck, game, players }) => {
      const own = HOLE_CARDS[game];
      const [first = "", second = ""] = deck;
      const hands = handsOf(deck, own, players);
      const [third = "", ...others] = hands[1] ?? [];
      const table: EquityTable = {
        game,
        players: hands.map((hand) => hand.join("")),
        board: "",
        dead: "",
      };
      const again = withText(table, 1, [first, ...others].join(""));
      expect(faultsOf(again)).toEqual([{ place: 1, kind: "twice", card: first, other: 0 }]);
      expect(faultsOf(withText(table, "dead", third))).toEqual([
        { place: 1, kind: "twice", card: third, other: "dead" },
      ]);
      expect(faultsOf(withText(table, "dead", `${second}${second}`))).toContainEqual({
        place: "dead",
        kind: "twice",
        card: second,
        other: "dead",
      });
    }),
  );
});

test("any text is read as cards and a rest, and the cards alone are read as themselves", () => {
  const nearly = fc.string({ unit: fc.constantFrom(..."AaKk2310Thsdc ,;x") });
  fc.assert(
    fc.property(nearly, (text) => {
      const { cards } = readCards(text);
      expect(readCards(cards.join(""))).toEqual({ cards, rest: "" });
      expect(readCards(cards.join(" ").toLowerCase())).toEqual({ cards, rest: "" });
    }),
  );
});

test("with the fewest players and as many dead cards as may be, there are just enough for a board", () => {
  for (const game of GAMES)
    expect(maxDeadCards(game) + MIN_PLAYERS * HOLE_CARDS[game] + FULL_BOARD).toBe(DECK_SIZE);
});

test("there are two players at least and nine at most", () => {
  const start = startOf("holdem");
  expect(removePlayer(start, 0)).toBe(start);
  let table = start;
  for (let more = 0; more < MAX_PLAYERS; more++) table = addPlayer(table);
  expect(table.players).toHaveLength(MAX_PLAYERS);
  expect(removePlayer(table, 0).players).toEqual(table.players.slice(1));
});
