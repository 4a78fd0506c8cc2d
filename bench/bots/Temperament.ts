/**
 * How a bot plays: which markets it likes, how it picks runners, how much it dares, how often it acts. Pure: chance comes
 * in as a function, so a test can know what a bot will do.
 */
import { MARKETS, SELECTION_COUNT } from "../../entities/lobby/race/market.ts";
import { POWER_IDS, POWERS, type PowerId } from "../../entities/lobby/race/power.ts";
import type { Market } from "../../rpc/lobby.ts";

/** A number from 0 up to 1, like `Math.random`. */
export type Random = () => number;

export interface Temperament {
  readonly name: string;
  /** Relative liking of each market; none for those left out. */
  readonly markets: Readonly<Partial<Record<Market, number>>>;
  /**
   * Which runners it picks: each is as likely as its odds to this power. Below 0 it backs favourites, above 0
   * outsiders, at 0 it does not care.
   */
  readonly oddsTaste: number;
  /** Share of its available money that it stakes at most. */
  readonly boldness: number;
  /** Mean time between two actions, milliseconds. */
  readonly meanPauseMs: number;
  /** How likely it is, once a bet is placed, to cancel it instead of placing another. */
  readonly fickleness: number;
  /** How likely it is to cast a power when it could; else it watches. */
  readonly meddling: number;
}

export const TEMPERAMENTS: ReadonlyArray<Temperament> = [
  {
    name: "careful",
    markets: { place: 2, show: 3 },
    oddsTaste: -1.5,
    boldness: 0.01,
    meanPauseMs: 8_000,
    fickleness: 0.1,
    meddling: 0.02,
  },
  {
    name: "regular",
    markets: { win: 4, place: 2, show: 1, quinella: 1 },
    oddsTaste: -1,
    boldness: 0.03,
    meanPauseMs: 4_000,
    fickleness: 0.05,
    meddling: 0.1,
  },
  {
    name: "dreamer",
    markets: { win: 1, exacta: 2, trifecta: 4 },
    oddsTaste: 0.7,
    boldness: 0.02,
    meanPauseMs: 5_000,
    fickleness: 0.02,
    meddling: 0.1,
  },
  {
    name: "gambler",
    markets: { win: 3, exacta: 2, quinella: 2, trifecta: 1 },
    oddsTaste: 0,
    boldness: 0.1,
    meanPauseMs: 1_500,
    fickleness: 0.15,
    meddling: 0.3,
  },
  {
    name: "meddler",
    markets: { win: 1 },
    oddsTaste: -0.5,
    boldness: 0.05,
    meanPauseMs: 3_000,
    fickleness: 0.02,
    meddling: 0.9,
  },
];

/** What a bot sees of the race. */
export interface Card {
  /** Runners that start, with their decimal odds; 0 where none are offered yet. */
  readonly runners: ReadonlyArray<{ readonly number: number; readonly odds: number }>;
}

/** Stakes are round sums. */
const STAKE_STEP_MINOR = 100;
/** Odds of a runner that has none yet. */
const UNKNOWN_ODDS = 8;

const weighted = <A>(
  items: ReadonlyArray<A>,
  weightOf: (item: A) => number,
  random: Random,
): A | undefined => {
  let left = random() * items.reduce((sum, item) => sum + weightOf(item), 0);
  for (const item of items) {
    left -= weightOf(item);
    if (left < 0) return item;
  }
  return items.at(-1);
};

const pick = (temperament: Temperament, { runners }: Card, count: number, random: Random) => {
  const selection: Array<number> = [];
  while (selection.length < count) {
    const left = runners.filter(({ number }) => !selection.includes(number));
    const runner = weighted(
      left,
      ({ odds }) => (odds > 0 ? odds : UNKNOWN_ODDS) ** temperament.oddsTaste,
      random,
    );
    if (runner === undefined) return undefined;
    selection.push(runner.number);
  }
  return selection;
};

export interface ChosenBet {
  readonly market: Market;
  readonly selection: ReadonlyArray<number>;
  /** Minor units. */
  readonly stake: number;
}

/** A bet to its taste that it can pay, or undefined when it cannot pay any, or too few runners start. */
export const chooseBet = (
  temperament: Temperament,
  card: Card,
  availableMinor: number,
  random: Random,
): ChosenBet | undefined => {
  if (availableMinor < STAKE_STEP_MINOR) return undefined;
  const market = weighted(MARKETS, (each) => temperament.markets[each] ?? 0, random)!;
  const selection = pick(temperament, card, SELECTION_COUNT[market], random);
  if (selection === undefined) return undefined;
  const most = Math.max(STAKE_STEP_MINOR, availableMinor * temperament.boldness);
  const steps = 1 + Math.floor((random() * most) / STAKE_STEP_MINOR);
  const affordable = Math.floor(availableMinor / STAKE_STEP_MINOR);
  return { market, selection, stake: Math.min(steps, affordable) * STAKE_STEP_MINOR };
};

export interface ChosenPower {
  readonly power: PowerId;
  readonly target: number;
}

/** A power that helps a runner it backed, or harms one it did not; undefined when it would rather watch. */
export const choosePower = (
  temperament: Temperament,
  card: Card,
  {
    backed,
    availableMinor,
  }: { readonly backed: ReadonlySet<number>; readonly availableMinor: number },
  random: Random,
): ChosenPower | undefined => {
  if (random() >= temperament.meddling) return undefined;
  const affordable = POWER_IDS.filter((id) => POWERS[id].baseCostMinor <= availableMinor);
  const power = weighted(affordable, () => 1, random);
  if (power === undefined) return undefined;
  const helps = POWERS[power].kind === "buff";
  const targets = card.runners.filter(({ number }) => backed.has(number) === helps);
  const target = weighted(targets, () => 1, random);
  return target === undefined ? undefined : { power, target: target.number };
};

/** Time until its next action: exponential, as independent people's actions are. */
export const pauseMs = (temperament: Temperament, random: Random): number =>
  -Math.log(1 - random()) * temperament.meanPauseMs;
