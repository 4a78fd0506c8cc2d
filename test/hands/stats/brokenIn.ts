/** What is true of the counts of any hand, whoever wrote it: the sentences that it breaks. */
import type { Hand } from "../../../rpc/hand.ts";
import { COUNTS, type Count } from "../../../rpc/handStats.ts";
import { countHand } from "../../../src/hands/stats/countHand.ts";

const evenly = ({ hands }: { readonly hands: ReadonlyArray<unknown> }) =>
  hands.map(() => 1 / hands.length);

/** Each a part of the next. */
const CHAINS: ReadonlyArray<ReadonlyArray<Count>> = [
  ["threeBet", "pfr", "vpip", "vpipChances", "hands"],
  ["fourBet", "pfr", "pfrChances", "hands"],
  ["threeBet", "threeBetChances", "hands"],
  ["fourBet", "fourBetChances", "hands"],
  ["foldToThreeBet", "foldToThreeBetChances", "fourBetChances"],
  ["foldToThreeBetChances", "pfr"],
  ["steal", "stealChances", "hands"],
  ["steal", "pfr"],
  ["foldToSteal", "foldToStealChances", "threeBetChances"],
  ["cBet", "cBetChances", "flopsSeen", "hands"],
  ["cBetChances", "pfr"],
  ["foldToCBet", "foldToCBetChances", "flopsSeen"],
  ["showdownsWon", "showdowns", "flopsSeen"],
];
const COUNTED_AGAIN: ReadonlySet<Count> = new Set<Count>([
  "aggressive",
  "passive",
  "net",
  "rake",
  "evNet",
  "netMilliBb",
  "evNetMilliBb",
]);

export const brokenIn = (hand: Hand): ReadonlyArray<string> => {
  const found: Array<string> = [];
  const check = (holds: boolean, sentence: string) =>
    void (holds || found.push(`${hand.handId}: ${sentence}`));
  const rows = countHand(hand, evenly);
  const of = (counts: ReadonlyArray<number>, name: Count) => counts[COUNTS.indexOf(name)]!;
  const sum = (name: Count) => rows.reduce((total, { counts }) => total + of(counts, name), 0);
  const players = rows.map(({ player }) => player);
  check(
    players.join("\n") === hand.results.map(({ player }) => player).join("\n"),
    "one row for each result",
  );
  for (const { counts, player } of rows) {
    check(counts.every(Number.isSafeInteger), `${player} has whole counts`);
    for (const name of COUNTS)
      if (!COUNTED_AGAIN.has(name))
        check([0, 1].includes(of(counts, name)), `${player} has ${name} once at most`);
    for (const chain of CHAINS)
      for (const [n, part] of chain.slice(0, -1).entries())
        check(of(counts, part) <= of(counts, chain[n + 1]!), `${player}: ${part} is in the next`);
    check(of(counts, "rake") >= 0, `${player} pays rake or none`);
  }
  check(sum("hands") === rows.length, "everyone has the hand");
  check(sum("net") === hand.houseMoney - hand.rake, "the nets sum to what the house gave and took");
  check(sum("evNet") === sum("net"), "so do the nets by equity");
  check(sum("rake") === hand.rake, "the rake is shared");
  for (const name of ["fourBet", "steal", "cBet", "foldToThreeBetChances"] as const)
    check(sum(name) <= 1, `${name} is one player's`);
  for (const position of ["BTN", "SB", "BB", "CO"] as const)
    check(rows.filter((row) => row.position === position).length <= 1, `one ${position}`);
  const placed = rows.filter(({ position }) => position !== null).length;
  check(placed === 0 || placed === rows.length, "all have a position or none");
  return found;
};
