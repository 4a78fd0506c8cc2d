/** What is counted once there is a board: flops seen, continuation bets, aggression, showdowns. Only games with a flop have it. */
import type { Hand, HandStreet, StreetName } from "../../../rpc/hand.ts";
import { isAggressive, isDecision } from "./decision.ts";
import type { Investment } from "./Investment.ts";
import { AT, type Tallies } from "./Tally.ts";

const AFTER_FLOP: ReadonlySet<StreetName> = new Set<StreetName>(["flop", "turn", "river"]);

/** `raiser`: the last to raise before the flop. */
export const countBoard = (
  { streets }: Hand,
  tallies: Tallies,
  { live, returned, won }: Investment,
  raiser: string | undefined,
): void => {
  const flop = streets.find(({ name }) => name === "flop");
  if (flop === undefined) return;
  const foldedBefore = new Set<string>();
  for (const { actions, name } of streets)
    if (!AFTER_FLOP.has(name))
      for (const { kind, player } of actions) if (kind === "fold") foldedBefore.add(player);
  const isShowdown = live.length > 1;
  for (const [player, tally] of tallies) {
    if (foldedBefore.has(player)) continue;
    tally[AT.flopsSeen] = 1;
    if (!isShowdown || !live.includes(player)) continue;
    tally[AT.showdowns] = 1;
    // One's own uncalled bet comes back to the loser too.
    const returnedHere = returned?.player === player ? returned.amount : 0;
    if ((won.get(player) ?? 0) > returnedHere) tally[AT.showdownsWon] = 1;
  }
  countContinuation(flop, tallies, raiser);
  for (const { actions, name } of streets) {
    if (!AFTER_FLOP.has(name)) continue;
    for (const { kind, player } of actions) {
      const tally = tallies.get(player);
      if (tally === undefined) continue;
      if (isAggressive(kind)) tally[AT.aggressive]!++;
      if (kind === "call") tally[AT.passive]!++;
    }
  }
};

/** The last raiser comes to act on an unbet flop; the others answer the bet while nobody has raised it. */
const countContinuation = (
  { actions }: HandStreet,
  tallies: Tallies,
  raiser: string | undefined,
): void => {
  if (raiser === undefined) return;
  let bets = 0;
  let isContinued = false;
  for (const { kind, player } of actions) {
    const tally = tallies.get(player);
    if (tally === undefined || !isDecision(kind)) continue;
    if (bets === 0 && player === raiser) {
      tally[AT.cBetChances] = 1;
      if (isAggressive(kind)) {
        tally[AT.cBet] = 1;
        isContinued = true;
      }
    } else if (isContinued && bets === 1 && player !== raiser) {
      tally[AT.foldToCBetChances] = 1;
      if (kind === "fold") tally[AT.foldToCBet] = 1;
    }
    if (isAggressive(kind)) bets++;
  }
};
