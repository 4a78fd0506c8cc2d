/** The end of a hand: pots, rake, who shows, who collects what. */
import type { Collected, Hand, HandGame, Shown } from "../../../rpc/hand.ts";
import { type Card, formatCard } from "../../compute/cards/Card.ts";
import type { BettingPlayer } from "./Betting.ts";
import type { Dice } from "./Dice.ts";
import { type Pot, potsOf, shares } from "./pots.ts";
import { highOf, isHiLo, lowOf, type Strength } from "./strength.ts";

export interface Ending {
  readonly shown: ReadonlyArray<Shown>;
  readonly collected: ReadonlyArray<Collected>;
  readonly totalPot: number;
  readonly rake: number;
}

export interface End {
  readonly game: HandGame;
  /** In the order in which they sit from the button: who comes first gets the odd chip. */
  readonly players: ReadonlyArray<BettingPlayer>;
  readonly cards: ReadonlyMap<number, ReadonlyArray<Card>>;
  readonly board: ReadonlyArray<Card>;
  readonly currency: Hand["currency"];
  readonly houseMoney: number;
  readonly raked: boolean;
  readonly bigBlind: number;
}

/** Per cent of what was contested, and at most so many big blinds: the site's rules have changed, and so do these. */
const RAKE_PERCENT = [0, 4, 5, 7];
const RAKE_CAP = 3;
const MUCKED_PERCENT = 25;
const SHOWN_UNASKED_PERCENT = 15;

interface Candidate {
  readonly player: BettingPlayer;
  readonly cards: ReadonlyArray<Card>;
  readonly high: Strength;
  readonly low: Strength | undefined;
}

export function endHand(dice: Dice, end: End): Ending {
  const { players, houseMoney } = end;
  const put = players.reduce((sum, player) => sum + player.inAll, 0);
  const pots = potsOf(players.map(({ seat, inAll, folded }) => ({ seat, put: inAll, folded })));
  const rake = end.raked ? rakeOf(dice, end, pots[0]!.amount) : 0;
  const totalPot = put + houseMoney - rake;
  const contenders = players.filter((player) => !player.folded);
  if (contenders.length === 1) {
    const winner = contenders[0]!;
    const collected = [{ player: winner.name, amount: totalPot, pot: "pot" }];
    return { shown: showUnasked(dice, end, winner), collected, totalPot, rake };
  }
  const candidates = contenders.map((player): Candidate => {
    const cards = end.cards.get(player.seat)!;
    const low = isHiLo(end.game) ? lowOf(end.game, cards, end.board) : undefined;
    return { player, cards, high: highOf(end.game, cards, end.board), low };
  });
  // The house's money goes into the main pot, and the rake comes out of it.
  const [main, ...sides] = pots;
  const first: Pot = { ...main!, amount: main!.amount + houseMoney - rake };
  const parts = [first, ...sides].flatMap((pot, at) =>
    award(candidates, pot, labelOf(at, sides.length), end.game),
  );
  const collected = isHiLo(end.game) ? parts : inOne(dice, parts, totalPot);
  const winners = new Set(collected.map(({ player }) => player));
  const shown = candidates
    .filter(({ player }) => winners.has(player.name) || !dice.chance(MUCKED_PERCENT))
    .map(({ player, cards, high, low }): Shown => ({
      player: player.name,
      cards: cards.map(formatCard),
      high: high.words,
      low: low?.words ?? null,
    }));
  return { shown, collected, totalPot, rake };
}

/** Who won because all others folded may show all the same; no heading announces it. */
function showUnasked(
  dice: Dice,
  { game, cards, board }: End,
  { name, seat }: BettingPlayer,
): ReadonlyArray<Shown> {
  if (board.length < 3 || isHiLo(game) || !dice.chance(SHOWN_UNASKED_PERCENT)) return [];
  const hand = cards.get(seat)!;
  const high = highOf(game, hand, board).words;
  return [{ player: name, cards: hand.map(formatCard), high, low: null }];
}

/** Where one player wins all pots, the site counts them together at times: an uncalled bet is a pot that he gets back. */
function inOne(
  dice: Dice,
  parts: ReadonlyArray<Collected>,
  totalPot: number,
): ReadonlyArray<Collected> {
  const { player } = parts[0]!;
  return parts.every((part) => part.player === player) && dice.chance(50)
    ? [{ player, amount: totalPot, pot: "pot" }]
    : parts;
}

const labelOf = (at: number, sides: number): string =>
  sides === 0 ? "pot" : at === 0 ? "main" : `side ${at}`;

/** Of what two have put in at least: nobody pays for a bet that no one called. */
function rakeOf(dice: Dice, { bigBlind, players }: End, mainPot: number): number {
  const put = players.map(({ inAll }) => inAll).toSorted((a, b) => b - a);
  const contested = put.reduce((sum, amount) => sum + amount, 0) - (put[0]! - (put[1] ?? 0));
  const share = Math.floor((contested * dice.pick(RAKE_PERCENT)) / 100);
  return Math.min(share, RAKE_CAP * bigBlind, Math.max(0, mainPot - 1));
}

/** In hi/lo games half of a pot is for the low hand, if there is one, and the odd chip for the high one. */
function award(
  candidates: ReadonlyArray<Candidate>,
  pot: Pot,
  label: string,
  game: HandGame,
): ReadonlyArray<Collected> {
  const able = candidates.filter(({ player }) => pot.seats.includes(player.seat));
  const high = divide(able, (candidate) => candidate.high, pot.amount, label);
  if (!isHiLo(game)) return high;
  if (able.every(({ low }) => low === undefined)) {
    return divide(able, (candidate) => candidate.high, pot.amount, `${label} hi`);
  }
  const half = Math.floor(pot.amount / 2);
  return [
    ...divide(able, (candidate) => candidate.high, pot.amount - half, `${label} hi`),
    ...divide(able, (candidate) => candidate.low, half, `${label} lo`),
  ];
}

function divide(
  candidates: ReadonlyArray<Candidate>,
  strengthOf: (candidate: Candidate) => Strength | undefined,
  amount: number,
  pot: string,
): ReadonlyArray<Collected> {
  const values = candidates.map((candidate) => strengthOf(candidate)?.value ?? -Infinity);
  const best = Math.max(...values);
  const winners = candidates.filter((_, at) => values[at] === best);
  const parts = shares(amount, winners.length);
  return winners
    .map(({ player }, at) => ({ player: player.name, amount: parts[at]!, pot }))
    .filter((part) => part.amount > 0);
}
