/** A player's sums as the wire has them: rates, results, and the same by position, game, stakes and table size. */
import type { HandCurrency, HandSite, Position } from "../../../rpc/hand.ts";
import type { Part } from "../../../rpc/handPlayer.ts";
import type { Count, Counts, DayResult } from "../../../rpc/handStats.ts";
import type {
  Confidence,
  NetBody,
  PlayerStatsBody,
  RateBody,
  StatLinesBody,
} from "../../../rpc/http/handStats.ts";
import { AT, emptyTally, type Tally } from "./Tally.ts";

/** Hands from which on the numbers mean something, something certain, and a lot. */
const LOW_FROM_HANDS = 50;
const FAIR_FROM_HANDS = 300;
const HIGH_FROM_HANDS = 2_000;

const confidenceIn = (hands: number): typeof Confidence.Type => {
  if (hands < LOW_FROM_HANDS) return "none";
  if (hands < FAIR_FROM_HANDS) return "low";
  return hands < HIGH_FROM_HANDS ? "fair" : "high";
};

export interface PlayerSums {
  readonly site: HandSite;
  readonly player: string;
  /** Epoch milliseconds of the first and the last hand that is recorded, whatever is asked about. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly parts: ReadonlyArray<Part>;
  readonly days: ReadonlyArray<DayResult>;
}

export const playerBody = ({
  days,
  firstAt,
  lastAt,
  parts,
  player,
  site,
}: PlayerSums): PlayerStatsBody => {
  // Every hand is in one part by game.
  const lines = linesOf(parts.filter(({ by }) => by === "game"));
  const by = (kind: Part["by"], keyOf = ({ key }: Part) => key) => keyed(parts, kind, keyOf);
  return {
    site,
    player,
    ...lines,
    confidence: confidenceIn(lines.hands),
    first_at: firstAt === null ? null : new Date(firstAt).toISOString(),
    last_at: lastAt === null ? null : new Date(lastAt).toISOString(),
    by_position: by("position")
      .filter(({ key }) => key !== "")
      .toSorted((a, b) => IN_ORDER_OF_ACTING.indexOf(a.key) - IN_ORDER_OF_ACTING.indexOf(b.key)),
    by_game: by("game").toSorted(mostFirst),
    by_stakes: by("stakes", ({ currency, key }) => `${currency} ${key}`).toSorted(mostFirst),
    by_players: by("players").toSorted((a, b) => Number(a.key) - Number(b.key)),
    days: days.map(({ currency, day, evNet, hands, net }) => ({
      day,
      currency,
      hands,
      net,
      ev_net: evNet,
    })),
  };
};

const IN_ORDER_OF_ACTING: ReadonlyArray<string> = [
  "UTG",
  "MP",
  "CO",
  "BTN",
  "SB",
  "BB",
] satisfies ReadonlyArray<Position>;

/** Made of what was counted, so that a rate of sums is the rate of all. */
const rate = (sums: Tally, made: Count, opportunities: Count): RateBody =>
  rateOf(sums[AT[made]]!, sums[AT[opportunities]]!);

export const rateOf = (made: number, opportunities: number): RateBody => ({
  made,
  opportunities,
  share: opportunities === 0 ? null : made / opportunities,
});

/** Big blinds a hundred hands, of thousandths of a big blind. */
export const bbPer100 = (milliBb: number, hands: number): number | null =>
  hands === 0 ? null : milliBb / 10 / hands;

const linesOf = (parts: ReadonlyArray<Summed>): StatLinesBody => {
  const sums = sumOf(parts);
  const [aggressive, passive] = [sums[AT.aggressive]!, sums[AT.passive]!];
  return {
    hands: sums[AT.hands]!,
    vpip: rate(sums, "vpip", "vpipChances"),
    pfr: rate(sums, "pfr", "pfrChances"),
    three_bet: rate(sums, "threeBet", "threeBetChances"),
    four_bet: rate(sums, "fourBet", "fourBetChances"),
    fold_to_three_bet: rate(sums, "foldToThreeBet", "foldToThreeBetChances"),
    c_bet: rate(sums, "cBet", "cBetChances"),
    fold_to_c_bet: rate(sums, "foldToCBet", "foldToCBetChances"),
    steal: rate(sums, "steal", "stealChances"),
    fold_to_steal: rate(sums, "foldToSteal", "foldToStealChances"),
    aggression: { aggressive, passive, factor: passive === 0 ? null : aggressive / passive },
    wtsd: rate(sums, "showdowns", "flopsSeen"),
    won_at_showdown: rate(sums, "showdownsWon", "showdowns"),
    net: CURRENCIES.flatMap((currency) => netIn(currency, parts)),
  };
};

const CURRENCIES: ReadonlyArray<HandCurrency> = ["EUR", "chips", "play"];

const netIn = (currency: HandCurrency, parts: ReadonlyArray<Summed>): ReadonlyArray<NetBody> => {
  const own = parts.filter((part) => part.currency === currency);
  if (own.length === 0) return [];
  const sums = sumOf(own);
  const hands = sums[AT.hands]!;
  return [
    {
      currency,
      hands,
      net: sums[AT.net]!,
      ev_net: sums[AT.evNet]!,
      rake: sums[AT.rake]!,
      bb_per_100: bbPer100(sums[AT.netMilliBb]!, hands),
      ev_bb_per_100: bbPer100(sums[AT.evNetMilliBb]!, hands),
    },
  ];
};

interface Summed {
  readonly currency: HandCurrency;
  readonly counts: Counts;
}

const sumOf = (parts: ReadonlyArray<Summed>): Tally => {
  const sums = emptyTally();
  for (const { counts } of parts)
    for (let n = 0; n < sums.length; n++) sums[n] = sums[n]! + counts[n]!;
  return sums;
};

type Keyed = PlayerStatsBody["by_game"][number];

/** The parts of one kind; those with the same key, of several currencies, together. */
const keyed = (
  parts: ReadonlyArray<Part>,
  kind: Part["by"],
  keyOf: (part: Part) => string,
): Array<Keyed> => {
  const byKey = new Map<string, Array<Part>>();
  for (const part of parts) {
    if (part.by !== kind) continue;
    const key = keyOf(part);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [part]);
    else known.push(part);
  }
  return Array.from(byKey, ([key, own]) => ({ key, ...linesOf(own) }));
};

const mostFirst = (a: Keyed, b: Keyed): number => b.hands - a.hands || (a.key < b.key ? -1 : 1);
