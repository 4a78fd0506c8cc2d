/** The steps say what `verifyRace` says, of honest accounts and of any that were tampered with. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { verifyRace } from "../../../entities/lobby/race/replay.ts";
import { CHEATS, cheat } from "../../../web/src/verify/cheats.ts";
import type { Claim } from "../../../web/src/verify/Claim.ts";
import { isClaim, parseClaim } from "../../../web/src/verify/Claim.ts";
import { verdictOf } from "../../../web/src/proof/Step.ts";
import type { StepId } from "../../../web/src/verify/Step.ts";
import { verifySteps } from "../../../web/src/verify/steps.ts";
import { account, framesOf, publicRace } from "./account.ts";

const RUNS = 150;

const stepsOf = (claim: Claim, frames: readonly (readonly number[])[] | null) => [
  ...verifySteps({ claim, askedRaceId: claim.race_id, noted: null, ownBets: null, frames }),
];

/** Any of the console's own cheats, or what only a wilder house would do. */
const tampering: fc.Arbitrary<(claim: Claim) => Claim> = fc.oneof(
  fc.constantFrom(...CHEATS).map((what) => (claim: Claim) => cheat(claim, what) ?? claim),
  fc.constantFrom<(claim: Claim) => Claim>(
    (claim) => ({ ...claim, final_seed: "not a seed" }),
    (claim) => ({ ...claim, race_id: `${claim.race_id}x` }),
    (claim) => ({ ...claim, max_ticks: claim.max_ticks + 1 }),
    (claim) => ({ ...claim, max_ticks: 3 }),
    (claim) => ({ ...claim, takeout_per_mille: 1_001 }),
    (claim) => ({ ...claim, takeout_per_mille: 0 }),
    (claim) => ({ ...claim, powers: claim.powers.slice(1) }),
    (claim) => ({ ...claim, scratched: [1] }),
    (claim) => ({ ...claim, field: claim.field.slice(1) }),
    (claim) => ({ ...claim, order: claim.order.toReversed() }),
    (claim) => ({ ...claim, order: [claim.order.flat()] }),
    (claim) => ({ ...claim, bets: [...claim.bets, ...claim.bets.slice(0, 1)] }),
    (claim) => ({ ...claim, bets: claim.bets.map((bet) => ({ ...bet, stake: -bet.stake })) }),
    (claim) => ({ ...claim, bets: claim.bets.map((bet) => ({ ...bet, player_id: "a\nb" })) }),
    (claim) => ({ ...claim, payouts: [] }),
    (claim) => ({ ...claim, payouts: [...claim.payouts, ...claim.payouts.slice(0, 1)] }),
  ),
);

const expectSameVerdict = (claim: Claim) => {
  const steps = stepsOf(claim, null);
  const agrees = (id: StepId) => steps.find((step) => step.id === id)?.verdict === "agrees";
  expect({
    commitmentOk: agrees("commitment"),
    seedOk: agrees("seed"),
    orderOk: agrees("order"),
    payoutsOk: agrees("payouts"),
  }).toEqual((({ details: _, ...verdict }) => verdict)(verifyRace(publicRace(claim))));
};

test("an honest account holds, and each of its frames is found again", () => {
  fc.assert(
    fc.property(account, (claim) => {
      expect(verdictOf(stepsOf(claim, framesOf(claim))).holds).toBe(true);
      expectSameVerdict(claim);
    }),
    { numRuns: RUNS },
  );
});

test("of a tampered account the steps say what verifyRace says, and never throw", () => {
  fc.assert(
    fc.property(account, fc.array(tampering, { minLength: 1, maxLength: 3 }), (claim, changes) => {
      expectSameVerdict(changes.reduce((before, change) => change(before), claim));
    }),
    { numRuns: RUNS },
  );
});

test("each of the console's cheats is caught in any account that has such a value", () => {
  fc.assert(
    fc.property(account, fc.constantFrom(...CHEATS), (claim, what) => {
      const altered = cheat(claim, what);
      fc.pre(altered !== null);
      expect(isClaim(altered)).toBe(true);
      expect(verdictOf(stepsOf(altered, framesOf(claim))).holds).toBe(false);
    }),
    { numRuns: RUNS },
  );
});

test("an account survives being written down and read", () => {
  fc.assert(
    fc.property(account, (claim) => {
      expect(parseClaim(JSON.stringify(claim))).toEqual({
        ok: true,
        claim: JSON.parse(JSON.stringify(claim)),
      });
    }),
    { numRuns: RUNS },
  );
});
