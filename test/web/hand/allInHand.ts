/** A hand with a short all-in, a side pot and a bet that nobody calls, written by hand. Amounts are chips. */
import type { HandBody } from "../../../sdk/src/index.ts";

type Action = HandBody["streets"][number]["actions"][number];

const action = (
  player: string,
  kind: Action["action"],
  amount = 0,
  more: Partial<Action> = {},
): Action => ({ player, action: kind, amount, to: null, all_in: false, discarded: null, ...more });

export const act = {
  raise: action("Ann", "raise", 1_000, { to: 1_000 }),
} as const;

const street = (
  name: HandBody["streets"][number]["name"],
  cards: readonly string[],
  actions: readonly Action[],
  pot: number,
): HandBody["streets"][number] => ({ name, cards, dealt: [], actions, pot });

const seat = (
  number: number,
  player: string,
  stack: number,
  cards: readonly string[],
  net: number,
): HandBody["seats"][number] => ({
  seat: number,
  player,
  stack,
  bounty: null,
  position: number === 1 ? "BTN" : number === 2 ? "SB" : "BB",
  cards,
  net,
});

export const allInHand: HandBody = {
  hand_id: "winamax:1-1-1459447200",
  seq: 1,
  timestamp: "2016-03-31T18:00:00.000Z",
  format: "tournament",
  game_type: "holdem",
  limit: "no_limit",
  currency: "chips",
  stakes: "50/100",
  table: "Kill The Fish(152800689)#0",
  players: 3,
  total_pot: 2_900,
  rake: 0,
  board: ["2c", "7d", "Jh", "3s", "9h"],
  hero: "Ann",
  hero_cards: ["As", "Ac"],
  hero_position: "BTN",
  hero_result: 200,
  site: "winamax",
  blinds: { ante: 0, small_blind: 50, big_blind: 100 },
  fast_fold: null,
  tournament: {
    id: "152800689",
    name: "Kill The Fish",
    buy_in: { prize: 184, bounty: 0, fee: 16, ticket: false },
    level: 1,
  },
  max_seats: 3,
  button: 1,
  house_money: 0,
  seats: [
    seat(1, "Ann", 2_000, ["As", "Ac"], 200),
    seat(2, "Bob", 400, ["Kd", "Kh"], 800),
    seat(3, "Cleo", 3_000, [], -1_000),
  ],
  streets: [
    street("blinds", [], [action("Bob", "small_blind", 50), action("Cleo", "big_blind", 100)], 150),
    street(
      "preflop",
      [],
      [act.raise, action("Bob", "call", 350, { all_in: true }), action("Cleo", "call", 900)],
      2_400,
    ),
    street(
      "flop",
      ["2c", "7d", "Jh"],
      [action("Cleo", "check"), action("Ann", "bet", 500), action("Cleo", "fold")],
      2_900,
    ),
    street("turn", ["3s"], [], 2_900),
    street("river", ["9h"], [], 2_900),
  ],
  showdown: [
    { player: "Ann", cards: ["As", "Ac"], high: "One pair : Aces", low: null },
    { player: "Bob", cards: ["Kd", "Kh"], high: "One pair : Kings", low: null },
  ],
  collected: [
    { player: "Bob", amount: 1_200, pot: "main" },
    { player: "Ann", amount: 1_200, pot: "side 1" },
    { player: "Ann", amount: 500, pot: "side 2" },
  ],
  results: [
    { player: "Ann", put: 1_500, won: 1_700, net: 200 },
    { player: "Bob", put: 400, won: 1_200, net: 800 },
    { player: "Cleo", put: 1_000, won: 0, net: -1_000 },
  ],
};
