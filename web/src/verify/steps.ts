/**
 * The verification of a race, one step at a time, from what is public about it.
 *
 * The same functions that the house runs (`entities/lobby/race`) run here, in the order in which each value follows from
 * those before: commitment, digest of the bets, final seed, frames, order, payouts. What a step gives is computed from
 * what the steps before it computed, never from what the house claims, so a false value shows where it stands and in all
 * that follows. `verifyRace` gives the same verdicts without the values.
 */
import { betsDigest, commitment, finalSeed } from "../../../entities/lobby/race/fairness.ts";
import type { DigestedBet } from "../../../entities/lobby/race/fairness.ts";
import { sha256Hex } from "../../../entities/lobby/race/hash.ts";
import { formatOrder, framesDigest, settleRace } from "../../../entities/lobby/race/replay.ts";
import { simulate } from "../../../entities/lobby/race/simulation.ts";
import type { RaceRun } from "../../../entities/lobby/race/simulation.ts";
import { frameDifference } from "../replay/frameDifference.ts";
import type { Claim } from "./Claim.ts";
import { formText } from "./notedCommitments.ts";
import type { Noted } from "./notedCommitments.ts";
import type { StepVerdict } from "../proof/Step.ts";
import type { Finding, Step } from "./Step.ts";

/** A bet as its player has it from `GET /bets`. */
export interface OwnBet {
  readonly bet_id: string;
  readonly market: string;
  readonly selection: readonly number[];
  readonly stake: number;
  readonly status: string;
  /** Null until it is settled. */
  readonly payout: number | null;
}

export interface Evidence {
  readonly claim: Claim;
  /** Which race was asked for; null for data that nobody asked the house for. */
  readonly askedRaceId: string | null;
  /** What this browser noted while bets were taken. */
  readonly noted: Noted | null;
  /** The player's own; null at the door. */
  readonly ownBets: readonly OwnBet[] | null;
  /** The frames that the house shows as the race's, by tick and lane; null when they could not be read. */
  readonly frames: readonly (readonly number[])[] | null;
}

/** More single faults than this are counted, not listed. */
const MAX_LISTED = 20;

const verdict = (findings: readonly Finding[]): StepVerdict =>
  findings.length === 0 ? "agrees" : "differs";

/** The steps as they are done; each is as far as the next needs. Never throws for any claim of the right shape. */
export function* verifySteps(evidence: Evidence): Generator<Step, void, undefined> {
  const { claim } = evidence;
  yield raceStep(evidence);
  yield notedStep(evidence);
  yield commitmentStep(claim);
  const digest = attempt(() => betsDigest(betsOf(claim)));
  yield digestStep(claim, digest);
  yield ownStep(evidence);
  const seed = map(digest, (hex) => finalSeed(claim.server_seed, claim.race_id, hex));
  yield seedStep(claim, digest, seed);
  const run = map(seed, (hex) => simulate({ ...raceInputs(claim), seed: hex }));
  yield framesStep(evidence, seed, run);
  yield orderStep(claim, run);
  yield payoutsStep(claim, run);
}

/** A value, or why there can be none. */
type Computed<A> =
  | { readonly ok: true; readonly value: A }
  | { readonly ok: false; readonly finding: Finding };

function attempt<A>(compute: () => A): Computed<A> {
  try {
    return { ok: true, value: compute() };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, finding: { kind: "impossible", reason: error.message } };
  }
}

const NOT_REACHED = { ok: false, finding: { kind: "not_reached" } } as const;

const map = <A, B>(from: Computed<A>, compute: (value: A) => B): Computed<B> =>
  from.ok ? attempt(() => compute(from.value)) : NOT_REACHED;

const textOf = (value: Computed<string>): string | null => (value.ok ? value.value : null);

function raceStep({ askedRaceId, claim }: Evidence): Step {
  const step = {
    id: "race",
    formula: "asked race_id = answered race_id",
    inputs: [],
    computed: askedRaceId,
    claimed: claim.race_id,
  } as const;
  if (askedRaceId === null)
    return { ...step, verdict: "idle", findings: [{ kind: "nobody_asked" }] };
  const findings: readonly Finding[] =
    askedRaceId === claim.race_id
      ? []
      : [{ kind: "other_race", asked: askedRaceId, answered: claim.race_id }];
  return { ...step, verdict: verdict(findings), findings };
}

function notedStep({ claim, noted }: Evidence): Step {
  const step = { id: "noted", formula: "noted commitment = commitment", inputs: [] } as const;
  if (noted === null || noted.raceId !== claim.race_id) {
    const findings: readonly Finding[] = [{ kind: "nothing_noted" }];
    return { ...step, verdict: "idle", computed: null, claimed: claim.commitment, findings };
  }
  const findings: Finding[] = [];
  if (noted.commitment !== claim.commitment) findings.push({ kind: "other_commitment" });
  if (noted.form !== formText(claim.field)) findings.push({ kind: "other_form" });
  return {
    ...step,
    verdict: verdict(findings),
    computed: noted.commitment,
    claimed: claim.commitment,
    findings,
  };
}

function commitmentStep({ commitment: claimed, server_seed: serverSeed }: Claim): Step {
  const computed = commitment(serverSeed);
  const findings: readonly Finding[] = computed === claimed ? [] : [{ kind: "not_committed" }];
  return {
    id: "commitment",
    verdict: verdict(findings),
    formula: "SHA-256(server_seed) = commitment",
    inputs: [{ name: "server_seed", value: serverSeed }],
    computed,
    claimed,
    findings,
  };
}

function digestStep(claim: Claim, digest: Computed<string>): Step {
  const findings: readonly Finding[] = !digest.ok
    ? [digest.finding]
    : digest.value === claim.bets_digest
      ? []
      : [{ kind: "other_digest", bets: claim.bets.length }];
  return {
    id: "digest",
    verdict: verdict(findings),
    formula: String.raw`SHA-256(Σ "bet_id|player_id|market|selection|stake\n") = bets_digest`,
    inputs: [{ name: `bets (${claim.bets.length})`, value: betLines(claim) }],
    computed: textOf(digest),
    claimed: claim.bets_digest,
    findings,
  };
}

function ownStep({ claim, ownBets }: Evidence): Step {
  const mine = ownBets ?? [];
  const findings = ownBets === null ? [] : ownFindings(mine, claim);
  const step = { id: "own", formula: "own bets ⊂ bets" } as const;
  if (mine.length === 0) {
    const kind = ownBets === null ? "nobody_asked" : "no_own_bets";
    return {
      ...step,
      verdict: "idle",
      inputs: [],
      computed: null,
      claimed: null,
      findings: [{ kind }],
    };
  }
  const standing = mine.filter(({ status }) => status !== "cancelled");
  const found = standing.filter((own) => claim.bets.some((bet) => isSameBet(bet, own)));
  return {
    ...step,
    verdict: verdict(findings),
    inputs: [
      {
        name: `bets (${mine.length})`,
        value: mine
          .map(
            (bet) =>
              `${bet.bet_id}|${bet.market}|${bet.selection.join("-")}|${bet.stake}|${bet.status}`,
          )
          .join("\n"),
      },
    ],
    computed: String(standing.length),
    claimed: String(found.length),
    findings,
  };
}

const isSameBet = (bet: Claim["bets"][number], own: OwnBet): boolean =>
  bet.bet_id === own.bet_id &&
  bet.market === own.market &&
  bet.stake === own.stake &&
  bet.selection.join("-") === own.selection.join("-");

function ownFindings(mine: readonly OwnBet[], { bets, payouts }: Claim): readonly Finding[] {
  return mine.flatMap((own): readonly Finding[] => {
    const betId = own.bet_id;
    const bet = bets.find(({ bet_id }) => bet_id === betId);
    if (own.status === "cancelled")
      return bet === undefined ? [] : [{ kind: "own_cancelled", betId }];
    if (bet === undefined) return [{ kind: "own_missing", betId }];
    if (!isSameBet(bet, own)) return [{ kind: "own_changed", betId }];
    const claimedMinor = payouts.find(({ bet_id }) => bet_id === betId)?.payout ?? 0;
    return own.payout === null || own.payout === claimedMinor
      ? []
      : [{ kind: "own_payout", betId, paidMinor: own.payout, claimedMinor }];
  });
}

function seedStep(claim: Claim, digest: Computed<string>, seed: Computed<string>): Step {
  const findings: readonly Finding[] = !seed.ok
    ? [seed.finding]
    : seed.value === claim.final_seed
      ? []
      : [{ kind: "other_seed" }];
  return {
    id: "seed",
    verdict: verdict(findings),
    formula: 'HMAC-SHA256(key = server_seed, race_id + ":" + bets_digest) = final_seed',
    inputs: [
      { name: "server_seed", value: claim.server_seed },
      { name: "race_id", value: claim.race_id },
      { name: "bets_digest", value: textOf(digest) ?? "–" },
    ],
    computed: textOf(seed),
    claimed: claim.final_seed,
    findings,
  };
}

function framesStep(
  { claim, frames }: Evidence,
  seed: Computed<string>,
  run: Computed<RaceRun>,
): Step {
  const step = {
    id: "frames",
    formula: "simulate(final_seed, field, scratched, powers, max_ticks) = frames; SHA-256(frames)",
    inputs: [
      { name: "final_seed", value: textOf(seed) ?? "–" },
      { name: `field (${claim.field.length})`, value: fieldLines(claim) },
      { name: "scratched", value: claim.scratched.join(", ") || "–" },
      { name: `powers (${claim.powers.length})`, value: powerLines(claim) || "–" },
      { name: "max_ticks", value: String(claim.max_ticks) },
    ],
    claimed: frames === null ? null : digestOfFrames(frames),
  } as const;
  if (!run.ok) {
    return { ...step, verdict: "differs", computed: null, findings: [run.finding] };
  }
  const computed = framesDigest(run.value);
  if (frames === null) {
    return { ...step, verdict: "idle", computed, findings: [{ kind: "no_frames" }] };
  }
  const findings = frameFindings(run.value, frames, claim);
  return { ...step, verdict: verdict(findings), computed, findings };
}

/** The first frame that is another one, or whether there are as many. */
function frameFindings(
  run: RaceRun,
  frames: readonly (readonly number[])[],
  { field }: Claim,
): readonly Finding[] {
  const difference = frameDifference(run, frames);
  if (difference !== null) {
    const { hereMm, lane, shownMm: houseMm, tick } = difference;
    return [{ kind: "frame", tick, number: field[lane]?.number ?? lane + 1, hereMm, houseMm }];
  }
  const here = run.finishTick + 1;
  return here === frames.length ? [] : [{ kind: "frame_count", here, house: frames.length }];
}

function orderStep(claim: Claim, run: Computed<RaceRun>): Step {
  const claimed = formatOrder(claim.order);
  const step = { id: "order", formula: "frames → order", claimed } as const;
  if (!run.ok) {
    return {
      ...step,
      verdict: "differs",
      inputs: [],
      computed: null,
      findings: [NOT_REACHED.finding],
    };
  }
  const { finishTicks, order } = run.value;
  const computed = formatOrder(order);
  const findings: readonly Finding[] =
    JSON.stringify(order) === JSON.stringify(claim.order)
      ? []
      : [{ kind: "other_order", here: computed, house: claimed }];
  return {
    ...step,
    verdict: verdict(findings),
    inputs: [
      {
        name: "finish_ticks",
        value: claim.field
          .map(({ name, number }, lane) => `${number} ${name}: ${finishTicks[lane] ?? "–"}`)
          .join("\n"),
      },
    ],
    computed,
    findings,
  };
}

function payoutsStep(claim: Claim, run: Computed<RaceRun>): Step {
  const step = {
    id: "payouts",
    formula: "settle(bets, order, scratched, takeout_per_mille) = payouts",
    claimed: payoutLines(claim.payouts),
  } as const;
  const pools = map(run, ({ order }) =>
    settleRace({
      bets: betsOf(claim),
      order,
      scratched: claim.scratched,
      takeoutPerMille: claim.takeout_per_mille,
    }),
  );
  if (!pools.ok) {
    return { ...step, verdict: "differs", inputs: [], computed: null, findings: [pools.finding] };
  }
  const due = new Map(
    pools.value.flatMap(({ outcomes }) =>
      outcomes.map(({ betId, payoutMinor }) => [betId, payoutMinor] as const),
    ),
  );
  const findings = payoutFindings(due, claim);
  return {
    ...step,
    verdict: verdict(findings),
    inputs: [
      { name: "order", value: run.ok ? formatOrder(run.value.order) : "–" },
      { name: "takeout_per_mille", value: String(claim.takeout_per_mille) },
      {
        name: `pools (${pools.value.length})`,
        value: pools.value
          .map(
            (pool) =>
              `${pool.market}: ${pool.stakesMinor} = ${pool.payoutsMinor} + ${pool.refundsMinor} + ${pool.takeoutMinor} + ${pool.breakageMinor}` +
              pool.dividends
                .map(({ per100Minor, selection }) => `\n  ${selection} → ${per100Minor} / 100`)
                .join(""),
          )
          .join("\n"),
      },
    ],
    computed: payoutLines([...due].map(([bet_id, payout]) => ({ bet_id, payout }))),
    findings,
  };
}

function payoutFindings(
  due: ReadonlyMap<string, number>,
  { payouts }: Pick<Claim, "payouts">,
): readonly Finding[] {
  const findings: Finding[] = [];
  const claimedFor = new Set(payouts.map(({ bet_id }) => bet_id));
  if (due.size !== payouts.length || claimedFor.size !== payouts.length) {
    findings.push({ kind: "payout_count", bets: due.size, payouts: payouts.length });
  }
  const wrong = payouts.filter(({ bet_id, payout }) => due.get(bet_id) !== payout);
  for (const { bet_id: betId, payout: claimedMinor } of wrong.slice(0, MAX_LISTED)) {
    findings.push({ kind: "payout", betId, dueMinor: due.get(betId) ?? 0, claimedMinor });
  }
  if (wrong.length > MAX_LISTED) {
    findings.push({ kind: "more_payouts", count: wrong.length - MAX_LISTED });
  }
  return findings;
}

const betsOf = ({ bets }: Claim): readonly DigestedBet[] =>
  bets.map(({ bet_id, market, player_id, selection, stake }) => ({
    betId: bet_id,
    playerId: player_id,
    market,
    selection,
    stakeMinor: stake,
  }));

const raceInputs = ({ field, max_ticks, powers, scratched }: Claim) => ({
  field,
  scratched,
  maxTicks: max_ticks,
  powers,
});

/** As they enter the digest, so that `sha256sum` of the copied text, with its last line feed, shows the same. */
const betLines = ({ bets }: Claim): string =>
  bets
    .toSorted((a, b) => (a.bet_id < b.bet_id ? -1 : a.bet_id > b.bet_id ? 1 : 0))
    .map(
      ({ bet_id, market, player_id, selection, stake }) =>
        `${bet_id}|${player_id}|${market}|${selection.join("-")}|${stake}\n`,
    )
    .join("");

const fieldLines = ({ field }: Claim): string =>
  field
    .map(
      ({ form, name, number }) =>
        `${number} ${name}: ${form.speed} ${form.stamina} ${form.start} ${form.consistency}`,
    )
    .join("\n");

const powerLines = ({ powers }: Claim): string =>
  powers.map(({ power, target, tick }) => `${tick}: ${power} → ${target}`).join("\n");

const payoutLines = (payouts: Claim["payouts"]): string =>
  payouts
    .toSorted((a, b) => (a.bet_id < b.bet_id ? -1 : a.bet_id > b.bet_id ? 1 : 0))
    .map(({ bet_id, payout }) => `${bet_id}: ${payout}`)
    .join("\n");

/** As `framesDigest` has it: big-endian 32-bit integers, tick after tick. */
function digestOfFrames(frames: readonly (readonly number[])[]): string {
  const flat = frames.flat();
  const view = new DataView(new ArrayBuffer(flat.length * 4));
  flat.forEach((position, index) => view.setInt32(index * 4, position));
  return sha256Hex(new Uint8Array(view.buffer));
}
