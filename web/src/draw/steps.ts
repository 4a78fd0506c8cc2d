/**
 * The verification of a draw, one step at a time, from what is public about it.
 *
 * The same functions that the house runs (`entities/raffle/draw`) run here: commitment, digest of the tickets, the beacon's
 * round and its signature, the winners. What a step gives is computed from what the steps before it computed, never from
 * what the house claims, so a false value shows where it stands and in all that follows.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { commitment, drawHash, indexBelow } from "../../../entities/raffle/draw/pick.ts";
import type { DrawInput } from "../../../entities/raffle/draw/pick.ts";
import { awaitedRound, isAuthentic } from "../../../entities/raffle/draw/round.ts";
import { ticketText, ticketsDigest } from "../../../entities/raffle/draw/tickets.ts";
import type { StepVerdict } from "../proof/Step.ts";
import type { DrawClaim } from "./DrawClaim.ts";
import type { NotedRaffle } from "./notedRaffles.ts";
import type { Attempt, DrawFinding, DrawStep, PrizeDraw } from "./Step.ts";
import { shownTickets } from "./shownTickets.ts";

export interface DrawEvidence {
  readonly claim: DrawClaim;
  /** Which raffle was asked for; null for data that nobody asked the house for. */
  readonly askedRaffleId: string | null;
  /** What this browser noted while numbers were on sale. */
  readonly noted: NotedRaffle | null;
  /** The player's own, as they stand in the list; null at the door. */
  readonly ownTickets: readonly string[] | null;
}

/** More single faults than this say nothing new. */
const MAX_LISTED = 10;

const verdict = (findings: readonly DrawFinding[]): StepVerdict =>
  findings.length === 0 ? "agrees" : "differs";

const NO_DRAWS: readonly PrizeDraw[] = [];

/** The steps as they are done; those of the beacon where the raffle has one. Never throws for any claim of the right shape. */
export function* verifyDrawSteps(evidence: DrawEvidence): Generator<DrawStep, void, undefined> {
  const { claim } = evidence;
  yield raffleStep(evidence);
  yield notedStep(evidence);
  yield commitmentStep(claim);
  const digest = ticketsDigest(claim.tickets);
  yield digestStep(claim, digest);
  yield ownStep(evidence);
  const randomness =
    claim.round === null ? null : bytesToHex(sha256(hexToBytes(claim.round.signature)));
  if (claim.beacon !== null) {
    yield roundStep(claim, claim.beacon);
    yield beaconStep(claim, claim.beacon, randomness);
  }
  yield winnersStep(claim, {
    serverSeed: claim.server_seed,
    randomness: claim.beacon === null ? null : randomness,
    ticketsDigest: digest,
  });
}

function raffleStep({ askedRaffleId, claim }: DrawEvidence): DrawStep {
  const step = {
    id: "raffle",
    formula: "asked raffle_id = answered raffle_id",
    inputs: [],
    computed: askedRaffleId,
    claimed: claim.raffle_id,
    draws: NO_DRAWS,
  } as const;
  if (askedRaffleId === null) {
    return { ...step, verdict: "idle", findings: [{ kind: "nobody_asked" }] };
  }
  const findings: readonly DrawFinding[] =
    askedRaffleId === claim.raffle_id
      ? []
      : [{ kind: "other_raffle", asked: askedRaffleId, answered: claim.raffle_id }];
  return { ...step, verdict: verdict(findings), findings };
}

function notedStep({ claim, noted }: DrawEvidence): DrawStep {
  const step = {
    id: "noted",
    formula: "noted commitment = commitment",
    inputs: [],
    claimed: claim.commitment,
    draws: NO_DRAWS,
  } as const;
  if (noted === null || noted.raffleId !== claim.raffle_id) {
    return { ...step, verdict: "idle", computed: null, findings: [{ kind: "nothing_noted" }] };
  }
  const findings: DrawFinding[] = [];
  if (noted.commitment !== claim.commitment) findings.push({ kind: "other_commitment" });
  if (noted.chainHash !== (claim.beacon?.chain_hash ?? "")) findings.push({ kind: "other_chain" });
  return { ...step, verdict: verdict(findings), computed: noted.commitment, findings };
}

function commitmentStep({ commitment: claimed, server_seed: serverSeed }: DrawClaim): DrawStep {
  const computed = commitment(serverSeed);
  const findings: readonly DrawFinding[] = computed === claimed ? [] : [{ kind: "not_committed" }];
  return {
    id: "commitment",
    verdict: verdict(findings),
    formula: "SHA-256(server_seed bytes) = commitment",
    inputs: [{ name: "server_seed", value: serverSeed }],
    computed,
    claimed,
    findings,
    draws: NO_DRAWS,
  };
}

const TICKET = /^(\d+):./;

function digestStep(claim: DrawClaim, computed: string): DrawStep {
  const { ticket_count: count, tickets, tickets_digest: claimed } = claim;
  const findings: DrawFinding[] = [];
  if (computed !== claimed) findings.push({ kind: "other_digest", tickets: tickets.length });
  if (count !== tickets.length) {
    findings.push({ kind: "other_count", here: tickets.length, house: count });
  }
  let last = -1;
  for (const ticket of tickets) {
    if (findings.length >= MAX_LISTED) break;
    const number = Number(TICKET.exec(ticket)?.[1] ?? Number.NaN);
    if (Number.isNaN(number)) findings.push({ kind: "no_ticket", ticket });
    // So none stands there twice, either.
    else if (number <= last) findings.push({ kind: "out_of_order", ticket });
    else last = number;
  }
  return {
    id: "digest",
    verdict: verdict(findings),
    formula: 'SHA-256("number:reservation_id,…", by number) = tickets_digest',
    inputs: [{ name: `tickets (${tickets.length})`, value: shownTickets(tickets) }],
    computed,
    claimed,
    findings,
    draws: NO_DRAWS,
  };
}

function ownStep({ claim, ownTickets }: DrawEvidence): DrawStep {
  const step = { id: "own", formula: "own tickets ⊂ tickets", draws: NO_DRAWS } as const;
  if (ownTickets === null || ownTickets.length === 0) {
    const kind = ownTickets === null ? "nobody_asked" : "no_own";
    return {
      ...step,
      verdict: "idle",
      inputs: [],
      computed: null,
      claimed: null,
      findings: [{ kind }],
    };
  }
  const listed = new Set(claim.tickets);
  const missing = ownTickets.filter((ticket) => !listed.has(ticket));
  const findings = missing
    .slice(0, MAX_LISTED)
    .map((ticket): DrawFinding => ({ kind: "own_missing", ticket }));
  return {
    ...step,
    verdict: verdict(findings),
    inputs: [{ name: `own tickets (${ownTickets.length})`, value: ownTickets.join("\n") }],
    computed: String(ownTickets.length),
    claimed: String(ownTickets.length - missing.length),
    findings,
  };
}

type Chain = NonNullable<DrawClaim["beacon"]>;

function roundStep({ closed_at: closedAt, round }: DrawClaim, beacon: Chain): DrawStep {
  const step = {
    id: "round",
    formula: "⌈(closed_at + 30 s − genesis_at) / period⌉ + 1 = round",
    draws: NO_DRAWS,
  } as const;
  const computed = awaitedRound(chainOf(beacon), Date.parse(closedAt));
  const findings: readonly DrawFinding[] =
    round === null
      ? [{ kind: "round_missing" }]
      : round.round === computed
        ? []
        : [{ kind: "other_round", here: computed, house: round.round }];
  return {
    ...step,
    verdict: verdict(findings),
    inputs: [
      { name: "closed_at", value: closedAt },
      { name: "genesis_at", value: beacon.genesis_at },
      { name: "period_ms", value: String(beacon.period_ms) },
    ],
    computed: String(computed),
    claimed: round === null ? null : String(round.round),
    findings,
  };
}

function beaconStep(
  { round }: Pick<DrawClaim, "round">,
  beacon: Chain,
  computed: string | null,
): DrawStep {
  const step = {
    id: "beacon",
    formula:
      "BLS12-381: signature of SHA-256(round) under public_key ✓; SHA-256(signature) = randomness",
    draws: NO_DRAWS,
  } as const;
  if (round === null) {
    return {
      ...step,
      verdict: "differs",
      inputs: [],
      computed: null,
      claimed: null,
      findings: [{ kind: "round_missing" }],
    };
  }
  const findings: DrawFinding[] = [];
  if (computed !== round.randomness) findings.push({ kind: "other_randomness" });
  const signed = { ...round, randomness: computed ?? "" };
  if (!isAuthentic(chainOf(beacon), signed)) findings.push({ kind: "not_signed" });
  return {
    ...step,
    verdict: verdict(findings),
    inputs: [
      { name: "chain_hash", value: beacon.chain_hash },
      { name: "public_key", value: beacon.public_key },
      { name: "round", value: String(round.round) },
      { name: "signature", value: round.signature },
    ],
    computed,
    claimed: round.randomness,
    findings,
  };
}

function winnersStep(claim: DrawClaim, input: DrawInput): DrawStep {
  const draws = drawnAgain(claim, input);
  const claimed = claim.winners
    .toSorted((a, b) => a.prize - b.prize)
    .map(({ number, reservation_id }) => ticketText(number, reservation_id));
  const findings: DrawFinding[] = [];
  if (draws.length !== claimed.length) {
    findings.push({ kind: "winner_count", here: draws.length, house: claimed.length });
  }
  for (const { prize, ticket } of draws) {
    const house = claimed[prize];
    if (house === undefined || house === ticket || findings.length >= MAX_LISTED) continue;
    findings.push({ kind: "other_winner", prize, here: ticket, house });
  }
  const listed = (tickets: readonly string[]) =>
    tickets.map((ticket, prize) => `${prize + 1}. ${ticket}`).join("\n");
  return {
    id: "winners",
    verdict: verdict(findings),
    formula: 'h = SHA-256(server_seed ‖ randomness ‖ "prize-i" ‖ tickets_digest); index = h mod n',
    inputs: [
      { name: "server_seed", value: input.serverSeed },
      { name: "randomness", value: input.randomness ?? "–" },
      { name: "tickets_digest", value: input.ticketsDigest },
    ],
    computed: listed(draws.map(({ ticket }) => ticket)),
    claimed: listed(claimed),
    findings,
    draws,
  };
}

/** As `drawWinners` does it, with each hash on the way. */
function drawnAgain(
  { prizes, tickets }: Pick<DrawClaim, "prizes" | "tickets">,
  input: DrawInput,
): readonly PrizeDraw[] {
  const remaining = tickets.map((_, place) => place);
  return prizes.slice(0, tickets.length).map((_, prize) => {
    const attempts: Attempt[] = [];
    const n = remaining.length;
    const index = indexBelow(BigInt(n), `prize-${prize}`, (label) => {
      const hash = drawHash(input, label);
      attempts.push({ label, hash: bytesToHex(hash) });
      return hash;
    });
    const [place = 0] = remaining.splice(Number(index), 1);
    return {
      prize,
      remaining: n,
      attempts,
      index: Number(index),
      place,
      ticket: tickets[place] ?? "",
    };
  });
}

const chainOf = (beacon: Chain) => ({
  scheme: beacon.scheme,
  chainHash: beacon.chain_hash,
  publicKey: beacon.public_key,
  genesisAt: Date.parse(beacon.genesis_at),
  periodMs: beacon.period_ms,
});
