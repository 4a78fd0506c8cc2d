import { describe, expect, it } from "vitest";
import { hmacSha256Hex } from "../../../entities/lobby/race/hash.ts";
import { CHEATS, cheat } from "../../../web/src/verify/cheats.ts";
import type { Cheat } from "../../../web/src/verify/cheats.ts";
import type { Claim } from "../../../web/src/verify/Claim.ts";
import { formText } from "../../../web/src/verify/notedCommitments.ts";
import { verdictOf } from "../../../web/src/proof/Step.ts";
import { STEP_IDS, mayFollowFrom } from "../../../web/src/verify/Step.ts";
import type { StepId } from "../../../web/src/verify/Step.ts";
import { verifySteps } from "../../../web/src/verify/steps.ts";
import type { Evidence, OwnBet } from "../../../web/src/verify/steps.ts";
import { HONEST, evidenceOf, framesOf } from "./account.ts";

const stepsOf = (evidence: Evidence) => [...verifySteps(evidence)];
const failing = (evidence: Evidence): readonly StepId[] =>
  stepsOf(evidence)
    .filter(({ verdict }) => verdict === "differs")
    .map(({ id }) => id);
const findingsOf = (evidence: Evidence, id: StepId) =>
  stepsOf(evidence).find((step) => step.id === id)?.findings;

const noted = {
  raceId: HONEST.race_id,
  commitment: HONEST.commitment,
  form: formText(HONEST.field),
  notedAtMs: 0,
};

describe("an honest account", () => {
  it("agrees in every step, each with what went in and what came out", () => {
    const steps = stepsOf(evidenceOf(HONEST, { noted, ownBets: [ownBet(0), ownBet(5)] }));
    expect(steps.map(({ id }) => id)).toEqual(STEP_IDS);
    expect(steps.filter(({ verdict }) => verdict !== "agrees")).toEqual([]);
    expect(steps.filter(({ computed }) => computed === null)).toEqual([]);
    expect(verdictOf(steps)).toEqual({ holds: true, failsAt: null, wasNoted: true });
  });

  it("without a noted commitment, own bets and frames these are not compared, and the rest holds", () => {
    const steps = stepsOf(evidenceOf(HONEST, { askedRaceId: null, frames: null }));
    expect(steps.filter(({ verdict }) => verdict === "idle").map(({ id }) => id)).toEqual([
      "race",
      "noted",
      "own",
      "frames",
    ]);
    expect(verdictOf(steps)).toEqual({ holds: true, failsAt: null, wasNoted: false });
  });

  it("says the published SHA-256 of a published seed text", () => {
    const commitment = stepsOf(evidenceOf(HONEST)).find(({ id }) => id === "commitment");
    expect(commitment?.computed).toBe(
      "c6656428c631747b6d9c89232eab201ad8dc187f19f74dda18dbaf67dc1a8268",
    );
  });

  it("keys its HMAC with texts, as published vectors do", () => {
    expect(hmacSha256Hex("server seed", "client seed-1")).toBe(
      "78ed9330f00055f15765cb141088f316d507204a745ad4800fd719fcbfca071a",
    );
    expect(hmacSha256Hex(HONEST.server_seed, "77ecfa83b02c6f630d7636bd3af18b7f6")).toBe(
      "ddb1510947b80f351a19607853aa6918d404d7d1737a009d78508d81097abdcd",
    );
  });

  it("shows the bets as they are hashed", async () => {
    const digest = stepsOf(evidenceOf(HONEST)).find(({ id }) => id === "digest");
    const lines = digest?.inputs[0]?.value ?? "";
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lines));
    expect(Buffer.from(hash).toString("hex")).toBe(HONEST.bets_digest);
  });
});

describe("a tampered account", () => {
  const failsFrom: Readonly<Record<Cheat, StepId>> = {
    commitment: "commitment",
    server_seed: "commitment",
    stake: "digest",
    selection: "digest",
    drop: "digest",
    order: "order",
    payout: "payouts",
  };

  it.each(CHEATS)("%s is false at its step first", (what) => {
    const claim = cheat(HONEST, what);
    expect(claim).not.toBeNull();
    const steps = stepsOf(evidenceOf(claim ?? HONEST));
    expect(verdictOf(steps)).toMatchObject({ holds: false, failsAt: failsFrom[what] });
  });

  it("one value that nothing follows from fails one step", () => {
    expect(failing(evidenceOf(changed("commitment")))).toEqual(["commitment"]);
    expect(failing(evidenceOf(changed("order")))).toEqual(["order"]);
    expect(failing(evidenceOf(changed("payout")))).toEqual(["payouts"]);
    expect(failing(evidenceOf({ ...HONEST, bets_digest: "00" }))).toEqual(["digest"]);
  });

  it("a seed fails what is computed from it, and says where that comes from", () => {
    const steps = stepsOf(evidenceOf(changed("server_seed")));
    expect(steps.filter(({ verdict }) => verdict === "differs").map(({ id }) => id)).toEqual([
      "commitment",
      "seed",
      "frames",
      "order",
      "payouts",
    ]);
    expect(mayFollowFrom(steps, "commitment")).toBeNull();
    expect(mayFollowFrom(steps, "digest")).toBeNull();
    expect(mayFollowFrom(steps, "seed")).toBe("commitment");
    expect(mayFollowFrom(steps, "payouts")).toBe("commitment");
  });

  it("another race than asked for", () => {
    const claim = { ...HONEST, race_id: "race-2" };
    expect(findingsOf(evidenceOf(claim), "race")).toEqual([
      { kind: "other_race", asked: "race-1", answered: "race-2" },
    ]);
  });

  it("another commitment or form than was noted", () => {
    const other = { ...noted, commitment: "00" };
    expect(findingsOf(evidenceOf(HONEST, { noted: other }), "noted")).toEqual([
      { kind: "other_commitment" },
    ]);
    const [first, ...rest] = HONEST.field;
    const form = { ...first!.form, speed: first!.form.speed + 1 };
    const claim = { ...HONEST, field: [{ ...first!, form }, ...rest] };
    expect(findingsOf(evidenceOf(claim, { noted }), "noted")).toEqual([{ kind: "other_form" }]);
  });

  it("a frame that was shown otherwise, by tick and runner", () => {
    const frames = framesOf(HONEST).map((frame, tick) =>
      tick === 50 ? frame.map((mm, lane) => (lane === 2 ? mm + 1 : mm)) : frame,
    );
    expect(findingsOf(evidenceOf(HONEST, { frames }), "frames")).toEqual([
      {
        kind: "frame",
        tick: 50,
        number: HONEST.field[2]?.number,
        hereMm: frames[50]![2]! - 1,
        houseMm: frames[50]![2],
      },
    ]);
  });

  it("frames that are missing", () => {
    const frames = framesOf(HONEST).slice(0, -1);
    expect(findingsOf(evidenceOf(HONEST, { frames }), "frames")).toEqual([
      { kind: "frame_count", here: frames.length + 1, house: frames.length },
    ]);
  });

  it("data that no race can have stop where they are needed", () => {
    expect(failing(evidenceOf({ ...HONEST, max_ticks: 7 }))).toEqual([
      "frames",
      "order",
      "payouts",
    ]);
    const [bet, ...others] = HONEST.bets;
    const claim = { ...HONEST, bets: [{ ...bet!, bet_id: "a|b" }, ...others] };
    expect(findingsOf(evidenceOf(claim), "digest")).toMatchObject([{ kind: "impossible" }]);
    expect(findingsOf(evidenceOf(claim), "payouts")).toEqual([{ kind: "not_reached" }]);
  });

  it("lists so many false payouts and counts the others", () => {
    const payouts = HONEST.payouts.map(({ bet_id, payout }) => ({ bet_id, payout: payout + 1 }));
    const findings = findingsOf(evidenceOf({ ...HONEST, payouts }), "payouts") ?? [];
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)).toEqual({ kind: "more_payouts", count: HONEST.bets.length - 20 });
  });
});

describe("own bets", () => {
  const finds = (own: OwnBet, claim: Claim = HONEST) =>
    findingsOf(evidenceOf(claim, { ownBets: [own] }), "own");

  it("stand in the list as they were placed, with what was paid", () => {
    expect(finds(ownBet(3))).toEqual([]);
    expect(finds({ ...ownBet(3), payout: null })).toEqual([]);
  });

  it("a missing, a changed, a cancelled or a differently paid one is named", () => {
    const betId = ownBet(0).bet_id;
    expect(finds(ownBet(0), changed("drop"))).toEqual([{ kind: "own_missing", betId }]);
    expect(finds(ownBet(0), changed("stake"))).toEqual([{ kind: "own_changed", betId }]);
    expect(finds(ownBet(0), changed("selection"))).toEqual([{ kind: "own_changed", betId }]);
    expect(finds({ ...ownBet(0), status: "cancelled" })).toEqual([
      { kind: "own_cancelled", betId },
    ]);
    expect(finds({ ...ownBet(0), payout: 12_345_678 })).toMatchObject([
      { kind: "own_payout", betId, paidMinor: 12_345_678 },
    ]);
  });

  it("a cancelled one is rightly left out", () => {
    const gone = { ...ownBet(0), bet_id: "bet-gone", status: "cancelled" };
    const steps = stepsOf(evidenceOf(HONEST, { ownBets: [gone] }));
    expect(steps.find(({ id }) => id === "own")?.verdict).toBe("agrees");
  });
});

function changed(what: Cheat): Claim {
  const claim = cheat(HONEST, what);
  if (claim === null) throw new Error(`nothing to change: ${what}`);
  return claim;
}

/** The n-th bet of the account, as its player has it. */
function ownBet(index: number): OwnBet {
  const { bet_id, market, selection, stake } = HONEST.bets[index]!;
  const payout = HONEST.payouts.find((one) => one.bet_id === bet_id)!.payout;
  return { bet_id, market, selection, stake, status: payout > 0 ? "won" : "lost", payout };
}
