/**
 * How a hand's rank is looked up.
 *
 * Without a flush only the ranks count, and there are 49,205 ways to have seven cards of 13 ranks. To number them without a
 * search, the ranks are split: the six lower and the seven higher ones. Each rank has a key such that the sum of the keys
 * of a half's cards tells which cards they are. The sum over the higher cards leads to the place where hands with these
 * higher cards begin; the sum over the lower ones to the place among them. So a rank is
 *
 *     ranks[high[sum of higher keys] + low[sum of lower keys]]
 *
 * and `ranks` has no gap: an entry for each of the 49,205. Adding a card is adding its key, in whatever order, so a loop over
 * run-outs adds one key each turn. With a flush the ranks of its suit, as a mask, are the index of a table of 8,192.
 *
 * A rank is 1 (7-5-4-3-2) to 7,462 (a royal flush): the place of the hand among the classes of five cards, so the ranks of
 * five cards and of seven can be compared. Omaha needs five cards by the hundred; a second, smaller index serves them.
 *
 * All of it is made at the first use, from the rules in `score.ts`: 251 KiB in some milliseconds. The WebAssembly kernel is
 * given the same tables.
 */
import { RANKS } from "../cards/Card.ts";
import { categoryOfScore, scoreOfFlush, scoreOfRanks } from "./score.ts";

const LOWER_RANKS = 6;
const MAX_SAME_RANK = 4;
const RANK_MASKS = 1 << RANKS.length;
/** Numbers the hands of `size` cards by the sums of keys; hands differ in at least one of the two sums. */
interface Split {
  readonly size: number;
  /** By rank; two lower halves of at most `size` cards never have the same sum, nor have two higher halves. */
  readonly keys: ReadonlyArray<number>;
}

/** The least keys that do, each chosen after those before it. */
const SEVEN: Split = {
  size: 7,
  keys: [1, 5, 24, 112, 521, 2247, 1, 5, 24, 112, 521, 2247, 9244],
};
/** Found by trying at random for small sums: the tables are as long as the greatest sum. */
const FIVE: Split = {
  size: 5,
  keys: [47, 136, 153, 547, 586, 609, 49, 58, 1040, 1133, 1370, 1438, 1485],
};

export interface RankTable {
  /** Key of each of the 13 ranks. Those of the first six are added up for `low`, the others for `high`. */
  readonly keys: ReadonlyArray<number>;
  readonly low: Uint16Array;
  readonly high: Uint16Array;
  readonly ranks: Uint16Array;
}

export interface Tables {
  /** Hands of seven cards without a flush. */
  readonly seven: RankTable;
  /** Hands of five. */
  readonly five: RankTable;
  /** By the mask of a suit's ranks: the rank of the flush, 0 for fewer than five cards. */
  readonly flush: Uint16Array;
  /** By category: the highest rank that it has. */
  readonly categoryTops: ReadonlyArray<number>;
}

export const isLowerRank = (rank: number): boolean => rank < LOWER_RANKS;

/** Some of the ranks' cards: how many, the sum of their keys, and which rank stands there how often. */
interface Half {
  readonly sum: number;
  readonly once: number;
  readonly twice: number;
  readonly thrice: number;
  readonly four: number;
}

/** All halves with ranks `from` up to but not including `to`, by their number of cards. */
const halves = (
  { size, keys }: Split,
  from: number,
  to: number,
): ReadonlyArray<ReadonlyArray<Half>> => {
  const bySize: ReadonlyArray<Array<Half>> = Array.from({ length: size + 1 }, () => []);
  const visit = (
    rank: number,
    cards: number,
    sum: number,
    once: number,
    twice: number,
    thrice: number,
    four: number,
  ): void => {
    if (rank === to) {
      bySize[cards]!.push({ sum, once, twice, thrice, four });
      return;
    }
    const bit = 1 << rank;
    const key = keys[rank]!;
    const next = rank + 1;
    const room = Math.min(MAX_SAME_RANK, size - cards);
    visit(next, cards, sum, once, twice, thrice, four);
    if (room >= 1) visit(next, cards + 1, sum + key, once | bit, twice, thrice, four);
    if (room >= 2) visit(next, cards + 2, sum + 2 * key, once, twice | bit, thrice, four);
    if (room >= 3) visit(next, cards + 3, sum + 3 * key, once, twice, thrice | bit, four);
    if (room >= 4) visit(next, cards + 4, sum + 4 * key, once, twice, thrice, four | bit);
  };
  visit(from, 0, 0, 0, 0, 0, 0);
  return bySize;
};

const scoreOfHalves = (one: Half, other: Half): number =>
  scoreOfRanks(
    one.once | other.once,
    one.twice | other.twice,
    one.thrice | other.thrice,
    one.four | other.four,
  );

const tableFor = (bySize: ReadonlyArray<ReadonlyArray<Half>>): Uint16Array => {
  let greatest = 0;
  for (const halves of bySize) for (const { sum } of halves) greatest = Math.max(greatest, sum);
  return new Uint16Array(greatest + 1);
};

const makeRankTable = (split: Split, rankByScore: Uint16Array): RankTable => {
  const lower = halves(split, 0, LOWER_RANKS);
  const higher = halves(split, LOWER_RANKS, RANKS.length);
  const low = tableFor(lower);
  const high = tableFor(higher);
  for (const sameSize of lower) sameSize.forEach(({ sum }, place) => (low[sum] = place));
  const pairs = higher.map((sameSize, size) => sameSize.length * lower[split.size - size]!.length);
  const ranks = new Uint16Array(pairs.reduce((sum, count) => sum + count, 0));
  let place = 0;
  higher.forEach((sameSize, size) => {
    const partners = lower[split.size - size]!;
    for (const half of sameSize) {
      high[half.sum] = place;
      for (const partner of partners) ranks[place++] = rankByScore[scoreOfHalves(half, partner)]!;
    }
  });
  return { keys: split.keys, low, high, ranks };
};

const bitCount = (mask: number): number => {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
};

/** The scores of all classes of five cards, the weakest first. */
const allScores = (): Int32Array => {
  const lower = halves(FIVE, 0, LOWER_RANKS);
  const higher = halves(FIVE, LOWER_RANKS, RANKS.length);
  const scores: Array<number> = [];
  higher.forEach((sameSize, size) => {
    for (const half of sameSize)
      for (const partner of lower[FIVE.size - size]!) scores.push(scoreOfHalves(half, partner));
  });
  for (let mask = 0; mask < RANK_MASKS; mask++)
    if (bitCount(mask) === FIVE.size) scores.push(scoreOfFlush(mask));
  return Int32Array.from(scores).toSorted();
};

const makeTables = (): Tables => {
  const scores = allScores();
  // Long and nearly empty: memory that is never touched costs nothing, and this is gone in a moment.
  const rankByScore = new Uint16Array(scores.at(-1)! + 1);
  scores.forEach((score, place) => (rankByScore[score] = place + 1));
  const flush = new Uint16Array(RANK_MASKS);
  for (let mask = 0; mask < RANK_MASKS; mask++)
    if (bitCount(mask) >= FIVE.size) flush[mask] = rankByScore[scoreOfFlush(mask)]!;
  const categoryTops: Array<number> = [];
  scores.forEach((score, place) => (categoryTops[categoryOfScore(score)] = place + 1));
  return {
    seven: makeRankTable(SEVEN, rankByScore),
    five: makeRankTable(FIVE, rankByScore),
    flush,
    categoryTops,
  };
};

let made: Tables | undefined;

/** Made at the first call, some milliseconds of work; the same ever after. */
export const evaluatorTables = (): Tables => (made ??= makeTables());
