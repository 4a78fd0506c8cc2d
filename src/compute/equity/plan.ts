/**
 * How a question is answered.
 *
 *     2 to 9 known hands, or ranges with few hands in all   exact, hand by hand (`knownHands.ts`)
 *     two ranges before the flop                            exact, by match-ups (`rangesBeforeFlop.ts`)
 *     two or three ranges on a board                        exact, by run-outs (`rangesOnBoard.ts`)
 *     known hands of Omaha                                  exact, board by board (`omahaHands.ts`)
 *     anything else                                         Monte Carlo (`randomDeals.ts`)
 *
 * Of the exact approaches that a question admits, the cheapest is taken. The plan is a function of the question alone: two
 * processes make the same, and the same chunks of it.
 */
import type { EquityQuestion } from "../../../rpc/equity.ts";
import type { Approach } from "./Approach.ts";
import { isFeasible } from "./feasible.ts";
import { knownHands } from "./knownHands.ts";
import { omahaHands } from "./omahaHands.ts";
import { randomDeals } from "./randomDeals.ts";
import { rangesBeforeFlop } from "./rangesBeforeFlop.ts";
import { MAX_WEIGHT_OF_THREE, threeRangesOnBoard, twoRangesOnBoard } from "./rangesOnBoard.ts";
import { type Refusal, Refused } from "./Refused.ts";
import { readSpot, type Spot } from "./Spot.ts";

export type { Refusal } from "./Refused.ts";

export interface Plan extends Approach {
  readonly method: "exact" | "monte_carlo";
  /** Light ones are done sooner than they could be sent to another thread. */
  readonly cost: "light" | "heavy";
  readonly players: number;
  /** Of Monte Carlo: `chunks` is a bound, which is reached when this is not reached before. */
  readonly targetStdError: number;
}

export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly refusal: Refusal };

/** About as long as it is no matter if nothing else happens on a thread. */
const LIGHT_US = 1_000;
/** When nobody asks for an exact answer, it may take this long; Monte Carlo is there in a tenth of it. */
const MAX_AUTO_EXACT_US = 5_000_000;
/** Whoever asks for it may have to wait for it. */
const MAX_EXACT_US = 300_000_000;

/** Takes a millisecond or two, for nine wide ranges more; a plan can be kept. */
export const planOf = (question: EquityQuestion): Planned => {
  try {
    return read(question);
  } catch (cause) {
    if (cause instanceof Refused) return { ok: false, refusal: cause.refusal };
    throw cause;
  }
};

const read = (question: EquityQuestion): Planned => {
  const { game = "holdem", mode } = question;
  if (game !== "holdem") return planned(question, "exact", omahaHands(question, game));
  const spot = readSpot(question);
  const exact = mode === "monte_carlo" ? undefined : cheapestExact(spot);
  const limitUs = mode === "exact" ? MAX_EXACT_US : MAX_AUTO_EXACT_US;
  if (exact !== undefined && exact.costUs <= limitUs) return planned(question, "exact", exact);
  if (mode === "exact") return { ok: false, refusal: NOT_EXACT };
  if (!isFeasible(spot)) return { ok: false, refusal: NOTHING_POSSIBLE };
  return planned(question, "monte_carlo", randomDeals(spot, question));
};

const NOT_EXACT: Refusal = {
  _tag: "NotExact",
  reason: "there are too many hands for so many players",
};
const NOTHING_POSSIBLE: Refusal = {
  _tag: "NoCombination",
  reason: "the ranges do not leave all players a hand at once",
};

const planned = (
  { players, targetStdError }: EquityQuestion,
  method: Plan["method"],
  approach: Approach,
): Planned => ({
  ok: true,
  plan: {
    ...approach,
    method,
    cost: approach.costUs <= LIGHT_US ? "light" : "heavy",
    players: players.length,
    targetStdError,
  },
});

const cheapestExact = (spot: Spot): Approach =>
  [knownHands(spot), ...specialised(spot)].reduce((best, other) =>
    other.costUs < best.costUs ? other : best,
  );

const specialised = (spot: Spot): ReadonlyArray<Approach> => {
  const { players, board } = spot;
  // One choice of hands is never cheaper otherwise.
  if (players.every(({ combinations }) => combinations.length === 1)) return [];
  const [first, second, third] = players;
  if (players.length === 2)
    return [
      board.length === 0
        ? rangesBeforeFlop(spot, first!, second!)
        : twoRangesOnBoard(spot, first!, second!),
    ];
  if (players.length > 3 || board.length === 0) return [];
  if (players.some(({ maxWeight }) => maxWeight > MAX_WEIGHT_OF_THREE)) return [];
  return [threeRangesOnBoard(spot, first!, second!, third!)];
};
