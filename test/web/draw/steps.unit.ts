import { describe, expect, test } from "vitest";
import { DRAW_CHEATS, cheatDraw } from "../../../web/src/draw/cheats.ts";
import type { DrawCheat } from "../../../web/src/draw/cheats.ts";
import { isDrawClaim } from "../../../web/src/draw/DrawClaim.ts";
import { DRAW_STEP_IDS, mayFollowFrom, stepIds } from "../../../web/src/draw/Step.ts";
import type { DrawStepId } from "../../../web/src/draw/Step.ts";
import { verifyDrawSteps } from "../../../web/src/draw/steps.ts";
import type { DrawEvidence } from "../../../web/src/draw/steps.ts";
import { verdictOf } from "../../../web/src/proof/Step.ts";
import { drawn, evidenceOf } from "./drawnRaffle.ts";

const stepsOf = (evidence: DrawEvidence) => [...verifyDrawSteps(evidence)];
const falseSteps = (evidence: DrawEvidence) =>
  stepsOf(evidence)
    .filter(({ verdict }) => verdict === "differs")
    .map(({ id }) => id);
const findingsOf = (evidence: DrawEvidence, id: DrawStepId) =>
  stepsOf(evidence).find((step) => step.id === id)?.findings ?? [];

describe("an honest draw", () => {
  test("holds at every step, with a real round of the beacon", () => {
    const steps = stepsOf(evidenceOf(drawn()));
    expect(steps.map(({ id }) => id)).toEqual([...DRAW_STEP_IDS]);
    expect(steps.map(({ verdict }) => verdict)).toEqual(DRAW_STEP_IDS.map(() => "agrees"));
    expect(verdictOf(steps)).toEqual({ holds: true, failsAt: null, wasNoted: true });
  });

  test("without a beacon has no steps about one", () => {
    const steps = stepsOf(evidenceOf(drawn({ hasBeacon: false })));
    expect(steps.map(({ id }) => id)).toEqual(stepIds(false));
    expect(verdictOf(steps).holds).toBe(true);
  });

  test("shows for each prize how its winner comes about", () => {
    const claim = drawn({ prizes: 9 });
    const { draws = [] } = stepsOf(evidenceOf(claim)).at(-1) ?? {};
    // As many winners as there are tickets, and each ticket once.
    expect(draws.map(({ ticket }) => ticket).toSorted()).toEqual(claim.tickets.toSorted());
    draws.forEach(({ attempts, index, prize, remaining, ticket }, place) => {
      const winner = claim.winners[place];
      expect(ticket).toBe(`${winner?.number}:${winner?.reservation_id}`);
      expect(prize).toBe(place);
      expect(remaining).toBe(5 - place);
      expect(attempts[0]?.label).toBe(`prize-${place}`);
      expect(BigInt(`0x${attempts.at(-1)?.hash}`) % BigInt(remaining)).toBe(BigInt(index));
    });
  });
});

const CAUGHT: Readonly<Record<DrawCheat, readonly DrawStepId[]>> = {
  commitment: ["noted", "commitment"],
  server_seed: ["commitment", "winners"],
  ticket: ["digest", "own", "winners"],
  drop: ["digest", "own", "winners"],
  round: ["round", "beacon"],
  randomness: ["beacon"],
  winner: ["winners"],
};

test.each(DRAW_CHEATS)("the cheat %s is caught at its steps", (what) => {
  const claim = drawn({ numbers: [3, 14, 15, 92, 653, 700, 812, 900] });
  const altered = cheatDraw(claim, what);
  if (altered === null) throw new Error("there is nothing to alter");
  const evidence = { ...evidenceOf(claim), claim: altered };
  const found = falseSteps(evidence);
  expect(CAUGHT[what][0]).toBe(found[0]);
  // Whether the winners are others after it is the hash's affair.
  expect(found.filter((id) => id !== "winners")).toEqual(
    CAUGHT[what].filter((id) => id !== "winners"),
  );
  expect(isDrawClaim(altered as never)).toBe(true);
});

test("without a beacon, nothing of one can be altered", () => {
  const claim = drawn({ hasBeacon: false });
  expect(DRAW_CHEATS.filter((what) => cheatDraw(claim, what) === null)).toEqual([
    "round",
    "randomness",
  ]);
});

test("another round of the same chain is not the one that was awaited, and its signature is no signature of it", () => {
  const claim = drawn();
  const round = { ...claim.round!, round: 1_001 };
  const evidence = evidenceOf({ ...claim, round });
  expect(findingsOf(evidence, "round")).toEqual([
    { kind: "other_round", here: 1_000, house: 1_001 },
  ]);
  expect(findingsOf(evidence, "beacon")).toEqual([{ kind: "not_signed" }]);
});

test("a list that is not in order, or has a number twice, is no list even if its digest is right", () => {
  const claim = drawn();
  const twice = [claim.tickets[0]!, ...claim.tickets];
  expect(findingsOf(evidenceOf({ ...claim, tickets: twice }), "digest")).toContainEqual({
    kind: "out_of_order",
    ticket: claim.tickets[0],
  });
  const strange = [...claim.tickets, "no ticket"];
  expect(findingsOf(evidenceOf({ ...claim, tickets: strange }), "digest")).toContainEqual({
    kind: "no_ticket",
    ticket: "no ticket",
  });
});

test("an own ticket that is missing is named", () => {
  const claim = drawn();
  const evidence = evidenceOf(claim, { ownTickets: ["99:gala.mine"] });
  expect(findingsOf(evidence, "own")).toEqual([{ kind: "own_missing", ticket: "99:gala.mine" }]);
});

test("what was not asked, seen or bought is not compared", () => {
  const steps = stepsOf(evidenceOf(drawn(), { askedRaffleId: null, noted: null, ownTickets: [] }));
  expect(steps.filter(({ verdict }) => verdict === "idle").map(({ id }) => id)).toEqual([
    "raffle",
    "noted",
    "own",
  ]);
  expect(verdictOf(steps).wasNoted).toBe(false);
});

test("another beacon than the one that was seen during the sale is a finding", () => {
  const claim = drawn();
  const noted = { ...evidenceOf(claim).noted!, chainHash: "00" };
  expect(findingsOf(evidenceOf(claim, { noted }), "noted")).toEqual([{ kind: "other_chain" }]);
});

test("winners that are false because the seed is are said to follow from it", () => {
  const claim = drawn({ numbers: Array.from({ length: 500 }, (_, index) => index), prizes: 5 });
  const altered = cheatDraw(claim, "server_seed")!;
  const steps = stepsOf({ ...evidenceOf(claim), claim: altered });
  expect(mayFollowFrom(steps, "winners")).toBe("commitment");
  expect(mayFollowFrom(steps, "commitment")).toBeNull();
});

test("a hundred thousand tickets are drawn again within two seconds, and not all of them are shown", () => {
  const claim = drawn({ numbers: Array.from({ length: 100_000 }, (_, n) => n), prizes: 100 });
  const startMs = performance.now();
  const steps = stepsOf(evidenceOf(claim));
  expect(performance.now() - startMs).toBeLessThan(2_000);
  expect(verdictOf(steps).holds).toBe(true);
  const shown = steps.find(({ id }) => id === "digest")?.inputs[0]?.value ?? "";
  expect(shown.length).toBeLessThan(10_000);
  expect(shown).toContain("… (99880) …");
});

test("data of another shape are no draw", () => {
  const claim = { ...drawn(), status: "completed" } as never;
  expect(isDrawClaim(claim)).toBe(true);
  expect(isDrawClaim({ ...drawn(), server_seed: null } as never)).toBe(false);
  expect(isDrawClaim({ ...drawn(), server_seed: "zz" } as never)).toBe(false);
  expect(isDrawClaim({ ...drawn(), tickets: [1] } as never)).toBe(false);
});
