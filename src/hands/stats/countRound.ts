/**
 * What the first betting round counts: VPIP, PFR, 3-bets, 4-bets, steals and the answers to them. The blinds are the first
 * bet, a raise the second, the next the third. Each chance and each deed counts once a hand.
 */
import type { HandStreet, Position, StreetName } from "../../../rpc/hand.ts";
import { isAggressive, isDecision, isVoluntary } from "./decision.ts";
import { AT, type Tallies } from "./Tally.ts";

const FIRST_ROUNDS: ReadonlySet<StreetName> = new Set<StreetName>([
  "preflop",
  "third",
  "first_bet",
]);

const STEALS_FROM: ReadonlySet<Position | null | undefined> = new Set(["CO", "BTN", "SB"]);
const BLINDS: ReadonlySet<Position | null | undefined> = new Set(["SB", "BB"]);

/** The last to raise; undefined when nobody did. */
export const countFirstRound = (
  streets: ReadonlyArray<HandStreet>,
  tallies: Tallies,
  positions: ReadonlyMap<string, Position | null>,
): string | undefined => {
  const round = streets.find(({ name }) => FIRST_ROUNDS.has(name));
  for (const tally of tallies.values()) {
    tally[AT.vpipChances] = 1;
    tally[AT.pfrChances] = 1;
  }
  let raises = 0;
  let opener: string | undefined;
  let lastRaiser: string | undefined;
  let isStolen = false;
  let entered = 0;
  const turns = new Set<string>();
  const limpers = new Set<string>();
  for (const { kind, player } of round?.actions ?? []) {
    const tally = tallies.get(player);
    if (tally === undefined || !isDecision(kind)) continue;
    turns.add(player);
    const position = positions.get(player);
    const aggressive = isAggressive(kind);
    const faces = lastRaiser !== player;
    if (raises === 1 && faces) {
      tally[AT.threeBetChances] = 1;
      // To limp and then raise is another play, a trap; it is never called a 3-bet.
      if (aggressive && !limpers.has(player)) tally[AT.threeBet] = 1;
    }
    if (raises === 1 && faces && isStolen && BLINDS.has(position)) {
      tally[AT.foldToStealChances] = 1;
      if (kind === "fold") tally[AT.foldToSteal] = 1;
    }
    if (raises === 2 && faces) {
      tally[AT.fourBetChances] = 1;
      if (aggressive) tally[AT.fourBet] = 1;
      if (player === opener) {
        tally[AT.foldToThreeBetChances] = 1;
        if (kind === "fold") tally[AT.foldToThreeBet] = 1;
      }
    }
    if (entered === 0 && STEALS_FROM.has(position)) {
      tally[AT.stealChances] = 1;
      if (aggressive) {
        tally[AT.steal] = 1;
        isStolen = true;
      }
    }
    if (isVoluntary(kind)) tally[AT.vpip] = 1;
    if (kind === "call" && raises === 0) limpers.add(player);
    if (kind !== "fold") entered++;
    if (!aggressive) continue;
    tally[AT.pfr] = 1;
    opener ??= player;
    lastRaiser = player;
    raises++;
  }
  if (entered === 0) leaveOutWalk(tallies, turns);
  return lastRaiser;
};

/** Everyone folded to the one whose turn had not come. */
const leaveOutWalk = (tallies: Tallies, turns: ReadonlySet<string>): void => {
  if (turns.size !== tallies.size - 1) return;
  for (const [player, tally] of tallies) if (!turns.has(player)) tally[AT.vpipChances] = 0;
};
