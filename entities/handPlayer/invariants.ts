/**
 * What is always true of a player's counts, as code: asserted after every step of the property tests, and over the whole
 * database by the audit.
 */
import { COUNTS, type Count, type Counts } from "../../rpc/handStats.ts";
import type { HandPlayerState } from "./state.ts";

/** Deeds, each with what it is a part of. */
const PARTS: ReadonlyArray<readonly [Count, Count]> = [
  ["vpip", "vpipChances"],
  ["vpipChances", "hands"],
  ["pfr", "pfrChances"],
  ["pfrChances", "hands"],
  ["pfr", "vpip"],
  ["threeBet", "threeBetChances"],
  ["threeBet", "pfr"],
  ["fourBet", "fourBetChances"],
  ["fourBet", "pfr"],
  ["foldToThreeBet", "foldToThreeBetChances"],
  ["cBet", "cBetChances"],
  ["cBetChances", "flopsSeen"],
  ["foldToCBet", "foldToCBetChances"],
  ["foldToCBetChances", "flopsSeen"],
  ["steal", "stealChances"],
  ["steal", "pfr"],
  ["foldToSteal", "foldToStealChances"],
  ["flopsSeen", "hands"],
  ["showdowns", "flopsSeen"],
  ["showdownsWon", "showdowns"],
];

/** The sentences that a player's state breaks; none for a sound one. */
export const broken = (state: HandPlayerState): ReadonlyArray<string> => {
  const found: Array<string> = [];
  const check = (holds: boolean, sentence: string) => void (holds || found.push(sentence));
  const { countedTo, firstAt, hands, lastAt } = state;
  const cells = [...state.cells.values()];
  const days = [...state.days.values()];
  const of = (counts: Counts, name: Count) => counts[COUNTS.indexOf(name)] ?? 0;
  check((hands === 0) === (firstAt === null), "a player with hands has a first one");
  check((firstAt === null) === (lastAt === null), "the first and the last hand come together");
  check((firstAt ?? 0) <= (lastAt ?? 0), "the first hand is not after the last");
  check(hands <= countedTo, "no hand is counted twice");
  for (const { counts } of cells)
    for (const [part, whole] of PARTS)
      check(of(counts, part) <= of(counts, whole), `${part} is a part of ${whole}`);
  const handsIn = cells.reduce((sum, { counts }) => sum + of(counts, "hands"), 0);
  check(handsIn === hands, "every hand lies in one cell");
  for (const by of ["game", "stakes", "players", "position"] as const) {
    const parts = [...state.parts.values()].filter((part) => part.by === by);
    for (const name of COUNTS)
      check(
        parts.reduce((sum, { counts }) => sum + of(counts, name), 0) ===
          cells.reduce((sum, { counts }) => sum + of(counts, name), 0),
        `the parts by ${by} have the same ${name} as the cells`,
      );
  }
  for (const currency of new Set([...cells, ...days].map((one) => one.currency))) {
    const inCells = cells.filter((cell) => cell.currency === currency);
    const onDays = days.filter((day) => day.currency === currency);
    for (const name of ["hands", "net", "evNet"] as const)
      check(
        inCells.reduce((sum, { counts }) => sum + of(counts, name), 0) ===
          onDays.reduce((sum, day) => sum + day[name], 0),
        `the days have the same ${name} in ${currency} as the cells`,
      );
  }
  return found;
};
