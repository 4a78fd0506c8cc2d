/**
 * What an all-in was worth. When the last money has gone in and cards are still to come, nobody decides any more: what is
 * left is chance. Each who is in then is credited with the average of what the cards can bring, pot by pot, instead of what
 * they brought.
 *
 * It is known when nobody acts on the river of a full board, two or more are in, and all their cards have been seen.
 * The board is that of the last street on which anybody acted. Cards of folded players are out of the deck if they are
 * known. Rake is taken from all pots alike, house money is in the first.
 */
import type { Hand, HandGame } from "../../../rpc/hand.ts";
import { HOLE_CARDS } from "../../compute/cards/holeCards.ts";
import type { AllInEquity } from "./AllInEquity.ts";
import { isDecision } from "./decision.ts";
import type { Investment } from "./Investment.ts";

/** None of games without a board. */
const CARDS_HELD: Readonly<Partial<Record<HandGame, number>>> = HOLE_CARDS;
const FULL_BOARD = 5;

/**
 * The expected net of each who was in, in the order of `live`, unrounded; undefined where there was no all-in with cards to
 * come, or not all is known about it. They sum to what those players really won between them.
 */
export const allInNet = (
  hand: Hand,
  { atStake, live }: Investment,
  allInEquity: AllInEquity,
): ReadonlyArray<number> | undefined => {
  const holeCards = CARDS_HELD[hand.game];
  if (holeCards === undefined || live.length < 2 || hand.board.length !== FULL_BOARD)
    return undefined;
  const board = boardAtLastAction(hand);
  if (board.length === FULL_BOARD) return undefined;
  const known = knownCards(hand);
  if (live.some((player) => known.get(player)?.length !== holeCards)) return undefined;
  const pots = potsOf(atStake, live, hand.houseMoney);
  const contested = pots.reduce((sum, { amount }) => sum + amount, 0);
  const paid = (contested - hand.rake) / contested;
  const net = live.map((player) => -(atStake.get(player) ?? 0));
  for (const { amount, players } of pots) {
    const shares =
      players.length === 1
        ? [1]
        : allInEquity({
            game: hand.game,
            hands: players.map((player) => known.get(player) ?? []),
            board,
            dead: deadCards(known, players),
          });
    if (shares === undefined) return undefined;
    for (const [n, player] of players.entries())
      net[live.indexOf(player)]! += amount * paid * shares[n]!;
  }
  return net;
};

const deadCards = (
  known: ReadonlyMap<string, ReadonlyArray<string>>,
  players: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const dead: Array<string> = [];
  for (const [player, cards] of known) if (!players.includes(player)) dead.push(...cards);
  return dead;
};

/** The community cards that lay there when somebody acted for the last time. */
const boardAtLastAction = ({ streets }: Hand): ReadonlyArray<string> => {
  const last = streets.findLastIndex(({ actions }) => actions.some(({ kind }) => isDecision(kind)));
  return streets.slice(0, last + 1).flatMap(({ cards }) => cards);
};

/** All that is known of anybody's cards. */
const knownCards = ({
  hero,
  heroCards,
  shown,
}: Hand): ReadonlyMap<string, ReadonlyArray<string>> => {
  const known = new Map<string, ReadonlyArray<string>>();
  if (hero !== null && heroCards.length > 0) known.set(hero, heroCards);
  for (const { cards, player } of shown)
    if (cards.length > (known.get(player)?.length ?? 0)) known.set(player, cards);
  return known;
};

interface Pot {
  readonly amount: number;
  /** Who can win it. */
  readonly players: ReadonlyArray<string>;
}

/** The main pot first: one for each different sum that somebody in was able to put in. */
const potsOf = (
  atStake: ReadonlyMap<string, number>,
  live: ReadonlyArray<string>,
  houseMoney: number,
): ReadonlyArray<Pot> => {
  const levels = [...new Set(live.map((player) => atStake.get(player) ?? 0))].toSorted(
    (a, b) => a - b,
  );
  const top = levels.at(-1);
  return levels.map((level, n) => {
    const below = levels[n - 1] ?? 0;
    // Dead money above everyone's reach, if there is any, lies in the last pot.
    const upTo = level === top ? Infinity : level;
    let amount = n === 0 ? houseMoney : 0;
    for (const stake of atStake.values()) amount += Math.max(0, Math.min(stake, upTo) - below);
    return { amount, players: live.filter((player) => (atStake.get(player) ?? 0) >= level) };
  });
};
