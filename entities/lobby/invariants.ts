/**
 * What is always true of a lobby, as code: asserted after every step of the property tests, and over the whole database
 * by the audit.
 */
import { HashMap, HashSet } from "effect";
import { type BetId, branded, type HoldId } from "../../rpc/id.ts";
import { commitment } from "./race/fairness.ts";
import { MARKETS } from "./race/market.ts";
import type { LobbyState, Race } from "./state.ts";

type Check = (holds: boolean, sentence: string) => void;

/** The sentences that a lobby's state breaks; none for a sound one. */
export const broken = (state: LobbyState): ReadonlyArray<string> => {
  const found: Array<string> = [];
  const check: Check = (holds, sentence) => void (holds || found.push(sentence));
  checkPhase(state, check);
  if (state.race !== null) {
    checkStakes(state.race, check);
    checkDebts(state, state.race, check);
    checkResult(state.race, check);
    check(
      state.race.commitment === commitment(state.race.serverSeed),
      "the server seed is the one committed to",
    );
  }
  check(state.race !== null || HashMap.isEmpty(state.debts), "without a race nothing is owed");
  return found;
};

const checkPhase = (state: LobbyState, check: Check) => {
  const { created, phase, phaseEndsAt, race, running } = state;
  check(created !== null || (race === null && !running), "what was not created runs no race");
  check(phase === "lobby" || race !== null, "only a lobby between races may have no race");
  const isWaiting = created === null || phase === "settling" || (phase === "lobby" && !running);
  check((phaseEndsAt === null) === isWaiting, "a phase has an end unless it depends on no clock");
  if (race === null) return;
  const { finished, started } = race;
  check((started !== null) === (phase !== "betting"), "a race has started once betting is over");
  check(
    (finished !== null) === (phase === "settling" || phase === "lobby"),
    "a race has finished when it is settled or being settled",
  );
  check(race.casts.length === 0 || started !== null, "powers are cast on a race that has started");
};

const checkStakes = (race: Race, check: Check) => {
  const bets = [...HashMap.values(race.bets)];
  for (const market of MARKETS) {
    const stakes = bets.filter((bet) => bet.market === market);
    const sum = stakes.reduce((total, bet) => total + bet.stakeMinor, 0);
    check(race.pools[market] === sum, `the ${market} pool is the sum of its stakes`);
  }
  const staked = new Map<string, number>();
  for (const { market, playerId, stakeMinor } of bets) {
    const key = `${playerId}|${market}`;
    staked.set(key, (staked.get(key) ?? 0) + stakeMinor);
  }
  check(
    [...race.staked].every(([key, sum]) => sum === (staked.get(key) ?? 0)) &&
      [...staked.keys()].every((key) => HashMap.has(race.staked, key)),
    "what a player has staked in a market is the sum of the bets",
  );
  const wins = race.field.map(({ number }) =>
    bets.reduce(
      (sum, bet) =>
        bet.market === "win" && bet.selection[0] === number ? sum + bet.stakeMinor : sum,
      0,
    ),
  );
  check(
    race.winStakes.every((stake, lane) => stake === wins[lane]),
    "the win stakes by lane are the sums of the bets",
  );
  check(
    [...race.cancelled].every((betId) => !HashMap.has(race.bets, betId)),
    "a cancelled bet is no bet",
  );
};

const checkDebts = ({ debts, phase, voided }: LobbyState, race: Race, check: Check) => {
  const isBet = (id: string) => HashMap.has(race.bets, branded<BetId>(id));
  const isCancelled = (id: string) => HashSet.has(race.cancelled, branded<BetId>(id));
  const casts = new Set<string>(race.casts.map((cast) => cast.castId));
  const isFinished = race.finished !== null;
  check(
    [...debts].every(([holdId, debt]) =>
      debt._tag === "Release"
        ? isCancelled(holdId)
        : isFinished && (isBet(holdId) || casts.has(holdId)),
    ),
    "each debt is a cancelled bet's, or a finished race's bet's or cast's",
  );
  check(phase !== "settling" || !HashMap.isEmpty(debts), "a lobby that settles owes something");
  check(phase !== "lobby" || HashMap.isEmpty(debts), "a lobby between races owes nothing");
  const stands = (holdId: HoldId) => isBet(holdId) || casts.has(holdId);
  check(![...HashMap.keys(voided)].some(stands), "nothing stands under a voided id");
};

const checkResult = ({ finished, pools }: Race, check: Check) => {
  for (const pool of finished?.pools ?? []) {
    const { breakageMinor, market, payoutsMinor, refundsMinor, stakesMinor, takeoutMinor } = pool;
    check(stakesMinor === pools[market], `the ${market} result is that of the ${market} pool`);
    check(
      stakesMinor === payoutsMinor + refundsMinor + takeoutMinor + breakageMinor,
      `every unit of the ${market} pool lands somewhere`,
    );
  }
};
