/** The games by the names that the site gives them, and how each is dealt. */
import type { HandGame, HandLimit, StreetName } from "../../../rpc/hand.ts";
import { HOLE_CARDS } from "../../compute/cards/holeCards.ts";

/** As in a hand's header. */
export const GAME_BY_TITLE: ReadonlyMap<string, HandGame> = new Map([
  ["Holdem", "holdem"],
  ["Omaha", "omaha"],
  ["Omaha5", "omaha5"],
  ["5 Card Omaha", "omaha5"],
  ["Omaha8", "omaha_hilo"],
  ["Omaha Hi/Lo", "omaha_hilo"],
  ["5 Card Omaha Hi/Lo", "omaha5_hilo"],
  ["7stud", "stud"],
  ["7-Card Stud", "stud"],
  ["7stud8", "stud_hilo"],
  ["7-Card Stud Hi/Lo", "stud_hilo"],
  ["Razz", "razz"],
  ["Lowball27", "draw_27_triple"],
  ["2-7 Triple Draw", "draw_27_triple"],
]);

export const LIMIT_BY_TITLE: ReadonlyMap<string, HandLimit> = new Map([
  ["no limit", "no_limit"],
  ["pot limit", "pot_limit"],
  ["fixed limit", "fixed_limit"],
]);

/** Headings between `*** ` and ` ***`. The mixed tables write stud's in two ways. */
export const STREET_BY_TITLE: ReadonlyMap<string, StreetName> = new Map<string, StreetName>([
  ["PRE-FLOP", "preflop"],
  ["FLOP", "flop"],
  ["TURN", "turn"],
  ["RIVER", "river"],
  ["3rd STREET", "third"],
  ["4th STREET", "fourth"],
  ["5th STREET", "fifth"],
  ["6th STREET", "sixth"],
  ["7th STREET", "seventh"],
  ["THIRD", "third"],
  ["FOURTH", "fourth"],
  ["FIFTH", "fifth"],
  ["SIXTH", "sixth"],
  ["SEVENTH", "seventh"],
  ["THIRD STREET", "third"],
  ["FOURTH STREET", "fourth"],
  ["FIFTH STREET", "fifth"],
  ["SIXTH STREET", "sixth"],
  ["SEVENTH STREET", "seventh"],
  ["FIRST-BET", "first_bet"],
  ["FIRST-DRAW", "first_draw"],
  ["SECOND-BET", "second_bet"],
  ["SECOND-DRAW", "second_draw"],
  ["THIRD-BET", "third_bet"],
  ["THIRD-DRAW", "third_draw"],
  ["FOURTH-BET", "fourth_bet"],
]);

export interface GameShape {
  /** In the order in which they are played, after the blinds. */
  readonly streets: ReadonlyArray<StreetName>;
  /** Cards that a player holds at the first betting round. */
  readonly dealt: number;
  /** The most that a player can show. */
  readonly held: number;
  readonly hasBoard: boolean;
}

const BOARD: ReadonlyArray<StreetName> = ["preflop", "flop", "turn", "river"];
const STUD: GameShape = {
  streets: ["third", "fourth", "fifth", "sixth", "seventh"],
  dealt: 3,
  held: 7,
  hasBoard: false,
};

const withBoard = (cards: number): GameShape => ({
  streets: BOARD,
  dealt: cards,
  held: cards,
  hasBoard: true,
});

export const SHAPE_OF: Readonly<Record<HandGame, GameShape>> = {
  holdem: withBoard(HOLE_CARDS.holdem),
  omaha: withBoard(HOLE_CARDS.omaha),
  omaha_hilo: withBoard(HOLE_CARDS.omaha_hilo),
  omaha5: withBoard(HOLE_CARDS.omaha5),
  omaha5_hilo: withBoard(HOLE_CARDS.omaha5_hilo),
  stud: STUD,
  stud_hilo: STUD,
  razz: STUD,
  draw_27_triple: {
    streets: [
      "first_bet",
      "first_draw",
      "second_bet",
      "second_draw",
      "third_bet",
      "third_draw",
      "fourth_bet",
    ],
    dealt: 5,
    held: 5,
    hasBoard: false,
  },
};
